"""Dice, and sums of money as STPs say them: some exact, the most of them vague."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from random import Random
from typing import TypeVar

from opprod.core.quantity import GBP, Quantity, parse

Name = TypeVar("Name", bound=str)

_STYLES = {"{}": 30, "c.{}": 25, "range": 25, "up to {}": 10, "over {}": 10}


def dice(*names: str | int) -> Random:
    """Dice that fall alike whenever they are thrown for the same names."""
    digest = sha256("/".join(map(str, names)).encode()).digest()
    return Random(int.from_bytes(digest[:8]))  # noqa: S311 for a demonstration, not for a secret


def picked(dice: Random, weights: Mapping[Name, int]) -> Name:
    """One of the names, each as often as its weight says."""
    return dice.choices(list(weights), list(weights.values()))[0]


def money(dice: Random, millions: float) -> Quantity:
    """About so many million pounds, as someone might say it."""
    style = picked(dice, _STYLES)
    if style != "range":
        return parse(style.format(_pounds(millions)), unit=GBP)
    return between(millions * dice.uniform(0.7, 0.9), millions * dice.uniform(1.1, 1.4))


def between(low: float, high: float) -> Quantity:
    """A range of so many million pounds, such as £2–3m."""
    step = 0.5 if high >= 2 else 0.05
    lower = max(round(low / step), 1) * step
    upper = max(round(high / step) * step, lower + step)
    return parse(f"{_pounds(lower)}–{_pounds(upper)}", unit=GBP)


def _pounds(millions: float) -> str:
    """``£850k``, ``£1.4m``, ``£23m``."""
    thousands = Decimal(millions * 1000)
    if thousands < 975:
        return f"£{max(_to(thousands, Decimal(50)), 50)}k"
    if thousands < 9_950:
        return f"£{Decimal(_to(thousands, Decimal(100))) / 1000:f}m"
    return f"£{_to(thousands, Decimal(1000)) // 1000}m"


def _to(amount: Decimal, step: Decimal) -> int:
    return int((amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step)
