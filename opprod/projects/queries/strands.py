"""Reading workstreams and projects as at a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.errors import NotFound
from opprod.core.rag import Rag
from opprod.db import db
from opprod.history import corrected, in_force, series, stands
from opprod.history.mechanism import BEGINNING
from opprod.projects.models import (
    NextStep,
    NextStepTerms,
    OutcomeEntry,
    PublishedUpdate,
    RagRating,
    Status,
    Strand,
    StrandKind,
    StrandProfile,
    Update,
    UpdateStatus,
)
from opprod.projects.queries.dues import effective_due, is_open
from opprod.rounds.models import Meeting, ReportingRound

_owner, _speaker, _judge = aliased(User), aliased(User), aliased(User)
_rating, _other, _later = aliased(RagRating), aliased(RagRating), aliased(RagRating)


@dataclass(frozen=True, slots=True)
class StrandView:
    """A workstream or project as it stood at the end of a day."""

    id: int
    kind: StrandKind
    slug: str
    position: int
    profile_id: int
    name: str
    purpose: str
    owner_id: int
    owner_name: str
    reports_to: str | None
    starts_on: date | None
    ends_on: date | None
    illustrative: str | None
    rag: Rag | None
    rag_reason: str | None
    rag_since: date | None
    rag_illustrative: str | None
    update_id: int | None
    update_status: Status | None
    update_status_on: date | None
    update_status_by: str | None
    update_illustrative: str | None
    submitted_on: date | None
    submitted_by: str | None
    unchanged_reason: str | None
    unchanged_since: date | None
    meeting_held_on: date | None
    open_steps: int = 0
    overdue_steps: int = 0

    @property
    def text_since(self) -> date | None:
        """The day its update's words were submitted, for this meeting or an earlier one; None without an update."""
        return self.unchanged_since or self.submitted_on

    @property
    def approved_on(self) -> date | None:
        """The day its update was approved; None where it was not, or there is none."""
        return self.update_status_on if self.update_status is Status.APPROVED else None

    @property
    def approved_by(self) -> str | None:
        """Who approved its update; None where nobody did, or there is none."""
        return self.update_status_by if self.update_status is Status.APPROVED else None

    def is_closed(self, day: date) -> bool:
        """Whether it had ended by a day, and so owes nothing more."""
        return self.ends_on is not None and self.ends_on < day


@dataclass(frozen=True, slots=True)
class RagEntry:
    """A rating, from a day, and why."""

    rag: Rag
    reason: str
    effective_on: date
    illustrative: str | None


def strand(strand_id: int) -> Strand:
    """A workstream or project; raises ``NotFound``."""
    found = db.session.get(Strand, strand_id)
    if found is None:
        raise NotFound("There is no such workstream or project.")
    return found


def strand_called(kind: StrandKind, slug: str) -> Strand:
    """The strand of a kind with an address; raises ``NotFound``."""
    found = db.session.scalar(select(Strand).where(Strand.kind == kind, Strand.slug == slug))
    if found is None:
        raise NotFound(f"There is no such {kind.value}.")
    return found


def strands(kind: StrandKind, day: date) -> list[StrandView]:
    """All of a kind in their order, closed ones too; no more than there can be of a kind. Two statements."""
    counts = step_counts(day)
    return [_view(row, counts) for row in db.session.execute(_as_at(day).where(Strand.kind == kind))]


def strand_view(strand_id: int, day: date) -> StrandView | None:
    """One strand as it stood; None on a day before it was recorded. Two statements."""
    row = db.session.execute(_as_at(day).where(Strand.id == strand_id)).one_or_none()
    return None if row is None else _view(row, step_counts(day, strand_id=strand_id))


def strand_names(day: date) -> list[tuple[StrandKind, int, str]]:
    """Every strand's kind, key and name, workstreams first, for a choice or a filter."""
    query = (
        select(Strand.kind, Strand.id, StrandProfile.name)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .order_by(Strand.kind == StrandKind.PROJECT, Strand.position)
    )
    return [(kind, strand_id, name) for kind, strand_id, name in db.session.execute(query)]


