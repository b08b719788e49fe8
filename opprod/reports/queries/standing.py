"""Taking how the programme stood at the end of a day, to compare it with another."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Row, func, select, type_coerce

from opprod.core.financial_year import FinancialYear
from opprod.core.illustrative import as_one
from opprod.core.quantity import Group
from opprod.db import db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import (
    Plan,
    PlanCategory,
    PlanFigure,
    PlanFigureValue,
    PlanStatus,
    SavingKind,
    SavingsLine,
    SavingsValue,
    Service,
)
from opprod.plans.queries.ledger import sum_of_groups
from opprod.plans.queries.plans import Standing as PlanStands
from opprod.plans.queries.plans import standing_of
from opprod.projects.models import StatementKind, StrandKind
from opprod.projects.queries.measures import MeasureView, measure_view, measures
from opprod.projects.queries.next_steps import Filters, next_steps, views
from opprod.projects.queries.records import NextStepView, StatementView
from opprod.projects.queries.statements import published_statements
from opprod.projects.queries.strands import StrandView, strands
from opprod.reports.facts import StatementKind as Kind
from opprod.reports.queries.withdrawn import withdrawn_by
from opprod.reports.standing import (
    PlanFigureStanding,
    PlanStanding,
    PromiseStanding,
    ReadingStanding,
    SavingStanding,
    Standing,
    Stated,
    StrandStanding,
)

KINDS: dict[StatementKind, Kind] = {
    StatementKind.ACHIEVEMENT: "achievement",
    StatementKind.PROGRESS: "progress",
    StatementKind.NEXT_STEP: "next-step",
}
_SAVING_KINDS = list(SavingKind)


def take_standing(day: date) -> Standing:
    """How the programme stood at the end of a day, all regions' plans with it.

    A fixed number of statements; strands that had ended by then are left out.
    """
    said = published_statements(day)
    found = [view for kind in StrandKind for view in strands(kind, day) if not view.is_closed(day)]
    promised = views(db.session.execute(next_steps(day, Filters())).all(), day)
    return Standing(
        day=day,
        strands=tuple(_strand(view, said.get(view.id, ())) for view in found),
        promises=tuple(map(_promise, promised)),
        readings=tuple(_reading(measure_view(row)) for row in db.session.execute(measures(day))),
        plans=tuple(_plans(day)),
        withdrawn=withdrawn_by(day),
    )


def _strand(view: StrandView, statements: Iterable[StatementView]) -> StrandStanding:
    return StrandStanding(
        id=view.id,
        kind=view.kind.value,
        name=view.name,
        record=f"/{view.kind.value}s/{view.slug}",
        rag=view.rag.value if view.rag else None,
        rag_reason=view.rag_reason,
        rag_illustrative=view.rag_illustrative,
        statements=tuple(map(_stated, statements)),
        illustrative=view.illustrative,
    )


def _stated(view: StatementView) -> Stated:
    return Stated(
        kind=KINDS[view.kind],
        text=view.text,
        written=view.raw if view.quoted else None,
        next_step_id=view.next_step_id,
        illustrative=view.invented,
    )


def _promise(view: NextStepView) -> PromiseStanding:
    return PromiseStanding(
        next_step_id=view.id,
        strand=view.strand_name,
        text=view.text,
        owner=view.owner_name,
        due_on=view.due_on,
        outcome=view.outcome.label if view.outcome else None,
        outcome_on=view.outcome_on,
        outcome_note=view.outcome_note,
        illustrative=view.invented,
    )


def _reading(view: MeasureView) -> ReadingStanding:
    found = view.reading
    if found is None:
        return ReadingStanding(view.key, view.name)
    return ReadingStanding(view.key, view.name, found.said, found.effective_on, found.source, found.illustrative)


def _plans(day: date) -> Iterable[PlanStanding]:
    savings, figures = plan_savings(day), plan_figures(day)
    columns: list[Any] = [
        Plan.id,
        Plan.stp_id,
        StpName.name.label("stp_name"),
        Service.name.label("service"),
        Plan.region,
        standing_of(PlanStatus, PlanCategory).label("standing"),
        PlanStatus.reason,
        Plan.illustrative,
        PlanCategory.illustrative.label("category_illustrative"),
    ]
    query = (
        select(*columns)
        .select_from(Plan)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, day))
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .order_by(Plan.stp_id, Plan.service_id)
    )
    for row in db.session.execute(query):
        yield PlanStanding(
            id=row.id,
            name=f"{row.stp_name or f'STP {row.stp_id}'}: {row.service}",
            region=row.region.label,
            category=row.standing.label,
            withdrawn=row.reason if row.standing is PlanStands.WITHDRAWN else None,
            savings=tuple(savings.get(row.id, ())),
            figures=tuple(figures.get(row.id, ())),
            illustrative=as_one(*dict.fromkeys((row.illustrative, row.category_illustrative))),
        )


def plan_savings(day: date, plan_ids: Collection[int] | None = None) -> dict[int, list[SavingStanding]]:
    """What plans save in each year by lines of each kind, those counted in other lines left out. One statement.

    ``plan_ids`` are the plans that are asked for, if not all.
    """
    alike: list[Any] = [
        SavingsLine.plan_id,
        SavingsLine.financial_year,
        SavingsLine.kind,
        SavingsValue.cash_releasing,
        SavingsValue.qualifier,
        SavingsValue.unit,
    ]
    # As the scaled whole numbers that they are kept as, which every database adds up exactly.
    low, high = (type_coerce(bound, BigInteger) for bound in (SavingsValue.low, SavingsValue.high))
    columns: list[Any] = [
        func.sum(low).label("low_sum"),
        func.sum(high).label("high_sum"),
        func.count(SavingsValue.low).label("lows"),
        func.count(SavingsValue.high).label("highs"),
        func.count().label("lines"),
        func.min(SavingsValue.said).label("said"),
        func.max(SavingsValue.illustrative).label("illustrative"),
    ]
    query = (
        select(*alike, *columns)
        .select_from(SavingsLine)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .where(SavingsValue.counted_in_id.is_(None))
        .group_by(*alike)
    )
    if plan_ids is not None:
        query = query.where(SavingsLine.plan_id.in_(plan_ids))
    sums: dict[tuple[int, int, int], list[Row[Any]]] = {}
    for row in db.session.execute(query):
        sums.setdefault((row.plan_id, row.financial_year, _SAVING_KINDS.index(row.kind)), []).append(row)
    found: dict[int, list[SavingStanding]] = {}
    for plan_id, year, kind in sorted(sums):
        rows = sums[plan_id, year, kind]
        found.setdefault(plan_id, []).append(
            SavingStanding(
                year=str(FinancialYear(year)),
                kind=_SAVING_KINDS[kind].label,
                said=_total(rows),
                cash=_total(row for row in rows if row.cash_releasing),
                illustrative=next((row.illustrative for row in rows if row.illustrative), None),
            )
        )
    return found


def _total(rows: Iterable[Row[Any]]) -> str:
    """The total in words of what was stated; blank lines state nothing."""
    return sum_of_groups(
        Group(
            row.qualifier,
            row.unit,
            # PostgreSQL gives the sum of whole numbers as a decimal.
            None if row.low_sum is None else int(row.low_sum),
            None if row.high_sum is None else int(row.high_sum),
            row.lows,
            row.highs,
            row.lines,
            row.said,
        )
        for row in rows
        if row.qualifier is not None
    ).said


def plan_figures(day: date, plan_ids: Collection[int] | None = None) -> dict[int, list[PlanFigureStanding]]:
    """The single figures of plans, those that were cleared left out. One statement; ``plan_ids`` as above."""
    columns: list[Any] = [
        PlanFigure.plan_id,
        PlanFigure.kind,
        PlanFigureValue.said,
        PlanFigureValue.source,
        PlanFigureValue.illustrative,
    ]
    query = (
        select(*columns)
        .select_from(PlanFigure)
        .join(PlanFigureValue, PlanFigureValue.id == in_force(PlanFigureValue, PlanFigure.id, day))
        .where(PlanFigureValue.said.is_not(None))
        .order_by(PlanFigure.plan_id, PlanFigure.kind)
    )
    if plan_ids is not None:
        query = query.where(PlanFigure.plan_id.in_(plan_ids))
    found: dict[int, list[PlanFigureStanding]] = {}
    for plan_id, kind, said, source, note in db.session.execute(query):
        found.setdefault(plan_id, []).append(PlanFigureStanding(kind.label, said, source, note))
    return found
