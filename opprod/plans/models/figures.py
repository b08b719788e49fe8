"""A plan's single figures: the investment it needs, its lead-in, and the national benchmark."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opprod.core.quantity import GBP
from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.models.values import QuantityColumns


class FigureKind(StrEnum):
    """A figure that a plan has one of."""

    CAPITAL = "capital"
    """Capital investment needed, once."""
    REDUNDANCY = "redundancy"
    """Cost of redundancy, once."""
    LEAD_IN = "lead-in"
    """Months from the decision to the first saving."""
    BENCHMARK_COST = "benchmark-cost"
    """What nationally available data says the service costs a year now."""
    BENCHMARK_ATTAINABLE = "benchmark-attainable"
    """What nationally available data says it could cost a year."""

    @property
    def label(self) -> str:
        """The figure in words."""
        return _LABELS[self]

    @property
    def unit(self) -> str:
        """The unit of its quantity."""
        return "months" if self is FigureKind.LEAD_IN else GBP


_LABELS = {
    FigureKind.CAPITAL: "Capital needed",
    FigureKind.REDUNDANCY: "Cost of redundancy",
    FigureKind.LEAD_IN: "Lead-in time",
    FigureKind.BENCHMARK_COST: "Cost a year now, by national data",
    FigureKind.BENCHMARK_ATTAINABLE: "Attainable cost a year, by national data",
}


class PlanFigure(Base):
    """One kind of figure of one plan."""

    __tablename__ = "plan_figure"
    __table_args__ = (UniqueConstraint("plan_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    kind: Mapped[FigureKind] = mapped_column(Member(FigureKind))


@dated
class PlanFigureValue(QuantityColumns, DatedEntry, Base):
    """A figure's value from a day, with its source; blank where it was cleared, which is not zero."""

    __tablename__ = "plan_figure_value"

    subject_id: Mapped[int] = subject("plan_figure.id")
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))

    def audit_values(self) -> dict[str, Any]:
        """The value as the audit trail keeps it."""
        return {"value": self.said, "true_from": self.effective_on, "source": self.source}
