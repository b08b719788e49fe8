"""The one clock: what day it is, and what moment.

The day can be pinned, for a demonstration or a test; the time of day then still runs. Days are London's, since
deadlines and Board meetings are; moments are kept in UTC.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_pinned: ContextVar[date | None] = ContextVar("pinned_day", default=None)


def today() -> date:
    """The day it is in London, or the pinned day."""
    return _pinned.get() or datetime.now(LONDON).date()


def now() -> datetime:
    """The moment, in UTC; on the pinned day, at the real time of day, when the clock is pinned."""
    moment = datetime.now(LONDON)
    pinned = _pinned.get()
    if pinned:
        moment = moment.replace(year=pinned.year, month=pinned.month, day=pinned.day)
    return moment.astimezone(UTC)


def wall() -> datetime:
    """The real moment, in UTC, pinned or not: for what must expire, such as sessions."""
    return datetime.now(UTC)


def pin(day: date | None) -> Token[date | None]:
    """Hold the clock at a day in this context, or let it run with None; undo with ``unpin``."""
    return _pinned.set(day)


def unpin(token: Token[date | None]) -> None:
    """Put the clock back as it was before the ``pin`` that gave the token."""
    _pinned.reset(token)


@contextmanager
def pinned_to(day: date | None) -> Iterator[None]:
    """Hold the clock at a day for the length of a ``with`` block."""
    token = pin(day)
    try:
        yield
    finally:
        unpin(token)
