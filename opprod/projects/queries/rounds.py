"""Reading a round at a glance: what each workstream and project has said for it, and what is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.rag import Rag
from opprod.db import db
from opprod.history import in_force, stands
from opprod.projects.models import PublishedUpdate, Status, Strand, StrandKind, StrandProfile, Update, UpdateStatus
from opprod.projects.permissions import OPEN, PUBLISHED
from opprod.rounds.models import Meeting, ReportingRound

_owner, _actor = aliased(User), aliased(User)


class Standing(StrEnum):
    """Where a strand can stand in a round, to find those that do."""

    NOT_STARTED = "not-started"
    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    NO_CHANGE = "no-change"
    LATE = "late"

    @property
    def label(self) -> str:
        """The standing in words."""
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A strand in a round: whose it is, and where its update stands on a day.

    ``status`` is that of the update which counts, None where none was begun, or where it is not for the reader.
    ``revision_id`` is a draft begun beside a submitted update. ``days_late`` is how many days after they were due
    updates were first submitted, or how many they are owed since; below 0, the days left.
    """

    strand_id: int
    kind: StrandKind
    slug: str
    name: str
    owner_id: int
    owner_name: str
    illustrative: str | None
    may_repeat: bool
    """Whether the strand has an update of an earlier round, and none begun in this one."""
    days_late: int
    update_id: int | None = None
    status: Status | None = None
    status_on: date | None = None
    submitted_on: date | None = None
    submitted_by: str | None = None
    approved_on: date | None = None
    approved_by: str | None = None
    rag: Rag | None = None
    unchanged_reason: str | None = None
    unchanged_since: date | None = None
    update_illustrative: str | None = None
    revision_id: int | None = None

    @property
    def is_submitted(self) -> bool:
        """Whether an update was submitted and not returned."""
        return self.status in PUBLISHED

    @property
    def is_late(self) -> bool:
        """Whether the update came late, or is owed past its day."""
        return self.days_late > 0

    def stands(self, standing: Standing) -> bool:
        """Whether it stands so; one that is submitted or approved can be late, or without change, as well."""
        match standing:
            case Standing.LATE:
                return self.is_late
            case Standing.NO_CHANGE:
                return self.unchanged_reason is not None
            case Standing.NOT_STARTED:
                return self.status is None
            case _:
                return self.status is not None and self.status.value == standing.value


def round_lines(
    round: ReportingRound,  # noqa: A002 the field's word
    day: date,
    *,
    with_drafts: bool,
) -> list[RoundLine]:
    """Every strand that runs in a round as it stood on a day, workstreams first. Two statements of SQL.

    Drafts and returned updates are told of only ``with_drafts``.
    """
    held_on = round.meeting.held_on
    until = min(day, held_on)
    of_strand: dict[int, list[list[Any]]] = {}
    for entries in _entries_by_update(round, day):
        if entries[-1].status in (PUBLISHED | OPEN if with_drafts else PUBLISHED):
            of_strand.setdefault(entries[0].strand_id, []).append(entries)
    lines = []
    for row in db.session.execute(_strands(until)):
        updates = of_strand.get(row.strand_id, [])
        said = _said(updates)
        submitted_on = min(
            (e.effective_on for es in updates for e in es if e.status is Status.SUBMITTED), default=None
        )
        counted_on = submitted_on if submitted_on and said.get("submitted_on") else until
        lines.append(
            RoundLine(
                strand_id=row.strand_id,
                kind=row.kind,
                slug=row.slug,
                name=row.name,
                owner_id=row.owner_id,
                owner_name=row.owner_name,
                illustrative=row.illustrative,
                may_repeat=not updates and row.last_held_on is not None and row.last_held_on < held_on,
                days_late=(counted_on - round.updates_due_on).days,
                **said,
            )
        )
    return lines


def _said(updates: Sequence[list[Any]]) -> dict[str, Any]:
    """What of a strand's updates in a round counts: the last one submitted, or else the one being written."""
    if not updates:
        return {}
    submitted = [entries for entries in updates if entries[-1].status in PUBLISHED]
    entries = (submitted or updates)[-1]
    last = entries[-1]
    said = {"update_id": last.update_id, "status": last.status, "status_on": last.effective_on}
    if not submitted:
        return said
    spoke = next(entry for entry in reversed(entries) if entry.status is Status.SUBMITTED)
    is_approved = last.status is Status.APPROVED
    revision = next((other[-1].update_id for other in reversed(updates) if other[-1].status in OPEN), None)
    return {
        **said,
        "submitted_on": spoke.effective_on,
        "submitted_by": spoke.by_name,
        "approved_on": last.effective_on if is_approved else None,
        "approved_by": last.by_name if is_approved else None,
        "rag": last.rag,
        "unchanged_reason": last.unchanged_reason,
        "unchanged_since": last.unchanged_since,
        "update_illustrative": last.illustrative,
        "revision_id": revision,
    }


def _entries_by_update(reporting_round: ReportingRound, day: date) -> list[list[Any]]:
    """The statuses that each update of a round had up to a day, in their order; updates as they were begun."""
    columns: list[Any] = [
        Update.id.label("update_id"),
        Update.strand_id,
        Update.rag,
        Update.unchanged_reason,
        Update.unchanged_since,
        Update.illustrative,
        UpdateStatus.status,
        UpdateStatus.effective_on,
        _actor.name.label("by_name"),
    ]
    rows = db.session.execute(
        select(*columns)
        .select_from(Update)
        .join(UpdateStatus, UpdateStatus.subject_id == Update.id)
        .join(_actor, _actor.id == UpdateStatus.recorded_by_id)
        .where(Update.round_id == reporting_round.id, stands(UpdateStatus, day))
        .order_by(Update.number, Update.id, UpdateStatus.effective_on, UpdateStatus.id)
    )
    by_update: dict[int, list[Any]] = {}
    for row in rows:
        by_update.setdefault(row.update_id, []).append(row)
    return list(by_update.values())


def _strands(day: date) -> Any:
    columns: list[Any] = [
        Strand.id.label("strand_id"),
        Strand.kind,
        Strand.slug,
        StrandProfile.name,
        StrandProfile.owner_id,
        _owner.name.label("owner_name"),
        StrandProfile.illustrative,
        Meeting.held_on.label("last_held_on"),
    ]
    return (
        select(*columns)
        .select_from(Strand)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .join(_owner, _owner.id == StrandProfile.owner_id)
        .outerjoin(PublishedUpdate, PublishedUpdate.id == in_force(PublishedUpdate, Strand.id, day))
        .outerjoin(Update, Update.id == PublishedUpdate.update_id)
        .outerjoin(ReportingRound, ReportingRound.id == Update.round_id)
        .outerjoin(Meeting, Meeting.id == ReportingRound.meeting_id)
        .where(or_(StrandProfile.ends_on.is_(None), StrandProfile.ends_on >= day))
        # Workstreams first, as in the paper.
        .order_by(Strand.kind == StrandKind.PROJECT, Strand.position)
    )
