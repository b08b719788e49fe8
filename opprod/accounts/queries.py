"""Finding users."""

from sqlalchemy import Select, select

from opprod.accounts.models import User
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
    """Those who can own a workstream, project or next step: every active person, by name; at most 500."""
    return list(db.session.scalars(people().where(User.is_active.is_(True)).limit(500)))


def anyone_exists() -> bool:
    """Whether a person has an account yet."""
    return db.session.scalar(people().limit(1)) is not None
