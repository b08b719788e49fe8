"""Deciding on plans: the region proposes a category, and the centre moderates the proposal.

Every verb takes what the person had ``seen``: the key of the latest step when they opened the page, None for none.
"""

from opprod import history
from opprod.accounts import Permission, User
from opprod.audit import trail
from opprod.core import clock
from opprod.core.errors import NotAllowed, WrongState
from opprod.db import db
from opprod.plans import permissions
from opprod.plans.models import (
    Category,
    Move,
    Plan,
    PlanCategory,
    TriageRound,
    TriageStep,
    Waiting,
)
from opprod.plans.queries.facts import suggestion_of
from opprod.plans.queries.triage import current_round
from opprod.plans.rules.suggestion import Suggestion
from opprod.plans.services import moves
from opprod.plans.services.status import ensure_stands

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
    reason = moves.reason_of_proposal(category, reason, suggestion)
    stored = moves.kept(suggestion, plan)
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
    return _take(step, plan, actor, suggestion=suggestion)


def agree_proposal(
    *, plan: Plan, seen: int | None, actor: User, note: str = "", illustrative: str | None = None
) -> TriageStep:
    """Agree with the region's proposal, which puts its category in force.

    Raises ``NotAllowed`` to all but the centre, and for a proposal of one's own; ``Conflict`` if there was a step
    since the one ``seen``; ``WrongState`` for a plan that is withdrawn or does not wait for the centre.
    """
    proposal = _proposal(plan, seen, actor)
    note = moves.checked_reason(note, "reason")
    return _take(_answer(proposal, Move.AGREED, proposal.category, note, illustrative), plan, actor)


def return_proposal(
    *, plan: Plan, question: str, seen: int | None, actor: User, illustrative: str | None = None
) -> TriageStep:
    """Send the region's proposal back with a question; the category in force stays as it is.

    Raises ``InvalidInput`` for the field ``question`` where it is blank, and otherwise as ``agree_proposal`` does.
    """
    proposal = _proposal(plan, seen, actor)
    question = moves.question_of_return(question)
    return _take(_answer(proposal, Move.RETURNED, None, question, illustrative), plan, actor)


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
    reason = moves.reason_of_override(category, reason, proposal.category)
    return _take(_answer(proposal, Move.OVERRIDDEN, category, reason, illustrative), plan, actor)


def _begin(plan: Plan, seen: int | None) -> None:
    """Hold the plan, so that what is found of it now still holds when the step is written."""
    ensure_stands(plan)
    history.ensure_in_force(TriageStep, plan.id, seen)
    db.session.refresh(plan, ["waits_for"])


def _round_under_way() -> TriageRound:
    in_round = current_round(clock.today())
    if in_round is None:
        raise WrongState(moves.NO_ROUND)
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


def _take(step: TriageStep, plan: Plan, actor: User, *, suggestion: Suggestion | None = None) -> TriageStep:
    """Take a step, and put its category in force where it is the centre's."""
    before = None
    history.record(step, actor=actor)
    plan.waits_for = permissions.waits_after(step.move)
    if step.move in {Move.AGREED, Move.OVERRIDDEN}:
        before = history.entry_in_force(PlanCategory, plan.id, clock.today())
        history.record(moves.put_in_force(step), actor=actor)
    changes = moves.changes(step, suggestion=suggestion, before=before)
    trail.noted(moves.EVENTS[step.move], plan, actor=actor, changes=changes)
    return step
