"""What an update puts in force when it is submitted, and takes back when it is returned."""

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.db import Base, db
from opprod.history import DatedEntry, entry_in_force
from opprod.projects.models import (
    Measure,
    NextStep,
    NextStepTerms,
    PublishedUpdate,
    RagRating,
    Reading,
    Statement,
    StatementKind,
    Update,
)
from opprod.projects.queries import next_steps as promises
from opprod.projects.queries import updates as queries
from opprod.projects.services.measures import record_reading

_REASON = "The update was returned."


def publish(update: Update, *, actor: User) -> None:
    """Make a complete update speak for its strand from today: its rating, its readings, and what it promises."""
    _rate(update, actor)
    _record_readings(update, actor)
    _promise(update, actor)
    entry = PublishedUpdate(
        subject_id=update.strand_id,
        update_id=update.id,
        edition=update.edition,
        unchanged_reason=update.unchanged_reason,
        unchanged_since=update.unchanged_since,
        effective_on=clock.today(),
        illustrative=update.illustrative,
    )
    history.record(entry, actor=actor)


def take_back(update: Update, published: PublishedUpdate, *, actor: User) -> None:
    """Withdraw what the update that speaks put in force, but for its readings, which are facts."""
    history.withdraw(published, reason=_REASON, actor=actor)
    for rating in queries.ratings_by(update):
        _withdraw(rating, str(rating.rag), update.strand, actor)
    withdrawn = promises.terms_by(update.id, update.strand_id)
    steps = promises.steps(terms.subject_id for terms in withdrawn)
    for terms in withdrawn:
        _withdraw(terms, terms.text, steps[terms.subject_id], actor)


def _rate(update: Update, actor: User) -> None:
    before = entry_in_force(RagRating, update.strand_id, clock.today())
    rating = (update.rag, update.rag_reason, update.illustrative)
    if before and (before.rag, before.reason, before.illustrative) == rating:
        return
    entry = RagRating(
        subject_id=update.strand_id,
        rag=update.rag,
        reason=update.rag_reason,
        update_id=update.id,
        effective_on=clock.today(),
        illustrative=update.illustrative,
    )
    history.record(entry, actor=actor)
    trail.added(Event.RAG_RATED, entry, actor=actor, about=update.strand)


def _record_readings(update: Update, actor: User) -> None:
    for draft in update.readings:
        measure = db.session.get_one(Measure, draft.measure_id)
        before = entry_in_force(Reading, measure.id, clock.today())
        # An update submitted again after its return gives a reading once.
        if before and (before.update_id, before.said, before.source) == (update.id, draft.said, draft.source):
            continue
        record_reading(
            measure=measure,
            quantity=parse(draft.said, unit=measure.unit),
            source=draft.source,
            effective_on=clock.today(),
            actor=actor,
            update=update,
        )


def _promise(update: Update, actor: User) -> None:
    stated = [statement for statement in update.statements if statement.kind is StatementKind.NEXT_STEP]
    made = [(statement, NextStep(strand_id=update.strand_id)) for statement in stated if not statement.next_step_id]
    db.session.add_all([step for _, step in made])
    db.session.flush()
    for statement, step in made:
        statement.next_step_id = step.id
    steps = promises.steps(statement.next_step_id for statement in stated)
    terms = promises.terms_in_force(steps, clock.today())
    dues = promises.carried(update.strand_id, steps, clock.today())
    for statement in stated:
        step = steps[statement.next_step_id or 0]
        before = terms.get(step.id)
        if before and (before.text, before.owner_id, dues[step.id][0]) == _terms(statement):
            continue
        _set_terms(statement, step, update, Event.NEXT_STEP_CHANGED if before else Event.NEXT_STEP_PROMISED, actor)


def _set_terms(statement: Statement, step: NextStep, update: Update, event: Event, actor: User) -> None:
    text, owner_id, due_on = _terms(statement)
    entry = NextStepTerms(
        subject_id=step.id,
        text=text,
        owner_id=owner_id,
        due_on=due_on,
        update_id=update.id,
        effective_on=clock.today(),
        illustrative=statement.illustrative,
        terms_illustrative=statement.terms_illustrative,
    )
    history.record(entry, actor=actor)
    trail.added(event, entry, actor=actor, about=step)


def _terms(statement: Statement) -> tuple[str, int | None, object]:
    return statement.text, statement.owner_id, statement.due_on


def _withdraw(entry: DatedEntry, said: str, about: Base, actor: User) -> None:
    history.withdraw(entry, reason=_REASON, actor=actor)
    trail.noted(Event.ENTRY_WITHDRAWN, about, actor=actor, changes={"value": [said, None], "reason": [None, _REASON]})
