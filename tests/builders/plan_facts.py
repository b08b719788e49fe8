"""Facts of plans for tests of the rules, on 26 September 2016, and entries that make them in the database."""

from dataclasses import replace
from datetime import date
from typing import Any

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP, parse
from opprod.plans.models import Element, SavingKind, SubmissionState
from opprod.plans.rules.facts import Figure, PlanFacts, Promise, Saving, Scope, Submission

TODAY = date(2016, 9, 26)
TWO_PAGES = "Two-page submission, received 30 June 2016"
NATIONAL_DATA = "National data for 2015/16"

THIS_YEAR, NEXT_YEAR, LATER = date(2016, 12, 1), date(2017, 9, 1), date(2018, 9, 1)


def received(*leaves_out: Element) -> Submission:
    """A submission of 30 June 2016, found to leave these out."""
    return Submission(SubmissionState.RECEIVED, date(2016, 6, 30), frozenset(leaves_out), TWO_PAGES)


def no_plan() -> Submission:
    """The STP's word that it has no plan."""
    return Submission(SubmissionState.NO_PLAN, None, frozenset(), "Letter of 4 July 2016")


def scope(*functions: str, trusts: int = 0, ccgs: int = 0, local_authorities: int = 0) -> Scope:
    """These functions and so many organisations."""
    return Scope(functions, trusts, ccgs, local_authorities, TWO_PAGES)


def due(*days: date | None) -> tuple[Promise, ...]:
    """A deliverable for each of these days, without a date for None."""
    return tuple(Promise(f"Deliverable {number}", day, TWO_PAGES) for number, day in enumerate(days, start=1))


def saving(
    said: str | None,
    year: int = 2017,
    *,
    kind: SavingKind = SavingKind.PLAN,
    cash: bool | None = True,
    function: str | None = None,
    unit: str = GBP,
) -> Saving:
    """A line of the ledger; None is a blank."""
    quantity = None if said is None else parse(said, unit=unit)
    return Saving(FinancialYear(year), kind, function, quantity, cash, None, TWO_PAGES)


def forecast(said: str | None, year: int = 2017, *, cash: bool | None = True) -> Saving:
    """A line that says what is now expected."""
    return saving(said, year, kind=SavingKind.FORECAST, cash=cash)


def benchmark(cost: str | None, attainable: str | None, *, unit: str = GBP) -> dict[str, Any]:
    """What national data says that the service costs a year, and could cost."""
    figures = {"benchmark_cost": cost, "benchmark_attainable": attainable}
    return {
        name: None if said is None else Figure(parse(said, unit=unit), NATIONAL_DATA)
        for name, said in figures.items()
    }


GOOD = PlanFacts(
    day=TODAY,
    submission=received(),
    scope=scope("Finance", "HR", trusts=2, ccgs=1),
    deliverables=due(THIS_YEAR, NEXT_YEAR),
    savings=(saving("£500k", 2016), saving("£2.4m", 2017)),
    **benchmark("£12m", "£8m"),
)
"""All that makes an A: £2.4m a year, of the £4m that could be saved."""

NOTHING = PlanFacts(day=TODAY)
"""A plan of which nothing is recorded."""


def good(**changes: Any) -> PlanFacts:
    """A good plan but for these."""
    return replace(GOOD, **changes)


def bare(**changes: Any) -> PlanFacts:
    """Nothing but these."""
    return replace(NOTHING, **changes)
