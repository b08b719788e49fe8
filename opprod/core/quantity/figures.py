"""Figures as printed in the house style."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from opprod.core.quantity.errors import QuantityError
from opprod.core.quantity.scaling import SCALE, to_scaled
from opprod.core.quantity.units import COUNT, GBP, PERCENT, singular
from opprod.core.quantity.vocabulary import POWERS, Qualifier

# For each kind of unit, the scales to try, largest first, and the decimal places each may show.
_MONEY_SCALES = (("bn", 2), ("m", 2), ("k", 0))
_COUNT_SCALES = (("bn", 2), ("m", 2))

_LEADS = {
    Qualifier.EXACT: "",
    Qualifier.CIRCA: "c.",
    Qualifier.OVER: "over ",
    Qualifier.JUST_OVER: "just over ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.UNDER: "under ",
    Qualifier.NEARLY: "nearly ",
    Qualifier.UP_TO: "up to ",
}


@dataclass(frozen=True)
class Figure:
    """One number as printed: its digits or word without sign, and the scale after it."""

    value: Decimal
    number: str
    scale: str = ""

    @property
    def joins_with_dash(self) -> bool:
        """Whether a range may dash this figure to another: not a word (five to six), nor a minus sign."""
        return self.value >= 0 and self.number[0].isdigit()

    def written(self, unit: str) -> str:
        """Write the figure alone, with its sign and its £ or %."""
        sign = "-" if self.value < 0 else ""
        return f"{sign}{_before(unit)}{self.number}{self.scale}{_after(unit)}"


def _before(unit: str) -> str:
    return "£" if unit == GBP else ""


def _after(unit: str) -> str:
    return "%" if unit == PERCENT else ""


def span(low: Figure, high: Figure, unit: str) -> str:
    """Write a range, its scale said once if both ends share it: £18–20m."""
    if not (low.joins_with_dash and high.joins_with_dash):
        return f"{low.written(unit)} to {high.written(unit)}"
    low_scale = "" if low.scale == high.scale else low.scale
    return f"{_before(unit)}{low.number}{low_scale}–{high.number}{high.scale}{_after(unit)}"


def noun_after(value: Decimal, unit: str) -> str:
    """Return what follows a figure whose last number is `value`: a space and the noun, or nothing."""
    if unit in {GBP, PERCENT, COUNT}:
        return ""
    return f" {singular(unit) if value == 1 else unit}"


def format_exact(low: Decimal | None, high: Decimal | None, qualifier: Qualifier, unit: str) -> str:
    """Say a quantity in the house style from its bounds, losing nothing: £24.2–26.2m, c.26, over 1,412.

    Raises QuantityError if no bound is known, or one cannot be stored.
    """
    bounds = [bound for bound in (low, high) if bound is not None]
    if not bounds:
        raise QuantityError("A value needs a figure")
    scale = _largest_scale(bounds, unit)
    figures = [Figure(bound, _digits(bound, scale, unit), scale) for bound in bounds]
    last = figures[-1]
    text = last.written(unit) if low == high or len(figures) == 1 else span(figures[0], last, unit)
    lead, tail = _LEADS[qualifier], ""
    if qualifier is Qualifier.CIRCA and high is None:
        tail = "+"
    elif qualifier is Qualifier.CIRCA and low is None:
        lead = f"up to {lead}"
    return f"{lead}{text}{tail}{noun_after(last.value, unit)}"


def _largest_scale(bounds: Sequence[Decimal], unit: str) -> str:
    """Choose the largest scale at which every bound is written in full with few decimal places."""
    if unit == PERCENT:
        return ""
    values = [abs(to_scaled(bound)) for bound in bounds]
    for scale, places in _MONEY_SCALES if unit == GBP else _COUNT_SCALES:
        one = SCALE * 10 ** POWERS[scale]
        if max(values) >= one and all(value % (one // 10**places) == 0 for value in values):
            return scale
    return ""


def _digits(value: Decimal, scale: str, unit: str) -> str:
    one = SCALE * 10 ** POWERS[scale]
    whole, rest = divmod(abs(to_scaled(value)), one)
    decimals = f"{rest:0{len(str(one)) - 1}d}".rstrip("0")
    if decimals and unit == GBP and not scale:
        decimals = decimals.ljust(2, "0")
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"
