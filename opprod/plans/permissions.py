"""Who may see a plan and decide on it, as pure functions of the person and the record.

A regional lead has to do with the plans of their own region alone; everyone else whose role lets them see plans is
of the centre, and sees all.
"""

from opprod.accounts import Permission, User
from opprod.core.regions import Region
from opprod.plans.models import Move, Plan, Waiting


def region_of(user: User) -> Region | None:
    """The region whose plans alone a person may know of; None for one of the centre, who may know of all."""
    return user.region


def can_see(user: User, plan: Plan) -> bool:
    """Whether the person may know that the plan says anything at all."""
    return user.can(Permission.VIEW_PLANS) and region_of(user) in {None, plan.region}


def can_record(user: User, plan: Plan) -> bool:
    """Whether the person may record what the plan says, note on it and attach documents."""
    return can_see(user, plan) and user.can(Permission.RECORD_PLANS)


def can_propose(user: User, plan: Plan) -> bool:
    """Whether the person may propose the plan's category now: for their own region, while the region is asked."""
    asked = plan.waits_for in {Waiting.REGION, Waiting.RETURNED}
    return can_see(user, plan) and user.can(Permission.PROPOSE_CATEGORIES) and asked


def can_moderate(user: User, plan: Plan, *, proposed_by_id: int | None) -> bool:
    """Whether the person may moderate the proposal now: never one of their own."""
    waits = plan.waits_for is Waiting.CENTRE
    return can_see(user, plan) and user.can(Permission.MODERATE_CATEGORIES) and waits and user.id != proposed_by_id


def waits_after(move: Move | None) -> Waiting:
    """Whom a plan that stands waits for after a step; None is a plan that nobody has taken one on yet."""
    match move:
        case None | Move.REOPENED:
            return Waiting.REGION
        case Move.RETURNED:
            return Waiting.RETURNED
        case Move.PROPOSED:
            return Waiting.CENTRE
        case Move.AGREED | Move.OVERRIDDEN:
            return Waiting.NOBODY
