"""What an update's draft holds: beginning it, writing it down, and reading it back."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm.attributes import flag_modified

from opprod.accounts.queries import who_can_own
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.db import db
from opprod.projects.models import DraftReading, Statement, StatementKind, Strand, Update
from opprod.projects.queries import next_steps as promises
from opprod.projects.queries import updates as queries
from opprod.projects.queries.measures import measures_of
from opprod.projects.queries.statements import quoted_readings
from opprod.projects.quoting import quoted_keys
from opprod.projects.services import checks
from opprod.projects.services.content import ReadingContent, StatementContent, UpdateContent
from opprod.rounds.models import ReportingRound

MOST_MEASURES = 200


def revised(strand: Strand, reporting_round: ReportingRound) -> Update | None:
    """The update of this round that speaks for a strand, and that a new one would revise."""
    published = queries.published(strand.id, clock.today())
    before = queries.update(published.update_id) if published else None
    return before if before and before.round_id == reporting_round.id else None


def beginning(strand: Strand, reporting_round: ReportingRound) -> UpdateContent:
    """What a strand's new update begins with: all it said in this round already, or its next steps still open."""
    before = revised(strand, reporting_round)
    if before:
        content = content_of(before)
        return replace(content, statements=_as_they_stand(strand, content.statements), readings=())
    steps = promises.open_next_steps(clock.today(), strand_id=strand.id, limit=checks.MOST_STATEMENTS)
    sources = promises.sources([step.id for step in steps])
    carried = [
        StatementContent(
            kind=StatementKind.NEXT_STEP,
            text=step.raw,
            source=sources.get(step.id),
            owner_id=step.owner_id,
            due_on=step.due_on,
            next_step_id=step.id,
            illustrative=step.illustrative,
            terms_illustrative=step.terms_illustrative,
        )
        for step in steps
    ]
    return UpdateContent(statements=_as_they_stand(strand, carried))


def repeating(strand: Strand, last: Update) -> UpdateContent:
    """What an update said, with its next steps still open as they stand today, and none that are closed."""
    steps = promises.open_next_steps(clock.today(), strand_id=strand.id, limit=checks.MOST_STATEMENTS)
    still_open = {step.id for step in steps}
    content = content_of(last)
    kept = [s for s in content.statements if s.kind is not StatementKind.NEXT_STEP or s.next_step_id in still_open]
    return replace(content, statements=_as_they_stand(strand, kept), readings=())


def content_of(update: Update) -> UpdateContent:
    """What an update says."""
    units = queries.units_of(update.strand_id)
    return UpdateContent(
        rag=update.rag,
        rag_reason=update.rag_reason,
        statements=tuple(
            StatementContent(
                kind=statement.kind,
                text=statement.text,
                source=statement.source,
                owner_id=statement.owner_id,
                due_on=statement.due_on,
                next_step_id=statement.next_step_id,
                illustrative=statement.illustrative,
                terms_illustrative=statement.terms_illustrative,
            )
            for statement in update.statements
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


def in_their_units(update: Update, content: UpdateContent) -> UpdateContent:
    """The content with each value in its measure's unit, as it will be read back."""
    units = queries.units_of(update.strand_id)
    return replace(
        content,
        readings=tuple(
            replace(reading, quantity=parse(reading.quantity.said, unit=units[reading.measure_id]))
            if reading.quantity
            else reading
            for reading in content.readings
        ),
    )


def write(update: Update, content: UpdateContent) -> None:
    """Make this all that an update says, as a new version of it."""
    update.rag = content.rag
    update.rag_reason = content.rag_reason
    # The parts have no version of their own: the update's is for the whole.
    flag_modified(update, "rag")
    update.statements = [
        Statement(
            position=position,
            kind=statement.kind,
            text=statement.text,
            source=statement.source,
            owner_id=statement.owner_id,
            due_on=statement.due_on,
            next_step_id=statement.next_step_id,
            illustrative=statement.illustrative,
            terms_illustrative=statement.terms_illustrative,
        )
        for position, statement in enumerate(content.statements)
    ]
    kept = {reading.measure_id: reading for reading in update.readings}
    update.readings = [
        _draft_reading(kept.get(reading.measure_id) or DraftReading(measure_id=reading.measure_id), reading)
        for reading in content.readings
    ]
    db.session.flush()


def begin_edition(update: Update) -> None:
    """Copy what the update says, so that its writers change the copy and what was submitted stays as it was."""
    content = content_of(update)
    db.session.expire(update, ["statements"])
    update.edition += 1
    db.session.flush()
    write(update, content)


def known(strand_id: int, content: UpdateContent) -> checks.Known:
    """What content for a strand's update is checked against. At most four statements of SQL."""
    today = clock.today()
    own = measures_of(strand_id, today, limit=MOST_MEASURES)
    quoted = quoted_readings(quoted_keys(statement.text for statement in content.statements), today).values()
    ids = [statement.next_step_id for statement in content.statements if statement.next_step_id]
    return checks.Known(
        today=today,
        owner_ids=who_can_own(statement.owner_id for statement in content.statements),
        measures={
            **{m.key: checks.Countable(m.measure_id, m.unit, has_reading=m.said is not None) for m in quoted},
            **{m.key: checks.Countable(m.id, m.unit, has_reading=m.reading is not None) for m in own},
        },
        strand_measure_ids=frozenset(measure.id for measure in own),
        promises={
            key: checks.Promise(due_on, slipped_to)
            for key, (due_on, slipped_to) in promises.carried(strand_id, ids, today).items()
        },
    )


def _as_they_stand(strand: Strand, statements: Sequence[StatementContent]) -> list[StatementContent]:
    """The statements with the due days that hold today, and without owners who can no longer own them."""
    owners = who_can_own(statement.owner_id for statement in statements)
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


def _draft_reading(kept: DraftReading, reading: ReadingContent) -> DraftReading:
    kept.said = reading.quantity.said if reading.quantity else ""
    kept.source = reading.source
    return kept
