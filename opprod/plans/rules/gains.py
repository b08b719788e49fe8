"""Biggest and quickest gains: what counts of a plan's ledger, when the first of it comes, and how soon it pays back.

``docs/adr/0012-biggest-and-quickest.md`` says why. The ranking itself is SQL (``plans.queries.gains``), held to these
functions by its tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import Qualifier, Quantity, QuantityError, total
from opprod.plans.models import FigureKind, SavingKind

BEST_FIRST = (SavingKind.ACTUAL, SavingKind.FORECAST, SavingKind.PLAN)
"""The kinds of saving, the best evidence first."""

INVESTMENT = (FigureKind.CAPITAL, FigureKind.REDUNDANCY)
"""What a plan costs once, before it saves."""

_TENTH = Decimal("0.1")
_MOST_YEARS = Decimal(999)


class Sort(StrEnum):
    """What the ranking goes by. Sums are compared at their low end, and at the high end where that is equal."""

    BOTH = "both"
    """The yearly saving divided by the months to the first of it."""
    BIGGEST = "biggest"
    """The yearly saving."""
    QUICKEST = "quickest"
    """The months to the first saving, the biggest first within a month."""

    @property
    def label(self) -> str:
        """The order in words."""
        return {"both": "Biggest and quickest", "biggest": "Biggest", "quickest": "Quickest"}[self.value]


class Unranked(StrEnum):
    """Why a plan has no place in the ranking. The first that fits is given, in this order."""

    NO_FIGURE = "no-figure"
    COUNTED_ELSEWHERE = "counted-elsewhere"
    NO_LOW_END = "no-low-end"
    NOT_SPLIT = "not-split"
    NOT_SAID = "not-said"
    NOTHING = "nothing"
    NOT_CASH = "not-cash"
    OTHER_FUNCTIONS = "other-functions"

    @property
    def label(self) -> str:
        """The reason in words."""
        return _UNRANKED[self]


_UNRANKED = {
    Unranked.NO_FIGURE: "No figure for this year or a later one",
    Unranked.COUNTED_ELSEWHERE: "Counted in another plan",
    Unranked.NO_LOW_END: "No low end stated",
    Unranked.NOT_SPLIT: "Not split by function",
    Unranked.NOT_SAID: "Not said whether cash-releasing",
    Unranked.NOTHING: "Stated to save nothing",
    Unranked.NOT_CASH: "Said not to be cash-releasing",
    Unranked.OTHER_FUNCTIONS: "No figure for these functions",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Which functions count, by key; ``services`` are those whose every function does.

    Only in those does a saving count that is not split by function.
    """

    functions: frozenset[int]
    services: frozenset[int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan's ledger as it stands on a day; ``counted_here`` is False where its pounds are another's."""

    year: FinancialYear
    kind: SavingKind
    function_id: int | None
    quantity: Quantity | None
    cash_releasing: bool | None
    counted_here: bool = True


@dataclass(frozen=True, slots=True)
class Gain:
    """Where a plan stands: a place in the ranking, or why it has none.

    ``yearly`` is the largest year's saving and ``year`` that year; ``yearly`` is None where no total can be said.
    ``months`` runs to the first saving. ``left_out`` is how many lines might count, had they a figure, a function and
    a word on whether they release cash.
    """

    unranked: Unranked | None
    low: Decimal | None = None
    high: Decimal | None = None
    yearly: Quantity | None = None
    year: FinancialYear | None = None
    first: FinancialYear | None = None
    months: int | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Payback:
    """In how many years the yearly saving repays the investment; None of them where that cannot be said.

    ``not_stated`` is the investment that the plan says nothing of.
    """

    years: Quantity | None
    none_needed: bool = False
    not_stated: tuple[FigureKind, ...] = ()

    @property
    def said(self) -> str:
        """The payback in words."""
        if self.none_needed:
            return "None needed"
        if self.years is None:
            return "Not stated" if self.not_stated else "Cannot be said"
        if self.not_stated:
            return f"{self.years.said}: {self.not_stated[0].label.lower()} not stated"
        return self.years.said


def gain_of(lines: Iterable[Line], *, service_id: int, counted: Counted, day: date) -> Gain:
    """Reckon where a plan stands from its ledger.

    A year's saving is the lines of the best kind that has a figure in that year, taken whole: actual, else forecast,
    else plan. Of these count the ones that release cash, are counted here and are of a function that counts. The
    yearly saving is the largest such year from the current one on, by its low end.
    """
    taken = _taken(line for line in lines if line.year >= FinancialYear.of(day))
    whole = service_id in counted.services

    def chosen(line: Line) -> bool:
        return whole or line.function_id in counted.functions

    candidates = [line for line in taken if line.counted_here and (chosen(line) or line.function_id is None)]
    sums = {}
    for year in sorted({line.year for line in candidates}):
        counting = [
            line.quantity
            for line in candidates
            if line.year == year and line.cash_releasing and line.quantity and chosen(line)
        ]
        if counting and (high := _sum(part.high for part in counting)) != 0:
            sums[year] = (_sum(part.low for part in counting), high, counting)
    left_out = sum(
        line.cash_releasing is not False and not (line.quantity and line.cash_releasing and chosen(line))
        for line in candidates
    )
    if not sums:
        return Gain(_why_none(taken, candidates, whole=whole), left_out=left_out)
    first = min(sums)
    year = max(sums, key=lambda year: (_order(*sums[year][:2]), -year.start))
    low, high, counting = sums[year]
    return Gain(
        None if low is not None else Unranked.NO_LOW_END,
        low=low,
        high=high,
        yearly=_said(counting),
        year=year,
        first=first,
        months=months_to(day, first),
        left_out=left_out,
    )


def months_to(day: date, year: FinancialYear) -> int:
    """Full months from a day to the end of a financial year, at least 1: from 26 September 2016 to 2016/17's, 6.

    A year ends on the 31st, so that no month is cut short by the day it is counted from.
    """
    return max(1, (year.last_day.year - day.year) * 12 + year.last_day.month - day.month)


def payback(investment: Mapping[FigureKind, Quantity | None], gain: Gain) -> Payback:
    """In how many years the yearly saving repays capital and redundancy, to one decimal place.

    An investment that is not stated is not nothing: what is stated gives the least it can be.
    """
    stated = [quantity for kind in INVESTMENT if (quantity := investment.get(kind)) is not None]
    missing = tuple(kind for kind in INVESTMENT if investment.get(kind) is None)
    low, high = _sum(part.low for part in stated), _sum(part.high for part in stated)
    if not missing and high == 0:
        return Payback(None, none_needed=True)
    if not stated or (missing and not low):
        return Payback(None, not_stated=missing)
    shortest = low / gain.high if low is not None and gain.high else None
    longest = high / gain.low if high is not None and gain.low and not missing else None
    circa = Qualifier.CIRCA in {part.qualifier for part in (*stated, gain.yearly) if part is not None}
    return Payback(_years(shortest, longest, circa=circa), not_stated=missing)


def _taken(lines: Iterable[Line]) -> list[Line]:
    """Of each year the lines of the best kind with a figure, or of the best there is where none has one."""
    by_year: dict[FinancialYear, list[Line]] = {}
    for line in lines:
        by_year.setdefault(line.year, []).append(line)
    taken = []
    for found in by_year.values():
        stated = {line.kind for line in found if line.quantity} or {line.kind for line in found}
        best = next(kind for kind in BEST_FIRST if kind in stated)
        taken += [line for line in found if line.kind is best]
    return taken


def _why_none(taken: Sequence[Line], candidates: Sequence[Line], *, whole: bool) -> Unranked:
    """Why no line counts, from the lines that were taken and those of them that are counted here."""
    figures = [line for line in taken if line.quantity]
    if not figures:
        return Unranked.NO_FIGURE
    if not any(line.counted_here for line in figures):
        return Unranked.COUNTED_ELSEWHERE
    figures = [line for line in candidates if line.quantity]
    releasing = [line for line in figures if line.cash_releasing]
    if not whole and any(line.function_id is None for line in releasing):
        return Unranked.NOT_SPLIT
    if any(line.cash_releasing is None for line in figures):
        return Unranked.NOT_SAID
    if releasing:
        return Unranked.NOTHING
    return Unranked.NOT_CASH if figures else Unranked.OTHER_FUNCTIONS


def _order(low: Decimal | None, high: Decimal | None) -> tuple[bool, Decimal, bool, Decimal]:
    """What sums are compared by: the low end, then the high end; an open low end last, an open high end first."""
    return low is not None, low or Decimal(0), high is None, high or Decimal(0)


def _sum(bounds: Iterable[Decimal | None]) -> Decimal | None:
    """The exact sum; None where a part is open."""
    known = list(bounds)
    return None if None in known else sum((bound for bound in known if bound is not None), Decimal(0))


def _said(quantities: Iterable[Quantity]) -> Quantity | None:
    try:
        return total(quantities)
    except QuantityError:
        return None


def _years(shortest: Decimal | None, longest: Decimal | None, *, circa: bool) -> Quantity | None:
    low = None if shortest is None else min(shortest.quantize(_TENTH, ROUND_HALF_UP), _MOST_YEARS)
    high = None if longest is None or longest > _MOST_YEARS else longest.quantize(_TENTH, ROUND_HALF_UP)
    if low is None and high is None:
        return None
    if high == 0:
        return Quantity.of(None, _TENTH, Qualifier.UNDER, "years")
    if circa:
        qualifier = Qualifier.CIRCA
    elif low is None:
        qualifier = Qualifier.UP_TO
    else:
        qualifier = Qualifier.EXACT if high is not None else Qualifier.AT_LEAST
    return Quantity.of(low, high, qualifier, "years")
