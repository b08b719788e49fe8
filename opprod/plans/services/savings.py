"""Recording what plans save, so that the same pound is never counted twice."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP, Qualifier, Quantity
from opprod.db import db
from opprod.history import in_force
from opprod.plans import permissions
from opprod.plans.models import Confidence, Plan, PlanStatus, SavingKind, SavingsLine, SavingsValue, ServiceFunction
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.models.savings import LABEL_LENGTH
from opprod.plans.queries import savings as queries
from opprod.plans.queries.savings import MOST_LINES
from opprod.plans.queries.status import status_of
from opprod.plans.services.checks import checked_line, checked_text
from opprod.plans.services.status import ensure_recordable

EARLIEST = date(1948, 1, 1)  # the NHS began that year

# All pathology in England costs £2–3bn a year, so more in one line is a slip of the hand. It also keeps a sum of
# scaled columns within 64 bits up to 922,000 lines.
LARGEST = Decimal(1_000_000_000)

_WHAT_IT_SAYS = ("said", "cash_releasing", "confidence", "source", "counted_in_id")

NAMED_IN_A_MESSAGE = 5
REASON_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingSaid:
    """What a line of the ledger says. ``counted_in_id`` is the line in which its pounds are counted instead."""

    quantity: Quantity | None
    """None where nobody has put a figure to it."""
    cash_releasing: bool | None
    """None where the source does not say."""
    confidence: Confidence | None
    """None where nobody has judged it."""
    source: str
    counted_in_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingContent(SavingSaid):
    """A line and what it says. ``function`` is a slug; None is the service as a whole."""

    year: FinancialYear
    kind: SavingKind
    function: str | None = None
    label: str = ""


def record_saving(
    *,
    plan: Plan,
    content: SavingContent,
    actor: User,
    effective_on: date | None = None,
    illustrative: str | None = None,
) -> SavingsLine:
    """Add a line to a plan's ledger; one that was withdrawn comes back. It is true from today unless told.

    Raises ``InvalidInput``, naming the field, for what cannot be a saving, for a line that there is already and for
    one by which a pound would be counted twice; ``WrongState`` where the plan is withdrawn; ``NotAllowed``.
    """
    _lock_plans(plan, content.counted_in_id)
    ensure_recordable(plan, actor)
    effective_on = _checked_day(effective_on)
    value = _value(content, effective_on, illustrative)
    line = _line_to_fill(plan, content.year, content.kind, _function_id(plan, content.function), content.label)
    days = {effective_on, clock.today()}
    if content.counted_in_id is None:
        _ensure_split_alike(line, days, field="function")
    else:
        _ensure_can_count(content.counted_in_id, line, days, actor)
    db.session.add(line)
    db.session.flush()
    value.subject_id = line.id
    history.record(value, actor=actor)
    _note(plan, line, {}, _as_noted(value, plan), actor)
    return line


def change_saving(
    *,
    line: SavingsLine,
    said: SavingSaid,
    seen: int,
    actor: User,
    effective_on: date | None = None,
    illustrative: str | None = None,
) -> bool:
    """Record what a line says from a day, today unless told; what it said before stays in its history.

    Return whether it says anything else than before: what it says already is not recorded again. ``seen`` is the key
    of the value that the person began from. Raises ``Conflict`` where it says something else by now, ``WrongState``
    where it counts the pounds of others and is to be counted elsewhere, and as ``record_saving`` does.
    """
    plan = line.plan
    _lock_plans(plan, said.counted_in_id)
    ensure_recordable(plan, actor)
    history.ensure_in_force(SavingsValue, line.id, seen)
    before = db.session.get_one(SavingsValue, seen)
    effective_on = _checked_day(effective_on, not_before=before.effective_on)
    value = _value(said, effective_on, illustrative)
    value.subject_id = line.id
    if all(getattr(value, name) == getattr(before, name) for name in _WHAT_IT_SAYS):
        return False
    days = {effective_on, clock.today()}
    if said.counted_in_id is None:
        _ensure_split_alike(line, days, field="counted_in_id")
    elif said.counted_in_id != before.counted_in_id:
        _ensure_can_count(said.counted_in_id, line, days, actor)
        _ensure_counts_none(line, plan, days, actor, "counted in another line")
    history.record(value, actor=actor)
    _note(plan, line, _as_noted(before, plan), _as_noted(value, plan), actor)
    return True


def withdraw_saving(*, line: SavingsLine, reason: str, seen: int, actor: User) -> SavingsLine:
    """Take a line out of the ledger from today on, with all that it ever said.

    Raises ``InvalidInput`` without a reason, ``WrongState`` where the pounds of others are counted in it or its plan
    is withdrawn, and ``Conflict`` where it says something else than the person saw.
    """
    plan = line.plan
    ensure_recordable(plan, actor)
    reason = checked_text(reason, field="reason", missing="Enter why it is withdrawn", limit=REASON_LENGTH)
    history.ensure_in_force(SavingsValue, line.id, seen)
    _ensure_counts_none(line, plan, {clock.today()}, actor, "withdrawn")
    before = _as_noted(db.session.get_one(SavingsValue, seen), plan)
    standing = select(SavingsValue).where(SavingsValue.subject_id == line.id, SavingsValue.withdrawn_on.is_(None))
    for value in db.session.scalars(standing).all():
        history.withdraw(value, reason=reason, actor=actor)
    changes = {"line": [_name(line), None], "saving": [before["saving"], None], "reason": [None, reason]}
    trail.noted(Event.ENTRY_WITHDRAWN, plan, actor=actor, changes=changes)
    return line


def _lock_plans(plan: Plan, counted_in_id: int | None) -> None:
    """Let nobody else change the ledgers of a plan and of the plan it counts in until this is done.

    Always in one order, so that of two who record at once neither waits for the other in a ring.
    """
    target = db.session.get(SavingsLine, counted_in_id) if counted_in_id is not None else None
    for plan_id in sorted({plan.id} | ({target.plan_id} if target else set())):
        history.lock(PlanStatus, plan_id)


def _line_to_fill(
    plan: Plan, year: FinancialYear, kind: SavingKind, function_id: int | None, label: str
) -> SavingsLine:
    """The line with these marks, if it was withdrawn, or a new one; refuse one that stands already."""
    label = " ".join(label.split())
    if len(label) > LABEL_LENGTH:
        raise InvalidInput(f"Enter {LABEL_LENGTH} characters or fewer; you have {len(label)}", field="label")
    stands = select(SavingsValue.id).where(
        SavingsValue.subject_id == SavingsLine.id, SavingsValue.withdrawn_on.is_(None)
    )
    held = db.session.execute(
        select(SavingsLine, stands.exists().label("stands")).where(SavingsLine.plan_id == plan.id)
    ).all()
    if sum(row.stands for row in held) >= MOST_LINES:
        raise InvalidInput(f"A plan can have {MOST_LINES} lines of savings at most")
    found = None
    for line, line_stands in held:
        alike = (line.year, line.kind, line.function_id) == (year, kind, function_id)
        if alike and line_stands and line.label.lower() == label.lower():
            raise InvalidInput(
                f"Line {line.id} is for the same year, kind and function already. Change that line, or give this "
                "one a description that tells them apart",
                field="label",
            )
        if alike and line.label == label:
            found = line
    return found or SavingsLine(
        plan_id=plan.id, financial_year=year.start, kind=kind, function_id=function_id, label=label
    )


def _function_id(plan: Plan, slug: str | None) -> int | None:
    if slug is None:
        return None
    of_service = (ServiceFunction.service_id == plan.service_id, ServiceFunction.slug == slug)
    found = db.session.scalar(select(ServiceFunction.id).where(*of_service))
    if found is None:
        raise InvalidInput(f"Choose a function of {plan.service.name}", field="function")
    return found


def _ensure_split_alike(line: SavingsLine, days: Collection[date], *, field: str) -> None:
    """Refuse to count a line by function beside one of the whole service: it would hold the same pounds."""
    is_split = line.function_id is not None
    for day in days:
        others = (
            select(func.count())
            .select_from(SavingsLine)
            .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
            .where(
                SavingsLine.plan_id == line.plan_id,
                SavingsLine.financial_year == line.financial_year,
                SavingsLine.kind == line.kind,
                SavingsLine.id != line.id,
                SavingsLine.function_id.is_(None) if is_split else SavingsLine.function_id.is_not(None),
                SavingsValue.counted_in_id.is_(None),
            )
        )
        if db.session.scalars(others).one():
            recorded, wanted = ("for the service as a whole",) * 2 if is_split else ("by function", "by function too")
            raise InvalidInput(
                f"{line.year} {line.kind.value} savings of this plan are recorded {recorded}. Record this one "
                f"{wanted}, or say in which line it is counted",
                field=field,
            )


def _ensure_can_count(line_id: int, line: SavingsLine, days: Collection[date], actor: User) -> None:
    """Refuse a line that the person may not know of, or that cannot count another's pounds on one of the days."""
    field = "counted_in_id"
    target = db.session.get(SavingsLine, line_id)
    if target is None or not permissions.can_see(actor, target.plan):
        raise InvalidInput(f"There is no line {line_id} in the savings of a plan that you may open", field=field)
    if target.id == line.id:
        raise InvalidInput("A line cannot be counted in itself", field=field)
    if (target.financial_year, target.kind) != (line.financial_year, line.kind):
        raise InvalidInput(
            f"Line {line_id} is for {target.year}, {target.kind.value}. Choose a line for {line.year}, "
            f"{line.kind.value}",
            field=field,
        )
    for day in days:
        value = history.entry_in_force(SavingsValue, target.id, day)
        status = status_of(target.plan, day)
        if value is None or (status is not None and status.withdrawn):
            raise InvalidInput(f"Line {line_id} did not stand on {day:%-d %B %Y}. Choose one that did", field=field)
        if value.counted_in_id is not None:
            raise InvalidInput(
                f"Line {line_id} is counted in another line itself. Choose the line that counts the pounds",
                field=field,
            )


