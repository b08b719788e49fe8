"""Recording a plan's single figures: the investment it needs, its lead-in, and the national benchmark."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.core.quantity import Quantity, QuantityError, parse
from opprod.db import db
from opprod.plans.models import FigureKind, Plan, PlanFigure, PlanFigureValue
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.queries.recorded import FigureView
from opprod.plans.queries.records import record_of
from opprod.plans.services.checks import checked_line
from opprod.plans.services.status import ensure_recordable

MOST_MONTHS = 240


def record_figures(
    *, plan: Plan, figures: Mapping[FigureKind, tuple[Quantity | None, str]], seen: str, actor: User
) -> bool:
    """Record figures, each with its source; return whether any was new. Kinds not among them stay as they are.

    A figure given as None is cleared: from today it is not known, which is not zero. Nothing keeps the attainable
    cost below the cost now, since national data can say that a service is cheaper than that already. ``seen`` is the
    record's ``figures_version`` when the person set out.

    Raises ``InvalidInput``, naming the field as ``capital-quantity`` or ``lead-in-source``, for a negative value,
    another unit, a lead-in of more than ``MOST_MONTHS``, a value without a source and a source of nothing;
    ``Conflict`` where others are in force by now; ``NotAllowed`` and ``WrongState`` as ``ensure_recordable`` does.
    """
    ensure_recordable(plan, actor)
    before = record_of(plan, clock.today())
    changed: dict[FigureKind, tuple[Quantity | None, str]] = {}
    for kind, (quantity, source) in figures.items():
        held = before.figures.get(kind)
        checked = _checked(kind, quantity, source, held)
        if checked != ((held.quantity, held.source) if held else (None, "")):
            changed[kind] = checked
    if not changed:
        return False
    if before.figures_version != seen:
        raise Conflict("Someone else changed the figures while you had them open.")
    subjects = _subjects(plan)
    for kind, after in changed.items():
        _record(plan, subjects[kind], before.figures.get(kind), after, actor)
    return True


def _record(
    plan: Plan, figure: PlanFigure, before: FigureView | None, after: tuple[Quantity | None, str], actor: User
) -> None:
    quantity, source = after
    is_same = before is not None and before.quantity == quantity
    entry = PlanFigureValue(
        subject_id=figure.id,
        source=source,
        effective_on=clock.today(),
        # An invented figure stays one when only its source is put right.
        illustrative=before.illustrative if before and is_same else None,
    )
    entry.quantity = quantity
    history.record(entry, actor=actor)
    said = before.quantity.said if before and before.quantity else None
    changes = {
        figure.kind.label: [said, quantity.said if quantity else None],
        "source": [before.source if before else None, source],
    }
    trail.noted(Event.PLAN_FIGURE_RECORDED, plan, actor=actor, changes=changes)


def _subjects(plan: Plan) -> dict[FigureKind, PlanFigure]:
    """The plan's figures by kind; those it lacked are made."""
    held = {one.kind: one for one in db.session.scalars(select(PlanFigure).where(PlanFigure.plan_id == plan.id))}
    for kind in FigureKind:
        if kind not in held:
            held[kind] = PlanFigure(plan_id=plan.id, kind=kind)
            db.session.add(held[kind])
    db.session.flush()
    return held


def _checked(
    kind: FigureKind, quantity: Quantity | None, source: str, held: FigureView | None
) -> tuple[Quantity | None, str]:
    source = " ".join(source.split())
    if quantity is None:
        if source and held is None:
            raise InvalidInput("Enter the value, or take the source out", field=f"{kind.value}-quantity")
        if not source:
            return None, ""
    return (
        quantity and checked_value(kind, quantity),
        checked_line(
            source,
            field=f"{kind.value}-source",
            missing="Enter where the value comes from",
            limit=SOURCE_LENGTH,
        ),
    )


def checked_value(kind: FigureKind, quantity: Quantity) -> Quantity:
    """A figure in its kind's unit; raises ``InvalidInput`` as ``record_figures`` does."""
    field = f"{kind.value}-quantity"
    quantity = _in_unit(quantity, kind.unit, field)
    bounds = [bound for bound in (quantity.low, quantity.high) if bound is not None]
    if any(bound < 0 for bound in bounds):
        raise InvalidInput(f"{kind.label} cannot be negative: enter zero or more", field=field)
    if kind is FigureKind.LEAD_IN and any(bound > Decimal(MOST_MONTHS) for bound in bounds):
        raise InvalidInput(f"Enter {MOST_MONTHS} months or fewer", field=field)
    return quantity


def _in_unit(quantity: Quantity, unit: str, field: str) -> Quantity:
    if quantity.unit == unit:
        return quantity
    try:
        return parse(quantity.said, unit=unit)
    except QuantityError as error:
        raise InvalidInput(str(error), field=field) from error
