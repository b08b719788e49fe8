"""Financial years of the public sector in England: 1 April to 31 March."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

EARLIEST: Final = 1948  # the NHS began that year
LATEST: Final = 2099

_WRITTEN = re.compile(r"(?:(?P<century>20|19))?(?P<first>\d{2})\s*[/–-]\s*(?:20|19)?(?P<second>\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """The year that begins on 1 April of ``start``; 2016/17 starts in 2016.

    Raises ``ValueError`` for a year before 1948 or after 2099.
    """

    start: int

    def __post_init__(self) -> None:
        if not EARLIEST <= self.start <= LATEST:
            raise ValueError(f"Enter a financial year from {EARLIEST} to {LATEST}, like 2016/17")

    @classmethod
    def of(cls, day: date) -> Self:
        """The financial year a day is in."""
        return cls(day.year if day >= date(day.year, 4, 1) else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2016/17``, ``2016-17`` or ``16/17``; raise ``ValueError`` for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found or (int(found["first"]) + 1) % 100 != int(found["second"]):
            raise ValueError("Enter a financial year like 2016/17")
        return cls(int(found["century"] or 20) * 100 + int(found["first"]))

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.start + 1, 3, 31)

    @property
    def next(self) -> "FinancialYear":
        """The year after this."""
        return FinancialYear(self.start + 1)
