"""The services that STPs make plans for."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from opprod.core.errors import NotFound
from opprod.db import db
from opprod.organisations.models import Stp
from opprod.plans.models import Plan, Service


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service, its functions in focus and the others, by name, and how many STPs have a plan for it."""

    slug: str
    name: str
    in_focus: tuple[str, ...]
    others: tuple[str, ...]
    plans: int


def service_views() -> list[ServiceView]:
    """Every service, in order; three statements."""
    counted = select(Plan.service_id, func.count().label("plans")).group_by(Plan.service_id)
    plans = {row.service_id: row.plans for row in db.session.execute(counted)}
    found = db.session.scalars(select(Service).options(selectinload(Service.functions)).order_by(Service.position))
    return [
        ServiceView(
            slug=service.slug,
            name=service.name,
            in_focus=tuple(one.name for one in service.functions if one.in_focus),
            others=tuple(one.name for one in service.functions if not one.in_focus),
            plans=plans.get(service.id, 0),
        )
        for service in found
    ]


def service(slug: str) -> Service:
    """A service by its slug; raises ``NotFound``."""
    found = db.session.scalar(select(Service).where(Service.slug == slug))
    if found is None:
        raise NotFound("There is no service at this address.")
    return found


def stp_count() -> int:
    """How many STPs there are."""
    return db.session.scalars(select(func.count()).select_from(Stp)).one()
