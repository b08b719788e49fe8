"""Working days in England: Monday to Friday, but for bank holidays."""

from datetime import date, timedelta

from holidays import country_holidays

# It works out each year as it is asked for, one-off holidays such as that of 19 September 2022 among them.
_BANK_HOLIDAYS = country_holidays("GB", subdiv="ENG")

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < _SATURDAY and day not in _BANK_HOLIDAYS


def working_days_before(day: date, count: int) -> date:
    """The working day that many working days before a day; for 0, the day itself or the last working day before.

    Raises ``ValueError`` for a count below 0.
    """
    if count < 0:
        raise ValueError("Count working days back from a day by 0 or more")
    found = day
    while not is_working_day(found):
        found -= _DAY
    # A day that is none itself stands for the working day before it, which is the first to count.
    left = count if found == day else max(0, count - 1)
    while left:
        found -= _DAY
        left -= is_working_day(found)
    return found
