"""Who may do what to a paper, as pure functions of the person and the paper's state."""

from opprod.accounts import Permission, User
from opprod.reports.models import PaperState

OPEN = frozenset({PaperState.DRAFT, PaperState.RETURNED})
"""The states in which a paper can be written."""


def can_write(user: User, status: PaperState) -> bool:
    """Whether the person may change the paper and send it for review."""
    return user.can(Permission.WRITE_PAPERS) and status in OPEN


def can_comment(user: User, status: PaperState) -> bool:
    """Whether the person may comment on the paper's sections, and settle comments."""
    return user.can(Permission.VIEW_PAPERS) and status not in {PaperState.ISSUED, PaperState.WITHDRAWN}


def can_take_back(user: User, status: PaperState) -> bool:
    """Whether the person may make a draft again of a paper that is in review or approved."""
    return user.can(Permission.WRITE_PAPERS) and status in {PaperState.IN_REVIEW, PaperState.APPROVED}


def can_return(user: User, status: PaperState) -> bool:
    """Whether the person may send the paper back to its writers."""
    return user.can(Permission.APPROVE_PAPERS) and status is PaperState.IN_REVIEW


def can_approve(user: User, status: PaperState, *, author_ids: frozenset[int]) -> bool:
    """Whether the person may approve the paper: never one whose author they are."""
    return can_return(user, status) and user.id not in author_ids


def can_issue(user: User, status: PaperState) -> bool:
    """Whether the person may issue the paper to the Board."""
    return user.can(Permission.APPROVE_PAPERS) and status is PaperState.APPROVED


def can_revise(user: User, status: PaperState) -> bool:
    """Whether the person may write an issued paper anew."""
    return user.can(Permission.WRITE_PAPERS) and status in {PaperState.ISSUED, PaperState.WITHDRAWN}


def can_withdraw(user: User, status: PaperState) -> bool:
    """Whether the person may withdraw an issued paper."""
    return user.can(Permission.APPROVE_PAPERS) and status is PaperState.ISSUED
