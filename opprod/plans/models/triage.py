"""Triage: rounds, what the rules suggest, the steps of a decision, and the category in force."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from opprod.db import Base, Member, Moment
from opprod.history import DatedEntry, dated, subject


class Category(StrEnum):
    """A plan's or a trust's category. Source: Board paper BM/16/89, project table, pathology consolidation."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def label(self) -> str:
        """The category in a few words."""
        return {"A": "Good plan", "B": "Needs support", "C": "No plan"}[self.value]

    @property
    def meaning(self) -> str:
        """What the category means."""
        return {
            "A": "Has good plans and deliverables in this year and next",
            "B": "Needs support or brokered partnerships to improve ambition, scale and timelines",
            "C": "Has no plan and needs intensive challenge and support",
        }[self.value]


class Outcome(StrEnum):
    """What the rules make of a plan's facts: a category, or why there is none."""

    A = "A"
    B = "B"
    C = "C"
    BOUNDARY = "boundary"
    """The facts fit none of the three categories."""
    INSUFFICIENT = "insufficient-evidence"
    """Too little is recorded to say."""

    @property
    def category(self) -> Category | None:
        """The category, where the outcome is one."""
        return Category(self.value) if self.value in Category.__members__ else None

    @property
    def label(self) -> str:
        """The outcome in words."""
        return self.value if self.category else self.value.replace("-", " ").capitalize()


class Move(StrEnum):
    """A step towards a decision."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RETURNED = "returned"
    OVERRIDDEN = "overridden"
    REOPENED = "reopened"
    """A new round asks the region to look again."""

    @property
    def label(self) -> str:
        """The step in words."""
        return _MOVES[self]


_MOVES = {
    Move.PROPOSED: "Proposed by the region",
    Move.AGREED: "Agreed by the centre",
    Move.RETURNED: "Returned with a question",
    Move.OVERRIDDEN: "Overridden by the centre",
    Move.REOPENED: "Reopened for a new round",
}


class TriageRound(Base):
    """A time in which every region looks at its plans; the one with the highest number is under way."""

    __tablename__ = "triage_round"
    __table_args__ = (CheckConstraint("opened_on <= due_on", name="opens_before_due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(80))
    opened_on: Mapped[date]
    due_on: Mapped[date]
    illustrative: Mapped[str | None] = mapped_column(String(200))

    def __str__(self) -> str:
        return self.name


class StoredSuggestion(Base):
    """What the rules of a version made of a plan when a category was proposed. Never changed."""

    __tablename__ = "plan_suggestion"
    __table_args__ = (Index(None, "plan_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    rules_version: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(Member(Outcome))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, doc="A Suggestion of opprod.plans.rules, as JSON.")
    as_at: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)


@dated
class TriageStep(DatedEntry, Base):
    """A step towards a decision on a plan. ``reason`` is the question where the proposal was returned."""

    __tablename__ = "triage_step"

    subject_id: Mapped[int] = subject("plan.id")
    round_id: Mapped[int] = mapped_column(ForeignKey("triage_round.id"))
    move: Mapped[Move] = mapped_column(Member(Move))
    category: Mapped[Category | None] = mapped_column(Member(Category), doc="Proposed, agreed or set instead.")
    reason: Mapped[str | None] = mapped_column(Text)
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("plan_suggestion.id"))
    proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("triage_step.id"), doc="The proposal that the centre answers."
    )


@dated
class PlanCategory(DatedEntry, Base):
    """The category in force: what the centre agreed or set instead."""

    __tablename__ = "plan_category"

    subject_id: Mapped[int] = subject("plan.id")
    category: Mapped[Category] = mapped_column(Member(Category))
    round_id: Mapped[int] = mapped_column(ForeignKey("triage_round.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("triage_step.id"), doc="The step that put it in force.")
