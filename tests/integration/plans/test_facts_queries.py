"""Reading the facts of plans as at a day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from opprod import history
from opprod.accounts import services as accounts
from opprod.core import clock
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import parse
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import (
    Confidence,
    DeliverableState,
    Element,
    FigureKind,
    Outcome,
    Plan,
    SavingKind,
    SavingsValue,
    SubmissionState,
)
from opprod.plans.queries.facts import facts_of, suggestion_of, suggestions_of
from opprod.plans.rules.facts import Figure, PlanFacts, Promise, Saving, Scope, Submission
from tests.builders.plan_facts import (
    NATIONAL_DATA,
    NEXT_YEAR,
    THIS_YEAR,
    TODAY,
    TWO_PAGES,
    a_deliverable,
    a_figure,
    a_line,
    a_scope,
    a_submission,
    a_trust_taking_part,
    change_deliverable,
    change_figure,
    change_line,
    take_part,
)
from tests.builders.plans import a_plan, a_service, a_trust, an_stp
from tests.statements import statements

YESTERDAY = TODAY - timedelta(days=1)
STATEMENTS = 7


@pytest.fixture(autouse=True)
def _programme(request: pytest.FixtureRequest) -> Iterator[None]:
    """On a database of each kind where a test asks for that, else on the usual one."""
    app = request.getfixturevalue("each_kind_of_app" if "each_kind_of_app" in request.fixturenames else "app")
    with app.app_context(), clock.pinned_to(TODAY):
        yield
        db.session.remove()


@pytest.fixture
def each_kind_of_app(app_on_each: Flask) -> Flask:
    return app_on_each


def facts(plan: Plan, day: date = TODAY) -> PlanFacts:
    return facts_of([plan], day)[plan.id]


def a_good_plan(plan: Plan | None = None, *, on: date = TODAY) -> Plan:
    """A plan with all that makes an A, recorded from a day."""
    plan = plan or a_plan()
    stp = an_stp(plan.region)
    finance = plan.service.functions[0]
    a_submission(plan, on=on)
    a_scope(plan, finance.slug, ccgs=["NHS Barnet"], on=on)
    a_trust_taking_part(plan, a_trust(stp).id, on=on)
    a_deliverable(plan, "One payroll", THIS_YEAR, on=on)
    a_deliverable(plan, "One ledger", NEXT_YEAR, on=on)
    a_line(plan, "£2.4m", function=finance, confidence=Confidence.HIGH, on=on)
    a_figure(plan, FigureKind.BENCHMARK_COST, "£12m", on=on)
    a_figure(plan, FigureKind.BENCHMARK_ATTAINABLE, "£8m", on=on)
    return plan


def test_of_a_plan_that_nothing_is_recorded_of_nothing_is_known() -> None:
    plan = a_plan()
    assert facts(plan) == PlanFacts(day=TODAY)
    assert facts_of([], TODAY) == {}
    assert suggestion_of(plan, TODAY).outcome is Outcome.INSUFFICIENT


def test_each_fact_comes_with_its_source(each_kind_of_app: Flask) -> None:
    plan = a_good_plan()
    a_figure(plan, FigureKind.CAPITAL, "£3–4m")
    a_figure(plan, FigureKind.REDUNDANCY, "up to £1m")
    a_figure(plan, FigureKind.LEAD_IN, "18")
    assert facts(plan) == PlanFacts(
        day=TODAY,
        submission=Submission(SubmissionState.RECEIVED, date(2016, 6, 30), frozenset(), TWO_PAGES),
        scope=Scope(("Finance",), trusts=1, ccgs=1, local_authorities=0, source=TWO_PAGES),
        deliverables=(Promise("One payroll", THIS_YEAR, TWO_PAGES), Promise("One ledger", NEXT_YEAR, TWO_PAGES)),
        savings=(
            Saving(
                year=FinancialYear(2017),
                kind=SavingKind.PLAN,
                function="Finance",
                quantity=parse("£2.4m"),
                cash_releasing=True,
                confidence=Confidence.HIGH,
                source=TWO_PAGES,
            ),
        ),
        benchmark_cost=Figure(parse("£12m"), NATIONAL_DATA),
        benchmark_attainable=Figure(parse("£8m"), NATIONAL_DATA),
        capital=Figure(parse("£3–4m"), NATIONAL_DATA),
        redundancy=Figure(parse("up to £1m"), NATIONAL_DATA),
        lead_in=Figure(parse("18", unit="months"), NATIONAL_DATA),
    )
    assert suggestion_of(plan, TODAY).outcome is Outcome.A


def test_facts_are_those_of_the_day() -> None:
    plan = a_good_plan(on=date(2016, 7, 1))
    a_submission(plan, Element.FUNCTIONS, on=date(2016, 8, 1))
    a_scope(plan, on=date(2016, 8, 1))
    days = (date(2016, 6, 30), date(2016, 7, 31), date(2016, 8, 1))
    assert [suggestion_of(plan, day).outcome for day in days] == [Outcome.INSUFFICIENT, Outcome.A, Outcome.B]
    assert facts(plan, date(2016, 6, 30)) == PlanFacts(day=date(2016, 6, 30))


@pytest.mark.parametrize(
    ("source", "received_on", "said"),
    [
        ("Two pages", date(2016, 6, 30), "Two pages, received 30 June 2016"),
        ("Two pages, received by post", date(2016, 6, 30), "Two pages, received by post"),
        ("The lead’s letter", None, "The lead’s letter"),
    ],
)
def test_a_submission_s_source_says_once_when_it_came(source: str, received_on: date | None, said: str) -> None:
    plan = a_plan()
    a_submission(plan, source=source, received_on=received_on)
    submission = facts(plan).submission
    assert submission is not None
    assert submission.source == said


def test_a_submission_leaves_out_what_it_was_found_to() -> None:
    plan = a_plan()
    a_submission(plan, Element.DELIVERABLES, Element.SAVINGS)
    submission = facts(plan).submission
    assert submission is not None
    assert submission.leaves_out == {Element.DELIVERABLES, Element.SAVINGS}
    assert suggestion_of(plan, TODAY).outcome is Outcome.C


def test_trusts_count_while_they_take_part() -> None:
    plan = a_plan()
    stp = an_stp()
    stays, leaves = (a_trust_taking_part(plan, a_trust(stp).id, on=YESTERDAY) for _ in range(2))
    take_part(leaves, taking_part=False)
    counts = [scope.trusts for day in (YESTERDAY, TODAY) if (scope := facts(plan, day).scope)]
    assert counts == [2, 1]
    take_part(stays, taking_part=False)
    assert facts(plan).scope is None


def test_trusts_that_take_part_are_known_where_no_other_scope_is() -> None:
    plan = a_plan()
    a_trust_taking_part(plan, a_trust(an_stp()).id)
    assert facts(plan).scope == Scope((), 1, 0, 0, "Trusts recorded as taking part")


def test_deliverables_that_were_dropped_are_not_there() -> None:
    plan = a_plan()
    a_deliverable(plan, "One laboratory", None)
    done = a_deliverable(plan, "One courier", THIS_YEAR)
    change_deliverable(done, "One courier", THIS_YEAR, state=DeliverableState.DELIVERED)
    dropped = a_deliverable(plan, "One canteen", THIS_YEAR, on=YESTERDAY)
    change_deliverable(dropped, "One canteen", THIS_YEAR, state=DeliverableState.DROPPED)
    mistaken = a_deliverable(plan, "A slip", NEXT_YEAR, on=YESTERDAY)
    correction = change_deliverable(mistaken, "A slip, corrected", NEXT_YEAR)
    history.withdraw(correction, reason="It was no slip", actor=accounts.system_actor())
    texts = [promise.text for promise in facts(plan).deliverables]
    assert texts == ["One courier", "A slip", "One laboratory"]


def test_of_the_ledger_counts_what_is_planned_or_forecast_and_counted_here(each_kind_of_app: Flask) -> None:
    plan = a_plan()
    finance, hr, payroll = plan.service.functions
    whole = a_line(plan, "£1m", 2016)
    a_line(plan, None, 2017, function=hr, cash=None)
    a_line(plan, "£1.1m", 2016, kind=SavingKind.FORECAST)
    a_line(plan, "£900k", 2016, kind=SavingKind.ACTUAL)
    shared = a_line(plan, "£500k", 2017, function=finance, on=YESTERDAY)
    change_line(shared, "£500k", counted_in=whole)
    withdrawn = history.entry_in_force(SavingsValue, a_line(plan, "£7m", 2017, function=payroll).id, TODAY)
    assert withdrawn is not None
    history.withdraw(withdrawn, reason="Another plan’s", actor=accounts.system_actor())
    assert [(line.year.start, line.kind, line.function, str(line.quantity)) for line in facts(plan).savings] == [
        (2016, SavingKind.PLAN, None, "£1m"),
        (2016, SavingKind.FORECAST, None, "£1.1m"),
        (2017, SavingKind.PLAN, "HR", "None"),
    ]
    assert [str(line.quantity) for line in facts(plan, YESTERDAY).savings] == ["£500k"]


def test_a_figure_that_was_cleared_is_none() -> None:
    plan = a_plan()
    figure = a_figure(plan, FigureKind.BENCHMARK_COST, "£12m", on=YESTERDAY)
    change_figure(figure, None)
    assert facts(plan).benchmark_cost is None
    assert facts(plan, YESTERDAY).benchmark_cost == Figure(parse("£12m"), NATIONAL_DATA)


def test_facts_of_one_plan_are_not_those_of_another() -> None:
    service = a_service()
    plans = [a_plan(region, service=service) for region in (Region.NORTH, Region.SOUTH, Region.LONDON)]
    good, none, unknown = plans
    a_good_plan(good)
    a_submission(none, state=SubmissionState.NO_PLAN, received_on=None)
    assert {plan_id: one.outcome for plan_id, one in suggestions_of(plans, TODAY).items()} == {
        good.id: Outcome.A,
        none.id: Outcome.C,
        unknown.id: Outcome.INSUFFICIENT,
    }


def test_many_plans_cost_as_many_statements_as_one(app: Flask) -> None:
    service = a_service()
    plans = [a_good_plan(a_plan(service=service)) for _ in range(6)]
    for some in (plans[:1], plans):
        db.session.flush()
        with statements(app) as seen:
            found = suggestions_of(some, TODAY)
        assert len(seen) == STATEMENTS
        assert {one.outcome for one in found.values()} == {Outcome.A}
