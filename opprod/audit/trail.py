"""Writing the audit trail: each change in the transaction that makes it, and none without."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import RelationshipDirection, Session, UOWTransaction

from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.core import clock
from opprod.core.actors import Actor
from opprod.db import Base, db

# Every event says who and when, and what it is about.
_TOLD_BY_THE_EVENT = frozenset(
    {"id", "version", "subject_id", "recorded_at", "recorded_by_id", "withdrawn_at", "withdrawn_by_id"}
)
_SECRET = "(not shown)"  # noqa: S105 what stands in a secret's place


class UnauditedChange(RuntimeError):
    """A transaction would have changed records and said nothing of it in the audit trail: a fault in a service."""


def added(kind: Event, record: Base, *, actor: Actor, about: Base | None = None) -> None:
    """Add a new record to the session and write that it was added.

    ``about`` is the record under which the event is filed, where that is not the new one: a reading is filed
    under its measure.
    """
    db.session.add(record)
    db.session.flush()
    _write(kind, about or record, actor, {key: [None, v] for key, v in _values(record).items() if v is not None})


@contextmanager
def changing(kind: Event, record: Base, *, actor: Actor, about: Base | None = None) -> Iterator[None]:
    """Write what a ``with`` block changes in a record; nothing changed is nothing written."""
    before = _values(record)
    yield
    db.session.flush()
    after = _values(record)
    changes = {key: [before.get(key), after.get(key)] for key in before | after if before.get(key) != after.get(key)}
    if changes:
        _write(kind, about or record, actor, changes)


def noted(kind: Event, about: Base, *, actor: Actor, changes: dict[str, list[Any]] | None = None) -> None:
    """Write an event whose changes the caller states, or that has none, such as signing in."""
    db.session.flush()
    _write(kind, about, actor, changes or {})


def _write(kind: Event, about: Base, actor: Actor, changes: dict[str, list[Any]]) -> None:
    db.session.add(
        AuditEvent(
            at=clock.now(),
            actor_id=actor.id,
            actor_name=actor.name,
            event=kind,
            subject_type=about.__tablename__,
            subject_id=about.id,  # type: ignore[attr-defined] # every table of ours has it
            subject_label=str(about)[:200],
            changes=changes,
        )
    )
    db.session.flush()
    db.session.info["audited"] = True


def _values(record: Base) -> dict[str, Any]:
    """A record's columns as they would be kept in JSON; a record may say what stands for it instead."""
    state = getattr(record, "audit_values", None)
    if state is not None:
        return {key: _plain(value) for key, value in state().items()}
    secret: frozenset[str] = getattr(record, "__secret__", frozenset())
    db.session.flush()
    mapper = inspect(type(record))
    named = {
        column.key: relation.mapper.class_
        for relation in mapper.relationships
        if relation.direction is RelationshipDirection.MANYTOONE
        for column in relation.local_columns
    }
    return {
        key: _SECRET if key in secret else _shown(getattr(record, key), named.get(key))
        for key in mapper.column_attrs.keys()  # noqa: SIM118 not a mapping
        if key not in _TOLD_BY_THE_EVENT
    }


def _shown(value: Any, kind: type[Base] | None) -> Any:
    """A value to keep; a key of another record says that record's name, which is what a reader knows it by."""
    if value is None or kind is None:
        return _plain(value)
    return str(db.session.get(kind, value))


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date() | datetime():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


@event.listens_for(Session, "after_flush")
def _note_change(session: Session, _context: UOWTransaction) -> None:
    touched = [*session.new, *session.deleted, *(r for r in session.dirty if session.is_modified(r))]
    if any(getattr(type(record), "__audited__", True) for record in touched if not isinstance(record, AuditEvent)):
        session.info["changed"] = True


@event.listens_for(Session, "before_commit")
def _require_event(session: Session) -> None:
    session.flush()
    if session.info.pop("changed", False) and not session.info.get("audited", False):
        raise UnauditedChange("Records changed without an audit event.")
    session.info.pop("audited", None)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("changed", None)
    session.info.pop("audited", None)