def _ensure_counts_none(line: SavingsLine, plan: Plan, days: Collection[date], actor: User, what: str) -> None:
    """Refuse to take away the place where the pounds of other lines are counted on one of the days."""
    scope = permissions.region_of(actor)
    counted = {str(found) for day in days for found in queries.included_in(line, plan, day, scope=scope)}
    if counted:
        named = sorted(counted)[:NAMED_IN_A_MESSAGE]
        others = " and others" if len(named) < len(counted) else ""
        raise WrongState(
            f"Line {line.id} cannot be {what}, because it counts the pounds of {', '.join(named)}{others}. "
            "Change where those are counted first."
        )


def _value(said: SavingSaid, effective_on: date, illustrative: str | None) -> SavingsValue:
    value = SavingsValue(
        effective_on=effective_on,
        cash_releasing=said.cash_releasing,
        confidence=said.confidence,
        source=checked_line(said.source, field="source", missing="Enter where this comes from", limit=SOURCE_LENGTH),
        counted_in_id=said.counted_in_id,
        illustrative=illustrative,
    )
    value.quantity = checked_quantity(said.quantity)
    return value


def checked_quantity(quantity: Quantity | None) -> Quantity | None:
    """A saving that can be one; raises ``InvalidInput`` for another unit, a negative one and one past all measure."""
    if quantity is None:
        return None
    if quantity.unit != GBP:
        raise InvalidInput("Enter the saving in pounds, such as £1.2m or £0.8–1.2m", field="quantity")
    bounds = [bound for bound in (quantity.low, quantity.high) if bound is not None]
    below_nothing = quantity.high == 0 and quantity.qualifier in {Qualifier.UNDER, Qualifier.NEARLY}
    if min(bounds) < 0 or below_nothing:
        raise InvalidInput("A saving cannot be negative. Record a cost as investment", field="quantity")
    if max(bounds) > LARGEST:
        raise InvalidInput("Check the figure: one line cannot save more than £1bn in a year", field="quantity")
    return quantity


