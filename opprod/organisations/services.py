"""Setting up the directorate, and loading the reference data (``opprod.organisations.loading``)."""

from datetime import date

from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core.actors import Actor
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.organisations.loading import LoadResult, Tally, load_reference_data
from opprod.organisations.models import Directorate
from opprod.organisations.queries import directorate

__all__ = ["LoadResult", "Tally", "describe_directorate", "load_reference_data", "set_up_directorate"]


def set_up_directorate(
    *, name: str, body: str, purpose: str, demonstration: bool, clock_pinned_to: date | None, actor: Actor
) -> Directorate:
    """Say whose programme this installation holds, making the one directorate or changing it.

    Raises ``InvalidInput`` for a blank name, body or purpose.
    """
    found = directorate()
    said = _checked(name=name, body=body, purpose=purpose)
    if found is None:
        found = Directorate(id=1, demonstration=demonstration, clock_pinned_to=clock_pinned_to, **said)
        trail.added(Event.DIRECTORATE_CHANGED, found, actor=actor)
        return found
    with trail.changing(Event.DIRECTORATE_CHANGED, found, actor=actor):
        found.name, found.body, found.purpose = said["name"], said["body"], said["purpose"]
        found.demonstration = demonstration
        found.clock_pinned_to = clock_pinned_to
    return found


def describe_directorate(*, name: str, body: str, purpose: str, version: int, actor: Actor) -> Directorate:
    """Change what the directorate is called, whose it is and what it is for; version 0 sets up the first.

    Raises ``Conflict`` when it changed since version ``version``, and ``InvalidInput`` for a blank value.
    """
    found = directorate()
    if found is not None:
        db.session.refresh(found, with_for_update=True)
    if version != (found.version if found else 0):
        raise Conflict("Someone else changed the directorate while you had it open.")
    return set_up_directorate(
        name=name,
        body=body,
        purpose=purpose,
        demonstration=found.demonstration if found else False,
        clock_pinned_to=found.clock_pinned_to if found else None,
        actor=actor,
    )


def _checked(**said: str) -> dict[str, str]:
    asked = {"name": "the directorate’s name", "body": "the body it belongs to", "purpose": "its purpose"}
    for field, text in said.items():
        if not text.strip():
            raise InvalidInput(f"Enter {asked[field]}.", field=field)
    return {field: text.strip() for field, text in said.items()}
