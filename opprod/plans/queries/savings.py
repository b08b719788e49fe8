"""Reading the savings ledger of a plan as at a day, and finding its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.errors import NotFound
from opprod.core.financial_year import FinancialYear
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import Plan, SavingKind, SavingsLine, SavingsValue, Service, ServiceFunction
from opprod.plans.queries.ledger import NO_SUCH_LINE, Ledger, LedgerLine, LineReference, LineValue, totals_of

MOST_LINES = 300
"""How many lines of a plan can stand at once."""

PAST_SHOWN = 500
REFERENCES_SHOWN = 300

_KINDS = tuple(SavingKind)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that another could be counted in."""

    line_id: int
    service: str
    title: str
    said: str


def ledger_of(plan: Plan, day: date, *, scope: Region | None) -> Ledger:
    """The savings ledger of a plan on a day, for a reader who may know of the plans of ``scope``. Two statements.

    It has every line that stands, and of what lines said before, the newest ``PAST_SHOWN`` values.
    """
    now: dict[int, Row[Any]] = {}
    past: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(_values(plan, day)):
        if row.in_force:
            now[row.line_id] = row
        else:
            past.setdefault(row.line_id, []).append(row)
    included: dict[int, list[LineReference]] = {}
    for row in db.session.execute(_counted_in(plan, day)):
        included.setdefault(row.counted_in_id, []).append(_reference(row, plan, scope))
    reading = _Reading(plan, day, scope)
    lines = tuple(reading.line(row, past.get(line_id, ()), included) for line_id, row in now.items())
    gone = tuple(reading.line(rows[0], rows[1:], {}) for line_id, rows in past.items() if line_id not in now)
    return Ledger(lines=lines, withdrawn=gone, totals=totals_of(lines))


def lines_counted_in(plan: Plan, day: date, *, scope: Region | None) -> tuple[LineReference, ...]:
    """The lines of other plans whose pounds are counted in a plan's lines on a day; ``scope`` is the reader's.

    A plan in whose lines others are counted cannot be withdrawn: their pounds would be counted nowhere.
    """
    rows = db.session.execute(_counted_in(plan, day).where(SavingsLine.plan_id != plan.id))
    return tuple(_reference(row, plan, scope) for row in rows)


def included_in(line: SavingsLine, plan: Plan, day: date, *, scope: Region | None) -> tuple[LineReference, ...]:
    """The lines whose pounds are counted in a line of a plan on a day."""
    rows = db.session.execute(_counted_in(plan, day).where(SavingsValue.counted_in_id == line.id))
    return tuple(_reference(row, plan, scope) for row in rows)


def line(plan: Plan, line_id: int) -> SavingsLine:
    """A line of a plan, standing or not; raises ``NotFound``, in the same words for a line of another plan."""
    found = db.session.get(SavingsLine, line_id)
    if found is None or found.plan_id != plan.id:
        raise NotFound(NO_SUCH_LINE)
    return found


def counted_in_id(value_id: int) -> int | None:
    """The line in which the pounds of a value are counted, for whoever keeps it there without being told of it."""
    return db.session.get_one(SavingsValue, value_id).counted_in_id


def reference_to(line_id: int, plan: Plan, day: date, *, scope: Region | None) -> LineReference:
    """A line as a line of ``plan`` speaks of it, to a reader who may know of the plans of ``scope``."""
    query = (
        select(SavingsLine.id.label("other_line_id"), *_place(Plan))
        .join(Plan, Plan.id == SavingsLine.plan_id)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, day))
        .where(SavingsLine.id == line_id)
    )
    return _reference(db.session.execute(query).one(), plan, scope)


