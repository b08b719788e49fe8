"""Ranking plans by the biggest and quickest gains. ``plans.rules.gains`` says what the SQL here means."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Row,
    Select,
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
from sqlalchemy.orm import raiseload

from opprod.core.errors import NotFound
from opprod.core.financial_year import FinancialYear
from opprod.core.illustrative import as_one
from opprod.core.regions import Region
from opprod.db import Member, db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import (
    Plan,
    PlanFigure,
    PlanFigureValue,
    PlanStatus,
    SavingsLine,
    SavingsValue,
    Service,
    ServiceFunction,
)
from opprod.plans.queries.plans import within
from opprod.plans.rules.gains import (
    BEST_FIRST,
    INVESTMENT,
    Counted,
    Gain,
    Line,
    Payback,
    Sort,
    Unranked,
    gain_of,
    months_to,
    payback,
)
from opprod.web.paging import Page

SIZE = 25


@dataclass(frozen=True, slots=True)
class GainSearch:
    """What is ranked: the functions that count, and the region and services that the plans are of, if not all."""

    counted: Counted
    region: Region | None = None
    services: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class GainView:
    """A plan in the ranking; ``rank`` and ``payback`` are None for one that has no place in it."""

    plan_id: int
    stp_number: int
    stp_name: str | None
    service_id: int
    service: str
    region: Region
    gain: Gain
    rank: int | None
    payback: Payback | None
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A page of the plans that are ranked and one of those that are not, with how many there are for each reason."""

    ranked: Page[GainView]
    unranked: Page[GainView]
    reasons: dict[Unranked, int]


def functions() -> list[ServiceFunction]:
    """The functions of every service, in their order; they are few."""
    return list(
        db.session.scalars(
            select(ServiceFunction)
            .join(Service, Service.id == ServiceFunction.service_id)
            .order_by(Service.position, Service.id, ServiceFunction.position, ServiceFunction.id)
        )
    )


def counted(every: Iterable[ServiceFunction], kept: Iterable[ServiceFunction]) -> Counted:
    """What counts where of every function there is these are kept."""
    keys = frozenset(function.id for function in kept)
    services: dict[int, set[int]] = {}
    for function in every:
        services.setdefault(function.service_id, set()).add(function.id)
    return Counted(keys, frozenset(service for service, own in services.items() if own <= keys))


def in_focus(every: Sequence[ServiceFunction]) -> Counted:
    """What counts unless told otherwise."""
    return counted(every, (function for function in every if function.in_focus))


def ranking(
    search: GainSearch,
    day: date,
    *,
    scope: Region | None,
    sort: Sort = Sort.BOTH,
    number: int = 1,
    unranked_number: int = 1,
    size: int = SIZE,
) -> Ranking:
    """The plans that stand on a day, ranked, and those that cannot be, each by the page. Three statements.

    Raises ``NotFound`` past the last page of either.
    """
    placed = _placed(search, day, scope=scope, sort=sort)
    is_ranked = placed.c.unranked.is_(None)
    rows = db.session.execute(
        _named(placed, day)
        .where(
            or_(
                and_(is_ranked, _on_page(placed.c.place, number, size)),
                and_(~is_ranked, _on_page(placed.c.place, unranked_number, size)),
            )
        )
        .order_by(placed.c.place)
    ).all()
    reasons = {reason: getattr(rows[0], reason.name) for reason in Unranked} if rows else {}
    total, unranked_total = (rows[0].ranked if rows else 0), sum(reasons.values())
    views = _views(rows, search.counted, day)
    return Ranking(
        _page([view for view in views if view.rank], number, size, total),
        _page([view for view in views if not view.rank], unranked_number, size, unranked_total),
        {reason: count for reason, count in reasons.items() if count},
    )


def best_of_each_service(search: GainSearch, day: date, *, limit: int) -> list[GainView]:
    """Of each service the biggest and quickest gains of all regions, at most ``limit``. Three statements."""
    placed = _placed(search, day, scope=None, sort=Sort.BOTH, by_service=True)
    found = _named(placed, day).where(placed.c.unranked.is_(None), placed.c.place <= limit)
    rows = db.session.execute(found.order_by(placed.c.position, placed.c.service_id, placed.c.place)).all()
    return _views(rows, search.counted, day)


def _page(items: Sequence[GainView], number: int, size: int, total: int) -> Page[GainView]:
    if number > 1 and not items:
        raise NotFound("The list has no such page.")
    return Page(items, number, size, total)


def _on_page(place: ColumnElement[int], number: int, size: int) -> ColumnElement[bool]:
    return place.between((number - 1) * size + 1, number * size)


