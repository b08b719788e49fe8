"""Strands: the directorate's workstreams and its projects with trusts."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.accounts.models import User
from opprod.core.rag import Rag
from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject


class StrandKind(StrEnum):
    """Which table of the Board paper a strand stands in."""

    WORKSTREAM = "workstream"
    PROJECT = "project"

    @property
    def label(self) -> str:
        """The kind as a word."""
        return self.value.capitalize()


class Strand(Base):
    """A workstream or a project. What is said of it lies in its dated profile."""

    __tablename__ = "strand"
    __table_args__ = (UniqueConstraint("kind", "slug"), UniqueConstraint("kind", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[StrandKind] = mapped_column(Member(StrandKind))
    slug: Mapped[str] = mapped_column(String(60), doc="Its name in addresses; never changes.")
    position: Mapped[int] = mapped_column(doc="Its place among its kind, on pages and in papers.")

    def __str__(self) -> str:
        return f"{self.kind.label}: {self.slug}"


@dated
class StrandProfile(DatedEntry, Base):
    """What a strand is, from a day: its name, purpose, owner, whom it reports to, and its dates."""

    __tablename__ = "strand_profile"

    subject_id: Mapped[int] = subject("strand.id")
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(1000))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reports_to: Mapped[str | None] = mapped_column(String(300))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    owner: Mapped[User] = relationship(foreign_keys=owner_id, lazy="joined", innerjoin=True)


@dated
class RagRating(DatedEntry, Base):
    """How a strand stands, from a day, and why."""

    __tablename__ = "rag_rating"

    subject_id: Mapped[int] = subject("strand.id")
    rag: Mapped[Rag] = mapped_column(Member(Rag))
    reason: Mapped[str] = mapped_column(String(1000))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("update.id"))
