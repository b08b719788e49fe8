"""Savings and investment of plans for tests, as they stand in the ledger."""

from datetime import date

from sqlalchemy import select

from opprod import history
from opprod.accounts import services as accounts
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.quantity import GBP, parse
from opprod.db import db
from opprod.plans.models import (
    FigureKind,
    Plan,
    PlanFigure,
    PlanFigureValue,
    PlanStatus,
    SavingKind,
    SavingsLine,
    SavingsValue,
    ServiceFunction,
)

SOURCE = "Two-page submission"


def a_line(
    plan: Plan,
    said: str | None,
    *,
    year: int = 2017,
    kind: SavingKind = SavingKind.PLAN,
    function: str | None = "hr",
    cash_releasing: bool | None = True,
    counted_in: SavingsLine | None = None,
    label: str = "",
    on: date | None = None,
    illustrative: str | None = None,
) -> SavingsLine:
    """A line of a plan's ledger, of the year that starts in ``year``; None is a saving without a figure."""
    line = SavingsLine(
        plan_id=plan.id,
        financial_year=year,
        kind=kind,
        function_id=function_of(plan, function).id if function else None,
        label=label,
    )
    db.session.add(line)
    db.session.flush()
    value = SavingsValue(
        subject_id=line.id,
        cash_releasing=cash_releasing,
        source=SOURCE,
        counted_in_id=counted_in.id if counted_in else None,
        effective_on=on or clock.today(),
        illustrative=illustrative,
    )
    value.quantity = parse(said, unit=GBP) if said else None
    actor = accounts.system_actor()
    history.record(value, actor=actor)
    trail.noted(Event.SAVING_RECORDED, plan, actor=actor)
    return line


def function_of(plan: Plan, slug: str) -> ServiceFunction:
    """A function of the plan's service."""
    return db.session.scalars(
        select(ServiceFunction).where(ServiceFunction.service_id == plan.service_id, ServiceFunction.slug == slug)
    ).one()


def an_investment(
    plan: Plan, *, capital: str | None = None, redundancy: str | None = None, illustrative: str | None = None
) -> None:
    """What a plan costs once; what is None is not stated."""
    actor = accounts.system_actor()
    for kind, said in ((FigureKind.CAPITAL, capital), (FigureKind.REDUNDANCY, redundancy)):
        if said is None:
            continue
        figure = PlanFigure(plan_id=plan.id, kind=kind)
        db.session.add(figure)
        db.session.flush()
        value = PlanFigureValue(
            subject_id=figure.id, source=SOURCE, effective_on=clock.today(), illustrative=illustrative
        )
        value.quantity = parse(said, unit=GBP)
        history.record(value, actor=actor)
    trail.noted(Event.PLAN_FIGURE_RECORDED, plan, actor=actor)


def withdrawn(plan: Plan) -> Plan:
    """The plan, withdrawn today."""
    actor = accounts.system_actor()
    status = PlanStatus(subject_id=plan.id, withdrawn=True, reason="Merged", effective_on=clock.today())
    history.record(status, actor=actor)
    trail.noted(Event.PLAN_WITHDRAWN, plan, actor=actor)
    return plan