def _placed(search: GainSearch, day: date, *, scope: Region | None, sort: Sort, by_service: bool = False) -> Subquery:
    """Each plan that stands, with its place among the ranked or among the others, and how many there are of each."""
    which = within(scope, region=search.region)
    if search.services is not None:
        which.append(Plan.service_id.in_(search.services))
    sums = _of_each_plan(_of_each_year(search.counted, day, which))
    months = _months(sums.c.first, day)
    unranked = _reason(sums).label("unranked")
    found = (
        select(
            Plan.id.label("plan_id"),
            Plan.stp_id,
            Plan.region,
            Plan.service_id,
            Plan.illustrative,
            Service.name.label("service"),
            Service.position,
            unranked,
            sums.c.low,
            sums.c.high,
            months.label("months"),
        )
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(sums, sums.c.plan_id == Plan.id)
        .where(PlanStatus.withdrawn.is_not(True), *which)
    ).subquery("found")
    is_ranked = found.c.unranked.is_(None)
    apart = [is_ranked, found.c.service_id] if by_service else [is_ranked]
    place = func.row_number().over(partition_by=apart, order_by=_order(found, sort))
    return select(
        found,
        place.label("place"),
        func.count().filter(is_ranked).over().label("ranked"),
        *(func.count().filter(found.c.unranked == reason).over().label(reason.name) for reason in Unranked),
    ).subquery("placed")


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


def _named(placed: Subquery, day: date) -> Select[Any]:
    """Rows of ``_placed``, with the STP's name on the day."""
    return select(placed, StpName.name.label("stp_name")).outerjoin(
        StpName, StpName.id == in_force(StpName, placed.c.stp_id, day)
    )


def _views(rows: Sequence[Row[Any]], counted: Counted, day: date) -> list[GainView]:
    """The plans of rows of ``_placed``, reckoned from their ledgers. Two statements."""
    keys = [row.plan_id for row in rows]
    savings, investment = _savings(keys, day), _investment(keys, day)
    views = []
    for row in rows:
        lines, figures = savings.get(row.plan_id, []), investment.get(row.plan_id, [])
        gain = gain_of((_line(line) for line in lines), service_id=row.service_id, counted=counted, day=day)
        invented = [value.illustrative for _, value in lines] + [value.illustrative for _, value in figures]
        views.append(
            GainView(
                plan_id=row.plan_id,
                stp_number=row.stp_id,
                stp_name=row.stp_name,
                service_id=row.service_id,
                service=row.service,
                region=row.region,
                gain=gain,
                rank=row.place if row.unranked is None else None,
                payback=payback({figure.kind: value.quantity for figure, value in figures}, gain)
                if row.unranked is None
                else None,
                illustrative=as_one(*dict.fromkeys([row.illustrative, *invented])),
            )
        )
    return views


def _savings(plan_ids: Sequence[int], day: date) -> dict[int, list[tuple[SavingsLine, SavingsValue]]]:
    """The lines of some plans' ledgers from the current year on, each with what it says on the day."""
    rows = db.session.execute(
        select(SavingsLine, SavingsValue)
        .options(*(raiseload(relation) for relation in (SavingsLine.plan, SavingsLine.function)))
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .where(SavingsLine.plan_id.in_(plan_ids), SavingsLine.financial_year >= FinancialYear.of(day).start)
        .order_by(SavingsLine.id)
    )
    found: dict[int, list[tuple[SavingsLine, SavingsValue]]] = {}
    for line, value in rows:
        found.setdefault(line.plan_id, []).append((line, value))
    return found


def _line(found: tuple[SavingsLine, SavingsValue]) -> Line:
    line, value = found
    return Line(
        year=line.year,
        kind=line.kind,
        function_id=line.function_id,
        quantity=value.quantity,
        cash_releasing=value.cash_releasing,
        counted_here=value.counted_in_id is None,
    )


def _investment(plan_ids: Sequence[int], day: date) -> dict[int, list[tuple[PlanFigure, PlanFigureValue]]]:
    """What some plans say on the day that they cost once."""
    rows = db.session.execute(
        select(PlanFigure, PlanFigureValue)
        .join(PlanFigureValue, PlanFigureValue.id == in_force(PlanFigureValue, PlanFigure.id, day))
        .where(PlanFigure.plan_id.in_(plan_ids), PlanFigure.kind.in_(INVESTMENT))
    )
    found: dict[int, list[tuple[PlanFigure, PlanFigureValue]]] = {}
    for figure, value in rows:
        found.setdefault(figure.plan_id, []).append((figure, value))
    return found
