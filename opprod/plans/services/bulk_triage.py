"""Taking a step of triage on many plans at once: but for the new rows, in statements that do not grow with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.core import clock
from opprod.core.batches import in_batches
from opprod.core.errors import InvalidInput, NotAllowed, WrongState
from opprod.db import db
from opprod.history import in_force
from opprod.history.entries import Entry
from opprod.plans import permissions
from opprod.plans.models import (
    Category,
    Move,
    Plan,
    PlanCategory,
    StoredSuggestion,
    TriageRound,
    TriageStep,
)
from opprod.plans.queries.facts import suggestions_of
from opprod.plans.queries.triage import current_round
from opprod.plans.rules.suggestion import Suggestion
from opprod.plans.services import moves
from opprod.plans.services.bulk import PLANS_AT_ONCE, hold_standing


@dataclass(frozen=True, slots=True)
class StepContent:
    """A step to take: the category that is proposed or set instead, and the reason, or the question of one returned.

    One that agrees needs neither.
    """

    move: Move
    category: Category | None = None
    reason: str = ""


def record_decisions(
    steps: Sequence[tuple[Plan, StepContent]],
    *,
    actor: User,
    suggestions: Mapping[int, Suggestion] | None = None,
    illustrative: str | None = None,
) -> None:
    """Take steps today in the round under way, one for each plan, as the verbs of ``services.triage`` do.

    ``suggestions`` are what the rules make today of the plans that a category is proposed for, by the plan's key,
    where the caller has them at hand.

    Raises ``NotAllowed`` where the person may not take one of them or the plan waits for someone else,
    ``InvalidInput`` where one lacks the category or the reason it needs, and ``WrongState`` where a plan is withdrawn
    and where no round is under way.
    """
    in_round = current_round(clock.today())
    if in_round is None:
        raise WrongState(moves.NO_ROUND)
    for chunk in in_batches(steps, PLANS_AT_ONCE):
        proposed = [plan for plan, step in chunk if step.move is Move.PROPOSED]
        known = suggestions_of(proposed, clock.today()) if suggestions is None else suggestions
        _Deciding(chunk, in_round, known, actor, illustrative).run()


class _Deciding:
    """Some plans, the step to take on each, and what was decided on them before."""

    def __init__(
        self,
        steps: Sequence[tuple[Plan, StepContent]],
        in_round: TriageRound,
        suggestions: Mapping[int, Suggestion],
        actor: User,
        illustrative: str | None,
    ) -> None:
        self.steps, self.round, self.suggestions = steps, in_round, suggestions
        self.actor, self.illustrative = actor, illustrative
        plans = [plan for plan, _ in steps]
        hold_standing(plans)
        self.latest = _in_force(TriageStep, plans)
        self.categories = _in_force(PlanCategory, plans)

    def run(self) -> None:
        stored = self._store_suggestions()
        taken = [(plan, self._step(plan, step, stored.get(plan.id))) for plan, step in self.steps]
        history.record_all([entry for _, entry in taken], actor=self.actor)
        decided = [(plan, entry) for plan, entry in taken if entry.move in {Move.AGREED, Move.OVERRIDDEN}]
        history.record_all([moves.put_in_force(entry) for _, entry in decided], actor=self.actor)
        for plan, entry in taken:
            plan.waits_for = permissions.waits_after(entry.move)
        for plan, entry in taken:
            suggestion = self.suggestions[plan.id] if entry.move is Move.PROPOSED else None
            changes = moves.changes(entry, suggestion=suggestion, before=self.categories.get(plan.id))
            trail.noted(moves.EVENTS[entry.move], plan, actor=self.actor, changes=changes)

    def _store_suggestions(self) -> dict[int, StoredSuggestion]:
        stored = {
            plan.id: moves.kept(self.suggestions[plan.id], plan)
            for plan, step in self.steps
            if step.move is Move.PROPOSED
        }
        db.session.add_all(stored.values())
        db.session.flush()
        return stored

    def _step(self, plan: Plan, step: StepContent, stored: StoredSuggestion | None) -> TriageStep:
        try:
            category, reason = self._said(plan, step)
        except InvalidInput as error:
            raise InvalidInput(f"{plan}: {error.message}", field=error.field) from error
        proposal = None if step.move is Move.PROPOSED else self.latest[plan.id]
        return TriageStep(
            subject_id=plan.id,
            round_id=self.round.id,
            move=step.move,
            category=category,
            reason=reason or None,
            suggestion_id=stored.id if stored else None,
            proposal_id=proposal.id if proposal else None,
            effective_on=clock.today(),
            illustrative=self.illustrative,
        )

    def _said(self, plan: Plan, step: StepContent) -> tuple[Category | None, str]:
        """The category and the reason of a step, as the verbs for one plan would take them."""
        if step.move is Move.PROPOSED:
            if not permissions.can_propose(self.actor, plan):
                raise NotAllowed(f"You may not propose a category now for {plan}.")
            if step.category is None:
                raise InvalidInput("Choose the category to propose.", field="category")
            return step.category, moves.reason_of_proposal(step.category, step.reason, self.suggestions[plan.id])
        proposal = self.latest.get(plan.id)
        proposed_by = proposal.recorded_by_id if proposal else None
        if proposal is None or not permissions.can_moderate(self.actor, plan, proposed_by_id=proposed_by):
            raise NotAllowed(f"There is no proposal now that you may answer for {plan}.")
        if step.move is Move.AGREED:
            return proposal.category, moves.checked_reason(step.reason, "reason")
        if step.move is Move.RETURNED:
            return None, moves.question_of_return(step.reason)
        return step.category, moves.reason_of_override(step.category, step.reason, proposal.category)


def _in_force(kind: type[Entry], plans: Sequence[Plan]) -> dict[int, Entry]:
    """The entries of a kind in force today, by plan."""
    found = (
        select(kind)
        .join(Plan, Plan.id == kind.subject_id)
        .where(Plan.id.in_([plan.id for plan in plans]), kind.id == in_force(kind, Plan.id, clock.today()))
    )
    return {entry.subject_id: entry for entry in db.session.scalars(found)}
