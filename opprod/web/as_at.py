"""The day a page of figures is read as at: today, or an earlier one from ``?as_at=``."""

from dataclasses import dataclass
from datetime import date

from flask import g, request

from opprod.core import clock
from opprod.web.days import parse_day
from opprod.web.errors import UnusableAddress
from opprod.web.presenters import day as day_as_text

PARAMETER = "as_at"


@dataclass(frozen=True, slots=True)
class AsAt:
    """The end of this day is the moment the figures stood as shown."""

    day: date
    is_today: bool

    def url_args(self) -> dict[str, str]:
        """Return what to add to ``url_for`` so that a link stays on the same day; nothing for today."""
        return {} if self.is_today else {PARAMETER: self.day.isoformat()}


def requested_day() -> AsAt:
    """Return the day asked for, or today, and have the page say so where it is not today.

    Raise ``UnusableAddress`` (400) for text that is no day and for a day after today.
    """
    today = clock.today()
    typed = request.args.get(PARAMETER, "").strip()
    as_at = AsAt(_read(typed, today), False) if typed else AsAt(today, True)
    if as_at.day == today:
        as_at = AsAt(today, True)
    g.as_at = as_at
    return as_at


def _read(typed: str, today: date) -> date:
    try:
        wanted = parse_day(typed)
    except ValueError as error:
        raise UnusableAddress(
            "The day to show could not be read. Type it like 2016-09-25 or 25 September 2016."
        ) from error
    if wanted > today:
        raise UnusableAddress(
            f"Figures can be shown as at today, {day_as_text(today)}, or any day before it. "
            f"{day_as_text(wanted)} has not happened yet."
        )
    return wanted
