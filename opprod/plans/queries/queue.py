"""The queue of a person: the next plan that needs them, and how many do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, tuple_

from opprod.accounts import User
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.plans.models import Plan, Service, TriageStep, Waiting
from opprod.plans.permissions import region_of
from opprod.plans.queries.rounds import withdrawn_plans

# In the order that a queue takes them.
_OF_A_REGION = (Waiting.RETURNED, Waiting.REGION)
_OF_THE_CENTRE = (Waiting.CENTRE,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan stands, or stood, in a queue."""

    waits_for: Waiting
    service_id: int
    stp_id: int


@dataclass(frozen=True, slots=True)
class ServiceCount:
    """How many plans for a service wait for whom, among those that a person may know of and that stand."""

    name: str
    slug: str
    waiting: dict[Waiting, int]


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many plans wait for whom, service by service, in a region or in all.

    Those for the centre count what a person of it proposed before they came there, which others must moderate.
    """

    region: Region | None
    services: tuple[ServiceCount, ...]

    @property
    def total(self) -> int:
        """How many plans there are, without those withdrawn."""
        return sum(sum(one.waiting.values()) for one in self.services)

    @property
    def to_go(self) -> int:
        """How many wait for the person's region, or for the centre."""
        return self.to_go_for(None)

    def to_go_for(self, service: Service | None) -> int:
        """How many of them are for a service; of any, for none."""
        return sum(self.to_go_of(one) for one in self.services if service is None or one.slug == service.slug)

    @property
    def with_regions(self) -> int:
        """How many wait for a region."""
        return self.of(Waiting.REGION) + self.of(Waiting.RETURNED)

    @property
    def returned(self) -> int:
        """How many the centre returned with a question."""
        return self.of(Waiting.RETURNED)

    @property
    def moderated(self) -> int:
        """How many wait for nobody."""
        return self.of(Waiting.NOBODY)

    def of(self, waiting: Waiting) -> int:
        """How many wait so."""
        return sum(one.waiting[waiting] for one in self.services)

    def to_go_of(self, service: ServiceCount) -> int:
        """How many plans for a service wait for the person's region, or for the centre."""
        return sum(service.waiting[one] for one in _asked_of(self.region))


def place_of(plan: Plan) -> Place:
    """Where a plan stands now."""
    return Place(plan.waits_for, plan.service_id, plan.stp_id)


def needs(plan: Plan, user: User, *, proposed_by_id: int | None) -> bool:
    """Whether a plan is in the person's queue."""
    region = region_of(user)
    if plan.waits_for not in _asked_of(region):
        return False
    return plan.region == region if region else proposed_by_id != user.id


def waiting_for(user: User) -> int:
    """How many plans wait for the person's region, or for the centre."""
    region = region_of(user)
    counted = select(func.count()).select_from(Plan).where(*_within(region), Plan.waits_for.in_(_asked_of(region)))
    return db.session.scalars(counted).one()


def queue_counts(user: User) -> QueueCounts:
    """How many plans wait for whom among those that a person may know of; three statements."""
    region = region_of(user)
    within = _within(region)
    services = {
        service.id: ServiceCount(service.name, service.slug, dict.fromkeys(Waiting, 0))
        for service in db.session.scalars(select(Service).order_by(Service.position, Service.id))
    }
    # The index of the queue holds all that this asks for, so the plans themselves are not read.
    counted = select(Plan.service_id, Plan.waits_for, func.count()).where(*within)
    for service_id, waiting, count in db.session.execute(counted.group_by(Plan.waits_for, Plan.service_id)):
        services[service_id].waiting[waiting] = count
    withdrawn = select(Plan.service_id).where(Plan.id.in_(withdrawn_plans(clock.today())), *within)
    for service_id in db.session.scalars(withdrawn):
        services[service_id].waiting[Waiting.NOBODY] -= 1
    return QueueCounts(region, tuple(one for one in services.values() if any(one.waiting.values())))


def next_in_queue(user: User, *, service: Service | None = None, after: Place | None = None) -> Plan | None:
    """The next plan that needs a person, by service and STP, those returned to a region first; None if none does.

    After a place the queue goes on from there, and begins again at its end. Each part of the way is a seek in the
    index of the queue, three at most.
    """
    region = region_of(user)
    common = [*_within(region), *([Plan.service_id == service.id] if service else [])]
    if region is None:
        common.append(_is_of_another(user))
    for part in _way(_asked_of(region), after):
        query = select(Plan).where(*common, *part).order_by(Plan.service_id, Plan.stp_id).limit(1)
        found = db.session.scalar(query)
        if found is not None:
            return found
    return None


def _way(states: Sequence[Waiting], after: Place | None) -> Iterator[list[ColumnElement[bool]]]:
    """The parts of a queue in the order that they are looked at."""
    if after is None or after.waits_for not in states:
        yield from ([Plan.waits_for == state] for state in states)
        return
    here = states.index(after.waits_for)
    beyond = tuple_(Plan.service_id, Plan.stp_id) > tuple_(after.service_id, after.stp_id)
    yield [Plan.waits_for == after.waits_for, beyond]
    yield from ([Plan.waits_for == state] for state in (*states[here + 1 :], *states[: here + 1]))


def _is_of_another(user: User) -> ColumnElement[bool]:
    """SQL for whether the proposal that a plan waits with is another person's; looked up plan by plan, as picked."""
    latest = in_force(TriageStep, Plan.id, clock.today())
    return select(TriageStep.recorded_by_id).where(TriageStep.id == latest).scalar_subquery() != user.id


def _asked_of(region: Region | None) -> tuple[Waiting, ...]:
    return _OF_A_REGION if region else _OF_THE_CENTRE


def _within(region: Region | None) -> list[ColumnElement[bool]]:
    return [Plan.region == region] if region else []
