"""Accounts: creating, changing and disabling them, and their passwords."""

import secrets
from email.utils import parseaddr

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select

from opprod.accounts import sessions
from opprod.accounts.models import User
from opprod.accounts.permissions import Role
from opprod.accounts.queries import SYSTEM_EMAIL, user_by_email
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core.actors import Actor
from opprod.core.errors import Conflict, InvalidInput, NotAllowed
from opprod.core.regions import Region
from opprod.db import db

PASSWORD_MINIMUM = 12
PASSWORD_MAXIMUM = 200

passwords = PasswordHash((Argon2Hasher(),))
_NOBODYS_HASH = passwords.hash(secrets.token_urlsafe())


def system_actor() -> User:
    """The actor for what the system does by itself; made when first needed, and can never sign in."""
    found = db.session.scalar(select(User).where(User.email == SYSTEM_EMAIL))
    if found is None:
        found = User(email=SYSTEM_EMAIL, name="opprod", role=Role.VIEWER, is_system=True)
        db.session.add(found)
        db.session.flush()
        trail.noted(Event.ACCOUNT_CREATED, found, actor=found)
    return found


def sign_in(*, email: str, password: str, address: str) -> str | None:
    """Check a password and open a session: its token, or None where the two do not go together.

    Raises ``TooManyAttempts`` where the account or the network address was refused too often of late.
    """
    email = email.strip().lower()
    sessions.ensure_attempts_left(email=email, address=address)
    user = user_by_email(email)
    # An unknown address takes as long as a wrong password, so that neither tells which accounts there are.
    matches = passwords.verify(password, (user and user.password_hash) or _NOBODYS_HASH)
    if user is None or not matches or not user.is_active:
        sessions.note_refused(email=email, address=address)
        return None
    trail.noted(Event.SIGNED_IN, user, actor=user)
    return sessions.begin(user)


def sign_out(*, user: User, token: str) -> None:
    """Close a person's session."""
    trail.noted(Event.SIGNED_OUT, user, actor=user)
    sessions.end(token)


def create_account(
    *,
    email: str,
    name: str,
    role: Role,
    region: Region | None,
    password: str,
    actor: Actor,
    may_be_weak: bool = False,
) -> User:
    """Make an account. Raises ``InvalidInput`` for an address in use, a role without its region, a weak password.

    ``may_be_weak`` is for a demonstration's accounts, whose password is whatever its operator sets.
    """
    email = _checked_email(email)
    if user_by_email(email):
        raise InvalidInput("There is already an account with this email address.", field="email")
    user = User(
        email=email,
        name=name,
        role=role,
        region=_checked_region(role, region),
        password_hash=passwords.hash(password) if may_be_weak else _hashed(password, email),
    )
    trail.added(Event.ACCOUNT_CREATED, user, actor=actor)
    return user


def change_account(
    *, user: User, name: str, role: Role, region: Region | None, is_active: bool, version: int, actor: Actor
) -> User:
    """Change a person's name, role or region, disable or enable them. Disabling or re-roling ends their sessions.

    Raises ``NotAllowed`` when administrators would disable or re-role themselves, and so lock everyone out;
    ``Conflict`` when the account changed since version ``version``.
    """
    if user.version != version:
        raise Conflict("Someone else changed this account while you had it open.")
    if user.id == actor.id and (role != user.role or not is_active):
        raise NotAllowed("You cannot disable your own account or change its role. Ask another administrator.")
    ends_sessions = role != user.role or region != user.region or not is_active
    with trail.changing(Event.ACCOUNT_CHANGED, user, actor=actor):
        user.name = name
        user.role = role
        user.region = _checked_region(role, region)
        user.is_active = is_active
    if ends_sessions:
        sessions.end_all(user)
    return user


def set_password(*, user: User, password: str, actor: Actor) -> None:
    """Give a person a new password, as an administrator does, and end their sessions."""
    user.password_hash = _hashed(password, user.email)
    trail.noted(Event.PASSWORD_SET, user, actor=actor)
    sessions.end_all(user)


def change_own_password(*, user: User, current: str, new: str, keep_token: str | None) -> None:
    """Change one's own password, which ends one's other sessions."""
    if not user.password_hash or not passwords.verify(current, user.password_hash):
        raise InvalidInput("Your current password is not right.", field="current")
    user.password_hash = _hashed(new, user.email)
    trail.noted(Event.PASSWORD_CHANGED, user, actor=user)
    sessions.end_all(user, but=keep_token)


def _hashed(password: str, email: str) -> str:
    if len(password) < PASSWORD_MINIMUM:
        raise InvalidInput(f"Password must be {PASSWORD_MINIMUM} characters or more.", field="password")
    if len(password) > PASSWORD_MAXIMUM:
        raise InvalidInput(f"Password must be {PASSWORD_MAXIMUM} characters or fewer.", field="password")
    if password.lower() in {email, email.partition("@")[0]} or len(set(password)) < 5:
        raise InvalidInput("Choose a password that is harder to guess.", field="password")
    return passwords.hash(password)


def _checked_email(email: str) -> str:
    email = email.strip().lower()
    _, address = parseaddr(email)
    local, at, domain = address.rpartition("@")
    if address != email or not (local and at and domain) or any(c.isspace() for c in email):
        raise InvalidInput("Enter an email address, such as name@example.org.", field="email")
    return email


def _checked_region(role: Role, region: Region | None) -> Region | None:
    if role is Role.REGIONAL_LEAD and region is None:
        raise InvalidInput("Choose the region this person leads.", field="region")
    return region if role is Role.REGIONAL_LEAD else None
