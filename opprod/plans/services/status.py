"""Withdrawing and reinstating plans, and whether a plan stands, so that something can be recorded of it."""

from datetime import date

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import NotAllowed, WrongState
from opprod.db import db
from opprod.plans import permissions
from opprod.plans.models import Plan, PlanStatus, Waiting
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.queries.savings import lines_counted_in
from opprod.plans.queries.status import status_of
from opprod.plans.services.checks import checked_text

LINES_NAMED = 5
NOT_WITHDRAWN = "This plan is not withdrawn."


def ensure_stands(plan: Plan, day: date | None = None) -> None:
    """Raise ``WrongState`` for a plan that is withdrawn on a day, or today.

    Until the transaction ends nobody else can withdraw the plan or record anything of it, so whatever a service
    compares after this holds when it writes. Call it first: it takes the lock that the others wait for.
    """
    history.lock(PlanStatus, plan.id)
    status = status_of(plan, day or clock.today())
    if status is not None and status.withdrawn:
        raise withdrawn_since(status.effective_on)


def ensure_recordable(plan: Plan, actor: User) -> None:
    """Raise ``NotAllowed`` for a person who may not record what the plan says, and as ``ensure_stands`` does."""
    _ensure_allowed(plan, actor)
    ensure_stands(plan)


def withdraw_plan(*, plan: Plan, reason: str, actor: User) -> PlanStatus:
    """Withdraw a plan from today; what is recorded of it stays, and nobody is asked to decide on it.

    Raises ``InvalidInput`` without a reason, ``WrongState`` for one withdrawn already and while lines of other plans
    are counted in its ledger, and ``NotAllowed`` for a person who may not record what it says.
    """
    ensure_recordable(plan, actor)
    reason = checked_text(reason, field="reason", missing="Enter the reason it is withdrawn", limit=REASON_LENGTH)
    counted = lines_counted_in(plan, clock.today(), scope=permissions.region_of(actor))
    if counted:
        named = list(dict.fromkeys(map(str, counted)))
        rest = f" and {len(named) - LINES_NAMED} more" if len(named) > LINES_NAMED else ""
        raise WrongState(
            f"Savings of other plans are counted in this plan: {'; '.join(named[:LINES_NAMED])}{rest}. "
            "Change where they are counted first, or they would be counted nowhere."
        )
    return _record(plan, reason, actor, withdrawn=True)


def reinstate_plan(*, plan: Plan, reason: str, actor: User) -> PlanStatus:
    """Let a withdrawn plan stand again from today, and ask its region for a category.

    Raises ``InvalidInput`` without a reason, ``WrongState`` for a plan that stands, and ``NotAllowed`` for a person
    who may not record what it says.
    """
    _ensure_allowed(plan, actor)
    history.lock(PlanStatus, plan.id)
    status = status_of(plan, clock.today())
    if status is None or not status.withdrawn:
        raise WrongState(NOT_WITHDRAWN)
    reason = checked_text(reason, field="reason", missing="Enter the reason it is reinstated", limit=REASON_LENGTH)
    return _record(plan, reason, actor, withdrawn=False)


def withdrawn_since(day: date) -> WrongState:
    """The refusal to record anything of a plan that was withdrawn on a day."""
    return WrongState(f"This plan was withdrawn on {day:%-d %B %Y}. Reinstate it first.")


def _ensure_allowed(plan: Plan, actor: User) -> None:
    if not permissions.can_record(actor, plan):
        raise NotAllowed("You may not record what this plan says.")


def _record(plan: Plan, reason: str, actor: User, *, withdrawn: bool) -> PlanStatus:
    status = PlanStatus(subject_id=plan.id, withdrawn=withdrawn, reason=reason, effective_on=clock.today())
    history.record(status, actor=actor)
    # A round that was opened meanwhile may have asked the region to look at the plan again.
    db.session.refresh(plan, ["waits_for"])
    plan.waits_for = Waiting.NOBODY if withdrawn else Waiting.REGION
    event = Event.PLAN_WITHDRAWN if withdrawn else Event.PLAN_REINSTATED
    trail.noted(event, plan, actor=actor, changes={"reason": [None, reason]})
    return status
