"""What every page of plans begins with: which plans the person signed in may know of."""

from opprod.accounts.gate import signed_in
from opprod.core.regions import Region
from opprod.plans import permissions
from opprod.plans.models import Plan
from opprod.plans.queries import plans as queries


def scope() -> Region | None:
    """The region whose plans alone the person may know of; None for the centre, which may know of all."""
    return permissions.region_of(signed_in())


def find_plan(plan_id: int) -> Plan:
    """A plan that the person may open; raises ``NotFound`` for any other."""
    return queries.plan(plan_id, scope=scope())
