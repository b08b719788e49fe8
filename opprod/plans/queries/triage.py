"""The decision on a plan as at a day: the category in force, and the steps that led to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.db import db
from opprod.history import in_force, stands
from opprod.plans.models import Category, Move, Plan, PlanCategory, StoredSuggestion, TriageRound, TriageStep
from opprod.plans.rules.storage import from_json
from opprod.plans.rules.suggestion import Suggestion

STEPS_SHOWN = 50

# Made once: making them costs more than the query that uses them.
_DECIDED, _PROPOSED = aliased(TriageStep), aliased(TriageStep)
_DECIDED_BY, _PROPOSED_BY = aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step towards a decision: who, when, in which round and why; ``reason`` is the question of one returned.

    ``suggestion`` is what the rules of their version made of the plan when the category was proposed.
    """

    id: int
    move: Move
    category: Category | None
    reason: str | None
    by: str
    by_id: int
    on: date
    at: datetime
    round: str
    suggestion: Suggestion | None
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class CategoryView:
    """The category in force, from the day it was decided on.

    ``reason`` is the centre's: why it set another, or a note of its agreement. The region's is ``proposed_reason``.
    """

    category: Category
    since: date
    how: Move
    by: str
    reason: str | None
    round: str
    proposed: Category | None
    proposed_by: str | None
    proposed_reason: str | None
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """How a plan has been decided on by a day: the category in force, and the steps, newest first."""

    category: CategoryView | None
    steps: tuple[StepView, ...]
    has_more: bool
    """Whether there are older steps than these."""

    @property
    def latest(self) -> StepView | None:
        """The newest step."""
        return self.steps[0] if self.steps else None

    @property
    def proposal(self) -> StepView | None:
        """The proposal that the centre is to answer, where the newest step is one."""
        return self.latest if self.latest and self.latest.move is Move.PROPOSED else None

    @property
    def question(self) -> StepView | None:
        """The centre's question that the region is to answer, where the newest step asks one."""
        return self.latest if self.latest and self.latest.move is Move.RETURNED else None


def current_round(day: date) -> TriageRound | None:
    """The round under way on a day: the last one opened by then."""
    return db.session.scalar(
        select(TriageRound).where(TriageRound.opened_on <= day).order_by(TriageRound.number.desc()).limit(1)
    )


def decision_of(plan: Plan, day: date) -> Decision:
    """How a plan has been decided on by a day; two statements."""
    steps = _steps(plan, day)
    return Decision(
        category=_category(plan, day), steps=tuple(steps[:STEPS_SHOWN]), has_more=len(steps) > STEPS_SHOWN
    )


def _steps(plan: Plan, day: date) -> list[StepView]:
    query = (
        select(TriageStep, User.name, TriageRound.name, StoredSuggestion.content)
        .join(User, User.id == TriageStep.recorded_by_id)
        .join(TriageRound, TriageRound.id == TriageStep.round_id)
        .outerjoin(StoredSuggestion, StoredSuggestion.id == TriageStep.suggestion_id)
        .where(TriageStep.subject_id == plan.id, stands(TriageStep, day))
        .order_by(TriageStep.effective_on.desc(), TriageStep.id.desc())
        # One more than is shown tells whether there are more.
        .limit(STEPS_SHOWN + 1)
    )
    return [_step_view(row) for row in db.session.execute(query)]


def _step_view(row: Row[*tuple[Any, ...]]) -> StepView:
    step, by, in_round, content = row
    return StepView(
        id=step.id,
        move=step.move,
        category=step.category,
        reason=step.reason,
        by=by,
        by_id=step.recorded_by_id,
        on=step.effective_on,
        at=step.recorded_at,
        round=in_round,
        suggestion=None if content is None else from_json(content),
        illustrative=step.illustrative,
    )


def _category(plan: Plan, day: date) -> CategoryView | None:
    query = (
        select(PlanCategory, _DECIDED, _DECIDED_BY.name, TriageRound.name, _PROPOSED, _PROPOSED_BY.name)
        .join(_DECIDED, _DECIDED.id == PlanCategory.step_id)
        .join(_DECIDED_BY, _DECIDED_BY.id == PlanCategory.recorded_by_id)
        .join(TriageRound, TriageRound.id == PlanCategory.round_id)
        .outerjoin(_PROPOSED, _PROPOSED.id == _DECIDED.proposal_id)
        .outerjoin(_PROPOSED_BY, _PROPOSED_BY.id == _PROPOSED.recorded_by_id)
        .where(PlanCategory.id == in_force(PlanCategory, plan.id, day))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    held, step, by, in_round, proposal, proposer = row
    return CategoryView(
        category=held.category,
        since=held.effective_on,
        how=step.move,
        by=by,
        reason=step.reason,
        round=in_round,
        proposed=proposal.category if proposal else None,
        proposed_by=proposer,
        proposed_reason=proposal.reason if proposal else None,
        illustrative=held.illustrative,
    )
