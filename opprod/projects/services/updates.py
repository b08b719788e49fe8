"""Writing, submitting, returning and approving updates.

A submitted update speaks for its strand at once: its rating, its readings and what it promises are in force from
that day. Returning it takes all but the readings back, so that what was in force before is so again; readings are
facts, and stay. What the returned update said stays on record, as an edition of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from opprod.core.quantity import parse
from opprod.db import db
from opprod.projects.models import (
    DraftReading,
    Measure,
    Statement,
    StatementKind,
    Status,
    Strand,
    Update,
    UpdateStatus,
)
from opprod.projects.permissions import OPEN, can_approve
from opprod.projects.queries import next_steps as promises
from opprod.projects.queries import updates as queries
from opprod.projects.queries.measures import measures_of
from opprod.projects.queries.statements import quoted_readings
from opprod.projects.quoting import quoted_keys
from opprod.projects.services import checks, publishing
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
    "StatementContent",
    "UpdateContent",
    "approve_update",
    "content_of",
    "discard_update",
    "faults",
    "return_update",
    "save_update",
    "start_update",
    "submit_update",
]

NOTE_LENGTH = 1000
MOST_MEASURES = 200


def start_update(
    *,
    strand: Strand,
    round: ReportingRound,  # noqa: A002 the field's word
    actor: User,
    illustrative: str | None = None,
) -> Update:
    """Begin a strand's update for a round, or go on with the one begun: a strand has one open draft at a time.

    Where the strand's published update is of the same round, the new one revises it and begins with all it says;
    otherwise it begins with the next steps still open. Raises ``WrongState`` unless the round is open today.
    """
    # One at a time, so that two people who start at once get one draft.
    db.session.execute(select(Strand.id).where(Strand.id == strand.id).with_for_update())
    today = clock.today()
    begun = queries.open_update(strand.id, today)
    if begun:
        return begun
    if not round.opens_on <= today <= round.meeting.held_on:
        raise WrongState(
            f"Updates for the meeting of {round.meeting.held_on:%-d %B %Y} can be started from "
            f"{round.opens_on:%-d %B %Y} to the day of the meeting."
        )
    update = Update(
        strand=strand,
        round=round,
        number=queries.last_number(strand.id, round.id) + 1,
        edition=1,
        created_at=clock.now(),
        created_by_id=actor.id,
        illustrative=illustrative,
    )
    db.session.add(update)
    _write(update, _beginning(strand, round))
    trail.added(Event.UPDATE_STARTED, update, actor=actor)
    _enter(update, Status.DRAFT, actor=actor)
    return update


def save_update(*, update: Update, content: UpdateContent, version: int, actor: User) -> Update:
    """Keep what a person wrote, complete or not. Nothing changed is nothing written.

    Raises ``WrongState`` for an update that is no longer open, ``Conflict`` when it changed since version
    ``version``, and ``InvalidInput``, naming the field, for what cannot be kept even in a draft.
    """
    db.session.refresh(update, with_for_update=True)
    _ensure(update, OPEN)
    if update.version != version:
        raise Conflict("Someone else changed this update while you had it open.")
    _refuse(faults(update=update, content=content, submitting=False))
    before, after = content_of(update), tidied(content)
    if before == after:
        return update
    owners = [statement.owner_id for statement in (*before.statements, *after.statements)]
    _write(update, after)
    trail.noted(
        Event.UPDATE_SAVED,
        update,
        actor=actor,
        changes=changes(before, after, names=queries.names_of(owners), measures=_measure_names(update)),
    )
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
    _refuse(faults(update=update, content=content_of(update), submitting=True))
    entry = _enter(update, Status.SUBMITTED, actor=actor)
    publishing.publish(update, actor=actor)
    trail.added(Event.UPDATE_SUBMITTED, entry, actor=actor, about=update)
    return update


def return_update(*, update: Update, note: str, actor: User) -> Update:
    """Send a submitted update back to its writers, with a note of what to change.

    Raises ``InvalidInput`` without a note, ``WrongState`` for an update that is not submitted or that a later one
    has replaced.
    """
    note = note.strip()
    if not note:
        raise InvalidInput("Say what needs to change", field="note")
    if len(note) > NOTE_LENGTH:
        raise InvalidInput(f"Note must be {NOTE_LENGTH:,} characters or fewer", field="note")
    _ensure(update, {Status.SUBMITTED})
    _ensure_speaks(update)
    entry = _enter(update, Status.RETURNED, note=note, actor=actor)
    publishing.take_back(update, actor=actor)
    _begin_edition(update)
    trail.added(Event.UPDATE_RETURNED, entry, actor=actor, about=update)
    return update


def approve_update(*, update: Update, actor: User) -> Update:
    """Agree that an update goes to the Board as it is.

    Raises ``NotAllowed`` for one who may not approve, or who submitted it, and ``WrongState`` for an update that is
    not submitted or that a later one has replaced.
    """
    status = _ensure(update, {Status.SUBMITTED})
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
    known = _known(update, content)
    return [
        *checks.malformed(content, known),
        *(checks.incomplete(content, known) if submitting else ()),
    ]


def content_of(update: Update, statements: Sequence[Statement] | None = None) -> UpdateContent:
    """What an update says, or would with other ``statements``, as content."""
    units = dict(
        db.session.execute(select(Measure.id, Measure.unit).where(Measure.strand_id == update.strand_id)).all()
    )
    return UpdateContent(
        rag=update.rag,
        rag_reason=update.rag_reason,
        statements=tuple(
            StatementContent(
                kind=statement.kind,
                text=statement.text,
                owner_id=statement.owner_id,
                due_on=statement.due_on,
                next_step_id=statement.next_step_id,
                illustrative=statement.illustrative,
            )
            for statement in (update.statements if statements is None else statements)
        ),
        readings=tuple(
            ReadingContent(
                measure_id=reading.measure_id,
                quantity=parse(reading.said, unit=units[reading.measure_id]) if reading.said else None,
                source=reading.source,
            )
            for reading in update.readings
        ),
    )


def _beginning(strand: Strand, reporting_round: ReportingRound) -> UpdateContent:
    today = clock.today()
    published = queries.published(strand.id, today)
    before = queries.update(published.update_id) if published else None
    if before and before.round_id == reporting_round.id:
        content = content_of(before)
        return replace(content, statements=_as_they_stand(strand, content.statements), readings=())
    carried = [
        StatementContent(
            kind=StatementKind.NEXT_STEP,
            text=step.raw,
            owner_id=step.owner_id,
            due_on=step.due_on,
            next_step_id=step.id,
            illustrative=step.illustrative,
        )
        for step in promises.open_next_steps(today, strand_id=strand.id, limit=checks.MOST_STATEMENTS)
    ]
    return UpdateContent(statements=_as_they_stand(strand, carried))


def _as_they_stand(strand: Strand, statements: Sequence[StatementContent]) -> list[StatementContent]:
    """The statements with the due days that hold today, and without owners who have left."""
    owners = queries.active_ids(statement.owner_id for statement in statements)
    ids = [statement.next_step_id for statement in statements if statement.next_step_id]
    dues = {key: due_on for key, (due_on, _) in promises.carried(strand.id, ids, clock.today()).items()}
    return [
        replace(
            statement,
            owner_id=statement.owner_id if statement.owner_id in owners else None,
            due_on=dues.get(statement.next_step_id or 0) or statement.due_on,
        )
        for statement in statements
    ]


def _write(update: Update, content: UpdateContent) -> None:
    update.rag = content.rag
    update.rag_reason = content.rag_reason
    # The parts have no version of their own: the update's is for the whole.
    flag_modified(update, "rag")
    update.statements = [
        Statement(
            position=position,
            kind=statement.kind,
            text=statement.text,
            owner_id=statement.owner_id,
            due_on=statement.due_on,
            next_step_id=statement.next_step_id,
            illustrative=statement.illustrative,
        )
        for position, statement in enumerate(content.statements)
    ]
    kept = {reading.measure_id: reading for reading in update.readings}
    update.readings = [
        _draft_reading(kept.get(reading.measure_id) or DraftReading(measure_id=reading.measure_id), reading)
        for reading in content.readings
    ]
    db.session.flush()


def _draft_reading(kept: DraftReading, reading: ReadingContent) -> DraftReading:
    kept.said = reading.quantity.said if reading.quantity else ""
    kept.source = reading.source
    return kept


def _begin_edition(update: Update) -> None:
    """Copy what the update says, so that its writers change the copy and what was submitted stays as it was."""
    content = content_of(update)
    db.session.expire(update, ["statements"])
    update.edition += 1
    db.session.flush()
    _write(update, content)


def _enter(update: Update, status: Status, *, actor: User, note: str | None = None) -> UpdateStatus:
    entry = UpdateStatus(subject_id=update.id, status=status, note=note, effective_on=clock.today())
    return history.record(entry, actor=actor)


def _ensure(update: Update, allowed: set[Status] | frozenset[Status]) -> UpdateStatus:
    """Raise ``WrongState`` unless the update is in one of these states, and hold it there for this transaction."""
    entry = queries.status_of(update, clock.today())
    if entry.status not in allowed:
        said = "is still a draft" if entry.status is Status.DRAFT else f"has been {entry.status}"
        raise WrongState(f"This update {said} since {entry.effective_on:%-d %B %Y}.")
    history.ensure_in_force(UpdateStatus, update.id, entry.id)
    return entry


def _ensure_speaks(update: Update) -> None:
    published = queries.published(update.strand_id, clock.today())
    if published is None or published.update_id != update.id:
        raise WrongState("A later update has taken the place of this one.")


def _refuse(found: Sequence[InvalidInput]) -> None:
    if found:
        raise found[0]


def _known(update: Update, content: UpdateContent) -> checks.Known:
    today = clock.today()
    own = measures_of(update.strand_id, today, limit=MOST_MEASURES)
    quoted = quoted_readings(quoted_keys(statement.text for statement in content.statements), today).values()
    ids = [statement.next_step_id for statement in content.statements if statement.next_step_id]
    return checks.Known(
        today=today,
        owner_ids=queries.active_ids(statement.owner_id for statement in content.statements),
        measures={
            **{m.key: checks.Countable(m.measure_id, m.unit, has_reading=m.said is not None) for m in quoted},
            **{m.key: checks.Countable(m.id, m.unit, has_reading=m.reading is not None) for m in own},
        },
        strand_measure_ids=frozenset(measure.id for measure in own),
        promises={
            key: checks.Promise(due_on, slipped_to)
            for key, (due_on, slipped_to) in promises.carried(update.strand_id, ids, today).items()
        },
    )


def _measure_names(update: Update) -> dict[int, str]:
    return {m.id: m.name for m in measures_of(update.strand_id, clock.today(), limit=MOST_MEASURES)}
