"""Whether a plan stands, so that something can be recorded of it."""

from datetime import date

from opprod import history
from opprod.accounts import User
from opprod.core import clock
from opprod.core.errors import NotAllowed, WrongState
from opprod.plans import permissions
from opprod.plans.models import Plan, PlanStatus
from opprod.plans.queries.status import status_of


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
    if not permissions.can_record(actor, plan):
        raise NotAllowed("You may not record what this plan says.")
    ensure_stands(plan)


def withdrawn_since(day: date) -> WrongState:
    """The refusal to record anything of a plan that was withdrawn on a day."""
    return WrongState(f"This plan was withdrawn on {day:%-d %B %Y}. Reinstate it first.")
