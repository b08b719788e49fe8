"""Ranges of money: what quantities say of a total, a largest and a difference, exactly and at any size.

Bounds are in ten-thousandths of a pound, None where open. A saving or a cost is not below zero, so one said to be
"up to £2m" lies between nothing and £2m.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from opprod.core.quantity import GBP, SCALE, Qualifier, Quantity, QuantityError, format_exact, from_scaled, to_scaled


@dataclass(frozen=True, slots=True)
class Range:
    """The truth lies between ``low`` and ``high``; ``above`` and ``below`` say that it is not the bound itself.

    ``near`` says that the bounds were said to be approximate. They are taken as they stand.
    """

    low: int | None
    high: int | None
    above: bool = False
    below: bool = False
    near: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, quantity: Quantity | None) -> "Range | None":
        """What a quantity says of the truth; None for a blank, and for one that is not money."""
        if quantity is None or quantity.unit != GBP:
            return None
        high = None if quantity.high is None else to_scaled(quantity.high)
        low = min(0, high or 0) if quantity.low is None else to_scaled(quantity.low)
        return cls(
            low,
            high,
            above=quantity.qualifier in {Qualifier.OVER, Qualifier.JUST_OVER},
            below=quantity.qualifier in {Qualifier.UNDER, Qualifier.NEARLY},
            near=quantity.qualifier is Qualifier.CIRCA,
        )

    @property
    def is_nothing(self) -> bool:
        """Whether this is nothing, or less: a stated zero is not a saving."""
        return self.high is not None and self.high <= 0

    def __sub__(self, other: "Range") -> "Range":
        return Range(
            None if self.low is None or other.high is None else self.low - other.high,
            None if self.high is None or other.low is None else self.high - other.low,
            above=self.above or other.below,
            below=self.below or other.above,
            near=self.near or other.near,
        )

    def __str__(self) -> str:
        """The range in words, said as quantities are: ``£1–2m``, ``at least £1m``."""
        circa = "c." if self.near else ""
        if self.high is None:
            lead = "over" if self.above else "at least"
            return "not bounded" if self.low is None else f"{lead} {circa}{money(self.low)}"
        if self.low is None or self.low == 0 < self.high:
            return f"{'under' if self.below else 'up to'} {circa}{money(self.high)}"
        return f"{circa}{money(self.low, self.high)}"


def total(parts: Sequence[Range]) -> Range:
    """The sum of ranges."""
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    low = sum(lows) if len(lows) == len(parts) else None
    high = sum(highs) if len(highs) == len(parts) else None
    return Range(
        low,
        high,
        above=low is not None and any(part.above for part in parts),
        below=high is not None and any(part.below for part in parts),
        near=any(part.near for part in parts),
    )


def largest(parts: Sequence[Range]) -> Range:
    """The largest of ranges, at least one: no less than any low bound, no more than the highest of the high ones."""
    lows = [(part.low, part.above) for part in parts if part.low is not None]
    highs = [(part.high, not part.below) for part in parts if part.high is not None]
    low, above = max(lows, default=(None, False))
    high, reached = max(highs) if len(highs) == len(parts) else (None, True)
    return Range(low, high, above=above, below=not reached, near=any(part.near for part in parts))


def money(low: int, high: int | None = None) -> str:
    """An amount, or a range of two, in the house style: ``£1.2m``, ``£1–2m``."""
    high = low if high is None else high
    try:
        return format_exact(from_scaled(low), from_scaled(high), Qualifier.EXACT, GBP)
    except QuantityError:
        # Many absurd amounts add up to more than can be stored.
        ends = [f"{'-' if end < 0 else ''}£{abs(end) // SCALE:,}" for end in dict.fromkeys((low, high))]
        return " to ".join(ends)
