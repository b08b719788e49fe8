"""What a step of triage must say, and what it leaves behind: one plan at a time and many at once alike."""

from typing import Any

from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.plans.models import Category, Move, Plan, PlanCategory, StoredSuggestion, TriageStep
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.rules.storage import as_json
from opprod.plans.rules.suggestion import Suggestion

NO_ROUND = "No round is under way, so nothing can be proposed. An executive opens one."

EVENTS = {
    Move.PROPOSED: Event.CATEGORY_PROPOSED,
    Move.AGREED: Event.PROPOSAL_AGREED,
    Move.RETURNED: Event.PROPOSAL_RETURNED,
    Move.OVERRIDDEN: Event.PROPOSAL_OVERRIDDEN,
}


def checked_reason(reason: str, field: str) -> str:
    """What was said, without space at its ends; empty where nothing of it would be seen."""
    reason = reason.strip()
    if len(reason) > REASON_LENGTH:
        raise InvalidInput(f"Enter {REASON_LENGTH:,} characters or fewer.", field=field)
    return reason if any(char.isprintable() and not char.isspace() for char in reason) else ""


def reason_of_proposal(category: Category, reason: str, suggestion: Suggestion) -> str:
    """The reason of a proposal; ``InvalidInput`` where it departs from the suggestion, or there is none, unsaid."""
    reason = checked_reason(reason, "reason")
    suggested = suggestion.outcome.category
    if reason or suggested is category:
        return reason
    if suggested is None:
        raise InvalidInput("Enter why you propose this category: the recorded facts suggest none.", field="reason")
    raise InvalidInput(
        f"Enter why you propose another category than {suggested.value}, which the recorded facts suggest.",
        field="reason",
    )


def question_of_return(question: str) -> str:
    """The question that goes back to the region; ``InvalidInput`` for a blank one."""
    question = checked_reason(question, "question")
    if not question:
        raise InvalidInput("Enter the question that the region is to answer.", field="question")
    return question


def reason_of_override(category: Category | None, reason: str, proposed: Category | None) -> str:
    """The reason for another category than is proposed; ``InvalidInput`` for the same one and for a blank reason."""
    if category is None:
        raise InvalidInput("Choose the category to set instead.", field="category")
    if category is proposed:
        raise InvalidInput(
            f"The region proposes {category.value} itself: agree, or choose another.", field="category"
        )
    reason = checked_reason(reason, "reason")
    if not reason:
        raise InvalidInput("Enter why the centre sets another category than the region proposes.", field="reason")
    return reason


def kept(suggestion: Suggestion, plan: Plan) -> StoredSuggestion:
    """A suggestion as it is kept beside the proposal it was made for."""
    return StoredSuggestion(
        plan_id=plan.id,
        rules_version=suggestion.version,
        outcome=suggestion.outcome,
        content=as_json(suggestion),
        as_at=clock.today(),
        made_at=clock.now(),
    )


def put_in_force(step: TriageStep) -> PlanCategory:
    """The category that a step of the centre puts in force."""
    return PlanCategory(
        subject_id=step.subject_id,
        category=step.category,
        round_id=step.round_id,
        step_id=step.id,
        effective_on=step.effective_on,
        illustrative=step.illustrative,
    )


def changes(
    step: TriageStep, *, suggestion: Suggestion | None = None, before: PlanCategory | None = None
) -> dict[str, list[Any]]:
    """What a step changes, for the audit trail: ``before`` is the category in force until then."""
    said = {} if step.reason is None else {"reason": [None, step.reason]}
    if step.category is None:
        return {"question": [None, step.reason]}
    if suggestion is not None:
        suggested = f"{suggestion.outcome.label} (rules, version {suggestion.version})"
        return {"category_proposed": [None, step.category.value], "suggested": [None, suggested], **said}
    return {"category": [before.category.value if before else None, step.category.value], **said}
