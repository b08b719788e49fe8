"""Who stands behind what is said of plans together: their categories, and their savings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Subquery, func, select

from opprod.accounts import User
from opprod.core.financial_year import FinancialYear
from opprod.db import db
from opprod.history import DatedEntry, in_force
from opprod.plans.models import Plan, PlanCategory, SavingsLine, SavingsValue, Service


@dataclass(frozen=True, slots=True)
class Latest:
    """How many entries of a service's plans are in force on a day, and who recorded the last of them, and when."""

    service_id: int
    service: str
    slug: str
    entries: int
    plans: int
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LedgerProvenance:
    """Where the lines of a plan's ledger have their figures from, and who recorded the last of them, and when."""

    sources: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime


def of_categories(day: date) -> list[Latest]:
    """Of the categories in force on a day, a service each. One statement."""
    found = (
        select(
            Plan.service_id,
            func.count().label("entries"),
            func.count().label("plans"),
            func.max(PlanCategory.id).label("entry_id"),
        )
        .select_from(Plan)
        .join(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .group_by(Plan.service_id)
        .subquery()
    )
    return _latest(found, PlanCategory)


def of_savings(day: date) -> list[Latest]:
    """Of the ledger lines that stand on a day, a service each. One statement."""
    found = (
        select(
            Plan.service_id,
            func.count().label("entries"),
            func.count(Plan.id.distinct()).label("plans"),
            func.max(SavingsValue.id).label("entry_id"),
        )
        .select_from(SavingsLine)
        .join(Plan, Plan.id == SavingsLine.plan_id)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .group_by(Plan.service_id)
        .subquery()
    )
    return _latest(found, SavingsValue)


def of_ledgers(plan_ids: Collection[int], day: date) -> dict[int, LedgerProvenance]:
    """Of the ledgers of some plans, from the current financial year on, by the plan's key. One statement."""
    rows = db.session.execute(
        select(SavingsLine.plan_id, SavingsValue.source, User.name, SavingsValue.recorded_at)
        .select_from(SavingsLine)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .join(User, User.id == SavingsValue.recorded_by_id)
        .where(SavingsLine.plan_id.in_(plan_ids), SavingsLine.financial_year >= FinancialYear.of(day).start)
        .order_by(SavingsValue.id)
    )
    sources: dict[int, dict[str, None]] = {}
    last: dict[int, tuple[str, datetime]] = {}
    for plan_id, source, name, moment in rows:
        sources.setdefault(plan_id, {})[source] = None
        last[plan_id] = (name, moment)
    return {plan_id: LedgerProvenance(tuple(sources[plan_id]), *last[plan_id]) for plan_id in last}


def _latest(found: Subquery, kind: type[DatedEntry]) -> list[Latest]:
    """Who recorded the entries of these keys. Keys grow in the order of recording."""
    columns: list[Any] = [
        Service.id,
        Service.name,
        Service.slug,
        found.c.entries,
        found.c.plans,
        User.name,
        kind.recorded_at,
    ]
    rows = db.session.execute(
        select(*columns)
        .select_from(found)
        .join(Service, Service.id == found.c.service_id)
        .join(kind, kind.id == found.c.entry_id)
        .join(User, User.id == kind.recorded_by_id)
        .order_by(Service.position, Service.id)
    )
    return [Latest(*row) for row in rows]