def _checked_day(day: date | None, *, not_before: date = EARLIEST) -> date:
    today = clock.today()
    day = day or today
    if not not_before <= day <= today:
        raise InvalidInput(
            f"Enter a day from {not_before:%-d %B %Y} up to today, {today:%-d %B %Y}", field="effective_on"
        )
    return day


def _name(line: SavingsLine) -> str:
    return f"{line} (line {line.id})"


def _as_noted(value: SavingsValue, plan: Plan) -> dict[str, Any]:
    """A value as the plan's history tells it to whoever may open the plan, and so without lines of other regions."""
    target = value.counted_in_id
    counted_in = str(queries.reference_to(target, plan, value.effective_on, scope=plan.region)) if target else None
    return {
        "saving": value.said or "not stated",
        "cash_releasing": value.cash_releasing,
        "confidence": value.confidence.value if value.confidence else None,
        "source": value.source,
        "true_from": value.effective_on.isoformat(),
        "counted_in": counted_in,
        "illustrative": value.illustrative,
    }


def _note(plan: Plan, line: SavingsLine, before: dict[str, Any], after: dict[str, Any], actor: User) -> None:
    changes = {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]}
    trail.noted(Event.SAVING_RECORDED, plan, actor=actor, changes={"line": [None, _name(line)], **changes})
