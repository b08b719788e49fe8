"""Measures and their readings."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from opprod.core.quantity import Qualifier, Quantity
from opprod.db import Base, Exact, Member
from opprod.history import DatedEntry, dated, subject


class Measure(Base):
    """Something counted, such as registered users of the Model Hospital."""

    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int | None] = mapped_column(
        ForeignKey("strand.id"), index=True, doc="Whose measure it is; none for the directorate's own."
    )
    key: Mapped[str] = mapped_column(
        String(60), unique=True, doc="How a statement quotes it: [[key]]. Never changes."
    )
    name: Mapped[str] = mapped_column(String(160))
    unit: Mapped[str] = mapped_column(String(40), doc="GBP, % or a plural noun such as trusts.")
    position: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return self.name


@dated
class Reading(DatedEntry, Base):
    """A measure's value on a day, as it was said and as columns that compare and sum, with its source."""

    __tablename__ = "reading"

    subject_id: Mapped[int] = subject("measure.id")
    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    qualifier: Mapped[Qualifier] = mapped_column(Member(Qualifier))
    unit: Mapped[str] = mapped_column(String(40))
    said: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(300))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("update.id"))

    def __str__(self) -> str:
        return f"{self.said} on {self.effective_on:%-d %B %Y} ({self.source})"

    @property
    def quantity(self) -> Quantity:
        """The value."""
        return Quantity(low=self.low, high=self.high, qualifier=self.qualifier, unit=self.unit, said=self.said)

    def audit_values(self) -> dict[str, Any]:
        """The reading as the audit trail keeps it: the value as it was said, not column by column."""
        return {
            "value": self.said,
            "true_from": self.effective_on,
            "source": self.source,
            "illustrative": self.illustrative,
        }
