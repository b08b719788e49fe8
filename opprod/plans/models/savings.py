"""The savings ledger: what a plan saves in each financial year."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.core.financial_year import FinancialYear
from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject
from opprod.plans.models.plans import Plan, ServiceFunction
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.models.values import QuantityColumns

LABEL_LENGTH = 120


class SavingKind(StrEnum):
    """Whether a saving is what the plan says, what is now expected, or what was made."""

    PLAN = "plan"
    FORECAST = "forecast"
    ACTUAL = "actual"

    @property
    def label(self) -> str:
        """The kind in words."""
        return self.value.capitalize()


class Confidence(StrEnum):
    """How sure those who record a saving are of it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The confidence in words."""
        return self.value.capitalize()


class SavingsLine(Base):
    """A line of the ledger: a plan's saving of one kind in one financial year and, where it is split, one function.

    ``financial_year`` is the year it starts in. ``label`` tells apart lines alike in all else; it may be empty.
    """

    __tablename__ = "savings_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "financial_year", "kind", "function_id", "label"),
        Index(None, "financial_year", "kind"),
        CheckConstraint("financial_year BETWEEN 1948 AND 2099", name="financial_year_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    financial_year: Mapped[int]
    kind: Mapped[SavingKind] = mapped_column(Member(SavingKind))
    function_id: Mapped[int | None] = mapped_column(
        ForeignKey("service_function.id"), doc="None for a saving of the service as a whole."
    )
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH))
    plan: Mapped[Plan] = relationship(viewonly=True)
    function: Mapped[ServiceFunction | None] = relationship(viewonly=True)

    @property
    def year(self) -> FinancialYear:
        """The financial year."""
        return FinancialYear(self.financial_year)

    def __str__(self) -> str:
        parts = [str(self.year), self.kind.label, self.function.name if self.function else "", self.label]
        return ", ".join(part for part in parts if part)


@dated
class SavingsValue(QuantityColumns, DatedEntry, Base):
    """What a line of the ledger says from a day. A blank quantity is a saving that nobody has put a figure to.

    ``counted_in_id`` is the line in which these pounds are counted, where it is not this one.
    """

    __tablename__ = "savings_value"

    subject_id: Mapped[int] = subject("savings_line.id")
    cash_releasing: Mapped[bool | None] = mapped_column(doc="None where the source does not say.")
    confidence: Mapped[Confidence | None] = mapped_column(Member(Confidence), doc="None where nobody has judged it.")
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    counted_in_id: Mapped[int | None] = mapped_column(ForeignKey("savings_line.id"), index=True)

    def audit_values(self) -> dict[str, Any]:
        """The value as the audit trail keeps it: as it was said, not column by column."""
        return {
            "value": self.said,
            "cash_releasing": self.cash_releasing,
            "confidence": self.confidence,
            "true_from": self.effective_on,
            "source": self.source,
            "counted_in_line": self.counted_in_id,
            "illustrative": self.illustrative,
        }
