"""Reading measures and their readings as at a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from opprod.accounts import User
from opprod.core.errors import NotFound
from opprod.core.quantity import Quantity
from opprod.db import db
from opprod.history import in_force, series
from opprod.projects.models import Measure, Reading, Strand, StrandKind, StrandProfile

_OF_A_MEASURE: list[Any] = [Measure.id.label("measure_id"), Measure.key, Measure.name]
_OF_A_READING: list[Any] = [
    Reading.id.label("reading_id"),
    Reading.low,
    Reading.high,
    Reading.qualifier,
    Reading.unit,
    Reading.said,
    Reading.effective_on,
    Reading.source,
    Reading.recorded_at,
    User.name.label("recorded_by"),
    Reading.update_id,
    Reading.illustrative,
]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A measure's value from a day, with its source."""

    id: int
    measure_id: int
    key: str
    name: str
    quantity: Quantity
    effective_on: date
    source: str
    recorded_at: datetime
    recorded_by: str
    update_id: int | None
    illustrative: str | None

    @property
    def said(self) -> str:
        """The value as it was said."""
        return self.quantity.said


@dataclass(frozen=True, slots=True)
class MeasureView:
    """Something counted, whose it is, and the reading in force."""

    id: int
    key: str
    name: str
    unit: str
    version: int
    strand_id: int | None
    strand_kind: StrandKind | None
    strand_slug: str | None
    strand_name: str | None
    reading: ReadingView | None


def measure(key: str) -> Measure:
    """The measure with a key; raises ``NotFound``."""
    found = db.session.scalar(select(Measure).where(Measure.key == key))
    if found is None:
        raise NotFound("There is no such measure.")
    return found


def reading(measure: Measure, reading_id: int) -> Reading:
    """A reading of a measure; raises ``NotFound``."""
    found = db.session.get(Reading, reading_id)
    if found is None or found.subject_id != measure.id:
        raise NotFound("There is no such reading.")
    return found


def measures(day: date, *, search: str = "", strand_id: int | None = None, unowned: bool = False) -> Select[Any]:
    """Measures with the reading in force, the directorate's own first and then each strand's, for paging.

    Give each row to ``measure_view``. ``search`` narrows to names and keys that hold it; ``unowned`` to the
    directorate's own.
    """
    query = (
        select(
            *_OF_A_MEASURE,
            Measure.unit.label("measure_unit"),
            Measure.version,
            Measure.strand_id,
            Strand.kind.label("strand_kind"),
            Strand.slug.label("strand_slug"),
            StrandProfile.name.label("strand_name"),
            *_OF_A_READING,
        )
        .select_from(Measure)
        .outerjoin(Strand, Strand.id == Measure.strand_id)
        .outerjoin(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .outerjoin(Reading, Reading.id == in_force(Reading, Measure.id, day))
        .outerjoin(User, User.id == Reading.recorded_by_id)
        .order_by(
            Measure.strand_id.is_not(None),
            Strand.kind == StrandKind.PROJECT,
            Strand.position,
            Measure.position,
            Measure.id,
        )
    )
    if unowned:
        query = query.where(Measure.strand_id.is_(None))
    elif strand_id is not None:
        query = query.where(Measure.strand_id == strand_id)
    if search:
        query = query.where(or_(*(_holds(column, search) for column in (Measure.name, Measure.key))))
    return query


def measures_of(strand_id: int, day: date, *, limit: int) -> list[MeasureView]:
    """A strand's measures with the reading in force."""
    return [measure_view(row) for row in db.session.execute(measures(day, strand_id=strand_id).limit(limit))]


def view_of(measure: Measure, day: date) -> MeasureView:
    """One measure with the reading in force."""
    return measure_view(db.session.execute(measures(day).where(Measure.id == measure.id)).one())


def measure_view(row: Row[Any]) -> MeasureView:
    """A row of ``measures``."""
    return MeasureView(
        id=row.measure_id,
        key=row.key,
        name=row.name,
        unit=row.measure_unit,
        version=row.version,
        strand_id=row.strand_id,
        strand_kind=row.strand_kind,
        strand_slug=row.strand_slug,
        strand_name=row.strand_name,
        reading=None if row.reading_id is None else _reading_view(row),
    )


def readings(measure_ids: Collection[int], day: date, *, limit: int) -> dict[int, list[ReadingView]]:
    """Each measure's readings as known on a day, newest first, at most ``limit`` of each. One statement.

    A reading corrected by a later one for its day is left out, as is one withdrawn by ``day``.
    """
    query = (
        select(*_OF_A_MEASURE, *_OF_A_READING)
        .select_from(Measure)
        .join(Reading, Reading.subject_id == Measure.id)
        .join(User, User.id == Reading.recorded_by_id)
        .where(Reading.id.in_(series(Reading, measure_ids, day, limit=limit)))
        .order_by(Reading.effective_on.desc())
    )
    found: dict[int, list[ReadingView]] = {measure_id: [] for measure_id in measure_ids}
    for row in db.session.execute(query):
        found[row.measure_id].append(_reading_view(row))
    return found


def _reading_view(row: Row[Any]) -> ReadingView:
    return ReadingView(
        id=row.reading_id,
        measure_id=row.measure_id,
        key=row.key,
        name=row.name,
        quantity=Quantity(low=row.low, high=row.high, qualifier=row.qualifier, unit=row.unit, said=row.said),
        effective_on=row.effective_on,
        source=row.source,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        update_id=row.update_id,
        illustrative=row.illustrative,
    )


def _holds(column: Any, search: str) -> Any:
    return func.lower(column).contains(search.lower(), autoescape=True)
