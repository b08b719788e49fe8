"""Recording a plan's single figures."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed
from opprod.core.quantity import parse
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import FigureKind, Plan, PlanFigureValue
from opprod.plans.queries.records import record_of
from opprod.plans.services.figures import record_figures
from tests.builders.plan_records import now, some_figures
from tests.builders.plans import a_lead, a_plan
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")


def said(plan: Plan) -> dict[str, str | None]:
    return {kind.value: str(one.quantity) if one.quantity else None for kind, one in now(plan).figures.items()}


def values() -> int:
    return db.session.scalars(select(func.count()).select_from(PlanFigureValue)).one()


def test_figures_are_recorded_as_they_were_said_and_the_others_stay_as_they_are() -> None:
    plan = a_plan()
    assert some_figures(plan, capital="£1.5–2m", redundancy=None, lead_in="over 12")
    assert some_figures(plan, benchmark_cost="c.£40m", benchmark_attainable="£45m")
    assert said(plan) == {
        "capital": "£1.5–2m",
        "lead-in": "over 12 months",
        "benchmark-cost": "c.£40m",
        "benchmark-attainable": "£45m",
    }


def test_a_bare_number_of_months_is_in_months() -> None:
    plan = a_plan()
    record_figures(
        plan=plan,
        figures={FigureKind.LEAD_IN: (parse("6-9"), "Page 2")},
        seen=now(plan).figures_version,
        actor=a_lead(),
    )
    assert said(plan) == {"lead-in": "6–9 months"}


def test_zero_is_a_value_and_a_cleared_one_is_blank() -> None:
    plan = a_plan()
    with clock.pinned_to(TODAY - timedelta(days=7)):
        some_figures(plan, capital="£2m", redundancy="£0")
    assert some_figures(plan, capital=None)
    assert said(plan) == {"capital": None, "redundancy": "£0"}
    before = record_of(plan, TODAY - timedelta(days=1)).figures[FigureKind.CAPITAL]
    assert str(before.quantity) == "£2m"
    (line,) = lines(latest_about(plan, limit=1), with_confidential=True)
    assert ("Capital needed", "£2m", None) in {(one.label, one.before, one.after) for one in line.changes}


def test_to_save_the_same_again_records_nothing() -> None:
    plan = a_plan()
    some_figures(plan, capital="£2m")
    some_figures(plan, redundancy="£1m")
    some_figures(plan, redundancy=None)
    before = values()
    assert not some_figures(plan, capital="£2m", redundancy=None, lead_in=None)
    assert values() == before == 3
    assert some_figures(plan, capital="£2m", source="Letter")
    assert now(plan).figures[FigureKind.CAPITAL].source == "Letter"


@pytest.mark.parametrize(
    ("kind", "value", "source", "field", "message"),
    [
        (FigureKind.CAPITAL, "-£2m", "x", "capital-quantity", "Capital needed cannot be negative"),
        (FigureKind.REDUNDANCY, "-£2m to £3m", "x", "redundancy-quantity", "cannot be negative"),
        (FigureKind.LEAD_IN, "-3", "x", "lead-in-quantity", "cannot be negative"),
        (FigureKind.LEAD_IN, "200-241", "x", "lead-in-quantity", "Enter 240 months or fewer"),
        (FigureKind.LEAD_IN, "£2m", "x", "lead-in-quantity", "months"),
        (FigureKind.CAPITAL, "40%", "x", "capital-quantity", "in £, not %"),
        (FigureKind.BENCHMARK_COST, "£40m", " ", "benchmark-cost-source", "Enter where the value comes from"),
        (FigureKind.BENCHMARK_COST, "£40m", "x" * 301, "benchmark-cost-source", "300 characters or fewer"),
        (FigureKind.BENCHMARK_COST, None, "x", "benchmark-cost-quantity", "Enter the value, or take the source out"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_and_none_with_it_is_recorded(
    kind: FigureKind, value: str | None, source: str, field: str, message: str
) -> None:
    plan = a_plan()
    quantity = parse(value) if value else None
    good = {one: (parse("£1m"), "Page 1") for one in (FigureKind.CAPITAL, FigureKind.REDUNDANCY) if one is not kind}
    with pytest.raises(InvalidInput, match=message) as refusal:
        record_figures(
            plan=plan,
            figures={**good, kind: (quantity, source)},
            seen=now(plan).figures_version,
            actor=a_lead(),
        )
    assert refusal.value.field == field
    assert now(plan).figures == {}


def test_what_was_recorded_since_the_form_was_opened_is_not_overwritten() -> None:
    plan = a_plan()
    seen = now(plan).figures_version
    some_figures(plan, capital="£2m")
    with pytest.raises(Conflict):
        record_figures(plan=plan, figures={FigureKind.CAPITAL: (parse("£3m"), "x")}, seen=seen, actor=a_lead())
    assert said(plan) == {"capital": "£2m"}


def test_an_invented_figure_stays_marked_while_it_stays_the_same() -> None:
    plan = a_plan()
    some_figures(plan, capital="£2m")
    db.session.get_one(PlanFigureValue, now(plan).figures[FigureKind.CAPITAL].id).illustrative = "the value"
    some_figures(plan, capital="£2m", source="Letter")
    assert now(plan).figures[FigureKind.CAPITAL].illustrative == "the value"
    some_figures(plan, capital="£3m")
    assert now(plan).figures[FigureKind.CAPITAL].illustrative is None


def test_those_who_may_not_record_are_refused() -> None:
    plan = a_plan(Region.LONDON)
    with pytest.raises(NotAllowed):
        record_figures(
            plan=plan,
            figures={FigureKind.CAPITAL: (parse("£3m"), "x")},
            seen=now(plan).figures_version,
            actor=a_lead(Region.NORTH),
        )
