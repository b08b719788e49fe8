"""The page that records a plan's single figures."""

import pytest

from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan
from tests.builders.plan_records import some_figures
from tests.builders.plans import a_plan
from tests.client import Client
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import words
from tests.integration.plans.recording import HOSTILE, errors, form_at, form_on, recorded


@pytest.fixture
def plan_id(on: On) -> int:
    """A plan of London that needs £2m."""
    with on():
        plan = a_plan(Region.LONDON)
        some_figures(plan, capital="£2m", source="Page 2")
        return plan.id


@pytest.fixture
def lead(lead_of: LeadOf) -> Client:
    return lead_of(Region.LONDON)


def said(on: On, plan_id: int) -> dict[str, str]:
    with on():
        return {
            kind.value: f"{one.quantity or 'blank'} ({one.source})" for kind, one in recorded(plan_id).figures.items()
        }


def test_figures_are_recorded_changed_and_cleared(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/figures"
    sent = form_at(lead, path)
    assert (sent["capital-quantity"], sent["capital-source"], sent["redundancy-quantity"]) == ("£2m", "Page 2", "")
    changed = {
        "redundancy-quantity": "£0",
        "redundancy-source": "Page 2",
        "lead_in-quantity": "6 to 9",
        "lead_in-source": "Letter",
        "benchmark_cost-quantity": "c.£40m",
        "benchmark_cost-source": "National data",
    }
    answer = lead.send(path, sent | changed)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}#figures")
    assert said(on, plan_id) == {
        "capital": "£2m (Page 2)",
        "redundancy": "£0 (Page 2)",
        "lead-in": "6–9 months (Letter)",
        "benchmark-cost": "c.£40m (National data)",
    }
    lead.send(path, form_at(lead, path) | {"capital-quantity": "", "capital-source": "Withdrawn by the STP"})
    assert said(on, plan_id)["capital"] == "blank (Withdrawn by the STP)"
    again = lead.send(path, form_at(lead, path), follow_redirects=True)
    assert "Nothing was changed, so nothing was recorded." in again.text


def test_each_refusal_names_its_figure_and_nothing_typed_is_lost(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/figures"
    sent = form_at(lead, path) | {
        "capital-quantity": "£5-3m",
        "redundancy-quantity": "plenty",
        "redundancy-source": HOSTILE,
        "lead_in-source": "x" * 301,
    }
    refused = lead.send(path, sent)
    assert refused.status_code == 422
    found = errors(refused.text)
    assert [message.split(":")[0] for message in found] == ["Capital needed", "Cost of redundancy", "Lead-in time"]
    assert found[0].startswith("Capital needed: enter a range with the lower figure first")
    assert form_on(refused.text) == sent
    assert "<script>alert" not in refused.text

    for changes, message in (
        ({"capital-quantity": "-£2m"}, "Capital needed cannot be negative: enter zero or more"),
        ({"lead_in-quantity": "250", "lead_in-source": "x"}, "Lead-in time: enter 240 months or fewer"),
        ({"redundancy-quantity": "£1m"}, "Cost of redundancy: enter where the value comes from"),
        ({"redundancy-source": "x"}, "Cost of redundancy: enter the value, or take the source out"),
    ):
        refused = lead.send(path, form_at(lead, path) | changes)
        assert refused.status_code == 422
        assert errors(refused.text) == [message]
    assert said(on, plan_id) == {"capital": "£2m (Page 2)"}


def test_of_two_who_save_the_second_sees_both_and_loses_nothing(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/figures"
    sent = form_at(lead, path) | {"redundancy-quantity": "£1m", "redundancy-source": f"Mine {HOSTILE}"}
    with on():
        some_figures(db.session.get_one(Plan, plan_id), capital="£3m", source="Theirs")
    answer = lead.send(path, sent)
    assert answer.status_code == 409
    page = words(answer.text)
    assert "Capital needed £3m (Theirs) Cost of redundancy Not recorded" in page
    assert f"Cost of redundancy £1m (Mine {HOSTILE})" in page
    assert said(on, plan_id) == {"capital": "£3m (Theirs)"}
