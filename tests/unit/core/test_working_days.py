"""Counting back in English working days."""

from datetime import date, timedelta

import pytest

from opprod.core.working_days import is_working_day, working_days_before


@pytest.mark.parametrize(
    "day",
    [
        date(2016, 8, 27),  # a Saturday
        date(2016, 8, 28),  # a Sunday
        date(2016, 8, 29),  # the summer bank holiday
        date(2016, 12, 26),
        date(2016, 12, 27),  # in place of Christmas Day, which was a Sunday
        date(2017, 4, 14),  # Good Friday
        date(2017, 4, 17),  # Easter Monday
        date(2020, 5, 8),  # moved from Monday to VE Day
        date(2022, 9, 19),  # the Queen's funeral
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: date) -> None:
    assert not is_working_day(day)


def test_holidays_of_scotland_are_working_days_in_england() -> None:
    assert is_working_day(date(2017, 11, 30))
    assert is_working_day(date(2018, 1, 2))
    assert is_working_day(date(2020, 5, 4))


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2016, 9, 29), 0, date(2016, 9, 29)),
        (date(2016, 9, 29), 1, date(2016, 9, 28)),
        (date(2016, 9, 29), 4, date(2016, 9, 23)),
        (date(2016, 8, 30), 1, date(2016, 8, 26)),  # over a bank holiday weekend
        (date(2017, 4, 18), 2, date(2017, 4, 12)),  # over Easter
        (date(2016, 10, 2), 0, date(2016, 9, 30)),
        (date(2016, 10, 2), 1, date(2016, 9, 30)),
        (date(2016, 10, 2), 2, date(2016, 9, 29)),
    ],
)
def test_days_are_counted_back_over_what_is_no_working_day(day: date, count: int, found: date) -> None:
    assert working_days_before(day, count) == found


def test_as_many_working_days_lie_between_as_were_counted() -> None:
    meeting = date(2017, 1, 26)
    for count in range(40):
        found = working_days_before(meeting, count)
        between = [found + timedelta(days) for days in range((meeting - found).days)]
        assert sum(map(is_working_day, between)) == count


def test_nothing_is_counted_forward() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        working_days_before(date(2016, 9, 29), -1)
