"""Creating measures, and recording and withdrawing their readings."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from opprod import history
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.actors import Actor
from opprod.core.errors import Conflict, InvalidInput
from opprod.core.quantity import COUNT, GBP, Quantity, QuantityError, is_unit, parse
from opprod.core.slugs import LENGTH, is_slug, slug_of, unused_slug
from opprod.db import db
from opprod.projects.models import Measure, Reading, Strand, Update

MOST_OF_A_STRAND = 50
EARLIEST = date(1948, 1, 1)  # the NHS began that year

_NAMELESS = "measure"
_NAME_LENGTH = 160
_SOURCE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """What someone saw when they set out to record a reading: the key of the one in force that day, or none."""

    reading_id: int | None
    on: date


def create_measure(*, strand: Strand | None, key: str | None, name: str, unit: str, actor: Actor) -> Measure:
    """Add something to count: a strand's, or the directorate's own. Without a key, one is made from its name.

    ``unit`` is £ (or GBP), % or a plural noun. Raises ``InvalidInput``, naming the field, for a blank name, a key
    in use or of other than small letters, digits and hyphens, a unit that is none, and for one measure too many.
    """
    name = _checked_name(name)
    _ensure_room(strand)
    measure = Measure(
        strand_id=strand.id if strand else None,
        key=_checked_key(key) if key else _unused_key(name),
        name=name,
        unit=_checked_unit(unit),
        position=_last_position(strand) + 1,
    )
    trail.added(Event.MEASURE_CREATED, measure, actor=actor)
    return measure


def change_measure(*, measure: Measure, version: int, name: str, actor: Actor) -> Measure:
    """Rename a measure. Raises ``Conflict`` when it changed since version ``version``."""
    db.session.refresh(measure, with_for_update=True)
    if measure.version != version:
        raise Conflict("Someone else changed this measure while you had it open.")
    with trail.changing(Event.MEASURE_CHANGED, measure, actor=actor):
        measure.name = _checked_name(name)
    return measure


def record_reading(
    *,
    measure: Measure,
    quantity: Quantity,
    source: str,
    effective_on: date,
    actor: Actor,
    illustrative: str | None = None,
    update: Update | None = None,
    seen: Seen | None = None,
) -> Reading:
    """Record a measure's value on a day, up to today; a later reading for the same day corrects an earlier one.

    Raises ``InvalidInput``, naming the field, for another unit, a day to come or no source; and, where the caller
    says what was ``seen``, ``Conflict`` if another reading is in force by now.
    """
    if seen:
        history.ensure_in_force(Reading, measure.id, seen.reading_id, on=seen.on)
    quantity = _in_unit(quantity, measure.unit)
    reading = Reading(
        subject_id=measure.id,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        said=quantity.said,
        source=_checked_source(source),
        effective_on=_checked_day(effective_on),
        illustrative=illustrative,
        update_id=update.id if update else None,
    )
    history.record(reading, actor=actor)
    trail.added(Event.READING_RECORDED, reading, actor=actor, about=measure)
    return reading


def withdraw_reading(*, reading: Reading, reason: str, actor: Actor) -> Reading:
    """Take a reading out from today on; what was in force before it is so again.

    Raises ``InvalidInput`` without a reason and ``WrongState`` where it is withdrawn already.
    """
    measure = db.session.get_one(Measure, reading.subject_id)
    history.withdraw(reading, reason=reason, actor=actor)
    changes = {"reading": [str(reading), None], "reason": [None, reading.withdrawn_reason]}
    trail.noted(Event.ENTRY_WITHDRAWN, measure, actor=actor, changes=changes)
    return reading


def _ensure_room(strand: Strand | None) -> None:
    if strand is None:
        return
    held = db.session.scalars(select(func.count()).where(Measure.strand_id == strand.id)).one()
    if held >= MOST_OF_A_STRAND:
        raise InvalidInput(f"A workstream or project can have {MOST_OF_A_STRAND} measures at most.", field="strand")


def _unused_key(name: str) -> str:
    slug = slug_of(name) or _NAMELESS
    taken = set(db.session.scalars(select(Measure.key).where(Measure.key.startswith(slug[: LENGTH - 5]))))
    return unused_slug(name, taken=taken, otherwise=_NAMELESS)


def _checked_key(key: str) -> str:
    if not is_slug(key):
        raise InvalidInput(
            f"Use small letters, digits and hyphens, such as registered-users; {LENGTH} characters at most.",
            field="key",
        )
    if db.session.scalar(select(Measure.id).where(Measure.key == key)):
        raise InvalidInput(f"Another measure has the key {key}. Choose another.", field="key")
    return key


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("Enter what is measured.", field="name")
    if len(name) > _NAME_LENGTH:
        raise InvalidInput(f"Enter {_NAME_LENGTH} characters or fewer.", field="name")
    return name


def _checked_unit(unit: str) -> str:
    unit = " ".join(unit.split())
    unit = GBP if unit == "£" or unit.upper() == GBP else unit
    if unit == COUNT or not is_unit(unit):
        raise InvalidInput("Enter £, % or what is counted in the plural, such as trusts.", field="unit")
    return unit


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    if quantity.unit == unit:
        return quantity
    try:
        return parse(quantity.said, unit=unit)
    except QuantityError as error:
        raise InvalidInput(str(error), field="quantity") from error


def _checked_source(source: str) -> str:
    source = " ".join(source.split())
    if not source:
        raise InvalidInput("Enter where the value comes from.", field="source")
    if len(source) > _SOURCE_LENGTH:
        raise InvalidInput(f"Enter {_SOURCE_LENGTH} characters or fewer.", field="source")
    return source


def _checked_day(day: date) -> date:
    today = clock.today()
    if day < EARLIEST:
        raise InvalidInput(f"Check the year: it must be {EARLIEST.year} or later.", field="effective_on")
    if day > today:
        raise InvalidInput(f"Enter a day up to today, {today:%-d %B %Y}.", field="effective_on")
    return day


def _last_position(strand: Strand | None) -> int:
    of_strand = Measure.strand_id.is_(None) if strand is None else Measure.strand_id == strand.id
    return db.session.scalars(select(func.coalesce(func.max(Measure.position), 0)).where(of_strand)).one()
