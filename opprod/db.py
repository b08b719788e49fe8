"""The database: its base class, its connections, and the one place where a request is committed.

A request that only reads (GET, HEAD, OPTIONS) runs in a transaction the database itself holds read-only. A
request that writes takes SQLite's write lock when it begins, so that what it read is still true when it writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask import Flask, Response, g, request
from flask_sqlalchemy import SQLAlchemy
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, MetaData, String, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase

from opprod.core.quantity import from_scaled, to_scaled

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

MEMBER_LENGTH = 40

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_read_only: ContextVar[bool] = ContextVar("read_only", default=False)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


db = SQLAlchemy(metadata=Base.metadata)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zones, so naive on its way in and out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take the zone off; a moment without one is a fault."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put UTC back on."""
        return None if value is None else value.replace(tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal of up to four places, kept as a scaled integer that SQL compares and sums exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Scale up."""
        return None if value is None else to_scaled(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Scale down."""
        return None if value is None else from_scaled(value)


class Member(TypeDecorator[StrEnum]):
    """A member of an enum, kept as its value. Adding a member needs no migration; the code is the list."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__(MEMBER_LENGTH)
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Keep the value; one that is no member is a fault."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Give the member back."""
        return None if value is None else self.kind(value)


def init_app(app: Flask, database_url: str) -> None:
    """Bind the database to the app, and every request to one transaction."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = (
        {"module": sqlite} if database_url.startswith("sqlite") else {"pool_pre_ping": True}
    )
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _set_up_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
        else:
            event.listen(db.engine, "begin", _begin_postgresql)
    app.before_request(_choose_transaction)
    app.after_request(_end_transaction)
    app.teardown_request(_forget_transaction)


def keep_despite_error() -> None:
    """Commit this request even though its answer is an error, as a refused sign-in must be counted."""
    g.keep_despite_error = True


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit what a command did, or undo it all."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def reading_only() -> Iterator[None]:
    """Hold the transactions begun in a ``with`` block read-only."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions of its own: _begin_sqlite does, with the lock it wants.
    connection.isolation_level = None
    for setting in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    reading = _read_only.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if _read_only.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _choose_transaction() -> None:
    g.read_only_token = _read_only.set(request.method in READING_METHODS)


def _end_transaction(response: Response) -> Response:
    succeeded = response.status_code < 400 or g.get("keep_despite_error", False)
    if request.method in READING_METHODS or not succeeded:
        db.session.rollback()
    else:
        db.session.commit()
    return response


def _forget_transaction(_error: BaseException | None) -> None:
    token = g.pop("read_only_token", None)
    if token is not None:
        _read_only.reset(token)
