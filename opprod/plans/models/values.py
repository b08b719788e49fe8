"""Columns of a quantity that may be left blank."""

from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from opprod.core.quantity import SAID_LENGTH, Qualifier, Quantity
from opprod.db import Exact, Member


class QuantityColumns:
    """Mix in to a model for a quantity that may be blank, which is not zero: all five columns are then None."""

    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    qualifier: Mapped[Qualifier | None] = mapped_column(Member(Qualifier))
    unit: Mapped[str | None] = mapped_column(String(40))
    said: Mapped[str | None] = mapped_column(String(SAID_LENGTH))

    @property
    def quantity(self) -> Quantity | None:
        """The value; None for a blank."""
        if self.qualifier is None or self.unit is None or self.said is None:
            return None
        return Quantity(low=self.low, high=self.high, qualifier=self.qualifier, unit=self.unit, said=self.said)

    @quantity.setter
    def quantity(self, value: Quantity | None) -> None:
        self.low = value.low if value else None
        self.high = value.high if value else None
        self.qualifier = value.qualifier if value else None
        self.unit = value.unit if value else None
        self.said = value.said if value else None
