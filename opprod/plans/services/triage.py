"""Deciding on plans: the region proposes a category, and the centre moderates the proposal.

Every verb takes what the person had ``seen``: the key of the latest step when they opened the page, None for none.
"""

from opprod import history
from opprod.accounts import Permission, User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotAllowed, WrongState
from opprod.db import db
from opprod.plans import permissions
from opprod.plans.models import (
    Category,
    Move,
    Plan,
    PlanCategory,
    StoredSuggestion,
    TriageRound,
    TriageStep,
    Waiting,
)
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.queries.facts import suggestion_of
from opprod.plans.queries.triage import current_round
from opprod.plans.rules.storage import as_json
from opprod.plans.rules.suggestion import Suggestion
from opprod.plans.services.status import ensure_stands

NO_ROUND = "No round is under way, so nothing can be proposed. An executive opens one."
OWN_PROPOSAL = "You proposed this yourself; someone else must moderate it."


def propose_category(
    *,
    plan: Plan,
    category: Category,
    reason: str,
    seen: int | None,
    actor: User,
    suggestion: Suggestion | None = None,
    illustrative: str | None = None,
) -> TriageStep:
    """Propose a plan's category for its region; the rules' suggestion of this moment is kept beside it.

    Raises ``InvalidInput`` for the field ``reason`` where the category departs from the suggestion, or there is no
    letter to depart from, and no reason is given; ``NotAllowed`` to all but a lead of the plan's region;
    ``Conflict`` if there was a step since the one ``seen``; ``WrongState`` for a plan that is withdrawn or does not
    wait for the region, and while no round is under way.
    """
    if not (permissions.can_see(actor, plan) and actor.can(Permission.PROPOSE_CATEGORIES)):
        raise NotAllowed("Only a regional lead of the plan’s own region proposes its category.")
    _begin(plan, seen)
    if not permissions.can_propose(actor, plan):
        raise WrongState("This plan does not wait for its region now, so nothing can be proposed.")
    in_round = _round_under_way()
    suggestion = suggestion or suggestion_of(plan, clock.today())
    reason = checked_reason(reason, "reason")
    if not reason and suggestion.outcome.category is not category:
        raise InvalidInput(why_a_reason(suggestion), field="reason")
    stored = StoredSuggestion(
        plan_id=plan.id,
        rules_version=suggestion.version,
        outcome=suggestion.outcome,
        content=as_json(suggestion),
        as_at=clock.today(),
        made_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    step = TriageStep(
        subject_id=plan.id,
        round_id=in_round.id,
        move=Move.PROPOSED,
        category=category,
        reason=reason or None,
        suggestion_id=stored.id,
        effective_on=clock.today(),
        illustrative=illustrative,
    )
    _take(step, plan, actor)
    trail.noted(
        Event.CATEGORY_PROPOSED,
        plan,
        actor=actor,
        changes={
            "category_proposed": [None, category.value],
            "suggested": [None, f"{suggestion.outcome.label} (rules, version {suggestion.version})"],
            **_said("reason", step.reason),
        },
    )
    return step


def agree_proposal(
    *, plan: Plan, seen: int | None, actor: User, note: str = "", illustrative: str | None = None
) -> TriageStep:
    """Agree with the region's proposal, which puts its category in force.

    Raises ``NotAllowed`` to all but the centre, and for a proposal of one's own; ``Conflict`` if there was a step
    since the one ``seen``; ``WrongState`` for a plan that is withdrawn or does not wait for the centre.
    """
    proposal = _proposal(plan, seen, actor)
    step = _answer(proposal, Move.AGREED, proposal.category, checked_reason(note, "reason"), illustrative)
    _put_in_force(step, plan, actor, Event.PROPOSAL_AGREED)
    return step


def return_proposal(
    *, plan: Plan, question: str, seen: int | None, actor: User, illustrative: str | None = None
) -> TriageStep:
    """Send the region's proposal back with a question; the category in force stays as it is.

    Raises ``InvalidInput`` for the field ``question`` where it is blank, and otherwise as ``agree_proposal`` does.
    """
    proposal = _proposal(plan, seen, actor)
    question = checked_reason(question, "question")
    if not question:
        raise InvalidInput("Enter the question that the region is to answer.", field="question")
    step = _take(_answer(proposal, Move.RETURNED, None, question, illustrative), plan, actor)
    trail.noted(Event.PROPOSAL_RETURNED, plan, actor=actor, changes=_said("question", question))
    return step


def override_proposal(
    *,
    plan: Plan,
    category: Category,
    reason: str,
    seen: int | None,
    actor: User,
    illustrative: str | None = None,
) -> TriageStep:
    """Put another category in force than the region proposes, for a reason.

    Raises ``InvalidInput``, naming the field, for the category proposed and for a blank reason, and otherwise as
    ``agree_proposal`` does.
    """
    proposal = _proposal(plan, seen, actor)
    if category is proposal.category:
        raise InvalidInput(
            f"The region proposes {category.value} itself: agree, or choose another.", field="category"
        )
    reason = checked_reason(reason, "reason")
    if not reason:
        raise InvalidInput("Enter why the centre sets another category than the region proposes.", field="reason")
    step = _answer(proposal, Move.OVERRIDDEN, category, reason, illustrative)
    _put_in_force(step, plan, actor, Event.PROPOSAL_OVERRIDDEN)
    return step


def _begin(plan: Plan, seen: int | None) -> None:
    """Hold the plan, so that what is found of it now still holds when the step is written."""
    ensure_stands(plan)
    history.ensure_in_force(TriageStep, plan.id, seen)
    db.session.refresh(plan, ["waits_for"])


def _round_under_way() -> TriageRound:
    in_round = current_round(clock.today())
    if in_round is None:
        raise WrongState(NO_ROUND)
    return in_round


def _proposal(plan: Plan, seen: int | None, actor: User) -> TriageStep:
    """The proposal that the centre is asked to answer, held for this person to do so."""
    if not (permissions.can_see(actor, plan) and actor.can(Permission.MODERATE_CATEGORIES)):
        raise NotAllowed("Only the centre moderates proposals.")
    _begin(plan, seen)
    proposal = history.entry_in_force(TriageStep, plan.id, clock.today())
    if plan.waits_for is not Waiting.CENTRE or proposal is None:
        raise WrongState("This plan does not wait for the centre now, so there is nothing to moderate.")
    if not permissions.can_moderate(actor, plan, proposed_by_id=proposal.recorded_by_id):
        raise NotAllowed(OWN_PROPOSAL)
    return proposal


def _answer(
    proposal: TriageStep, move: Move, category: Category | None, reason: str, illustrative: str | None
) -> TriageStep:
    return TriageStep(
        subject_id=proposal.subject_id,
        round_id=_round_under_way().id,
        move=move,
        category=category,
        reason=reason or None,
        proposal_id=proposal.id,
        effective_on=clock.today(),
        illustrative=illustrative,
    )


def _take(step: TriageStep, plan: Plan, actor: User) -> TriageStep:
    history.record(step, actor=actor)
    plan.waits_for = permissions.waits_after(step.move)
    return step


def _put_in_force(step: TriageStep, plan: Plan, actor: User, event: Event) -> None:
    before = history.entry_in_force(PlanCategory, plan.id, clock.today())
    _take(step, plan, actor)
    decided = PlanCategory(
        subject_id=plan.id,
        category=step.category,
        round_id=step.round_id,
        step_id=step.id,
        effective_on=step.effective_on,
        illustrative=step.illustrative,
    )
    history.record(decided, actor=actor)
    changes = {
        "category": [before.category.value if before else None, decided.category.value],
        **_said("reason", step.reason),
    }
    trail.noted(event, plan, actor=actor, changes=changes)


def checked_reason(reason: str, field: str) -> str:
    """What was said, without space at its ends; empty where nothing of it would be seen."""
    reason = reason.strip()
    if len(reason) > REASON_LENGTH:
        raise InvalidInput(f"Enter {REASON_LENGTH:,} characters or fewer.", field=field)
    return reason if any(char.isprintable() and not char.isspace() for char in reason) else ""


def why_a_reason(suggestion: Suggestion) -> str:
    """What to tell a person who proposes another category than is suggested, and says not why."""
    suggested = suggestion.outcome.category
    if suggested is None:
        return "Enter why you propose this category: the recorded facts suggest none."
    return f"Enter why you propose another category than {suggested.value}, which the recorded facts suggest."


def _said(name: str, text: str | None) -> dict[str, list[str | None]]:
    return {name: [None, text]} if text else {}
