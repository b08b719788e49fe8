"""Writing, submitting, returning and approving updates.

A submitted update speaks for its strand at once: its rating, its readings and what it promises are in force from
that day. Returning it takes all but the readings back, so that what was in force before is so again; readings are
facts, and stay. What the returned update said stays on record, as an edition of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from opprod.db import db
from opprod.history import entry_in_force
from opprod.projects.models import (
    PublishedUpdate,
    Status,
    Strand,
    StrandProfile,
    Update,
    UpdateStatus,
)
from opprod.projects.permissions import OPEN, can_approve
from opprod.projects.queries import updates as queries
from opprod.projects.queries.measures import measures_of
from opprod.projects.services import checks, drafting, publishing
from opprod.projects.services.content import (
    ReadingContent,
    StatementContent,
    UpdateContent,
    changes,
    tidied,
)
from opprod.rounds.models import ReportingRound

__all__ = [
    "ReadingContent",
    "Seen",
    "StatementContent",
    "UpdateContent",
    "approve_update",
    "discard_update",
    "faults",
    "return_update",
    "save_update",
    "start_update",
    "submit_update",
]

NOTE_LENGTH = 1000


def start_update(
    *,
    strand: Strand,
    round: ReportingRound,  # noqa: A002 the field's word
    actor: User,
    illustrative: str | None = None,
) -> Update:
    """Begin a strand's update for a round, or go on with the one begun: a strand has one open draft at a time.

    Where the strand's published update is of the same round, the new one revises it and begins with all it says;
    otherwise it begins with the next steps still open. Raises ``WrongState`` unless the round is open today, and for
    a strand that has ended.
    """
    # One at a time, so that two people who start at once get one draft.
    db.session.execute(select(Strand.id).where(Strand.id == strand.id).with_for_update())
    today = clock.today()
    begun = queries.open_update(strand.id, today)
    if begun:
        return begun
    profile = entry_in_force(StrandProfile, strand.id, today)
    if profile and profile.ends_on and profile.ends_on < today:
        raise WrongState(f"{profile.name} ended on {profile.ends_on:%-d %B %Y}, so it has no more updates.")
    if not round.opens_on <= today <= round.meeting.held_on:
        raise WrongState(
            f"Updates for the meeting of {round.meeting.held_on:%-d %B %Y} can be started from "
            f"{round.opens_on:%-d %B %Y} to the day of the meeting."
        )
    before = drafting.revised(strand, round)
    update = Update(
        strand=strand,
        round=round,
        number=queries.last_number(strand.id, round.id) + 1,
        edition=1,
        created_at=clock.now(),
        created_by_id=actor.id,
        illustrative=illustrative or (before.illustrative if before else None),
    )
    db.session.add(update)
    content = drafting.beginning(strand, round)
    drafting.write(update, content)
    trail.noted(Event.UPDATE_STARTED, update, actor=actor, changes=_told(update, UpdateContent(), content))
    _enter(update, Status.DRAFT, actor=actor)
    return update


def save_update(*, update: Update, content: UpdateContent, version: int, actor: User) -> Update:
    """Keep what a person wrote, complete or not. What is stored already is not written again, nor a conflict.

    Raises ``WrongState`` for an update that is no longer open, ``Conflict`` when it changed since version
    ``version``, and ``InvalidInput``, naming the field, for what cannot be kept even in a draft.
    """
    db.session.refresh(update, with_for_update=True)
    _ensure(update, OPEN)
    _refuse(faults(update=update, content=content, submitting=False))
    before, after = drafting.content_of(update), drafting.in_their_units(update, tidied(content))
    if before == after:
        return update
    if update.version != version:
        raise Conflict("Someone else changed this update while you had it open.")
    told = _told(update, before, after)
    if before.rag and update.illustrative and (before.rag, before.rag_reason) != (after.rag, after.rag_reason):
        # The rating was invented for a demonstration; this one is a person's own.
        told["illustrative"] = [update.illustrative, None]
        update.illustrative = None
    if update.unchanged_reason:
        # It says something of its own now.
        told["unchanged_reason"] = [update.unchanged_reason, None]
        update.unchanged_reason = update.unchanged_since = None
    drafting.write(update, after)
    trail.noted(Event.UPDATE_SAVED, update, actor=actor, changes=told)
    return update


def submit_update(*, update: Update, actor: User) -> Update:
    """Say it to the Board: the update speaks for its strand from today, and its promises are made.

    Raises ``WrongState`` for an update that is not open or whose meeting has been held, and ``InvalidInput``,
    naming the field, for one that is incomplete.
    """
    _ensure(update, OPEN)
    held_on = update.round.meeting.held_on
    if clock.today() > held_on:
        raise WrongState(
            f"The meeting this update is for was held on {held_on:%-d %B %Y}. "
            "Discard it, and start one for the next meeting."
        )
    _refuse(faults(update=update, content=drafting.content_of(update), submitting=True))
    entry = _enter(update, Status.SUBMITTED, actor=actor)
    publishing.publish(update, actor=actor)
    trail.added(Event.UPDATE_SUBMITTED, entry, actor=actor, about=update)
    return update


@dataclass(frozen=True, slots=True)
class Seen:
    """What someone saw when they set out to decide: the key of the update's status."""

    status_id: int | None


