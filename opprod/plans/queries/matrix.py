"""The matrix of STPs and services, counts by category, and what moved between two days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.illustrative import as_one
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import Category, Move, Plan, PlanCategory, PlanStatus, Service, TriageStep
from opprod.plans.queries.plans import Standing, standing_of, within


@dataclass(frozen=True, slots=True)
class Count:
    """How many plans for a service in a region stand alike; ``illustrative`` notes what of them is invented."""

    service_id: int
    service: str
    region: Region
    standing: Standing
    plans: int
    illustrative: str | None

    @property
    def category(self) -> Category | None:
        """Their category; None where they have none yet or are withdrawn."""
        return self.standing.category


@dataclass(frozen=True, slots=True)
class Cell:
    """A plan in the matrix."""

    plan_id: int
    stp_number: int
    service_id: int
    standing: Standing
    since: date | None
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class Transition:
    """How many plans stood at one thing at the end of a day and at another at the end of a later one."""

    before: Standing
    after: Standing
    plans: int
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class Movement:
    """A plan that stands elsewhere than it did: since when, by whom and why.

    ``how`` is the centre's step; None where the plan was withdrawn or reinstated, or its category taken back.
    """

    plan_id: int
    stp_number: int
    stp_name: str | None
    service: str
    region: Region
    before: Standing
    after: Standing
    on: date | None
    how: Move | None
    by: str | None
    reason: str | None
    proposed_by: str | None
    proposed_reason: str | None
    illustrative: str | None


def counts(
    day: date, *, scope: Region | None, region: Region | None = None, service: str | None = None
) -> list[Count]:
    """How many plans stand at each thing on a day, by service and region. One statement; ``service`` is a slug."""
    standing = standing_of(PlanStatus, PlanCategory)
    query = (
        select(
            Service.id,
            Service.name,
            Plan.region,
            standing,
            func.count(),
            func.max(func.coalesce(Plan.illustrative, PlanCategory.illustrative)),
        )
        .select_from(Plan)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .where(*within(scope, region=region), *_for(service))
        .group_by(Service.id, Service.name, Service.position, Plan.region, standing)
        .order_by(Service.position, Service.id, _place_of(Plan.region))
    )
    return [Count(*row) for row in db.session.execute(query)]


def stps(
    day: date, *, scope: Region | None, region: Region | None = None, service: str | None = None
) -> Select[*tuple[Any, ...]]:
    """The STPs that have plans, by region and number, for paging: number, region and name on a day."""
    having = select(Plan.stp_id, Plan.region).join(Service, Service.id == Plan.service_id)
    found = having.where(*within(scope, region=region), *_for(service)).distinct().subquery()
    return (
        select(found.c.stp_id.label("number"), found.c.region, StpName.name)
        .select_from(found)
        .outerjoin(StpName, StpName.id == in_force(StpName, found.c.stp_id, day))
        .order_by(_place_of(found.c.region), found.c.stp_id)
    )


def cells(
    stp_numbers: Collection[int], day: date, *, scope: Region | None, service: str | None = None
) -> dict[tuple[int, int], Cell]:
    """Where the plans of some STPs stand on a day, by STP and key of the service. One statement."""
    query = (
        select(
            Plan.id,
            Plan.stp_id,
            Plan.service_id,
            standing_of(PlanStatus, PlanCategory).label("standing"),
            case((PlanStatus.withdrawn, PlanStatus.effective_on), else_=PlanCategory.effective_on).label("since"),
            Plan.illustrative,
            PlanCategory.illustrative.label("category_illustrative"),
        )
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .where(*within(scope), Plan.stp_id.in_(stp_numbers), *_for(service))
    )
    return {
        (row.stp_id, row.service_id): Cell(
            plan_id=row.id,
            stp_number=row.stp_id,
            service_id=row.service_id,
            standing=row.standing,
            since=row.since,
            illustrative=as_one(*dict.fromkeys((row.illustrative, row.category_illustrative))),
        )
        for row in db.session.execute(query)
    }


def transitions(
    since: date, until: date, *, scope: Region | None, region: Region | None = None, service: str | None = None
) -> list[Transition]:
    """How many plans stood where at the end of two days, those that moved nowhere too. One statement."""
    was, now = _At(since), _At(until)
    query = (
        _between(was, now, select(was.standing, now.standing, func.count(), func.max(_note(was, now))))
        .where(*within(scope, region=region), *_for(service))
        .group_by(was.standing, now.standing)
    )
    return [Transition(*row) for row in db.session.execute(query)]


def movements(
    since: date, until: date, *, scope: Region | None, region: Region | None = None, service: str | None = None
) -> Select[*tuple[Any, ...]]:
    """The plans that stand elsewhere at the end of the later of two days, for paging; give rows to ``movement``."""
    was, now = _At(since), _At(until)
    step, proposal = aliased(TriageStep), aliased(TriageStep)
    decided_by, proposed_by, status_by = aliased(User), aliased(User), aliased(User)
    # A withdrawal, or an end to it, says why the plan moved; a category says so for the others.
    by_status = was.is_withdrawn != now.is_withdrawn
    query = select(
        Plan.id.label("plan_id"),
        Plan.stp_id.label("stp_number"),
        StpName.name.label("stp_name"),
        Service.name.label("service"),
        Plan.region,
        was.standing.label("before"),
        now.standing.label("after"),
        case((by_status, now.status.effective_on), else_=now.category.effective_on).label("on"),
        case((by_status, None), else_=step.move).label("how"),
        case((by_status, status_by.name), else_=decided_by.name).label("by"),
        case((by_status, now.status.reason), else_=step.reason).label("reason"),
        case((by_status, None), else_=proposed_by.name).label("proposed_by"),
        case((by_status, None), else_=proposal.reason).label("proposed_reason"),
        _note(was, now).label("illustrative"),
    )
    return (
        _between(was, now, query)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, until))
        .outerjoin(step, step.id == now.category.step_id)
        .outerjoin(decided_by, decided_by.id == now.category.recorded_by_id)
        .outerjoin(proposal, proposal.id == step.proposal_id)
        .outerjoin(proposed_by, proposed_by.id == proposal.recorded_by_id)
        .outerjoin(status_by, status_by.id == now.status.recorded_by_id)
        .where(*within(scope, region=region), *_for(service), was.standing != now.standing)
        .order_by(Plan.stp_id, Plan.service_id)
    )


def movement(row: Row[Any]) -> Movement:
    """A row of ``movements``."""
    return Movement(**row._mapping)  # noqa: SLF001 SQLAlchemy's own name for it


class _At:
    """A plan's status and category in force at the end of a day, under names of their own."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.status, self.category = aliased(PlanStatus), aliased(PlanCategory)
        self.standing = standing_of(self.status, self.category)
        self.is_withdrawn = func.coalesce(self.status.withdrawn, False)


def _between(was: _At, now: _At, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The query over plans, with their services and how they stood on two days."""
    query = query.select_from(Plan).join(Service, Service.id == Plan.service_id)
    for one in (was, now):
        query = query.outerjoin(one.status, one.status.id == in_force(PlanStatus, Plan.id, one.day)).outerjoin(
            one.category, one.category.id == in_force(PlanCategory, Plan.id, one.day)
        )
    return query


def _note(*days: _At) -> ColumnElement[str | None]:
    return func.coalesce(Plan.illustrative, *(one.category.illustrative for one in days))


def _for(service: str | None) -> list[ColumnElement[bool]]:
    return [] if service is None else [Service.slug == service]


def _place_of(region: Any) -> ColumnElement[int]:
    """SQL for the place of a region in the order that pages list them in."""
    return case({one: place for place, one in enumerate(Region)}, value=region)
