"""Reading updates: where each stands, which speaks for its strand, and which are owed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.errors import NotFound
from opprod.db import db
from opprod.history import entry_in_force, in_force, past_entries, stands
from opprod.projects.models import (
    DraftReading,
    Measure,
    PublishedUpdate,
    RagRating,
    Reading,
    Status,
    Strand,
    StrandProfile,
    Update,
    UpdateStatus,
)
from opprod.projects.permissions import OPEN, PUBLISHED
from opprod.projects.queries.records import QuotedReading, StatusLine, UpdateLine
from opprod.projects.queries.statements import quoted_reading
from opprod.rounds.models import Meeting, ReportingRound

MOST_LINES = 200


def update(update_id: int) -> Update:
    """An update; raises ``NotFound``."""
    found = db.session.get(Update, update_id)
    if found is None:
        raise NotFound("There is no such update.")
    return found


def status_of(update: Update, day: date) -> UpdateStatus:
    """Where an update stands on a day; raises ``NotFound`` where it was not begun by then."""
    entry = entry_in_force(UpdateStatus, update.id, day)
    if entry is None:
        raise NotFound("This update had not been started by then.")
    return entry


def published(strand_id: int, day: date) -> PublishedUpdate | None:
    """Which update speaks for a strand on a day."""
    return entry_in_force(PublishedUpdate, strand_id, day)


def edition_on(update: Update, day: date) -> int:
    """Which edition of an update was to be read on a day: the one published then, or the latest."""
    entry = published(update.strand_id, day)
    return entry.edition if entry and entry.update_id == update.id else update.edition


def open_update(strand_id: int, day: date) -> Update | None:
    """The draft or returned update of a strand."""
    return db.session.scalar(
        select(Update)
        .join(UpdateStatus, UpdateStatus.id == in_force(UpdateStatus, Update.id, day))
        .where(Update.strand_id == strand_id, UpdateStatus.status.in_(OPEN))
        .order_by(Update.id.desc())
        .limit(1)
    )


def last_number(strand_id: int, round_id: int) -> int:
    """The number of a strand's latest update in a round; 0 for none."""
    found = select(func.coalesce(func.max(Update.number), 0)).where(
        Update.strand_id == strand_id, Update.round_id == round_id
    )
    return db.session.scalars(found).one()


def status_history(update: Update, day: date) -> list[StatusLine]:
    """An update's statuses up to a day, newest first, at most 200."""
    entries = past_entries(UpdateStatus, update.id, day, limit=MOST_LINES)
    names = names_of(entry.recorded_by_id for entry in entries)
    return [
        StatusLine(
            status=entry.status,
            at=entry.recorded_at,
            effective_on=entry.effective_on,
            by_id=entry.recorded_by_id,
            by_name=names[entry.recorded_by_id],
            note=entry.note,
        )
        for entry in entries
    ]


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of people by key."""
    wanted = {user_id for user_id in user_ids if user_id}
    if not wanted:
        return {}
    people = db.session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return dict(people.all())


def units_of(strand_id: int) -> dict[int, str]:
    """The unit of each of a strand's measures, by the measure's key."""
    units = db.session.execute(select(Measure.id, Measure.unit).where(Measure.strand_id == strand_id))
    return dict(units.all())


def readings_of(update: Update, day: date) -> list[QuotedReading]:
    """The reading of each measure that came last with an update and stands on a day, in the measures' order."""
    rows = db.session.execute(
        select(Measure, Reading)
        .join(Reading, Reading.subject_id == Measure.id)
        .where(Measure.strand_id == update.strand_id, Reading.update_id == update.id, stands(Reading, day))
        .order_by(Measure.position, Reading.effective_on, Reading.id)
    )
    return list({measure.id: quoted_reading(measure, reading) for measure, reading in rows}.values())


def draft_readings(update: Update) -> list[QuotedReading]:
    """The values typed with a draft, in their measures' order: true of no day yet."""
    rows = db.session.execute(
        select(Measure, DraftReading)
        .join(DraftReading, DraftReading.measure_id == Measure.id)
        .where(DraftReading.update_id == update.id)
        .order_by(Measure.position)
    )
    return [
        replace(quoted_reading(measure, None), said=draft.said or None, source=draft.source or None)
        for measure, draft in rows
    ]


def ratings_by(update: Update) -> list[RagRating]:
    """The ratings an update gave that were not withdrawn."""
    return list(
        db.session.scalars(
            select(RagRating).where(
                RagRating.subject_id == update.strand_id,
                RagRating.update_id == update.id,
                RagRating.withdrawn_on.is_(None),
            )
        )
    )


def awaiting_approval(day: date) -> list[UpdateLine]:
    """The updates that speak for their strands and nobody has approved, oldest first, at most 200."""
    query = (
        _lines(day)
        .where(UpdateStatus.status == Status.SUBMITTED, PublishedUpdate.update_id == Update.id)
        .order_by(UpdateStatus.effective_on, UpdateStatus.id)
        .limit(MOST_LINES)
    )
    return [update_line(row) for row in db.session.execute(query)]


def updates_of(strand_id: int, day: date, *, with_drafts: bool) -> Select[Any]:
    """A strand's updates as they stood on a day, newest first, for paging; read its rows with ``update_line``."""
    statuses = set(Status) if with_drafts else PUBLISHED
    return (
        _lines(day)
        .where(Update.strand_id == strand_id, UpdateStatus.status.in_(statuses))
        .order_by(Meeting.held_on.desc(), Update.number.desc())
    )


def update_line(row: Any) -> UpdateLine:
    """A row of ``updates_of`` as a record."""
    return UpdateLine(*row)


def _lines(day: date) -> Select[Any]:
    by = aliased(User)
    columns: list[Any] = [
        Update.id,
        Update.number,
        Strand.id,
        Strand.kind,
        Strand.slug,
        StrandProfile.name,
        Meeting.held_on,
        UpdateStatus.status,
        UpdateStatus.effective_on,
        by.id,
        by.name,
        PublishedUpdate.update_id.is_not_distinct_from(Update.id),
        Update.rag,
        Update.illustrative,
    ]
    return (
        select(*columns)
        .select_from(Update)
        .join(Strand, Strand.id == Update.strand_id)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .join(ReportingRound, ReportingRound.id == Update.round_id)
        .join(Meeting, Meeting.id == ReportingRound.meeting_id)
        .join(UpdateStatus, UpdateStatus.id == in_force(UpdateStatus, Update.id, day))
        .join(by, by.id == UpdateStatus.recorded_by_id)
        .outerjoin(PublishedUpdate, PublishedUpdate.id == in_force(PublishedUpdate, Strand.id, day))
    )
