"""Saying what became of a next step, and taking it back."""

from dataclasses import dataclass
from datetime import date, timedelta

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.db import db
from opprod.history import ensure_in_force, entry_in_force
from opprod.projects.models import NextStep, NextStepTerms, Outcome, OutcomeEntry
from opprod.projects.queries import next_steps as queries

NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """What someone saw when they set out to answer: the key of the outcome that stood, or none."""

    outcome_id: int | None


def record_outcome(
    *,
    next_step: NextStep,
    outcome: Outcome,
    note: str | None,
    new_due_on: date | None,
    effective_on: date,
    actor: User,
    illustrative: str | None = None,
    seen: Seen | None = None,
    even_if_withdrawn: bool = False,
) -> OutcomeEntry:
    """Say what became of a next step, from a day. A later entry for the same day corrects an earlier one.

    A slip needs a reason and a new due day, later than the one it had; dropping it needs a reason. To say the same
    twice changes nothing.

    Raises ``InvalidInput``, naming the field, for what is missing and for a day to come, before the promise or before
    the outcome that stands; ``WrongState`` for a next step that is not in force; and, where the caller says what was
    ``seen``, ``Conflict`` if another outcome stands by now.

    ``even_if_withdrawn`` answers also for a next step whose update was returned since, by the terms it had last: the
    Board may have been told of it.
    """
    note = (note or "").strip() or None
    standing = entry_in_force(OutcomeEntry, next_step.id, clock.today())
    terms = _terms(next_step, effective_on, even_if_withdrawn=even_if_withdrawn)
    # Not the entry that this one would correct.
    before = entry_in_force(OutcomeEntry, next_step.id, effective_on - timedelta(days=1))
    promised_on = queries.first_promised_on(next_step.id) or terms.effective_on
    _check_day(promised_on, effective_on, standing)
    _check_note(outcome, note)
    slipped_to = before.new_due_on if before else None
    if outcome is Outcome.SLIPPED:
        new_due_on = _checked_slip(new_due_on, max(terms.due_on, slipped_to or terms.due_on), effective_on)
    elif new_due_on:
        raise InvalidInput("Only a next step that slipped has a new due day", field="new_due_on")
    # What it slipped to before still holds.
    said = (outcome, note, new_due_on or slipped_to, effective_on)
    if standing and said == (standing.outcome, standing.note, standing.new_due_on, standing.effective_on):
        return standing
    if seen is None:
        seen = Seen(outcome_id=standing.id if standing else None)
    ensure_in_force(OutcomeEntry, next_step.id, seen.outcome_id)
    entry = OutcomeEntry(
        subject_id=next_step.id,
        outcome=outcome,
        note=note,
        new_due_on=new_due_on or slipped_to,
        effective_on=effective_on,
        illustrative=illustrative,
    )
    history.record(entry, actor=actor)
    trail.added(Event.OUTCOME_RECORDED, entry, actor=actor, about=next_step)
    return entry


def withdraw_outcome(*, entry: OutcomeEntry, reason: str, actor: User) -> OutcomeEntry:
    """Take back the outcome that stands; the one before it stands again.

    Raises ``InvalidInput`` without a reason, and ``WrongState`` for an outcome that no longer stands: outcomes are
    taken back from the last, since each rests on those before it.
    """
    next_step = db.session.get_one(NextStep, entry.subject_id)
    standing = entry_in_force(OutcomeEntry, next_step.id, clock.today())
    if standing is None or standing.id != entry.id:
        raise WrongState("This outcome no longer stands: a later one has taken its place, or it was withdrawn.")
    ensure_in_force(OutcomeEntry, next_step.id, entry.id)
    if len(reason) > NOTE_LENGTH:
        raise InvalidInput(f"Reason must be {NOTE_LENGTH:,} characters or fewer", field="reason")
    history.withdraw(entry, reason=reason, actor=actor)
    trail.noted(
        Event.ENTRY_WITHDRAWN,
        next_step,
        actor=actor,
        changes={"outcome": [entry.outcome.label, None], "reason": [None, entry.withdrawn_reason]},
    )
    return entry


def _check_day(promised_on: date, day: date, standing: OutcomeEntry | None) -> None:
    if day > clock.today():
        raise InvalidInput(f"Enter a day up to today, {clock.today():%-d %B %Y}", field="effective_on")
    if day < promised_on:
        raise InvalidInput(
            f"Enter a day from {promised_on:%-d %B %Y}, when this was promised, up to today", field="effective_on"
        )
    if standing and day < standing.effective_on:
        raise InvalidInput(
            f"An outcome stands from {standing.effective_on:%-d %B %Y}: enter that day to correct it, or a later one",
            field="effective_on",
        )


def _check_note(outcome: Outcome, note: str | None) -> None:
    if note is None and outcome in {Outcome.SLIPPED, Outcome.DROPPED}:
        raise InvalidInput(
            f"Enter the reason it {'slipped' if outcome is Outcome.SLIPPED else 'was dropped'}", field="note"
        )
    if len(note or "") > NOTE_LENGTH:
        raise InvalidInput(f"Note must be {NOTE_LENGTH:,} characters or fewer", field="note")


def _terms(next_step: NextStep, day: date, *, even_if_withdrawn: bool) -> NextStepTerms:
    now = entry_in_force(NextStepTerms, next_step.id, clock.today())
    if now is None and even_if_withdrawn:
        now = queries.last_terms(next_step.id)
    if now is None:
        raise WrongState("The update that promised this was returned, so there is nothing to answer for.")
    # A promise made again after its update was returned has its terms from then on alone.
    return entry_in_force(NextStepTerms, next_step.id, day) or now


def _checked_slip(new_due_on: date | None, due_on: date, effective_on: date) -> date:
    if new_due_on is None:
        raise InvalidInput("Enter the new due day", field="new_due_on")
    if new_due_on <= due_on:
        raise InvalidInput(f"Enter a new due day after {due_on:%-d %B %Y}, when it was due", field="new_due_on")
    if new_due_on < effective_on:
        raise InvalidInput(
            f"Enter a new due day on or after {effective_on:%-d %B %Y}, from when it slips", field="new_due_on"
        )
    return new_due_on
