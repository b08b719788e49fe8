"""The biggest and quickest gains: plans by their place in the ranking, each reckoned from its ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import raiseload

from opprod.core.errors import NotFound
from opprod.core.financial_year import FinancialYear
from opprod.core.illustrative import as_one
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import (
    PlanFigure,
    PlanFigureValue,
    SavingsLine,
    SavingsValue,
    Service,
    ServiceFunction,
)
from opprod.plans.queries.ranking import GainSearch, placed_by, standing_plans
from opprod.plans.rules.gains import (
    INVESTMENT,
    Counted,
    Gain,
    Line,
    Payback,
    Sort,
    Unranked,
    gain_of,
    payback,
)
from opprod.web.paging import Page

SIZE = 25


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
    placed = placed_by(search, day, scope=scope, sort=sort)
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
    placed = placed_by(search, day, scope=None, sort=Sort.BOTH, by_service=True)
    found = _named(placed, day).where(placed.c.unranked.is_(None), placed.c.place <= limit)
    rows = db.session.execute(found.order_by(placed.c.position, placed.c.service_id, placed.c.place)).all()
    return _views(rows, search.counted, day)


def unranked_counts(search: GainSearch, day: date) -> dict[int, dict[Unranked, int]]:
    """How many plans of each service, over all regions, are not ranked for each reason. One statement."""
    found = standing_plans(search, day, scope=None)
    rows = db.session.execute(
        select(found.c.service_id, found.c.unranked, func.count())
        .where(found.c.unranked.is_not(None))
        .group_by(found.c.service_id, found.c.unranked)
    )
    counts: dict[int, dict[Unranked, int]] = {}
    for service_id, reason, count in rows:
        counts.setdefault(service_id, {})[reason] = count
    return counts


def _page(items: Sequence[GainView], number: int, size: int, total: int) -> Page[GainView]:
    if number > 1 and not items:
        raise NotFound("The list has no such page.")
    return Page(items, number, size, total)


def _on_page(place: ColumnElement[int], number: int, size: int) -> ColumnElement[bool]:
    return place.between((number - 1) * size + 1, number * size)


def _named(placed: Subquery, day: date) -> Select[Any]:
    """Rows of ``placed_by``, with the STP's name on the day."""
    return select(placed, StpName.name.label("stp_name")).outerjoin(
        StpName, StpName.id == in_force(StpName, placed.c.stp_id, day)
    )


def _views(rows: Sequence[Row[Any]], counted: Counted, day: date) -> list[GainView]:
    """The plans of rows of ``placed_by``, reckoned from their ledgers. Two statements."""
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
