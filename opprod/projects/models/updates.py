"""Updates: what a strand says for a reporting round, and what became of what it promised."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.accounts.models import User
from opprod.core.rag import Rag
from opprod.db import Base, Member, Moment
from opprod.history import DatedEntry, dated, subject
from opprod.projects.models.strands import Strand
from opprod.rounds.models import ReportingRound


class Status(StrEnum):
    """Where an update stands between its writer and an executive."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The status as a word."""
        return self.value.capitalize()


class StatementKind(StrEnum):
    """What sort of thing a statement says."""

    ACHIEVEMENT = "achievement"
    PROGRESS = "progress"
    NEXT_STEP = "next-step"

    @property
    def label(self) -> str:
        """The kind as words."""
        return self.value.replace("-", " ").capitalize()


class Outcome(StrEnum):
    """What became of a next step."""

    ACHIEVED = "achieved"
    PARTLY_ACHIEVED = "partly-achieved"
    SLIPPED = "slipped"
    DROPPED = "dropped"
    CONTINUING = "continuing"

    @property
    def label(self) -> str:
        """The outcome as words."""
        return self.value.replace("-", " ").capitalize()

    @property
    def closes(self) -> bool:
        """Whether nothing more is owed on a next step with this outcome."""
        return self in {Outcome.ACHIEVED, Outcome.DROPPED}


class Update(Base):
    """What a strand says in one round. A later update in the same round, with a higher number, revises it."""

    __tablename__ = "update"
    __table_args__ = (
        UniqueConstraint("strand_id", "round_id", "number"),
        CheckConstraint(
            "(unchanged_reason IS NULL) = (unchanged_since IS NULL)", name="unchanged_since_for_a_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("reporting_round.id"), index=True)
    number: Mapped[int] = mapped_column(doc="1 for the first in its round.")
    edition: Mapped[int] = mapped_column(
        default=1, doc="Grows when the update is returned, so that what it said until then stays on record."
    )
    rag: Mapped[Rag | None] = mapped_column(Member(Rag))
    rag_reason: Mapped[str | None] = mapped_column(String(1000))
    unchanged_reason: Mapped[str | None] = mapped_column(
        String(1000),
        doc="Why it says again what an earlier round's update said; none for an update in its own words.",
    )
    unchanged_since: Mapped[date | None] = mapped_column(doc="The day the words it repeats were submitted.")
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    illustrative: Mapped[str | None] = mapped_column(String(200), doc="What of this is invented, if anything is.")
    version: Mapped[int] = mapped_column()
    strand: Mapped[Strand] = relationship(lazy="joined", innerjoin=True)
    round: Mapped[ReportingRound] = relationship(lazy="joined", innerjoin=True)
    statements: Mapped[list["Statement"]] = relationship(
        primaryjoin="and_(Update.id == foreign(Statement.update_id), Update.edition == foreign(Statement.edition))",
        order_by="Statement.position",
        cascade="all, delete-orphan",
        lazy="selectin",
        doc="Those of the latest edition.",
    )
    readings: Mapped[list["DraftReading"]] = relationship(
        order_by="DraftReading.measure_id", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return f"Update {self.number} of {self.strand.slug} for {self.round.meeting}"


@dated
class UpdateStatus(DatedEntry, Base):
    """An update's status, from a day."""

    __tablename__ = "update_status"

    subject_id: Mapped[int] = subject("update.id")
    status: Mapped[Status] = mapped_column(Member(Status))
    note: Mapped[str | None] = mapped_column(String(1000), doc="What an executive asks for in returning it.")


@dated
class PublishedUpdate(DatedEntry, Base):
    """Which update speaks for a strand, from the day it was submitted; withdrawn when it is returned."""

    __tablename__ = "published_update"

    subject_id: Mapped[int] = subject("strand.id")
    update_id: Mapped[int] = mapped_column(ForeignKey("update.id"))
    edition: Mapped[int] = mapped_column(doc="Which edition of the update.")
    unchanged_reason: Mapped[str | None] = mapped_column(String(1000), doc="As the update has it.")
    unchanged_since: Mapped[date | None] = mapped_column(doc="As the update has it.")


class NextStep(Base):
    """A promise to the Board. What was promised lies in its dated terms, what became of it in its outcomes."""

    __tablename__ = "next_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)

    def __str__(self) -> str:
        return f"Next step {self.id}"


@dated
class NextStepTerms(DatedEntry, Base):
    """What is promised, by whom and by when, from a day. ``illustrative`` tells of its words alone."""

    __tablename__ = "next_step_terms"

    subject_id: Mapped[int] = subject("next_step.id")
    text: Mapped[str] = mapped_column(String(1000))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    due_on: Mapped[date]
    update_id: Mapped[int] = mapped_column(ForeignKey("update.id"))
    terms_illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of its owner and due day is invented, if anything is."
    )
    owner: Mapped[User] = relationship(foreign_keys=owner_id, lazy="joined", innerjoin=True)


@dated
class OutcomeEntry(DatedEntry, Base):
    """What became of a next step, from a day; a slip says the new due day, and later outcomes keep it."""

    __tablename__ = "outcome"

    subject_id: Mapped[int] = subject("next_step.id")
    outcome: Mapped[Outcome] = mapped_column(Member(Outcome))
    note: Mapped[str | None] = mapped_column(String(1000))
    new_due_on: Mapped[date | None]


class Statement(Base):
    """One thing an update says. It can quote measures: ``[[key]]`` stands for the reading in force."""

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint(
            "kind = 'next-step' OR (owner_id IS NULL AND due_on IS NULL AND next_step_id IS NULL "
            "AND terms_illustrative IS NULL)",
            name="promises_alone_are_owed",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("update.id"), index=True)
    edition: Mapped[int] = mapped_column(doc="Of which edition of the update.")
    position: Mapped[int]
    kind: Mapped[StatementKind] = mapped_column(Member(StatementKind))
    text: Mapped[str] = mapped_column(String(1000))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    source: Mapped[str | None] = mapped_column(
        String(300), doc="Where the figures in its own words come from; a quoted measure has its own source."
    )
    next_step_id: Mapped[int | None] = mapped_column(
        ForeignKey("next_step.id"), index=True, doc="The promise this states, once it was submitted."
    )
    illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of its words is invented, if anything is."
    )
    terms_illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of its owner and due day is invented, if anything is."
    )
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="joined")


class DraftReading(Base):
    """A measure's new value typed with an update; it becomes a reading when the update is submitted."""

    __tablename__ = "draft_reading"
    __table_args__ = (UniqueConstraint("update_id", "measure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("update.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    said: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(300))
