"""Finding plans. Every query of plans takes the region that the person may know of; None is all of them."""

from opprod.core.errors import NotFound
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan


def plan(plan_id: int, *, scope: Region | None) -> Plan:
    """A plan by its key; raises ``NotFound``, in the same words for one that is of another region."""
    found = db.session.get(Plan, plan_id)
    if found is None or scope not in {None, found.region}:
        raise NotFound("There is no such plan, or none that you may open.")
    return found
