"""Reading what became of many next steps at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.db import db
from opprod.history import corrected, in_force, stands
from opprod.projects.models import NextStep, NextStepTerms, Outcome, OutcomeEntry
from opprod.projects.queries.dues import effective_due

_later = aliased(OutcomeEntry)
_later_terms = aliased(NextStepTerms)


@dataclass(frozen=True, slots=True)
class StandingOutcome:
    """What had become of a next step; ``new_due_on`` is the day it slipped to, now or before."""

    id: int
    outcome: Outcome
    note: str | None
    new_due_on: date | None
    effective_on: date
    recorded_by: str
    recorded_at: datetime
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class DueDays:
    """When a next step was first due, and when it is due now; ``now`` is None where it is not in force."""

    first: date | None
    now: date | None


def outcomes_standing(next_step_ids: Collection[int], day: date) -> dict[int, StandingOutcome]:
    """The outcome in force on a day of each of these next steps that has one, by its key. One statement of SQL.

    A next step need not be in force itself: the update that promised it may have been returned.
    """
    if not next_step_ids:
        return {}
    columns: list[Any] = [
        NextStep.id,
        OutcomeEntry.id,
        OutcomeEntry.outcome,
        OutcomeEntry.note,
        OutcomeEntry.new_due_on,
        OutcomeEntry.effective_on,
        User.name,
        OutcomeEntry.recorded_at,
        OutcomeEntry.illustrative,
    ]
    rows = db.session.execute(
        select(*columns)
        .select_from(NextStep)
        .join(OutcomeEntry, OutcomeEntry.id == in_force(OutcomeEntry, NextStep.id, day))
        .join(User, User.id == OutcomeEntry.recorded_by_id)
        .where(NextStep.id.in_(next_step_ids))
    )
    return {next_step_id: StandingOutcome(*row) for next_step_id, *row in rows}


def slips(next_step_ids: Collection[int], day: date) -> dict[int, int]:
    """How often each of these next steps had slipped by a day, 0 for never. One statement of SQL.

    A slip that was withdrawn by then, or corrected by a later entry for its day, does not count.
    """
    if not next_step_ids:
        return {}
    rows = db.session.execute(
        select(OutcomeEntry.subject_id, func.count())
        .where(
            OutcomeEntry.subject_id.in_(next_step_ids),
            OutcomeEntry.outcome == Outcome.SLIPPED,
            stands(OutcomeEntry, day),
            ~corrected(OutcomeEntry, _later, day),
        )
        .group_by(OutcomeEntry.subject_id)
    )
    counted = dict(rows.all())
    return {next_step_id: counted.get(next_step_id, 0) for next_step_id in next_step_ids}


def due_days(next_step_ids: Collection[int], day: date) -> dict[int, DueDays]:
    """When each of these next steps was first due by its terms, and when on a day. Two statements of SQL.

    Terms that were withdrawn by then, as those of an update that was returned, do not count.
    """
    if not next_step_ids:
        return {}
    current: list[Any] = [NextStep.id, effective_due()]
    now: dict[int, date] = dict(
        db.session.execute(
            select(*current)
            .select_from(NextStep)
            .join(NextStepTerms, NextStepTerms.id == in_force(NextStepTerms, NextStep.id, day))
            .outerjoin(OutcomeEntry, OutcomeEntry.id == in_force(OutcomeEntry, NextStep.id, day))
            .where(NextStep.id.in_(next_step_ids))
        ).all()
    )
    ever = db.session.execute(
        select(NextStepTerms.subject_id, NextStepTerms.due_on)
        .where(
            NextStepTerms.subject_id.in_(next_step_ids),
            stands(NextStepTerms, day),
            ~corrected(NextStepTerms, _later_terms, day),
        )
        .order_by(NextStepTerms.effective_on.desc())
    )
    first: dict[int, date] = dict(ever.all())
    return {step_id: DueDays(first=first.get(step_id), now=now.get(step_id)) for step_id in next_step_ids}
