"""Workstreams and projects for tests."""

from datetime import date
from itertools import count

from opprod.accounts import Role, User
from opprod.projects.models import Strand, StrandKind
from opprod.projects.services.strands import create_strand
from tests.builders.accounts import a_user

_numbers = count(1)


def a_strand(
    kind: StrandKind = StrandKind.PROJECT,
    *,
    name: str | None = None,
    purpose: str = "Bring services together.",
    owner: User | None = None,
    reports_to: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    illustrative: str | None = None,
) -> Strand:
    """A workstream or project, owned by a new member of staff unless told, who also creates it."""
    owner = owner or a_user(Role.STAFF)
    return create_strand(
        kind=kind,
        name=name or f"{kind.label} number {next(_numbers)}",
        purpose=purpose,
        owner=owner,
        reports_to=reports_to,
        starts_on=starts_on,
        ends_on=ends_on,
        actor=owner,
        illustrative=illustrative,
    )
