"""The columns of a dated entry, and its table of current rows."""

from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from opprod.db import Base, Moment

REASON_LENGTH = 1000


class DatedEntry:
    """Mix in to a model, give it a ``subject_id`` made by ``subject`` and its own values, and mark it ``@dated``."""

    current: ClassVar[Table]
    __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int]
    effective_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH))
    illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of this entry is invented for a demonstration, if anything is."
    )

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            # Keys grow in the order of recording, even where a pinned clock's moments do not.
            Index(None, "subject_id", "effective_on", "id"),
            CheckConstraint("withdrawn_on IS NULL OR withdrawn_reason IS NOT NULL", name="withdrawn_for_a_reason"),
        )


Entry = TypeVar("Entry", bound=DatedEntry)


def subject(key: str) -> Mapped[int]:
    """The column that ties an entry to the record it is about, such as ``subject("measure.id")``."""
    return mapped_column(ForeignKey(key))


def dated(cls: type[Entry]) -> type[Entry]:
    """Give a kind of entry its table of current rows (``cls.current``)."""
    entries = Base.metadata.tables[cls.__tablename__]
    (reference,) = entries.c.subject_id.foreign_keys
    cls.current = Table(
        f"{cls.__tablename__}_current",
        Base.metadata,
        Column("subject_id", ForeignKey(reference.target_fullname), primary_key=True),
        Column("entry_id", ForeignKey(f"{cls.__tablename__}.id")),
        Column("holds_from", Date, nullable=False),
        Column("holds_until", Date),
    )
    return cls
