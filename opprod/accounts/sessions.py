"""Signing in and out: sessions kept on the server, and a limit on refused attempts."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, or_, select, update

from opprod.accounts.models import RefusedSignIn, User, UserSession
from opprod.core import clock
from opprod.core.errors import TooManyAttempts
from opprod.db import db

SESSION_LENGTH = timedelta(hours=12)
LIMIT_WINDOW = timedelta(minutes=15)
LIMIT_PER_EMAIL = 5
LIMIT_PER_ADDRESS = 50


def begin(user: User) -> str:
    """Open a session and return its token, which is kept nowhere but in the browser."""
    token = secrets.token_urlsafe(32)
    now = clock.wall()
    db.session.execute(delete(UserSession).where(UserSession.expires_at < now))
    db.session.add(
        UserSession(token_hash=_hash(token), user_id=user.id, created_at=now, expires_at=now + SESSION_LENGTH)
    )
    db.session.flush()
    return token


def find(token: str) -> User | None:
    """The person a token signs in, or None when the session ended, expired, or the account is disabled."""
    session = db.session.scalar(
        select(UserSession).where(
            UserSession.token_hash == _hash(token),
            UserSession.ended_at.is_(None),
            UserSession.expires_at > clock.wall(),
        )
    )
    return session.user if session and session.user.is_active else None


def end(token: str) -> None:
    """Close one session."""
    db.session.execute(
        update(UserSession).where(UserSession.token_hash == _hash(token)).values(ended_at=clock.wall())
    )


def end_all(user: User, *, but: str | None = None) -> None:
    """Close all of a person's sessions, or all but the one with a token."""
    query = update(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    if but:
        query = query.where(UserSession.token_hash != _hash(but))
    db.session.execute(query.values(ended_at=clock.wall()))


def ensure_attempts_left(*, email: str, address: str) -> None:
    """Raise ``TooManyAttempts`` when an account or an address was refused too often of late."""
    since = clock.wall() - LIMIT_WINDOW
    by_email, by_address = db.session.execute(
        select(
            func.count().filter(RefusedSignIn.email == email),
            func.count().filter(RefusedSignIn.address == address),
        ).where(RefusedSignIn.at > since, or_(RefusedSignIn.email == email, RefusedSignIn.address == address))
    ).one()
    if by_email >= LIMIT_PER_EMAIL or by_address >= LIMIT_PER_ADDRESS:
        raise TooManyAttempts("Too many attempts to sign in failed. Wait 15 minutes, then try again.")


def note_refused(*, email: str, address: str) -> None:
    """Count a refused sign-in, and forget those that no longer matter."""
    now = clock.wall()
    db.session.execute(delete(RefusedSignIn).where(RefusedSignIn.at < now - LIMIT_WINDOW))
    db.session.add(RefusedSignIn(at=now, email=email[:254], address=address[:45]))
    db.session.flush()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
