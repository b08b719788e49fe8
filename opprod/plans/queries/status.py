"""Whether a plan stands or is withdrawn on a day."""

from datetime import date

from opprod import history
from opprod.plans.models import Plan, PlanStatus


def status_of(plan: Plan, day: date) -> PlanStatus | None:
    """The plan's status in force on a day; None for a plan that was never withdrawn."""
    return history.entry_in_force(PlanStatus, plan.id, day)
