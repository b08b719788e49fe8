"""Reading a quantity as typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from opprod.core.quantity.errors import QuantityError
from opprod.core.quantity.figures import Figure, noun_after, span
from opprod.core.quantity.scaling import from_scaled, to_scaled
from opprod.core.quantity.units import COUNT, GBP, NOUN, PERCENT, alike, is_noun, name_of
from opprod.core.quantity.value import SAID_LENGTH, TOO_LONG, Quantity
from opprod.core.quantity.vocabulary import (
    APPROXIMATIONS,
    LIMITS,
    NUMBER_WORDS,
    POWERS,
    SCALES,
    Qualifier,
)

_NOT_UNDERSTOOD = "Enter a value such as £6.2m, £18–20m, c.20, over 1,400 or 40%"
_BLANK = "The value is blank. Enter one such as £6.2m, £18–20m, c.20, over 1,400 or 40%"
_WRONG_ORDER = "Enter a range with the lower figure first, such as £18–20m or £900k–1.2m"
_MIXED_UNITS = "Enter both ends of a range in the same unit, such as £18–20m or 5–10%"
_TWO_UNITS = "Enter the value alone, such as £60m or 40%, without words after it"
_RANGE_AND_LIMIT = "Enter a range or a limit, not both, such as £18–20m or over £18m"
_TWO_LIMITS = "Enter one limit, such as over 20 or 20+"
_MINUS_IN_RANGE = "Write a range that has a negative figure with ‘to’, such as -£2m to £3m"
_POUND_SIGN = "Write money with a pound sign, such as £6.2m"


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    # A phrase that ends in a letter ends the word: "c" is not the start of "cohorts".
    return "|".join(re.escape(phrase) + ("(?![a-z])" if phrase[-1].isalpha() else "") for phrase in longest_first)


def _pattern(text: str) -> re.Pattern[str]:
    # ASCII keeps letters such as the Kelvin sign from matching k, and digits of other scripts from matching.
    return re.compile(text, re.IGNORECASE | re.ASCII)


_LIMIT = _pattern(rf"({_any_of(LIMITS)}) ?")
_APPROXIMATION = _pattern(rf"({_any_of(APPROXIMATIONS)}) ?")
_END = _pattern(
    r"(?P<minus>[-–−] ?|minus )?"
    r"(?:(?P<pound>£) ?)?"
    r"(?:(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    rf"|(?P<word>{_any_of([*NUMBER_WORDS, *(word.replace('-', ' ') for word in NUMBER_WORDS)])}))"
    rf"(?: ?(?P<scale>{_any_of(SCALES)}))?"
    r"(?P<percent> ?%| per ?cent(?![a-z]))?"
)
_JOINER = _pattern(r"(?P<dash> ?[-–—] ?)| to ")
_PLUS = _pattern(r" ?\+")
_NOUN = _pattern(rf" ({NOUN})")


@dataclass(frozen=True)
class _End:
    """One figure as typed."""

    negative: bool
    pound: bool
    number: str  # digits with separators as typed, or the word
    scale: str
    percent: bool

    @property
    def unit(self) -> str:
        return GBP if self.pound else PERCENT if self.percent else COUNT

    @property
    def digits(self) -> str:
        if self.number in NUMBER_WORDS:
            return str(NUMBER_WORDS[self.number])
        return self.number.replace(",", "")

    @property
    def value(self) -> Decimal:
        # Read whole from text, because arithmetic on a Decimal rounds to its context.
        return Decimal(f"{'-' if self.negative else ''}{self.digits}E{POWERS[self.scale]}")

    def figure(self, unit: str) -> Figure:
        """Return the figure as printed in `unit`. Raises QuantityError if it cannot be stored."""
        value = from_scaled(to_scaled(self.value))
        if self.number in NUMBER_WORDS and not (self.negative or self.scale or unit in {GBP, PERCENT}):
            return Figure(value, self.number)
        whole, point, decimals = self.digits.partition(".")
        return Figure(value, f"{int(whole):,}{point}{decimals}", self.scale)


@dataclass(frozen=True)
class _Typed:
    """What a text says, before its parts are checked against one another."""

    limit: str
    approximation: str
    ends: tuple[_End, ...]
    plus: bool
    noun: str


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def word(self, pattern: re.Pattern[str]) -> str:
        found = self.take(pattern)
        return found[1] if found else ""

    def end(self) -> _End:
        found = self.take(_END)
        if not found:
            raise QuantityError(_NOT_UNDERSTOOD)
        return _End(
            negative=bool(found["minus"]),
            pound=bool(found["pound"]),
            number=found["digits"] or found["word"].lower().replace(" ", "-"),
            scale=SCALES[found["scale"].lower()] if found["scale"] else "",
            percent=bool(found["percent"]),
        )

    @property
    def finished(self) -> bool:
        return self.at == len(self.text)


def parse(text: str, *, unit: str | None = None) -> Quantity:
    """Read the quantity that `text` says, such as £18–20m, c.20, over 1,400 users or about six.

    Capitals and spacing do not matter. A range joins its ends with a hyphen, a dash or "to"; its first
    end takes the scale of the second (£18–20m). With `unit`, a figure typed without one is in that unit,
    and one typed in another is refused.

    What is said reads back as the same quantity: `parse(q.said, unit=q.unit) == q`, and without `unit`
    too, except that "1 trust" cannot show that its unit is called trusts.

    Raises QuantityError, with what to type instead.
    """
    words = " ".join(text.split())
    if not words:
        raise QuantityError(_BLANK)
    if len(words) > SAID_LENGTH:
        raise QuantityError(TOO_LONG)
    typed = _read(words)
    _check(typed)
    unit = _resolve_unit(typed, unit)
    figures = [end.figure(unit) for end in typed.ends]
    low, high = figures[0], figures[-1]
    qualifier, lower_open, upper_open = _bounds(typed)
    return Quantity(
        low=None if lower_open else low.value,
        high=None if upper_open else high.value,
        qualifier=qualifier,
        unit=unit,
        said=_said(typed, figures, unit),
    )


def _read(text: str) -> _Typed:
    scanner = _Scanner(text)
    limit = scanner.word(_LIMIT).lower()
    approximation = scanner.word(_APPROXIMATION).lower()
    ends = [scanner.end()]
    joiner = scanner.take(_JOINER)
    if joiner:
        ends.append(scanner.end())
    if joiner and joiner["dash"] and any(end.negative for end in ends):
        raise QuantityError(_MINUS_IN_RANGE)
    plus = scanner.take(_PLUS) is not None
    noun = scanner.word(_NOUN)
    if noun.lower() in {"pound", "pounds", "gbp"}:
        raise QuantityError(_POUND_SIGN)
    if not scanner.finished or (noun and not is_noun(noun)):
        raise QuantityError(_NOT_UNDERSTOOD)
    return _Typed(limit, approximation, _matched(ends), plus, noun)


def _matched(ends: list[_End]) -> tuple[_End, ...]:
    """Give each end of a range what it shares with the other: £ from the first, % and scale from the last."""
    if len(ends) == 1:
        return tuple(ends)
    low, high = ends
    if (low.percent and not high.percent) or (high.pound and not low.pound):
        raise QuantityError(_MIXED_UNITS)
    high = replace(high, pound=low.pound)
    low = replace(low, percent=high.percent)
    low = replace(low, scale=low.scale or high.scale)
    if low.value >= high.value:
        raise QuantityError(_WRONG_ORDER)
    return low, high


def _check(typed: _Typed) -> None:
    if any(end.pound and end.percent for end in typed.ends):
        raise QuantityError(_MIXED_UNITS)
    if typed.noun and typed.ends[0].unit != COUNT:
        raise QuantityError(_TWO_UNITS)
    if typed.limit and typed.plus:
        raise QuantityError(_TWO_LIMITS)
    if len(typed.ends) == 2 and (typed.limit or typed.plus):
        raise QuantityError(_RANGE_AND_LIMIT)


def _resolve_unit(typed: _Typed, expected: str | None) -> str:
    given = typed.noun or typed.ends[0].unit
    if expected is None or given == expected:
        return given
    if given == COUNT:
        return expected
    if alike(given, expected):
        return expected
    raise QuantityError(f"Enter this value in {name_of(expected)}, not {name_of(given)}")


def _bounds(typed: _Typed) -> tuple[Qualifier, bool, bool]:
    """Return the qualifier, and whether each of the low and high bounds is open."""
    limit = LIMITS[typed.limit] if typed.limit else Qualifier.AT_LEAST if typed.plus else Qualifier.EXACT
    qualifier = Qualifier.CIRCA if typed.approximation else limit
    return qualifier, limit.bounds_above, limit.bounds_below


def _said(typed: _Typed, figures: list[Figure], unit: str) -> str:
    limit = f"{typed.limit} " if typed.limit[-1:].isalpha() else typed.limit
    approximation = APPROXIMATIONS[typed.approximation] if typed.approximation else ""
    last = figures[-1]
    figure = span(figures[0], last, unit) if len(figures) == 2 else last.written(unit)
    plus = "+" if typed.plus else ""
    noun = f" {typed.noun}" if typed.noun else noun_after(last.value, unit)
    return f"{limit}{approximation}{figure}{plus}{noun}"
