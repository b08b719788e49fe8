"""What exports of plans hold: every page of the list, and the lines of the savings ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from opprod.core.financial_year import FinancialYear
from opprod.core.illustrative import as_one
from opprod.core.quantity import Quantity
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import (
    Confidence,
    Plan,
    PlanStatus,
    SavingKind,
    SavingsLine,
    SavingsValue,
    Service,
    ServiceFunction,
)
from opprod.plans.queries.ledger import LineReference
from opprod.plans.queries.plans import PlanSearch, PlanView, plan_view, plans, within

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SavingsSearch:
    """What exported lines are narrowed to; None leaves a thing open. ``service`` is a slug."""

    region: Region | None = None
    service: str | None = None
    year: FinancialYear | None = None
    kind: SavingKind | None = None


@dataclass(frozen=True, slots=True)
class SavingsRow:
    """A line of the ledger in force, with its plan; a quantity of None is one that nobody has stated, not zero."""

    line_id: int
    stp_number: int
    stp_name: str | None
    service: str
    region: Region
    withdrawn: bool
    year: FinancialYear
    kind: SavingKind
    function: str | None
    label: str
    quantity: Quantity | None
    cash_releasing: bool | None
    confidence: Confidence | None
    counted_in: LineReference | None
    effective_on: date
    source: str
    illustrative: str | None


def every_plan(search: PlanSearch, day: date, *, scope: Region | None, limit: int) -> Iterator[PlanView]:
    """The plans of a search, at most ``limit``, as they come from one statement."""
    return (plan_view(row) for row in _rows(plans(search, day, scope=scope).limit(limit)))


def every_saving(search: SavingsSearch, day: date, *, scope: Region | None, limit: int) -> Iterator[SavingsRow]:
    """The lines of the ledger in force on a day, at most ``limit``, as they come from one statement."""
    return (_savings_row(row, scope) for row in _rows(_savings(search, day, scope).limit(limit)))


def _rows(query: Select[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
    return iter(db.session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)))


def _savings(search: SavingsSearch, day: date, scope: Region | None) -> Select[*tuple[Any, ...]]:
    target, target_plan = aliased(SavingsLine), aliased(Plan)
    target_service, target_name = aliased(Service), aliased(StpName)
    query = (
        select(
            SavingsLine.id.label("line_id"),
            SavingsLine.financial_year,
            SavingsLine.kind,
            SavingsLine.label,
            ServiceFunction.name.label("function"),
            SavingsValue,
            Plan.stp_id,
            StpName.name.label("stp_name"),
            Service.name.label("service"),
            Plan.region,
            func.coalesce(PlanStatus.withdrawn, False).label("withdrawn"),
            Plan.illustrative,
            target.id.label("target_id"),
            target_plan.id.label("target_plan_id"),
            target_plan.region.label("target_region"),
            target_plan.stp_id.label("target_stp_id"),
            target_name.name.label("target_stp_name"),
            target_service.name.label("target_service"),
        )
        .select_from(Plan)
        .join(Service, Service.id == Plan.service_id)
        .join(SavingsLine, SavingsLine.plan_id == Plan.id)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .outerjoin(ServiceFunction, ServiceFunction.id == SavingsLine.function_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, day))
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(target, target.id == SavingsValue.counted_in_id)
        .outerjoin(target_plan, target_plan.id == target.plan_id)
        .outerjoin(target_service, target_service.id == target_plan.service_id)
        .outerjoin(target_name, target_name.id == in_force(StpName, target_plan.stp_id, day))
        .where(*within(scope, region=search.region))
        .order_by(Plan.stp_id, Plan.service_id, SavingsLine.financial_year, SavingsLine.id)
    )
    if search.service is not None:
        query = query.where(Service.slug == search.service)
    if search.year is not None:
        query = query.where(SavingsLine.financial_year == search.year.start)
    if search.kind is not None:
        query = query.where(SavingsLine.kind == search.kind)
    return query


def _savings_row(row: Row[Any], scope: Region | None) -> SavingsRow:
    value: SavingsValue = row.SavingsValue
    return SavingsRow(
        line_id=row.line_id,
        stp_number=row.stp_id,
        stp_name=row.stp_name,
        service=row.service,
        region=row.region,
        withdrawn=row.withdrawn,
        year=FinancialYear(row.financial_year),
        kind=row.kind,
        function=row.function,
        label=row.label,
        quantity=value.quantity,
        cash_releasing=value.cash_releasing,
        confidence=value.confidence,
        counted_in=_counted_in(row, scope) if row.target_id else None,
        effective_on=value.effective_on,
        source=value.source,
        illustrative=as_one(*dict.fromkeys((row.illustrative, value.illustrative))),
    )


def _counted_in(row: Row[Any], scope: Region | None) -> LineReference:
    if scope not in {None, row.target_region}:
        return LineReference()
    place = f"{row.target_stp_name or f'STP {row.target_stp_id}'}: {row.target_service}"
    return LineReference(row.target_id, row.target_plan_id, place)
