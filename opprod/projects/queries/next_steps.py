"""Reading next steps as they stood on a day: what was promised, by whom, by when, and what became of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from opprod.core.errors import NotFound
from opprod.db import db
from opprod.history import in_force, past_entries
from opprod.projects.models import (
    NextStep,
    NextStepTerms,
    Outcome,
    OutcomeEntry,
    PublishedUpdate,
    Statement,
    Strand,
    StrandProfile,
)
from opprod.projects.queries.dues import effective_due, is_closed, is_open
from opprod.projects.queries.records import NextStepView, OutcomeLine, TermsLine
from opprod.projects.queries.statements import resolve_all
from opprod.projects.queries.updates import names_of

MOST = 500
MOST_ENTRIES = 100


class State(StrEnum):
    """Which next steps a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state as a word."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of next steps is narrowed to; None leaves a thing open."""

    state: State | None = None
    strand_id: int | None = None
    owner_id: int | None = None


def next_steps(day: date, filters: Filters) -> Select[Any]:
    """The next steps in force on a day, the first due first, for paging; give its rows to ``views``."""
    query = _in_force(day).order_by(effective_due(), NextStep.id)
    if filters.state:
        query = query.where(_is(filters.state, day))
    if filters.strand_id is not None:
        query = query.where(NextStep.strand_id == filters.strand_id)
    if filters.owner_id is not None:
        query = query.where(NextStepTerms.owner_id == filters.owner_id)
    return query


def open_next_steps(
    day: date, *, owner_id: int | None = None, strand_id: int | None = None, overdue: bool = False, limit: int = MOST
) -> list[NextStepView]:
    """Next steps still owed on a day, the first due first, at most ``limit``. Two statements of SQL."""
    state = State.OVERDUE if overdue else State.OPEN
    query = next_steps(day, Filters(state=state, strand_id=strand_id, owner_id=owner_id)).limit(limit)
    return views(db.session.execute(query).all(), day)


def next_step(next_step_id: int) -> NextStep:
    """A next step; raises ``NotFound``."""
    found = db.session.get(NextStep, next_step_id)
    if found is None:
        raise NotFound("There is no such next step.")
    return found


def steps(next_step_ids: Iterable[int | None]) -> dict[int, NextStep]:
    """The next steps with these keys, by key."""
    wanted = {next_step_id for next_step_id in next_step_ids if next_step_id}
    return {step.id: step for step in db.session.scalars(select(NextStep).where(NextStep.id.in_(wanted)))}


def next_step_on(next_step: NextStep, day: date) -> NextStepView | None:
    """A next step as it stood on a day; None where it was not promised then, or the update that did was returned."""
    rows = db.session.execute(_in_force(day).where(NextStep.id == next_step.id)).all()
    return views(rows, day)[0] if rows else None


def carried(strand_id: int, next_step_ids: Collection[int], day: date) -> dict[int, tuple[date | None, date | None]]:
    """When each of these next steps of a strand is due, None where not in force, and the day it slipped to."""
    if not next_step_ids:
        return {}
    columns: list[Any] = [NextStep.id, effective_due(), OutcomeEntry.new_due_on]
    rows = db.session.execute(
        select(*columns)
        .select_from(NextStep)
        .outerjoin(NextStepTerms, NextStepTerms.id == in_force(NextStepTerms, NextStep.id, day))
        .outerjoin(OutcomeEntry, OutcomeEntry.id == in_force(OutcomeEntry, NextStep.id, day))
        .where(NextStep.strand_id == strand_id, NextStep.id.in_(next_step_ids))
    )
    return {next_step_id: (due_on, slipped_to) for next_step_id, due_on, slipped_to in rows}


def terms_in_force(next_step_ids: Collection[int], day: date) -> dict[int, NextStepTerms]:
    """The terms in force on a day of the next steps with these keys, by key."""
    if not next_step_ids:
        return {}
    rows = db.session.scalars(
        select(NextStepTerms)
        .join(NextStep, NextStepTerms.id == in_force(NextStepTerms, NextStep.id, day))
        .where(NextStep.id.in_(next_step_ids))
    )
    return {terms.subject_id: terms for terms in rows}


def terms_by(update_id: int, strand_id: int) -> list[NextStepTerms]:
    """The terms an update recorded that were not withdrawn."""
    return list(
        db.session.scalars(
            select(NextStepTerms)
            .join(NextStep, NextStep.id == NextStepTerms.subject_id)
            .where(
                NextStep.strand_id == strand_id,
                NextStepTerms.update_id == update_id,
                NextStepTerms.withdrawn_on.is_(None),
            )
            .order_by(NextStepTerms.id)
        )
    )


