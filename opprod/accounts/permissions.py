"""Roles, permissions, and which role may do what: the one table of it.

Every endpoint names its permission with ``@requires``; ``gate`` refuses those that name none. Rules about one
record are pure functions beside that record's models.
"""

from collections.abc import Callable
from enum import Enum, StrEnum, auto
from typing import Any, TypeVar


class Role(StrEnum):
    """What a person is to the programme."""

    ADMINISTRATOR = "administrator"
    EXECUTIVE = "executive"
    STAFF = "staff"
    REGIONAL_LEAD = "regional-lead"
    VIEWER = "viewer"

    @property
    def label(self) -> str:
        """The role in words."""
        return "Directorate staff" if self is Role.STAFF else self.value.replace("-", " ").capitalize()


class Permission(Enum):
    """What an endpoint lets a person do."""

    PUBLIC = auto()
    """Open without signing in: the sign-in page itself, static files, the health check."""
    USE_OWN_ACCOUNT = auto()
    """Sign out, change one's own password."""
    VIEW_PROGRAMME = auto()
    """Read workstreams, projects, measures, organisations and meetings."""
    WRITE_UPDATES = auto()
    """Write and submit updates, record readings."""
    ANSWER_NEXT_STEPS = auto()
    """Record outcomes of next steps: staff and executives of any, a regional lead of their own."""
    APPROVE_UPDATES = auto()
    """Approve or return what was submitted."""
    MANAGE_PROGRAMME = auto()
    """Create and change workstreams, projects, measures and meetings."""
    VIEW_PLANS = auto()
    """Read STPs' plans: the centre those of every region, a regional lead those of their own."""
    RECORD_PLANS = auto()
    """Record what a plan says and attach its documents."""
    PROPOSE_CATEGORIES = auto()
    """Propose a plan's category for the region."""
    MODERATE_CATEGORIES = auto()
    """Agree, return or override a region's proposal for the centre."""
    MANAGE_SERVICES = auto()
    """Add the services that STPs make plans for, and their functions."""
    VIEW_PAPERS = auto()
    """Read Board papers before they are issued."""
    WRITE_PAPERS = auto()
    """Begin, edit and build Board papers, and send them for review."""
    APPROVE_PAPERS = auto()
    """Approve or return, issue and withdraw Board papers."""
    MANAGE_ACCOUNTS = auto()
    """Create, disable and re-role accounts; set passwords."""
    VIEW_AUDIT = auto()
    """Read the whole audit trail."""


_EVERYONE = frozenset({Permission.PUBLIC, Permission.USE_OWN_ACCOUNT, Permission.VIEW_PROGRAMME})

_PLANS = frozenset({Permission.VIEW_PLANS, Permission.RECORD_PLANS})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _EVERYONE,
    Role.REGIONAL_LEAD: _EVERYONE | _PLANS | {Permission.ANSWER_NEXT_STEPS, Permission.PROPOSE_CATEGORIES},
    Role.STAFF: _EVERYONE
    | _PLANS
    | {
        Permission.WRITE_UPDATES,
        Permission.ANSWER_NEXT_STEPS,
        Permission.MODERATE_CATEGORIES,
        Permission.VIEW_PAPERS,
        Permission.WRITE_PAPERS,
    },
    Role.EXECUTIVE: _EVERYONE
    | _PLANS
    | {
        Permission.WRITE_UPDATES,
        Permission.ANSWER_NEXT_STEPS,
        Permission.APPROVE_UPDATES,
        Permission.MANAGE_PROGRAMME,
        Permission.MODERATE_CATEGORIES,
        Permission.VIEW_PAPERS,
        Permission.WRITE_PAPERS,
        Permission.APPROVE_PAPERS,
    },
    # An administrator keeps accounts and the record of what was done, and has no part in what the Board is told.
    Role.ADMINISTRATOR: _EVERYONE | {Permission.MANAGE_ACCOUNTS, Permission.MANAGE_SERVICES, Permission.VIEW_AUDIT},
}


def roles_that_can(permission: Permission) -> frozenset[Role]:
    """The roles that grant a permission."""
    return frozenset(role for role, granted in GRANTS.items() if permission in granted)


View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Name the permission an endpoint needs. Goes under the route decorator."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined] # read back by gate.permission_of
        return view

    return mark
