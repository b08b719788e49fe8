"""Facts of plans for tests of the rules, on 26 September 2016, and entries that make them in the database."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from opprod import history
from opprod.accounts import services as accounts
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP, parse
from opprod.db import Base, db
from opprod.history import DatedEntry
from opprod.plans.models import (
    Confidence,
    Deliverable,
    DeliverableEntry,
    DeliverableState,
    Element,
    FigureKind,
    Plan,
    PlanFigure,
    PlanFigureValue,
    PlanScope,
    PlanSubmission,
    PlanTrust,
    PlanTrustEntry,
    SavingKind,
    SavingsLine,
    SavingsValue,
    ServiceFunction,
    SubmissionState,
)
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


def a_submission(
    plan: Plan,
    *leaves_out: Element,
    state: SubmissionState = SubmissionState.RECEIVED,
    received_on: date | None = date(2016, 6, 30),
    source: str = "Two-page submission",
    on: date = TODAY,
) -> PlanSubmission:
    """What an STP sent, from a day."""
    return _recorded(
        PlanSubmission(
            subject_id=plan.id,
            state=state,
            received_on=received_on,
            leaves_out=[element.value for element in leaves_out],
            source=source,
            effective_on=on,
        )
    )


def a_scope(
    plan: Plan,
    *functions: str,
    ccgs: Collection[str] = (),
    local_authorities: Collection[str] = (),
    on: date = TODAY,
) -> PlanScope:
    """The functions, by slug, and the organisations of a plan, from a day."""
    return _recorded(
        PlanScope(
            subject_id=plan.id,
            functions=list(functions),
            ccgs=list(ccgs),
            local_authorities=list(local_authorities),
            source=TWO_PAGES,
            effective_on=on,
        )
    )


def a_trust_taking_part(plan: Plan, trust_id: int, *, on: date = TODAY) -> PlanTrust:
    """A trust in a plan, from a day."""
    trust = _added(PlanTrust(plan_id=plan.id, trust_id=trust_id))
    take_part(trust, taking_part=True, on=on)
    return trust


def take_part(trust: PlanTrust, *, taking_part: bool, on: date = TODAY) -> PlanTrustEntry:
    """Whether a trust takes part, from a day."""
    return _recorded(PlanTrustEntry(subject_id=trust.id, taking_part=taking_part, effective_on=on))


def a_deliverable(plan: Plan, text: str, due_on: date | None, *, on: date = TODAY) -> Deliverable:
    """Something that a plan is to deliver, from a day."""
    deliverable = _added(Deliverable(plan_id=plan.id))
    change_deliverable(deliverable, text, due_on, on=on)
    return deliverable


def change_deliverable(
    deliverable: Deliverable,
    text: str,
    due_on: date | None,
    *,
    state: DeliverableState = DeliverableState.PLANNED,
    on: date = TODAY,
) -> DeliverableEntry:
    """What a deliverable is, from a day."""
    return _recorded(
        DeliverableEntry(
            subject_id=deliverable.id, text=text, due_on=due_on, state=state, source=TWO_PAGES, effective_on=on
        )
    )


def a_line(
    plan: Plan,
    said: str | None,
    year: int = 2017,
    *,
    kind: SavingKind = SavingKind.PLAN,
    function: ServiceFunction | None = None,
    label: str = "",
    cash: bool | None = True,
    confidence: Confidence | None = None,
    counted_in: SavingsLine | None = None,
    on: date = TODAY,
) -> SavingsLine:
    """A line of the savings ledger, from a day; None is a blank."""
    line = _added(
        SavingsLine(
            plan_id=plan.id,
            financial_year=year,
            kind=kind,
            function_id=function.id if function else None,
            label=label,
        )
    )
    change_line(line, said, cash=cash, confidence=confidence, counted_in=counted_in, on=on)
    return line


def change_line(
    line: SavingsLine,
    said: str | None,
    *,
    cash: bool | None = True,
    confidence: Confidence | None = None,
    counted_in: SavingsLine | None = None,
    on: date = TODAY,
) -> SavingsValue:
    """What a line of the savings ledger says, from a day."""
    value = SavingsValue(
        subject_id=line.id,
        cash_releasing=cash,
        confidence=confidence,
        source=TWO_PAGES,
        counted_in_id=counted_in.id if counted_in else None,
        effective_on=on,
    )
    value.quantity = None if said is None else parse(said, unit=GBP)
    return _recorded(value)


def a_figure(plan: Plan, kind: FigureKind, said: str | None, *, on: date = TODAY) -> PlanFigure:
    """A single figure of a plan, from a day; None is a blank."""
    figure = _added(PlanFigure(plan_id=plan.id, kind=kind))
    change_figure(figure, said, on=on)
    return figure


def change_figure(figure: PlanFigure, said: str | None, *, on: date = TODAY) -> PlanFigureValue:
    """What a figure is, from a day."""
    value = PlanFigureValue(subject_id=figure.id, source=NATIONAL_DATA, effective_on=on)
    value.quantity = None if said is None else parse(said, unit=figure.kind.unit)
    return _recorded(value)


_Entry = TypeVar("_Entry", bound=DatedEntry)
_Record = TypeVar("_Record", bound=Base)


def _recorded(entry: _Entry) -> _Entry:
    return history.record(entry, actor=accounts.system_actor())


def _added(record: _Record) -> _Record:
    db.session.add(record)
    db.session.flush()
    return record
