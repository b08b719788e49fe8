"""Who may do what to an update and to a next step, as pure functions of the person and the record's state."""

from opprod.accounts import Permission, User
from opprod.projects.models import Status

OPEN = frozenset({Status.DRAFT, Status.RETURNED})
PUBLISHED = frozenset({Status.SUBMITTED, Status.APPROVED})


def can_see(user: User, status: Status) -> bool:
    """Everyone reads what was submitted; what is still being written, those alone who write or approve."""
    return status in PUBLISHED or user.can(Permission.WRITE_UPDATES) or user.can(Permission.APPROVE_UPDATES)


def can_edit(user: User, status: Status) -> bool:
    """Whether the person may write on, submit or discard the update."""
    return user.can(Permission.WRITE_UPDATES) and status in OPEN


def can_revise(user: User, status: Status) -> bool:
    """Whether the person may start a new update from this one."""
    return user.can(Permission.WRITE_UPDATES) and status in PUBLISHED


def can_return(user: User, status: Status) -> bool:
    """Whether the person may send the update back to its writers."""
    return user.can(Permission.APPROVE_UPDATES) and status is Status.SUBMITTED


def can_approve(user: User, status: Status, *, submitted_by_id: int) -> bool:
    """Whether the person may approve the update: never one they submitted themselves."""
    return user.can(Permission.APPROVE_UPDATES) and status is Status.SUBMITTED and user.id != submitted_by_id


def can_own(user: User) -> bool:
    """Whether the person may be made the owner of a strand or next step: only one who may answer for it."""
    return user.can(Permission.ANSWER_NEXT_STEPS)


def can_answer(user: User, owner_id: int | None) -> bool:
    """Whether the person may say what became of a next step: writers of any, others of their own alone."""
    return user.can(Permission.ANSWER_NEXT_STEPS) and (user.can(Permission.WRITE_UPDATES) or user.id == owner_id)
