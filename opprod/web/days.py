"""Reading a day as people type it."""

import re
from datetime import date

ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII)
WORDS = re.compile(r"(?P<day>\d{1,2}) ?(?P<month>[A-Za-z]{3,9})\.?,? ?(?P<year>\d{4})", re.ASCII)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def parse_day(text: str) -> date:
    """Read ``2016-09-29``, ``29/09/2016``, ``29 September 2016`` or ``29 Sep 2016``.

    Raise ``ValueError`` for anything else, and for a day that is in no calendar.
    """
    tidy = " ".join(text.split())
    for pattern in (ISO, NUMBERS, WORDS):
        found = pattern.fullmatch(tidy)
        if found:
            return date(int(found["year"]), _month(found["month"]), int(found["day"]))
    raise ValueError("not a day")


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    name = "sep" if text.lower() == "sept" else text.lower()
    for number, month in enumerate(MONTHS, start=1):
        if name in {month, month[:3]}:
            return number
    raise ValueError("not a month")