def candidates(
    plan: Plan, day: date, *, year: FinancialYear | None = None, kind: SavingKind | None = None, limit: int
) -> list[Candidate]:
    """The lines of an STP's plans that a line of one of them could be counted in: those of the plan itself first."""
    query = (
        select(SavingsLine, ServiceFunction.name, SavingsValue.said, Service.name)
        .join(Plan, Plan.id == SavingsLine.plan_id)
        .join(Service, Service.id == Plan.service_id)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .outerjoin(ServiceFunction, ServiceFunction.id == SavingsLine.function_id)
        .where(Plan.stp_id == plan.stp_id, SavingsValue.counted_in_id.is_(None))
        .order_by(Plan.id != plan.id, Service.position, SavingsLine.financial_year, SavingsLine.id)
        .limit(limit)
    )
    if year is not None:
        query = query.where(SavingsLine.financial_year == year.start)
    if kind is not None:
        query = query.where(SavingsLine.kind == kind)
    return [
        Candidate(
            line_id=found.id,
            service=service,
            title=", ".join(part for part in (str(found.year), found.kind.label, function, found.label) if part),
            said=said or "not stated",
        )
        for found, function, said, service in db.session.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Which plan is read, as at which day, by someone who may know of the plans of ``scope``."""

    plan: Plan
    day: date
    scope: Region | None

    def line(
        self, row: Row[Any], before: Sequence[Row[Any]], included: Mapping[int, Sequence[LineReference]]
    ) -> LedgerLine:
        """A line from the row of what it says, and those of what it said before."""
        return LedgerLine(
            **self._value(row),
            id=row.line_id,
            year=FinancialYear(row.financial_year),
            kind=row.kind,
            function=row.function,
            label=row.label,
            superseded=tuple(LineValue(**self._value(earlier)) for earlier in before),
            includes=tuple(included.get(row.line_id, ())),
        )

    def _value(self, row: Row[Any]) -> dict[str, Any]:
        value: SavingsValue = row.SavingsValue
        # As at a day before it was withdrawn, it was not.
        withdrawn = value.withdrawn_on is not None and value.withdrawn_on <= self.day
        return {
            "value_id": value.id,
            "quantity": value.quantity,
            "cash_releasing": value.cash_releasing,
            "confidence": value.confidence,
            "source": value.source,
            "effective_on": value.effective_on,
            "recorded_at": value.recorded_at,
            "recorded_by": row.recorded_by,
            "illustrative": value.illustrative,
            "counted_in": _reference(row, self.plan, self.scope) if value.counted_in_id else None,
            "withdrawn_on": value.withdrawn_on if withdrawn else None,
            "withdrawn_by": row.withdrawn_by if withdrawn else None,
            "withdrawn_reason": value.withdrawn_reason if withdrawn else None,
        }


def _values(plan: Plan, day: date) -> Select[*tuple[Any, ...]]:
    """What the lines of a plan say on a day, in the ledger's order; then what they said before, newest first."""
    target, target_plan, withdrawer = aliased(SavingsLine), aliased(Plan), aliased(User)
    holds = SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day)
    holds_first = case((holds, 0), else_=1)
    newest_first = case((holds, 0), else_=-SavingsValue.id)
    return (
        select(
            SavingsLine.id.label("line_id"),
            SavingsLine.financial_year,
            SavingsLine.kind,
            SavingsLine.label,
            ServiceFunction.name.label("function"),
            SavingsValue,
            holds.label("in_force"),
            User.name.label("recorded_by"),
            withdrawer.name.label("withdrawn_by"),
            target.id.label("other_line_id"),
            *_place(target_plan),
        )
        .join(SavingsValue, SavingsValue.subject_id == SavingsLine.id)
        .join(User, User.id == SavingsValue.recorded_by_id)
        .outerjoin(withdrawer, withdrawer.id == SavingsValue.withdrawn_by_id)
        .outerjoin(ServiceFunction, ServiceFunction.id == SavingsLine.function_id)
        .outerjoin(target, target.id == SavingsValue.counted_in_id)
        .outerjoin(target_plan, target_plan.id == target.plan_id)
        .outerjoin(Service, Service.id == target_plan.service_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, target_plan.stp_id, day))
        .where(SavingsLine.plan_id == plan.id, SavingsValue.effective_on <= day)
        .order_by(
            holds_first,
            newest_first,
            SavingsLine.financial_year,
            case(*((SavingsLine.kind == kind, place) for place, kind in enumerate(_KINDS))),
            SavingsLine.function_id.is_not(None),
            ServiceFunction.position,
            SavingsLine.label,
            SavingsLine.id,
        )
        .limit(MOST_LINES + PAST_SHOWN)
    )


def _counted_in(plan: Plan, day: date) -> Select[*tuple[Any, ...]]:
    """The lines whose pounds are counted in a plan's lines on a day, of whatever plan they are."""
    own = aliased(SavingsLine)
    return (
        select(SavingsValue.counted_in_id, SavingsLine.id.label("other_line_id"), *_place(Plan))
        .select_from(SavingsValue)
        .join(SavingsLine, SavingsLine.id == SavingsValue.subject_id)
        .join(Plan, Plan.id == SavingsLine.plan_id)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, day))
        .where(
            SavingsValue.counted_in_id.in_(select(own.id).where(own.plan_id == plan.id)),
            SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day),
        )
        .order_by(SavingsLine.id)
        .limit(REFERENCES_SHOWN)
    )


def _place(plan: Any) -> list[Any]:
    """The columns that say of which plan a line is."""
    return [
        plan.id.label("other_plan_id"),
        plan.region.label("other_region"),
        plan.stp_id.label("other_stp_id"),
        StpName.name.label("other_stp_name"),
        Service.name.label("other_service"),
    ]


def _reference(row: Row[Any], plan: Plan, scope: Region | None) -> LineReference:
    if scope not in {None, row.other_region}:
        return LineReference()
    place = f"{row.other_stp_name or f'STP {row.other_stp_id}'}: {row.other_service}"
    return LineReference(row.other_line_id, row.other_plan_id, None if row.other_plan_id == plan.id else place)