def sources(next_step_ids: Collection[int]) -> dict[int, str | None]:
    """What the last submitted statement of each of these next steps says of where its figures come from."""
    if not next_step_ids:
        return {}
    rows = db.session.execute(
        select(Statement.next_step_id, Statement.source)
        .join(
            PublishedUpdate,
            (PublishedUpdate.update_id == Statement.update_id) & (PublishedUpdate.edition == Statement.edition),
        )
        .where(Statement.next_step_id.in_(next_step_ids), PublishedUpdate.withdrawn_on.is_(None))
        .order_by(PublishedUpdate.effective_on, PublishedUpdate.id)
    )
    return {next_step_id: source for next_step_id, source in rows if next_step_id}


def last_terms(next_step_id: int) -> NextStepTerms | None:
    """The terms recorded last, even if they were withdrawn."""
    recorded = select(NextStepTerms).where(NextStepTerms.subject_id == next_step_id)
    return db.session.scalar(recorded.order_by(NextStepTerms.id.desc()).limit(1))


def first_promised_on(next_step_id: int) -> date | None:
    """The day of the earliest terms that were not withdrawn."""
    earliest = select(func.min(NextStepTerms.effective_on)).where(
        NextStepTerms.subject_id == next_step_id, NextStepTerms.withdrawn_on.is_(None)
    )
    return db.session.scalar(earliest)


def past_terms(next_step: NextStep, day: date) -> list[TermsLine]:
    """What was promised up to a day, newest first, at most 100, quotations as of the day."""
    entries = past_entries(NextStepTerms, next_step.id, day, limit=MOST_ENTRIES)
    texts = resolve_all([entry.text for entry in entries], day)
    return [
        TermsLine(
            text=text,
            owner_name=entry.owner.name,
            due_on=entry.due_on,
            effective_on=entry.effective_on,
            update_id=entry.update_id,
            illustrative=entry.illustrative,
            terms_illustrative=entry.terms_illustrative,
        )
        for entry, (text, _) in zip(entries, texts, strict=True)
    ]


def past_outcomes(next_step: NextStep, day: date) -> list[OutcomeLine]:
    """What became of it up to a day, newest first, at most 100."""
    entries = past_entries(OutcomeEntry, next_step.id, day, limit=MOST_ENTRIES)
    names = names_of(entry.recorded_by_id for entry in entries)
    return [
        OutcomeLine(
            id=entry.id,
            outcome=entry.outcome,
            note=entry.note,
            slipped_to=entry.new_due_on if entry.outcome is Outcome.SLIPPED else None,
            effective_on=entry.effective_on,
            by_name=names[entry.recorded_by_id],
            illustrative=entry.illustrative,
        )
        for entry in entries
    ]


def outcome(next_step: NextStep, outcome_id: int) -> OutcomeEntry:
    """An entry of what became of a next step; raises ``NotFound``."""
    found = db.session.get(OutcomeEntry, outcome_id)
    if found is None or found.subject_id != next_step.id:
        raise NotFound("There is no such outcome.")
    return found


def views(rows: Sequence[Any], day: date) -> list[NextStepView]:
    """Rows of ``next_steps`` as records, their quotations as of the day."""
    texts = resolve_all([terms.text for _, terms, *_ in rows], day)
    found = []
    for (strand, terms, outcome, due_on, name), (text, quoted) in zip(rows, texts, strict=True):
        closed = outcome is not None and outcome.outcome.closes
        found.append(
            NextStepView(
                id=terms.subject_id,
                strand_id=strand.id,
                strand_kind=strand.kind,
                strand_slug=strand.slug,
                strand_name=name,
                text=text,
                raw=terms.text,
                owner_id=terms.owner_id,
                owner_name=terms.owner.name,
                promised_on=terms.effective_on,
                promised_due_on=terms.due_on,
                due_on=due_on,
                outcome=outcome.outcome if outcome else None,
                outcome_on=outcome.effective_on if outcome else None,
                outcome_note=outcome.note if outcome else None,
                days_overdue=0 if closed else max(0, (day - due_on).days),
                update_id=terms.update_id,
                illustrative=terms.illustrative,
                terms_illustrative=terms.terms_illustrative,
                quoted=quoted,
            )
        )
    return found


def _in_force(day: date) -> Select[Any]:
    columns: list[Any] = [Strand, NextStepTerms, OutcomeEntry, effective_due(), StrandProfile.name]
    return (
        select(*columns)
        .select_from(NextStep)
        .join(Strand, Strand.id == NextStep.strand_id)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .join(NextStepTerms, NextStepTerms.id == in_force(NextStepTerms, NextStep.id, day))
        .outerjoin(OutcomeEntry, OutcomeEntry.id == in_force(OutcomeEntry, NextStep.id, day))
    )


def _is(state: State, day: date) -> ColumnElement[bool]:
    match state:
        case State.CLOSED:
            return is_closed()
        case State.OPEN:
            return is_open()
        case _:
            return and_(is_open(), effective_due() < day)
