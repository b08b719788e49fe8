"""Board meetings, and the reporting round each makes."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.db import Base


class Meeting(Base):
    """A meeting of a Board, and the day by which its paper is issued to it."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("board", "held_on"),
        CheckConstraint("paper_due_on <= held_on", name="paper_due_by_meeting"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date] = mapped_column(index=True)
    paper_due_on: Mapped[date] = mapped_column(doc="By when the Board has its paper.")
    illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of the meeting itself is invented, if anything is."
    )
    version: Mapped[int] = mapped_column()
    round: Mapped["ReportingRound"] = relationship(back_populates="meeting", lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return f"{self.board}, {self.held_on:%-d %B %Y}"

    def audit_values(self) -> dict[str, Any]:
        """The meeting and its round as one record of the audit trail, as people know them."""
        return {
            "board": self.board,
            "held_on": self.held_on,
            "opens_on": self.round.opens_on,
            "updates_due_on": self.round.updates_due_on,
            "updates_reviewed_on": self.round.updates_reviewed_on,
            "paper_drafted_on": self.round.paper_drafted_on,
            "paper_approved_on": self.round.paper_approved_on,
            "paper_due_on": self.paper_due_on,
            "illustrative": self.illustrative,
            "round_illustrative": self.round.illustrative,
        }


class ReportingRound(Base):
    """The time before a meeting in which every workstream and project says how it stands, and the paper is made."""

    __tablename__ = "reporting_round"
    __table_args__ = (
        CheckConstraint("opens_on <= updates_due_on", name="opens_before_due"),
        CheckConstraint(
            "updates_due_on <= updates_reviewed_on AND updates_reviewed_on <= paper_drafted_on "
            "AND paper_drafted_on <= paper_approved_on",
            name="days_in_order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    opens_on: Mapped[date] = mapped_column(index=True)
    updates_due_on: Mapped[date]
    updates_reviewed_on: Mapped[date]
    paper_drafted_on: Mapped[date]
    paper_approved_on: Mapped[date]
    illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of its days, and of the day the paper is issued, is invented, if anything is."
    )
    meeting: Mapped[Meeting] = relationship(back_populates="round", lazy="joined", innerjoin=True)
