"""Board papers and their sections, as they are being written."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.accounts.models import User
from opprod.db import Base, Member, Moment
from opprod.history import DatedEntry, dated, subject
from opprod.rounds.models import Meeting


class PaperState(StrEnum):
    """Where a paper stands between its writers and the Board."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    RETURNED = "returned"
    APPROVED = "approved"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as words."""
        return self.value.replace("-", " ").capitalize()

    @property
    def phrase(self) -> str:
        """The state as words within a sentence: this paper is "a draft", is "in review"."""
        return "a draft" if self is PaperState.DRAFT else self.value.replace("-", " ")


class PaperPurpose(StrEnum):
    """What a paper asks of the Board."""

    DECISION = "decision"
    ASSURANCE = "assurance"
    INFORMATION = "information"

    @property
    def label(self) -> str:
        """The purpose as the paper's header has it."""
        return f"For {self.value}"


class Paper(Base):
    """A paper for a meeting: its header, and the sections composed from the programme's records."""

    __tablename__ = "paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    addressee: Mapped[str] = mapped_column(String(120))
    agenda_item: Mapped[str] = mapped_column(String(10))
    reference: Mapped[str] = mapped_column(String(30), unique=True)
    author_name: Mapped[str] = mapped_column(String(120))
    author_title: Mapped[str] = mapped_column(String(160))
    report_on: Mapped[str] = mapped_column(String(200), doc="The paper's title.")
    purpose: Mapped[PaperPurpose | None] = mapped_column(Member(PaperPurpose))
    marking: Mapped[str | None] = mapped_column(
        String(60), doc="The protective marking of what is for the Board alone."
    )
    illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of the paper itself is invented, if anything is."
    )
    as_at: Mapped[date | None] = mapped_column(doc="The day its facts stand at; none while it follows the records.")
    equality_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    equality_confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()
    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True)
    equality_confirmed_by: Mapped[User | None] = relationship(foreign_keys=equality_confirmed_by_id, lazy="joined")
    sections: Mapped[list["PaperSection"]] = relationship(
        order_by="PaperSection.position", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return f"Paper {self.reference}"

    def audit_values(self) -> dict[str, Any]:
        """What a person set, the meeting by name."""
        return {
            "meeting": str(self.meeting),
            "addressee": self.addressee,
            "agenda_item": self.agenda_item,
            "reference": self.reference,
            "report_by": f"{self.author_name}, {self.author_title}",
            "report_on": self.report_on,
            "purpose": self.purpose,
            "protective_marking": self.marking,
            "facts_as_at": self.as_at,
        }


class PaperSection(Base):
    """A section of a paper: which module composes it, and what its editor made of it."""

    __tablename__ = "paper_section"
    __table_args__ = (UniqueConstraint("paper_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    key: Mapped[str] = mapped_column(String(40), doc="The module in reports.sections that composes it.")
    position: Mapped[int]
    included: Mapped[bool] = mapped_column(default=True)
    title: Mapped[str] = mapped_column(String(160))
    narrative: Mapped[str] = mapped_column(Text, doc="Markdown; blank-line separated paragraphs are numbered.")
    board_only: Mapped[bool] = mapped_column(
        default=False, server_default=false(), doc="Whether it is left out of the public variant."
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def audit_values(self) -> dict[str, Any]:
        """What its editor wrote, under names that say which section of the paper it is."""
        return {f"title_of_{self.key}": self.title, f"text_of_{self.key}": self.narrative}


@dated
class PaperStatus(DatedEntry, Base):
    """Where a paper stands, from a day; ``edition_id`` is the frozen content that was reviewed or approved."""

    __tablename__ = "paper_status"

    subject_id: Mapped[int] = subject("paper.id")
    status: Mapped[PaperState] = mapped_column(Member(PaperState))
    note: Mapped[str | None] = mapped_column(
        String(1000), doc="What is asked for in returning it, or why it is withdrawn or written anew."
    )
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("paper_edition.id"))
