"""What a plan says of itself: its submission, scope, trusts, deliverables, and what is noted of it."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.models.triage import Category

SOURCE_LENGTH = 300
TEXT_LENGTH = 2000


class SubmissionState(StrEnum):
    """Whether the STP has sent its two pages."""

    RECEIVED = "received"
    NO_PLAN = "no-plan"
    """The STP has said that it has no plan."""

    @property
    def label(self) -> str:
        """The state in words."""
        return "Received" if self is SubmissionState.RECEIVED else "The STP says it has no plan"


class Element(StrEnum):
    """What a submission should say and may leave out. What it leaves out is known to be missing, not unrecorded."""

    FUNCTIONS = "functions"
    ORGANISATIONS = "organisations"
    DELIVERABLES = "deliverables"
    DATES = "dates"
    SAVINGS = "savings"
    INVESTMENT = "investment"

    @property
    def label(self) -> str:
        """The element in words."""
        return _ELEMENTS[self]


_ELEMENTS = {
    Element.FUNCTIONS: "The functions in scope",
    Element.ORGANISATIONS: "The organisations taking part",
    Element.DELIVERABLES: "Deliverables",
    Element.DATES: "Dates of deliverables",
    Element.SAVINGS: "Savings",
    Element.INVESTMENT: "Investment needed",
}


@dated
class PlanSubmission(DatedEntry, Base):
    """The two-page submission, and which elements it was found to leave out (values of ``Element``)."""

    __tablename__ = "plan_submission"

    subject_id: Mapped[int] = subject("plan.id")
    state: Mapped[SubmissionState] = mapped_column(Member(SubmissionState))
    received_on: Mapped[date | None] = mapped_column(doc="None where the STP says it has no plan.")
    leaves_out: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))


@dated
class PlanScope(DatedEntry, Base):
    """What and whom a plan covers. ``functions`` are slugs of the service's functions; trusts are ``PlanTrust``."""

    __tablename__ = "plan_scope"

    subject_id: Mapped[int] = subject("plan.id")
    functions: Mapped[list[str]] = mapped_column(JSON)
    ccgs: Mapped[list[str]] = mapped_column(JSON, doc="Clinical commissioning groups taken part, by name.")
    local_authorities: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))


class PlanTrust(Base):
    """A trust in a plan, now or once."""

    __tablename__ = "plan_trust"
    __table_args__ = (UniqueConstraint("plan_id", "trust_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    trust_id: Mapped[int] = mapped_column(ForeignKey("trust.id"), index=True)


@dated
class PlanTrustEntry(DatedEntry, Base):
    """Whether a trust takes part in a plan from a day, and the category of its own, if it has one."""

    __tablename__ = "plan_trust_entry"

    subject_id: Mapped[int] = subject("plan_trust.id")
    taking_part: Mapped[bool]
    category: Mapped[Category | None] = mapped_column(Member(Category))
    reason: Mapped[str | None] = mapped_column(String(REASON_LENGTH), doc="Why it has a category of its own.")


class DeliverableState(StrEnum):
    """What has become of a deliverable."""

    PLANNED = "planned"
    DELIVERED = "delivered"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The state in words."""
        return self.value.capitalize()


class Deliverable(Base):
    """Something a plan is to deliver."""

    __tablename__ = "deliverable"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)


@dated
class DeliverableEntry(DatedEntry, Base):
    """What a deliverable is, by when, and what has become of it; ``due_on`` is None where the plan names no date."""

    __tablename__ = "deliverable_entry"

    subject_id: Mapped[int] = subject("deliverable.id")
    text: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date | None]
    state: Mapped[DeliverableState] = mapped_column(Member(DeliverableState))
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))


class NoteKind(StrEnum):
    """What a note on a plan is."""

    DEPENDENCY = "dependency"
    COMMENT = "comment"
    """The region's or the centre's comment."""
    SUPPORT = "support"
    """Support the STP asks for."""

    @property
    def label(self) -> str:
        """The kind in words."""
        return "Support asked for" if self is NoteKind.SUPPORT else self.value.capitalize()


@dated
class PlanNote(DatedEntry, Base):
    """A dependency, a comment or support asked for. Each stands until it is withdrawn; none replaces another."""

    __tablename__ = "plan_note"

    subject_id: Mapped[int] = subject("plan.id")
    kind: Mapped[NoteKind] = mapped_column(Member(NoteKind))
    text: Mapped[str] = mapped_column(Text)
