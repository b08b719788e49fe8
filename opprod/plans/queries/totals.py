"""Totals of savings over plans as at a day, added up by the database and exact.

Kinds are never added to one another: what was planned, what is now expected and what was made are the same pounds.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, ColumnElement, Row, Select, Subquery, func, select, type_coerce

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import Group
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.plans.models import Plan, PlanStatus, SavingKind, SavingsLine, SavingsValue, Service, ServiceFunction
from opprod.plans.queries.ledger import Sum, sum_of_groups
from opprod.plans.queries.plans import within

Key: TypeAlias = tuple[Any, ...]


class Dimension(StrEnum):
    """What a total is by."""

    YEAR = "year"
    FUNCTION = "function"
    SERVICE = "service"
    REGION = "region"
    STP = "stp"

    @property
    def label(self) -> str:
        """What each row of the totals is."""
        return {"year": "Financial year", "stp": "STP"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True, slots=True)
class TotalsSearch:
    """What totals are narrowed to; None leaves a thing open. ``service`` is a slug."""

    region: Region | None = None
    service: str | None = None
    kind: SavingKind | None = None
    year: FinancialYear | None = None
    cash_releasing: bool = False
    """Whether savings are left out that do not release cash, or of which that is not said."""

    @property
    def kinds(self) -> tuple[SavingKind, ...]:
        """The kinds that there is a total of each."""
        return (self.kind,) if self.kind else tuple(SavingKind)


@dataclass(frozen=True, slots=True)
class KindSum:
    """The total of one kind: what ``plans`` plans state, and not the ``left_out`` ones that state no figure.

    ``blank`` further lines, of these plans or of others, state no figure either.
    """

    sum: Sum
    plans: int
    left_out: int
    blank: int

    @property
    def said(self) -> str:
        """The total in words."""
        return self.sum.said


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """Totals of one year, function, service, region or STP. ``value`` names it in addresses."""

    label: str
    value: str
    kinds: Mapping[SavingKind, KindSum]
    of: int
    """How many plans there are that could state a figure."""
    illustrative: bool
    """Whether something of what is added up is invented."""


@dataclass(frozen=True, slots=True)
class ServiceTotals:
    """The totals of a service's plans by financial year."""

    service: str
    years: tuple[TotalsRow, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row stands for, before it is added up; ``plans_key`` says which plans could state a figure for it."""

    key: Key
    plans_key: Key
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class _By:
    """The columns that make the key of a row, and those that make the key of its plans."""

    key: tuple[str, ...] = ()
    plans_key: tuple[str, ...] = ()


_BY = {
    Dimension.YEAR: _By(("financial_year",)),
    Dimension.FUNCTION: _By(("service_id", "function_id"), ("service_id",)),
    Dimension.SERVICE: _By(("service_id",), ("service_id",)),
    Dimension.REGION: _By(("region",), ("region",)),
    Dimension.STP: _By(("stp_id",), ("stp_id",)),
}


def totals(
    search: TotalsSearch, day: date, *, scope: Region | None, by: Dimension, stps: Mapping[int, str] | None = None
) -> list[TotalsRow]:
    """Totals by a dimension: every service, function and region that there is, and the years that lines are of.

    By STP, those of ``stps``: a page of them, each number with its name, in the order to show them. At most four
    statements, however many lines there are.
    """
    stps = stps or {}
    added = _Added(search, day, scope, _BY[by], stps if by is Dimension.STP else None)
    return [added.row(one) for one in _rows(by, added, stps)]


def by_service_and_year(search: TotalsSearch, day: date, *, scope: Region | None) -> list[ServiceTotals]:
    """Totals of every service by the years that its lines are of; four statements, however many there are."""
    added = _Added(search, day, scope, _By(("service_id", "financial_year"), ("service_id",)), None)
    return [
        ServiceTotals(
            service=row.name,
            years=tuple(
                added.row(_Row((row.id, start), (row.id,), str(FinancialYear(start)), str(FinancialYear(start))))
                for service_id, start in sorted(added.keys)
                if service_id == row.id
            ),
        )
        for row in db.session.execute(_services(search))
    ]


def whole(search: TotalsSearch, day: date, *, scope: Region | None) -> TotalsRow:
    """The totals of all the plans that there are, in three statements."""
    return _Added(search, day, scope, _By(), None).row(_Row((), (), "All plans", ""))


class _Added:
    """What the database adds up: groups of like quantities, and the plans they are of, by the key of a row."""

    def __init__(
        self, search: TotalsSearch, day: date, scope: Region | None, by: _By, stps: Collection[int] | None
    ) -> None:
        self.search, self.scope = search, scope
        narrowed = [*_narrowed(search, day, scope), *([Plan.stp_id.in_(stps)] if stps is not None else [])]
        counted = _counted(search, day, narrowed)
        groups = [(_key(row, by.key), row) for row in db.session.execute(_grouped(counted, by))]
        self.keys = {key for key, _ in groups}
        self.groups: dict[tuple[Key, SavingKind], list[Row[Any]]] = {}
        for key, row in groups:
            self.groups.setdefault((key, row.kind), []).append(row)
        self.stating = {(_key(row, by.key), row.kind): row.plans for row in db.session.execute(_stating(counted, by))}
        self.plans = {_key(row, by.plans_key): row.plans for row in db.session.execute(_plans(narrowed, by))}

    def row(self, one: _Row) -> TotalsRow:
        """A row of the totals."""
        of = self.plans.get(one.plans_key, 0)
        return TotalsRow(
            label=one.label,
            value=one.value,
            kinds={kind: self._kind_sum(one.key, kind, of) for kind in self.search.kinds},
            of=of,
            illustrative=any(
                row.illustrative > 0 for kind in self.search.kinds for row in self.groups.get((one.key, kind), ())
            ),
        )

    def _kind_sum(self, key: Key, kind: SavingKind, of: int) -> KindSum:
        groups = self.groups.get((key, kind), [])
        plans = self.stating.get((key, kind), 0)
        return KindSum(
            sum=sum_of_groups(_group(row) for row in groups if row.qualifier is not None),
            plans=plans,
            left_out=of - plans,
            blank=sum(row.lines for row in groups if row.qualifier is None),
        )


def _rows(by: Dimension, added: _Added, stps: Mapping[int, str]) -> list[_Row]:
    search = added.search
    match by:
        case Dimension.YEAR:
            years = (FinancialYear(start) for (start,) in sorted(added.keys))
            return [_Row((year.start,), (), str(year), str(year)) for year in years]
        case Dimension.REGION:
            regions = [
                region for region in Region if added.scope in {None, region} and search.region in {None, region}
            ]
            return [_Row((region,), (region,), region.label, region.value) for region in regions]
        case Dimension.SERVICE:
            return [_Row((row.id,), (row.id,), row.name, row.slug) for row in db.session.execute(_services(search))]
        case Dimension.FUNCTION:
            return _function_rows(added.keys, search)
        case Dimension.STP:
            return [_Row((number,), (number,), name, str(number)) for number, name in stps.items()]


def _function_rows(keys: Collection[Key], search: TotalsSearch) -> list[_Row]:
    """Every function of every service, and each service as a whole where lines are of no one function."""
    rows: list[_Row] = []
    functions = _services(search).add_columns(
        ServiceFunction.id.label("function_id"), ServiceFunction.name.label("function")
    )
    functions = functions.join(ServiceFunction, ServiceFunction.service_id == Service.id)
    for row in db.session.execute(functions.order_by(ServiceFunction.position, ServiceFunction.id)):
        unsplit = _Row((row.id, None), (row.id,), f"{row.name}: not split by function", row.slug)
        if unsplit.key in keys and unsplit not in rows:
            rows.append(unsplit)
        rows.append(_Row((row.id, row.function_id), (row.id,), f"{row.name}: {row.function}", row.slug))
    return rows


def _services(search: TotalsSearch) -> Select[*tuple[Any, ...]]:
    query = select(Service.id, Service.name, Service.slug).order_by(Service.position, Service.id)
    return query.where(Service.slug == search.service) if search.service is not None else query


def _narrowed(search: TotalsSearch, day: date, scope: Region | None) -> list[ColumnElement[bool]]:
    """SQL for the plans that could state a figure: they stand, and the reader may know of them."""
    withdrawn = select(PlanStatus.subject_id).where(
        PlanStatus.withdrawn, PlanStatus.id == in_force(PlanStatus, PlanStatus.subject_id, day)
    )
    narrowed = [*within(scope, region=search.region), Plan.id.not_in(withdrawn)]
    if search.service is not None:
        narrowed.append(Plan.service_id.in_(select(Service.id).where(Service.slug == search.service)))
    return narrowed


def _counted(search: TotalsSearch, day: date, narrowed: Collection[ColumnElement[bool]]) -> Subquery:
    """What the lines of these plans say, without those whose pounds are counted in another line."""
    query = (
        select(
            SavingsLine.financial_year,
            SavingsLine.kind,
            SavingsLine.function_id,
            Plan.id.label("plan_id"),
            Plan.service_id,
            Plan.region,
            Plan.stp_id,
            SavingsValue.qualifier,
            SavingsValue.unit,
            SavingsValue.said,
            # As the scaled whole numbers that they are kept as, which every database adds up exactly.
            type_coerce(SavingsValue.low, BigInteger).label("low"),
            type_coerce(SavingsValue.high, BigInteger).label("high"),
            func.coalesce(SavingsValue.illustrative, Plan.illustrative).label("illustrative"),
        )
        .select_from(SavingsLine)
        .join(Plan, Plan.id == SavingsLine.plan_id)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .where(SavingsValue.counted_in_id.is_(None), SavingsLine.kind.in_(search.kinds), *narrowed)
    )
    if search.year is not None:
        query = query.where(SavingsLine.financial_year == search.year.start)
    if search.cash_releasing:
        query = query.where(SavingsValue.cash_releasing.is_(True))
    return query.subquery()


def _grouped(counted: Subquery, by: _By) -> Select[*tuple[Any, ...]]:
    """One row for what is alike in key, kind, qualifier and unit; blanks are without a qualifier."""
    alike = [*(counted.c[name] for name in by.key), counted.c.kind, counted.c.qualifier, counted.c.unit]
    return select(
        *alike,
        func.sum(counted.c.low).label("low_sum"),
        func.sum(counted.c.high).label("high_sum"),
        func.count(counted.c.low).label("lows"),
        func.count(counted.c.high).label("highs"),
        func.count().label("lines"),
        func.min(counted.c.said).label("said"),
        func.count(counted.c.illustrative).label("illustrative"),
    ).group_by(*alike)


def _stating(counted: Subquery, by: _By) -> Select[*tuple[Any, ...]]:
    """How many plans state a figure, by key and kind."""
    alike = [*(counted.c[name] for name in by.key), counted.c.kind]
    stated = counted.c.qualifier.is_not(None)
    return select(*alike, func.count(counted.c.plan_id.distinct()).label("plans")).where(stated).group_by(*alike)


def _plans(narrowed: Collection[ColumnElement[bool]], by: _By) -> Select[*tuple[Any, ...]]:
    """How many plans could state a figure."""
    alike = [getattr(Plan, name) for name in by.plans_key]
    return select(*alike, func.count().label("plans")).select_from(Plan).where(*narrowed).group_by(*alike)


def _key(row: Row[Any], names: Iterable[str]) -> Key:
    return tuple(getattr(row, name) for name in names)


def _group(row: Row[Any]) -> Group:
    # PostgreSQL gives the sum of whole numbers as a decimal.
    low, high = (None if bound is None else int(bound) for bound in (row.low_sum, row.high_sum))
    return Group(row.qualifier, row.unit, low, high, row.lows, row.highs, row.lines, row.said)
