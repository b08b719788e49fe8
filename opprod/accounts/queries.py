"""Finding users."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from opprod.accounts.models import User
from opprod.accounts.permissions import Permission, roles_that_can
from opprod.core.errors import NotFound
from opprod.db import db

SYSTEM_EMAIL = "system@opprod.invalid"


def user(user_id: int) -> User:
    """A person's account; raises ``NotFound``."""
    found = db.session.get(User, user_id)
    if found is None or found.is_system:
        raise NotFound("There is no such account.")
    return found


def user_by_email(email: str) -> User | None:
    """The account with an email address, in any case."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower(), User.is_system.is_(False)))


def people() -> Select[User]:
    """All accounts by name, for paging."""
    return select(User).where(User.is_system.is_(False)).order_by(User.name, User.id)


def owners() -> list[User]:
    """Those who can own a workstream, project or next step, by name; at most 500.

    They are the active people whose role lets them say what became of a next step of theirs.
    """
    return list(db.session.scalars(_able_to_own().limit(500)))


def who_can_own(user_ids: Iterable[int | None]) -> frozenset[int]:
    """Those of these people who can own something, by key."""
    wanted = {user_id for user_id in user_ids if user_id}
    if not wanted:
        return frozenset()
    return frozenset(owner.id for owner in db.session.scalars(_able_to_own().where(User.id.in_(wanted))))


def anyone_exists() -> bool:
    """Whether a person has an account yet."""
    return db.session.scalar(people().limit(1)) is not None


def _able_to_own() -> Select[User]:
    roles = roles_that_can(Permission.ANSWER_NEXT_STEPS)
    return people().where(User.is_active.is_(True), User.role.in_(roles))
