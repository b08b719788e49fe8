"""The audit trail's one table. The database refuses to alter or delete its rows (see the migration's triggers)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from opprod.audit.events import Event
from opprod.db import Base, Member, Moment


class AuditEvent(Base):
    """Who did what to which record, when, from what to what."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "subject_type", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    actor_name: Mapped[str] = mapped_column(String(120), doc="As it was then.")
    event: Mapped[Event] = mapped_column(Member(Event), index=True)
    subject_type: Mapped[str] = mapped_column(String(40), doc="The table of the record the event is filed under.")
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(String(200), doc="The record's name then.")
    changes: Mapped[dict[str, list[Any]]] = mapped_column(
        JSON, doc="Field by field, [before, after]; before is null for a new record."
    )
