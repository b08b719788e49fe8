"""What is still not known of the plans for each service, over all regions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from opprod.db import db
from opprod.history import in_force
from opprod.plans.models import Outcome, Plan, PlanCategory, PlanStatus, Service
from opprod.plans.queries.facts import facts_of
from opprod.plans.queries.gains import unranked_counts
from opprod.plans.queries.ranking import GainSearch
from opprod.plans.rules import register
from opprod.plans.rules.facts import PlanFacts
from opprod.plans.rules.gains import Unranked


@dataclass(frozen=True, slots=True)
class Unknowns:
    """Of how many of a service's plans that stand on a day something is not known.

    ``no_saving`` have no figure for the year of that day or a later one; ``unranked`` have one, but no place in the
    ranking of gains. Of ``insufficient`` the rules say that too little is recorded, and of ``boundary`` that they fit
    no category.
    """

    service: str
    plans: int
    no_category: int
    no_submission: int
    no_dated_deliverable: int
    no_saving: int
    unranked: int
    insufficient: int
    boundary: int
    illustrative: str | None


def unknowns(search: GainSearch, day: date) -> list[Unknowns]:
    """What is not known of the plans for each service, in the order of services; a fixed number of statements."""
    rows = db.session.execute(
        select(Plan, PlanCategory.id)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .where(PlanStatus.withdrawn.is_not(True))
        .order_by(Service.position, Service.id, Plan.stp_id)
    ).all()
    categories = {plan.id: category_id for plan, category_id in rows}
    by_service: dict[int, list[Plan]] = {}
    for plan, _ in rows:
        by_service.setdefault(plan.service_id, []).append(plan)
    facts = facts_of([plan for plan, _ in rows], day)
    outcomes = {plan_id: register.suggest(found).outcome for plan_id, found in facts.items()}
    unranked = unranked_counts(search, day)

    def of(plans: list[Plan]) -> Unknowns:
        reasons = unranked.get(plans[0].service_id, {})
        no_saving = reasons.get(Unranked.NO_FIGURE, 0)

        def count(holds: Callable[[PlanFacts], bool]) -> int:
            return sum(holds(facts[plan.id]) for plan in plans)

        return Unknowns(
            service=plans[0].service.name,
            plans=len(plans),
            no_category=sum(categories[plan.id] is None for plan in plans),
            no_submission=count(lambda found: found.submission is None),
            no_dated_deliverable=count(lambda found: not any(promise.due_on for promise in found.deliverables)),
            no_saving=no_saving,
            unranked=sum(reasons.values()) - no_saving,
            insufficient=sum(outcomes[plan.id] is Outcome.INSUFFICIENT for plan in plans),
            boundary=sum(outcomes[plan.id] is Outcome.BOUNDARY for plan in plans),
            illustrative=_first_note(plan.illustrative for plan in plans),
        )

    return [of(plans) for plans in by_service.values()]


def _first_note(notes: Iterable[str | None]) -> str | None:
    return next((note for note in notes if note), None)
