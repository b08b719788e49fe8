"""Reading the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.db import Base, db

PANEL_SIZE = 10
AT_A_GLANCE = 200


@dataclass(frozen=True)
class Filters:
    """What an administrator narrows the trail to; None leaves a thing open."""

    event: Event | None = None
    actor_id: int | None = None
    subject_type: str | None = None
    subject_id: int | None = None


def trail(filters: Filters) -> Select[AuditEvent]:
    """The events that meet the filters, newest first, for paging."""
    query = select(AuditEvent).order_by(AuditEvent.id.desc())
    if filters.event:
        query = query.where(AuditEvent.event == filters.event)
    if filters.actor_id is not None:
        query = query.where(AuditEvent.actor_id == filters.actor_id)
    if filters.subject_type:
        query = query.where(AuditEvent.subject_type == filters.subject_type)
    if filters.subject_id is not None:
        query = query.where(AuditEvent.subject_id == filters.subject_id)
    return query


def latest_about(record: Base, *, limit: int = PANEL_SIZE) -> list[AuditEvent]:
    """The newest events filed under one record, for its history panel."""
    identity: Any = record.id  # type: ignore[attr-defined] # every table of ours has it
    return list(
        db.session.scalars(trail(Filters(subject_type=record.__tablename__, subject_id=identity)).limit(limit))
    )


def actors() -> list[tuple[int, str]]:
    """Who has done anything, by key and latest name, for the filter."""
    newest = select(AuditEvent.actor_id, AuditEvent.actor_name).distinct().order_by(AuditEvent.actor_name)
    return [(actor_id, name) for actor_id, name in db.session.execute(newest.limit(500))]


@dataclass(frozen=True)
class Change:
    """One field's change, as text."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Line:
    """An event as a page shows it."""

    at: datetime
    actor_name: str
    summary: str
    subject_type: str
    subject_id: int
    subject_label: str
    changes: tuple[Change, ...]
    withheld: bool = False
    """Whether it changed something that this reader is not shown."""

    @property
    def is_short(self) -> bool:
        """Whether its changes can be read at a glance."""
        return sum(len(change.before or "") + len(change.after or "") for change in self.changes) <= AT_A_GLANCE


def lines(events: Sequence[AuditEvent], *, with_confidential: bool = False) -> list[Line]:
    """Events in words.

    What changed in a confidential kind of record (one that has ``__confidential__``) is withheld, unless the caller
    has made sure that the reader may open the record: that it changed, when and by whom is open to every reader.
    """
    confidential = frozenset() if with_confidential else _confidential_kinds()
    return [
        Line(
            at=event.at,
            actor_name=event.actor_name,
            summary=event.event.label,
            subject_type=event.subject_type,
            subject_id=event.subject_id,
            subject_label=event.subject_label,
            changes=() if event.subject_type in confidential else _changes(event),
            withheld=event.subject_type in confidential and bool(event.changes),
        )
        for event in events
    ]


def _changes(event: AuditEvent) -> tuple[Change, ...]:
    return tuple(
        Change(label=_label(field), before=_text(before), after=_text(after))
        for field, (before, after) in event.changes.items()
    )


def _confidential_kinds() -> frozenset[str]:
    kinds = (mapper.class_ for mapper in Base.registry.mappers)
    return frozenset(kind.__tablename__ for kind in kinds if getattr(kind, "__confidential__", False))


def _label(field: str) -> str:
    label = field.removesuffix("_id").replace("_", " ")
    return label[:1].upper() + label[1:]


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    return str(value)
