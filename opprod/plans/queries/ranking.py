"""The ranking of gains in SQL. ``plans.rules.gains`` says what it means, and tests hold the two together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Subquery,
    and_,
    case,
    cast,
    func,
    null,
    or_,
    select,
    type_coerce,
)

from opprod.core.financial_year import FinancialYear
from opprod.core.regions import Region
from opprod.db import Member
from opprod.history import in_force
from opprod.plans.models import Plan, PlanStatus, SavingsLine, SavingsValue, Service
from opprod.plans.queries.plans import within
from opprod.plans.rules.gains import BEST_FIRST, Counted, Sort, Unranked, months_to


@dataclass(frozen=True, slots=True)
class GainSearch:
    """What is ranked: the functions that count, and the region and services that the plans are of, if not all."""

    counted: Counted
    region: Region | None = None
    services: frozenset[int] | None = None


def placed_by(
    search: GainSearch, day: date, *, scope: Region | None, sort: Sort, by_service: bool = False
) -> Subquery:
    """Each plan that stands, with its place among the ranked or among the others, and how many there are of each."""
    found = standing_plans(search, day, scope=scope)
    is_ranked = found.c.unranked.is_(None)
    apart = [is_ranked, found.c.service_id] if by_service else [is_ranked]
    place = func.row_number().over(partition_by=apart, order_by=_order(found, sort))
    return select(
        found,
        place.label("place"),
        func.count().filter(is_ranked).over().label("ranked"),
        *(func.count().filter(found.c.unranked == reason).over().label(reason.name) for reason in Unranked),
    ).subquery("placed")


def standing_plans(search: GainSearch, day: date, *, scope: Region | None) -> Subquery:
    """Each plan that stands on a day, with what it is ranked by, or why it is not."""
    which = within(scope, region=search.region)
    if search.services is not None:
        which.append(Plan.service_id.in_(search.services))
    sums = _of_each_plan(_of_each_year(search.counted, day, which))
    return (
        select(
            Plan.id.label("plan_id"),
            Plan.stp_id,
            Plan.region,
            Plan.service_id,
            Plan.illustrative,
            Service.name.label("service"),
            Service.position,
            _reason(sums).label("unranked"),
            sums.c.low,
            sums.c.high,
            _months(sums.c.first, day).label("months"),
        )
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(sums, sums.c.plan_id == Plan.id)
        .where(PlanStatus.withdrawn.is_not(True), *which)
    ).subquery("found")


def _of_each_year(counted: Counted, day: date, which: Collection[ColumnElement[bool]]) -> Subquery:
    """Of each plan and year from the current one on, the figures of the best kind, counted and summed."""
    low, high = type_coerce(SavingsValue.low, BigInteger), type_coerce(SavingsValue.high, BigInteger)
    is_whole = Plan.service_id.in_(counted.services)
    is_chosen = or_(is_whole, SavingsLine.function_id.in_(counted.functions))
    is_unsplit = SavingsLine.function_id.is_(None)
    is_here = SavingsValue.counted_in_id.is_(None)
    counts = and_(is_here, is_chosen, SavingsValue.cash_releasing.is_(True))
    candidate = and_(is_here, or_(is_chosen, is_unsplit))
    kinds = [(SavingsLine.kind == kind, place) for place, kind in enumerate(BEST_FIRST)]
    of_a_kind = (
        select(
            SavingsLine.plan_id,
            SavingsLine.financial_year.label("year"),
            func.count().filter(is_here).label("here"),
            func.count().filter(counts).label("counting"),
            func.count()
            .filter(is_here, SavingsValue.cash_releasing.is_(True), is_unsplit, ~is_whole)
            .label("unsplit"),
            func.count().filter(candidate, SavingsValue.cash_releasing.is_(None)).label("unsaid"),
            func.count().filter(candidate, SavingsValue.cash_releasing.is_(False)).label("denied"),
            _bound(low, counts).label("low"),
            _bound(high, counts).label("high"),
            func.row_number()
            .over(partition_by=(SavingsLine.plan_id, SavingsLine.financial_year), order_by=case(*kinds))
            .label("place"),
        )
        .select_from(SavingsLine)
        .join(Plan, Plan.id == SavingsLine.plan_id)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .where(SavingsLine.financial_year >= FinancialYear.of(day).start, SavingsValue.qualifier.is_not(None), *which)
        .group_by(SavingsLine.plan_id, SavingsLine.financial_year, SavingsLine.kind)
    ).subquery("of_a_kind")
    return select(of_a_kind).where(of_a_kind.c.place == 1).subquery("of_a_year")


def _bound(bound: ColumnElement[int], counts: ColumnElement[bool]) -> ColumnElement[int | None]:
    """The sum of the bound of what counts; NULL where one of them is open."""
    is_known = func.count(bound).filter(counts) == func.count().filter(counts)
    return cast(case((is_known, func.sum(bound).filter(counts))), BigInteger)


def _of_each_plan(years: Subquery) -> Subquery:
    """Of each plan its largest year's saving, by its low end, its first year with one, and how many of each sort."""
    saves = and_(years.c.counting > 0, or_(years.c.high.is_(None), years.c.high > 0))
    low, high = years.c.low, years.c.high
    largest = func.row_number().over(
        partition_by=years.c.plan_id,
        # Spelt out, since the databases do not agree where NULL sorts.
        order_by=(saves.desc(), low.is_(None), low.desc(), high.is_not(None), high.desc(), years.c.year),
    )
    ordered = select(years, saves.label("saves"), largest.label("size_place")).subquery("ordered")
    is_largest = and_(ordered.c.size_place == 1, ordered.c.saves)
    return (
        select(
            ordered.c.plan_id,
            func.min(ordered.c.year).filter(ordered.c.saves).label("first"),
            func.max(ordered.c.low).filter(is_largest).label("low"),
            func.max(ordered.c.high).filter(is_largest).label("high"),
            *(func.max(ordered.c[name]).label(name) for name in ("here", "counting", "unsplit", "unsaid", "denied")),
        )
        .group_by(ordered.c.plan_id)
        .subquery("sums")
    )


