"""How version 1 says things."""

from collections.abc import Iterable, Sequence
from datetime import date

MOST_LISTED = 3


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 trust``, ``2 trusts``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def part_of(number: int, whole: int, one: str) -> str:
    """``1 of 3 savings``, ``all 3 savings``, ``the one saving``."""
    if number < whole:
        return f"{number:,} of {count(whole, one)}"
    return f"the one {one}" if whole == 1 else f"all {count(whole, one)}"


def joined(parts: Sequence[str]) -> str:
    """``one``, ``one and two``, ``one, two and three``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def listed(parts: Sequence[str]) -> str:
    """As ``joined``, with no more than a few by name: ``one, two, three and 4 more``."""
    rest = len(parts) - MOST_LISTED
    return joined([*parts[:MOST_LISTED], f"{rest:,} more"] if rest > 0 else parts)


def sources_of(texts: Iterable[str]) -> str | None:
    """Each source once, however many facts it is the source of, in an order of their own; None for none."""
    return "; ".join(_few(sorted(set(filter(None, texts))))) or None


def _few(texts: Sequence[str]) -> Sequence[str]:
    rest = len(texts) - MOST_LISTED
    return [*texts[:MOST_LISTED], count(rest, "more source")] if rest > 0 else texts


def day_in_words(day: date) -> str:
    """``29 September 2016``."""
    return f"{day.day} {day:%B} {day.year}"


def year_of(day: date) -> int:
    """The year in which the financial year of a day starts, for any day there is."""
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def year_in_words(start: int) -> str:
    """``2016/17`` for 2016."""
    return f"{start}/{(start + 1) % 100:02d}"


def lower_first(text: str) -> str:
    """A sentence as it stands within another."""
    return text[:1].lower() + text[1:]