def step_counts(day: date, *, strand_id: int | None = None) -> dict[int, tuple[int, int]]:
    """How many next steps of each strand were open on a day, and how many of those overdue. One statement."""
    query = (
        select(NextStep.strand_id, func.count(), func.sum(case((effective_due() < day, 1), else_=0)))
        .select_from(NextStep)
        .join(NextStepTerms, NextStepTerms.id == in_force(NextStepTerms, NextStep.id, day))
        .outerjoin(OutcomeEntry, OutcomeEntry.id == in_force(OutcomeEntry, NextStep.id, day))
        .where(is_open())
        .group_by(NextStep.strand_id)
    )
    if strand_id is not None:
        query = query.where(NextStep.strand_id == strand_id)
    return {key: (count, int(overdue)) for key, count, overdue in db.session.execute(query)}


def rag_history(strand_id: int, day: date, *, limit: int) -> list[RagEntry]:
    """A strand's ratings up to a day, newest first."""
    query = (
        select(RagRating.rag, RagRating.reason, RagRating.effective_on, RagRating.illustrative)
        .where(RagRating.id.in_(series(RagRating, [strand_id], day, limit=limit)))
        .order_by(RagRating.effective_on.desc())
    )
    return [RagEntry(*row) for row in db.session.execute(query)]


def _as_at(day: date) -> Select[Any]:
    columns: list[Any] = [
        Strand.id,
        Strand.kind,
        Strand.slug,
        Strand.position,
        StrandProfile.id.label("profile_id"),
        StrandProfile.name,
        StrandProfile.purpose,
        StrandProfile.owner_id,
        _owner.name.label("owner_name"),
        StrandProfile.reports_to,
        StrandProfile.starts_on,
        StrandProfile.ends_on,
        StrandProfile.illustrative,
        RagRating.rag,
        RagRating.reason.label("rag_reason"),
        _rag_since(day).label("rag_since"),
        RagRating.illustrative.label("rag_illustrative"),
        PublishedUpdate.update_id,
        UpdateStatus.status.label("update_status"),
        UpdateStatus.effective_on.label("update_status_on"),
        _judge.name.label("update_status_by"),
        Update.illustrative.label("update_illustrative"),
        PublishedUpdate.effective_on.label("submitted_on"),
        _speaker.name.label("submitted_by"),
        PublishedUpdate.unchanged_reason,
        PublishedUpdate.unchanged_since,
        Meeting.held_on.label("meeting_held_on"),
    ]
    return (
        select(*columns)
        .select_from(Strand)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .join(_owner, _owner.id == StrandProfile.owner_id)
        .outerjoin(RagRating, RagRating.id == in_force(RagRating, Strand.id, day))
        .outerjoin(PublishedUpdate, PublishedUpdate.id == in_force(PublishedUpdate, Strand.id, day))
        .outerjoin(Update, Update.id == PublishedUpdate.update_id)
        .outerjoin(UpdateStatus, UpdateStatus.id == in_force(UpdateStatus, Update.id, day))
        .outerjoin(_speaker, _speaker.id == PublishedUpdate.recorded_by_id)
        .outerjoin(_judge, _judge.id == UpdateStatus.recorded_by_id)
        .outerjoin(ReportingRound, ReportingRound.id == Update.round_id)
        .outerjoin(Meeting, Meeting.id == ReportingRound.meeting_id)
        .order_by(Strand.position)
    )


def _rag_since(day: date) -> ScalarSelect[date]:
    """Since when a strand has had the colour it has on a day, over ratings that changed the reason alone."""
    last_of_another_colour = (
        select(func.max(_other.effective_on))
        .where(
            _other.subject_id == Strand.id,
            stands(_other, day),
            _other.rag != RagRating.rag,
            ~corrected(_other, _later, day),
        )
        .correlate(Strand, RagRating)
        .scalar_subquery()
    )
    return (
        select(func.min(_rating.effective_on))
        .where(
            _rating.subject_id == Strand.id,
            stands(_rating, day),
            _rating.effective_on > func.coalesce(last_of_another_colour, BEGINNING),
        )
        .correlate(Strand, RagRating)
        .scalar_subquery()
    )


def _view(row: Row[Any], counts: dict[int, tuple[int, int]]) -> StrandView:
    open_steps, overdue_steps = counts.get(row.id, (0, 0))
    return StrandView(**row._mapping, open_steps=open_steps, overdue_steps=overdue_steps)  # noqa: SLF001 a row's own way to its names