def _reason(sums: Subquery) -> ColumnElement[Any]:
    """Why a plan is not ranked; NULL for one that is."""
    reason = case(
        (sums.c.low.is_not(None), null()),
        (sums.c.first.is_not(None), Unranked.NO_LOW_END.value),
        (sums.c.plan_id.is_(None), Unranked.NO_FIGURE.value),
        (sums.c.here == 0, Unranked.COUNTED_ELSEWHERE.value),
        (sums.c.unsplit > 0, Unranked.NOT_SPLIT.value),
        (sums.c.unsaid > 0, Unranked.NOT_SAID.value),
        (sums.c.counting > 0, Unranked.NOTHING.value),
        (sums.c.denied > 0, Unranked.NOT_CASH.value),
        else_=Unranked.OTHER_FUNCTIONS.value,
    )
    return type_coerce(reason, Member(Unranked))


def _months(first: ColumnElement[int], day: date) -> ColumnElement[int]:
    """``rules.gains.months_to``, of the year that starts in ``first``."""
    current = FinancialYear.of(day)
    soonest = months_to(day, current)
    return case(
        (first == current.start, soonest), else_=months_to(day, current.next) + 12 * (first - current.start - 1)
    )


def _order(found: Subquery, sort: Sort) -> list[ColumnElement[Any]]:
    low, high, months = found.c.low, found.c.high, found.c.months
    biggest: list[ColumnElement[Any]] = [low.desc(), high.is_not(None), high.desc()]
    orders: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.BIGGEST: [*biggest, months],
        Sort.QUICKEST: [months, *biggest],
        Sort.BOTH: [
            (cast(low, Float) / months).desc(),
            high.is_not(None),
            (cast(high, Float) / months).desc(),
            months,
        ],
    }
    places = [(found.c.unranked == reason, place) for place, reason in enumerate(Unranked)]
    return [case(*places), *orders[sort], found.c.stp_id, found.c.position, found.c.plan_id]
