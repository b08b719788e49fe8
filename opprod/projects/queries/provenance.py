"""Who said what a paper rests on, who approved it, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.batches import in_batches
from opprod.db import db
from opprod.history import in_force
from opprod.projects.models import Measure, PublishedUpdate, Reading, Status, Strand, UpdateStatus

_KEYS_AT_ONCE = 1000  # a database takes a limited number of parameters to a statement

_speaker, _approver = aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class UpdateProvenance:
    """Who submitted the update that speaks for a strand, and who approved it; the last two None where nobody did."""

    update_id: int
    submitted_by: str
    submitted_at: datetime
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadingProvenance:
    """A measure's reading in force, who recorded it, and who approved the update it came with.

    ``update_id`` is None for a reading that came with no update, ``approved_by`` and ``approved_at`` also where its
    update is not approved.
    """

    reading_id: int
    said: str
    source: str
    effective_on: date
    recorded_by: str
    recorded_at: datetime
    update_id: int | None
    approved_by: str | None
    approved_at: datetime | None
    illustrative: str | None


def of_updates(day: date) -> dict[int, UpdateProvenance]:
    """Of the update that speaks for each strand on a day, by the strand's key. One statement of SQL."""
    columns: list[Any] = [
        Strand.id,
        PublishedUpdate.update_id,
        _speaker.name,
        PublishedUpdate.recorded_at,
        _approver.name,
        UpdateStatus.recorded_at,
    ]
    rows = db.session.execute(
        select(*columns)
        .select_from(Strand)
        .join(PublishedUpdate, PublishedUpdate.id == in_force(PublishedUpdate, Strand.id, day))
        .join(_speaker, _speaker.id == PublishedUpdate.recorded_by_id)
        .outerjoin(UpdateStatus, _approval(PublishedUpdate.update_id, day))
        .outerjoin(_approver, _approver.id == UpdateStatus.recorded_by_id)
    )
    return {strand_id: UpdateProvenance(*row) for strand_id, *row in rows}


def of_readings(keys: Iterable[str], day: date) -> dict[str, ReadingProvenance]:
    """Of the reading in force on a day of each measure with one of these keys; one statement for each 1,000 keys."""
    columns: list[Any] = [
        Measure.key,
        Reading.id,
        Reading.said,
        Reading.source,
        Reading.effective_on,
        _speaker.name,
        Reading.recorded_at,
        Reading.update_id,
        _approver.name,
        UpdateStatus.recorded_at,
        Reading.illustrative,
    ]
    found: dict[str, ReadingProvenance] = {}
    for some in in_batches(list(dict.fromkeys(keys)), _KEYS_AT_ONCE):
        rows = db.session.execute(
            select(*columns)
            .select_from(Measure)
            .join(Reading, Reading.id == in_force(Reading, Measure.id, day))
            .join(_speaker, _speaker.id == Reading.recorded_by_id)
            .outerjoin(UpdateStatus, _approval(Reading.update_id, day))
            .outerjoin(_approver, _approver.id == UpdateStatus.recorded_by_id)
            .where(Measure.key.in_(some))
        )
        found |= {key: ReadingProvenance(*row) for key, *row in rows}
    return found


def _approval(update_id: Any, day: date) -> ColumnElement[bool]:
    """SQL for the status in force of an update, if it is its approval."""
    return and_(UpdateStatus.id == in_force(UpdateStatus, update_id, day), UpdateStatus.status == Status.APPROVED)
