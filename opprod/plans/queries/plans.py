"""Finding plans. Every query of plans takes the region that the person may know of; None is all of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, select, type_coerce

from opprod.core.errors import NotFound
from opprod.core.illustrative import as_one
from opprod.core.regions import Region
from opprod.db import Member, db
from opprod.history import in_force
from opprod.organisations.models import StpName
from opprod.plans.models import (
    Category,
    Plan,
    PlanCategory,
    PlanStatus,
    PlanSubmission,
    Service,
    SubmissionState,
    Waiting,
)


class Standing(StrEnum):
    """Where a plan stands on a day: the category in force, none yet, or withdrawn, whatever category it had."""

    A = "A"
    B = "B"
    C = "C"
    NONE = "none"
    WITHDRAWN = "withdrawn"

    @property
    def category(self) -> Category | None:
        """The category in force, where it stands at one."""
        return Category(self.value) if self.value in Category.__members__ else None

    @property
    def label(self) -> str:
        """The letter and its words; in words alone where there is none."""
        if self.category is not None:
            return f"{self.category.value}: {self.category.label}"
        return "Withdrawn" if self is Standing.WITHDRAWN else "Not yet categorised"


@dataclass(frozen=True, slots=True)
class PlanSearch:
    """What a list of plans is narrowed to; None or blank leaves a thing open. ``service`` is a slug."""

    text: str = ""
    region: Region | None = None
    service: str | None = None
    standing: Standing | None = None
    waits_for: Waiting | None = None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as lists show it. ``waits_for`` is of the present, whatever the day."""

    id: int
    stp_number: int
    stp_name: str | None
    service: str
    service_slug: str
    region: Region
    standing: Standing
    standing_since: date | None
    waits_for: Waiting
    submission: SubmissionState | None
    received_on: date | None
    illustrative: str | None


def plan(plan_id: int, *, scope: Region | None) -> Plan:
    """A plan by its key; raises ``NotFound``, in the same words for one that is of another region."""
    found = db.session.get(Plan, plan_id)
    if found is None or scope not in {None, found.region}:
        raise NotFound("There is no such plan, or none that you may open.")
    return found


def services() -> list[Service]:
    """The services that there are plans for, in their order; they are few."""
    return list(db.session.scalars(select(Service).order_by(Service.position, Service.id)))


def plans(search: PlanSearch, day: date, *, scope: Region | None) -> Select[*tuple[Any, ...]]:
    """Plans by STP and service, for paging; give each row to ``plan_view``.

    The text finds the STPs whose name of that day has every word of it, or whose number it is.
    """
    query = (
        select(
            Plan.id,
            Plan.stp_id,
            StpName.name.label("stp_name"),
            Service.name.label("service"),
            Service.slug.label("service_slug"),
            Plan.region,
            standing_of(PlanStatus, PlanCategory).label("standing"),
            case((PlanStatus.withdrawn, PlanStatus.effective_on), else_=PlanCategory.effective_on).label("since"),
            Plan.waits_for,
            PlanSubmission.state,
            PlanSubmission.received_on,
            Plan.illustrative,
            PlanCategory.illustrative.label("category_illustrative"),
            PlanSubmission.illustrative.label("submission_illustrative"),
        )
        .select_from(Plan)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, day))
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .outerjoin(PlanSubmission, PlanSubmission.id == in_force(PlanSubmission, Plan.id, day))
        .where(*within(scope, region=search.region))
        .order_by(Plan.stp_id, Plan.service_id)
    )
    if search.text:
        query = query.where(_matches(search.text))
    if search.service is not None:
        query = query.where(Service.slug == search.service)
    if search.standing is not None:
        query = query.where(standing_of(PlanStatus, PlanCategory) == search.standing)
    if search.waits_for is not None:
        query = query.where(Plan.waits_for == search.waits_for)
    return query


def plan_view(row: Row[Any]) -> PlanView:
    """A row of ``plans``."""
    notes = (row.illustrative, row.category_illustrative, row.submission_illustrative)
    return PlanView(
        id=row.id,
        stp_number=row.stp_id,
        stp_name=row.stp_name,
        service=row.service,
        service_slug=row.service_slug,
        region=row.region,
        standing=row.standing,
        standing_since=row.since,
        waits_for=row.waits_for,
        submission=row.state,
        received_on=row.received_on,
        illustrative=as_one(*dict.fromkeys(notes)),
    )


def within(scope: Region | None, *, region: Region | None = None) -> list[ColumnElement[bool]]:
    """SQL for the plans that a person may know of, and of those the ones of a region, where one is asked for."""
    return [Plan.region == one for one in (scope, region) if one is not None]


def standing_of(status: Any, category: Any) -> ColumnElement[Standing]:
    """SQL for where a plan stands, from its status and its category in force, each joined or missing."""
    said = case(
        (status.withdrawn, Standing.WITHDRAWN.value),
        (category.category.is_(None), Standing.NONE.value),
        else_=category.category,
    )
    return type_coerce(said, Member(Standing))  # type: ignore[arg-type] # it is one of any enum


def _matches(text: str) -> ColumnElement[bool]:
    words = text.replace("’", "'").split()
    in_name = and_(*(StpName.name.icontains(word, autoescape=True) for word in words))
    number = text.upper().removeprefix("STP").strip()
    return in_name | (Plan.stp_id == int(number)) if number.isdecimal() and len(number) < 6 else in_name
