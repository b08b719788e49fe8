"""The page that records a plan's deliverables, as a browser without JavaScript uses it."""

from datetime import date

import pytest

from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan
from tests.builders.plan_records import a_deliverable, some_deliverables
from tests.builders.plans import a_plan
from tests.client import Client
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import words
from tests.integration.plans.recording import HOSTILE, Fields, errors, form_at, form_on, recorded


@pytest.fixture
def plan_id(on: On) -> int:
    """A plan of London without deliverables."""
    with on():
        return a_plan(Region.LONDON).id


@pytest.fixture
def lead(lead_of: LeadOf) -> Client:
    return lead_of(Region.LONDON)


def held(on: On, plan_id: int) -> list[tuple[str, str | None, str]]:
    with on():
        return [
            (one.text, str(one.due_on) if one.due_on else None, one.state.value)
            for one in recorded(plan_id).deliverables
        ]


def two(on: On, plan_id: int) -> None:
    with on():
        plan = db.session.get_one(Plan, plan_id)
        some_deliverables(plan, a_deliverable("One payroll", date(2017, 4, 1)), a_deliverable("A shared ledger"))


def texts(sent: Fields) -> list[str]:
    return [str(value) for name, value in sent.items() if name.endswith("-text")]


def test_the_first_deliverables_are_recorded(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/deliverables"
    sent = form_at(lead, path)
    assert texts(sent) == [""]
    sent |= {"deliverables-0-text": "One payroll", "deliverables-0-due_on": "1 April 2017"}
    answer = lead.send(path, sent | {"action": "deliverables:add-row"})
    assert answer.status_code == 200
    sent = form_on(answer.text)
    assert texts(sent) == ["One payroll", ""]
    sent |= {"deliverables-1-text": "A shared ledger", "deliverables-1-state": "dropped", "source": "Page 2"}
    answer = lead.send(path, sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}#deliverables")
    assert held(on, plan_id) == [("One payroll", "2017-04-01", "planned"), ("A shared ledger", None, "dropped")]


def test_a_deliverable_is_taken_off_and_a_blank_row_is_as_good_as_none(on: On, lead: Client, plan_id: int) -> None:
    two(on, plan_id)
    path = f"/plans/{plan_id}/deliverables"
    sent = form_at(lead, path)
    assert texts(sent) == ["One payroll", "A shared ledger"]
    sent = form_on(lead.send(path, sent | {"action": "deliverables:remove-0"}).text)
    sent = form_on(lead.send(path, sent | {"action": "deliverables:add-row"}).text)
    assert texts(sent) == ["A shared ledger", ""]
    answer = lead.send(path, sent, follow_redirects=True)
    assert "The deliverables are saved." in answer.text
    assert held(on, plan_id) == [("A shared ledger", None, "planned")]
    again = lead.send(path, form_at(lead, path), follow_redirects=True)
    assert "Nothing was changed, so nothing was recorded." in again.text


def test_a_refused_list_keeps_what_was_typed_and_says_which_row_is_meant(on: On, lead: Client, plan_id: int) -> None:
    two(on, plan_id)
    path = f"/plans/{plan_id}/deliverables"
    sent = form_at(lead, path) | {
        "deliverables-0-text": "",
        "deliverables-1-due_on": "next spring",
        "deliverables-2-text": "",
        "deliverables-3-text": HOSTILE,
        "deliverables-3-state": "planned",
        "deliverables-4-due_on": "1 May 2017",
    }
    refused = lead.send(path, sent)
    assert refused.status_code == 422
    assert errors(refused.text) == [
        "Deliverable 1: Enter what is to be delivered, or remove this",
        "Deliverable 2: Due must be a real day, like 29 September 2016 or 29/9/2016",
        "Deliverable 5: Enter what is to be delivered, or remove this",
    ]
    kept = form_on(refused.text)
    assert (kept["deliverables-1-due_on"], kept["deliverables-3-text"]) == ("next spring", HOSTILE)
    assert "<script>alert" not in refused.text

    # A row left blank shifts none of the messages of those after it.
    sent |= {
        "deliverables-0-text": "One payroll",
        "deliverables-1-due_on": "",
        "deliverables-3-due_on": "1 May 2117",
        "deliverables-4-due_on": "",
    }
    refused = lead.send(path, sent | {"source": "Page 2"})
    assert errors(refused.text) == ["Deliverable 4: Check the year: it must be from 2015 to 2099"]
    refused = lead.send(path, sent | {"deliverables-3-due_on": "", "source": "  "})
    assert errors(refused.text) == ["Enter where this comes from"]
    assert [text for text, _due, _state in held(on, plan_id)] == ["One payroll", "A shared ledger"]


def test_too_many_rows_are_refused_and_none_is_dropped_unsaid(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/deliverables"
    sent = form_at(lead, path) | {f"deliverables-{n}-text": f"Number {n}" for n in range(61)}
    refused = lead.send(path, sent | {"source": "Page 2"})
    assert refused.status_code == 422
    assert "Deliverables can have 60 rows at most" in refused.text
    assert held(on, plan_id) == []


def test_of_two_who_save_the_second_sees_both_and_loses_nothing(on: On, lead: Client, plan_id: int) -> None:
    two(on, plan_id)
    path = f"/plans/{plan_id}/deliverables"
    sent = form_at(lead, path) | {"deliverables-1-text": f"Mine {HOSTILE}", "source": "My page"}
    with on():
        plan = db.session.get_one(Plan, plan_id)
        (first, _second) = recorded(plan_id).deliverables
        some_deliverables(plan, a_deliverable("Their payroll", first.due_on, key=first.id))
    answer = lead.send(path, sent)
    assert answer.status_code == 409
    page = words(answer.text)
    assert "Deliverable 1 Their payroll (due 1 April 2017, planned)" in page
    assert f"Deliverable 2 Mine {HOSTILE} (no date, planned)" in page
    assert "Source My page" in page
    assert [text for text, _due, _state in held(on, plan_id)] == ["Their payroll"]
