"""The services that STPs make plans for, and the plan that each STP has for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, true

from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core.actors import Actor
from opprod.core.errors import Conflict, InvalidInput
from opprod.core.slugs import slug_of, unused_slug
from opprod.db import db
from opprod.organisations.models import Stp
from opprod.plans.models import Plan, Service, ServiceFunction, Waiting

NAME_LENGTH = 80
MOST_SERVICES = 20
MOST_FUNCTIONS = 20


@dataclass(frozen=True, slots=True)
class FunctionContent:
    """A function of a service. ``slug`` names one that there is already; a new one has none."""

    name: str
    in_focus: bool = True
    slug: str | None = None


def create_service(
    *, name: str, functions: Sequence[FunctionContent], actor: Actor, illustrative: str | None = None
) -> Service:
    """Add a service, and open a plan for it in every STP; ``illustrative`` says what of these is invented.

    Raises ``InvalidInput``, naming the field, for a blank name or one in use, and for one service too many.
    """
    held = list(db.session.scalars(select(Service)))
    if len(held) >= MOST_SERVICES:
        raise InvalidInput(f"There can be {MOST_SERVICES} services at most.", field="name")
    service = Service(
        slug=unused_slug(name, taken={one.slug for one in held}, otherwise="service"),
        name=_checked_name(name, None),
        position=max((one.position for one in held), default=0) + 1,
    )
    trail.added(Event.SERVICE_CREATED, service, actor=actor)
    _set_functions(service, functions, actor)
    open_plans(actor=actor, illustrative=illustrative)
    return service


def change_service(
    *, service: Service, version: int, name: str, functions: Sequence[FunctionContent], actor: Actor
) -> Service:
    """Rename a service, and rename its functions, set their focus or add some; none is ever taken away.

    Raises ``InvalidInput`` as ``create_service`` does, and ``Conflict`` when the service changed since ``version``.
    """
    db.session.refresh(service, with_for_update=True)
    if service.version != version:
        raise Conflict("Someone else changed this service while you had it open.")
    with trail.changing(Event.SERVICE_CHANGED, service, actor=actor):
        service.name = _checked_name(name, service)
        # A change of its functions alone is a new version of the service too.
        service.version = version + 1
    _set_functions(service, functions, actor)
    return service


def open_plans(*, actor: Actor, illustrative: str | None = None) -> int:
    """Open a plan wherever an STP has none for a service; return how many."""
    missing = db.session.execute(
        select(Stp.id, Stp.region, Service.id)
        .select_from(Stp)
        .join(Service, true())
        .outerjoin(Plan, (Plan.stp_id == Stp.id) & (Plan.service_id == Service.id))
        .where(Plan.id.is_(None))
        .order_by(Service.id, Stp.id)
    ).all()
    opened: dict[int, int] = {}
    for stp_id, region, service_id in missing:
        db.session.add(
            Plan(
                stp_id=stp_id,
                service_id=service_id,
                region=region,
                waits_for=Waiting.REGION,
                illustrative=illustrative,
            )
        )
        opened[service_id] = opened.get(service_id, 0) + 1
    for service_id, count in opened.items():
        trail.noted(
            Event.PLAN_OPENED, db.session.get_one(Service, service_id), actor=actor, changes={"plans": [None, count]}
        )
    return len(missing)


def _set_functions(service: Service, functions: Sequence[FunctionContent], actor: Actor) -> None:
    if not functions:
        raise InvalidInput("Enter at least one function.", field="functions")
    if len(functions) > MOST_FUNCTIONS:
        raise InvalidInput(f"A service can have {MOST_FUNCTIONS} functions at most.", field="functions")
    names = [" ".join(one.name.split()) for one in functions]
    if not all(names) or len({name.lower() for name in names}) < len(names):
        raise InvalidInput("Give each function a name of its own.", field="functions")
    held = {one.slug: one for one in service.functions}
    if not held.keys() <= {one.slug for one in functions}:
        raise InvalidInput("A function cannot be taken away: savings may be recorded by it.", field="functions")
    for position, (name, content) in enumerate(zip(names, functions, strict=True), start=1):
        function = held.get(content.slug or "")
        if function is None:
            slug = unused_slug(name, taken=set(held), otherwise="function")
            function = ServiceFunction(
                service_id=service.id, slug=slug, name=name, position=position, in_focus=content.in_focus
            )
            held[slug] = function
            trail.added(Event.SERVICE_CHANGED, function, actor=actor, about=service)
        else:
            with trail.changing(Event.SERVICE_CHANGED, function, actor=actor, about=service):
                function.name, function.position, function.in_focus = name, position, content.in_focus
    db.session.expire(service, ["functions"])


def _checked_name(name: str, service: Service | None) -> str:
    name = " ".join(name.split())
    if not slug_of(name):
        raise InvalidInput("Enter the name of the service.", field="name")
    if len(name) > NAME_LENGTH:
        raise InvalidInput(f"Name must be {NAME_LENGTH} characters or fewer.", field="name")
    holder = db.session.scalar(select(Service).where(func.lower(Service.name) == name.lower()))
    if holder is not None and holder is not service:
        raise InvalidInput(f"There is a service called {holder.name} already.", field="name")
    return name
