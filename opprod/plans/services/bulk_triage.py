"""Taking a step of triage on many plans at once: but for the new rows, in statements that do not grow with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
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
from opprod.plans.rules.storage import as_json
from opprod.plans.rules.suggestion import Suggestion
from opprod.plans.services.bulk import chunks, hold_standing
from opprod.plans.services.triage import checked_reason, why_a_reason

_EVENTS = {
    Move.PROPOSED: Event.CATEGORY_PROPOSED,
    Move.AGREED: Event.PROPOSAL_AGREED,
    Move.RETURNED: Event.PROPOSAL_RETURNED,
    Move.OVERRIDDEN: Event.PROPOSAL_OVERRIDDEN,
}


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
        raise WrongState("No round is under way. An executive opens one.")
    for chunk in chunks(steps):
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
        history.record_all([self._category(entry) for _, entry in decided], actor=self.actor)
        for plan, entry in taken:
            plan.waits_for = permissions.waits_after(entry.move)
        for plan, entry in taken:
            trail.noted(_EVENTS[entry.move], plan, actor=self.actor, changes=self._changes(plan, entry))

    def _store_suggestions(self) -> dict[int, StoredSuggestion]:
        stored = {
            plan.id: _stored(plan, self.suggestions[plan.id])
            for plan, step in self.steps
            if step.move is Move.PROPOSED
        }
        db.session.add_all(stored.values())
        db.session.flush()
        return stored

    def _step(self, plan: Plan, step: StepContent, stored: StoredSuggestion | None) -> TriageStep:
        category = self._proposed(plan, step) if step.move is Move.PROPOSED else self._answered(plan, step)
        proposal = None if step.move is Move.PROPOSED else self.latest[plan.id]
        return TriageStep(
            subject_id=plan.id,
            round_id=self.round.id,
            move=step.move,
            category=category,
            reason=_said(step) or None,
            suggestion_id=stored.id if stored else None,
            proposal_id=proposal.id if proposal else None,
            effective_on=clock.today(),
            illustrative=self.illustrative,
        )

    def _proposed(self, plan: Plan, step: StepContent) -> Category:
        if not permissions.can_propose(self.actor, plan):
            raise NotAllowed(f"You may not propose a category now for {plan}.")
        if step.category is None:
            raise InvalidInput("Choose the category to propose.", field="category")
        suggestion = self.suggestions[plan.id]
        if not _said(step) and suggestion.outcome.category is not step.category:
            raise InvalidInput(f"{plan}: {why_a_reason(suggestion)}", field="reason")
        return step.category

    def _answered(self, plan: Plan, step: StepContent) -> Category | None:
        proposal = self.latest.get(plan.id)
        proposed_by = proposal.recorded_by_id if proposal else None
        if proposal is None or not permissions.can_moderate(self.actor, plan, proposed_by_id=proposed_by):
            raise NotAllowed(f"There is no proposal now that you may answer for {plan}.")
        if step.move is Move.AGREED:
            return proposal.category
        if not _said(step):
            raise InvalidInput(f"Enter the reason or the question for {plan}.", field="reason")
        if step.move is Move.RETURNED:
            return None
        if step.category in {None, proposal.category}:
            raise InvalidInput(f"Choose another category than is proposed for {plan}.", field="category")
        return step.category

    def _category(self, step: TriageStep) -> PlanCategory:
        return PlanCategory(
            subject_id=step.subject_id,
            category=step.category,
            round_id=step.round_id,
            step_id=step.id,
            effective_on=step.effective_on,
            illustrative=step.illustrative,
        )

    def _changes(self, plan: Plan, step: TriageStep) -> dict[str, list[Any]]:
        if step.category is None:
            return {"question": [None, step.reason]}
        said = {} if step.reason is None else {"reason": [None, step.reason]}
        if step.move is Move.PROPOSED:
            suggestion = self.suggestions[plan.id]
            suggested = f"{suggestion.outcome.label} (rules, version {suggestion.version})"
            return {"category_proposed": [None, step.category.value], "suggested": [None, suggested], **said}
        before = self.categories.get(plan.id)
        return {"category": [before.category.value if before else None, step.category.value], **said}


def _stored(plan: Plan, suggestion: Suggestion) -> StoredSuggestion:
    return StoredSuggestion(
        plan_id=plan.id,
        rules_version=suggestion.version,
        outcome=suggestion.outcome,
        content=as_json(suggestion),
        as_at=clock.today(),
        made_at=clock.now(),
    )


def _in_force(kind: type[Entry], plans: Sequence[Plan]) -> dict[int, Entry]:
    """The entries of a kind in force today, by plan."""
    found = (
        select(kind)
        .join(Plan, Plan.id == kind.subject_id)
        .where(Plan.id.in_([plan.id for plan in plans]), kind.id == in_force(kind, Plan.id, clock.today()))
    )
    return {entry.subject_id: entry for entry in db.session.scalars(found)}


def _said(step: StepContent) -> str:
    return checked_reason(step.reason, "reason")