def return_update(*, update: Update, note: str, actor: User, seen: Seen | None = None) -> Update:
    """Send a submitted update back to its writers, with a note of what to change.

    Raises ``InvalidInput`` without a note, ``WrongState`` for an update that is not submitted or that a later one
    has replaced, and ``Conflict`` if its status is no longer the one ``seen``.
    """
    note = note.strip()
    if not note:
        raise InvalidInput("Say what needs to change", field="note")
    if len(note) > NOTE_LENGTH:
        raise InvalidInput(f"Note must be {NOTE_LENGTH:,} characters or fewer", field="note")
    _ensure(update, {Status.SUBMITTED}, seen)
    published = _ensure_speaks(update)
    entry = _enter(update, Status.RETURNED, note=note, actor=actor)
    publishing.take_back(update, published, actor=actor)
    drafting.begin_edition(update)
    trail.added(Event.UPDATE_RETURNED, entry, actor=actor, about=update)
    return update


def approve_update(*, update: Update, actor: User, seen: Seen | None = None) -> Update:
    """Agree that an update goes to the Board as it is.

    Raises ``NotAllowed`` for one who may not approve, or who submitted it, ``WrongState`` for an update that is not
    submitted or that a later one has replaced, and ``Conflict`` if its status is no longer the one ``seen``.
    """
    status = _ensure(update, {Status.SUBMITTED}, seen)
    if not can_approve(actor, status.status, submitted_by_id=status.recorded_by_id):
        raise NotAllowed("An update is approved by an executive, and never by the person who submitted it.")
    _ensure_speaks(update)
    entry = _enter(update, Status.APPROVED, actor=actor)
    trail.added(Event.UPDATE_APPROVED, entry, actor=actor, about=update)
    return update


def discard_update(*, update: Update, actor: User) -> Update:
    """Set aside a draft or a returned update; nothing of it is deleted. Raises ``WrongState`` for any other."""
    _ensure(update, OPEN)
    entry = _enter(update, Status.DISCARDED, actor=actor)
    trail.added(Event.UPDATE_DISCARDED, entry, actor=actor, about=update)
    return update


def faults(*, update: Update, content: UpdateContent, submitting: bool) -> list[InvalidInput]:
    """All that keeps content from being saved in an update or, ``submitting``, from being submitted.

    Each names its field as ``checks.malformed`` does. At most five statements of SQL.
    """
    known = drafting.known(update.strand_id, content)
    return [
        *checks.malformed(content, known),
        *(checks.incomplete(content, known) if submitting else ()),
    ]


def _told(update: Update, before: UpdateContent, after: UpdateContent) -> dict[str, list[Any]]:
    """What changed, as the audit trail keeps it."""
    owners = queries.names_of(statement.owner_id for statement in (*before.statements, *after.statements))
    measures = measures_of(update.strand_id, clock.today(), limit=drafting.MOST_MEASURES)
    return changes(before, after, names=owners, measures={measure.id: measure.name for measure in measures})


def _enter(update: Update, status: Status, *, actor: User, note: str | None = None) -> UpdateStatus:
    entry = UpdateStatus(subject_id=update.id, status=status, note=note, effective_on=clock.today())
    return history.record(entry, actor=actor)


def _ensure(update: Update, allowed: Collection[Status], seen: Seen | None = None) -> UpdateStatus:
    """Raise ``WrongState`` unless the update is in one of these states, and hold it there for this transaction."""
    entry = queries.status_of(update, clock.today())
    if entry.status not in allowed:
        said = (
            "is still a draft"
            if entry.status is Status.DRAFT
            else f"was {entry.status} on {entry.effective_on:%-d %B %Y}"
        )
        raise WrongState(f"This update {said}.")
    history.ensure_in_force(UpdateStatus, update.id, seen.status_id if seen else entry.id)
    return entry


def _ensure_speaks(update: Update) -> PublishedUpdate:
    published = queries.published(update.strand_id, clock.today())
    if published is None or published.update_id != update.id:
        raise WrongState("A later update has taken the place of this one.")
    return published


def _refuse(found: Sequence[InvalidInput]) -> None:
    if found:
        raise found[0]
