from datetime import UTC, date, datetime

import pytest

from opprod.core import clock
from opprod.web.presenters import day, file_size, from_today, moment, plural, short_day


def test_a_day_has_no_leading_zero() -> None:
    assert day(date(2016, 9, 5)) == "5 September 2016"
    assert short_day(date(2016, 9, 5)) == "5 Sep 2016"


def test_a_moment_is_told_in_london_time() -> None:
    assert moment(datetime(2016, 9, 26, 13, 5, tzinfo=UTC)) == "26 September 2016, 2:05pm"
    assert moment(datetime(2016, 12, 26, 9, 0, tzinfo=UTC)) == "26 December 2016, 9am"


def test_late_in_the_evening_of_summer_time_it_is_the_next_day() -> None:
    assert day(datetime(2016, 9, 25, 23, 30, tzinfo=UTC)) == "26 September 2016"


@pytest.mark.parametrize(("hour", "said"), [(11, "midday"), (23, "midnight")])
def test_twelve_o_clock_is_said_in_words(hour: int, said: str) -> None:
    assert moment(datetime(2016, 9, 25, hour, 0, tzinfo=UTC)).endswith(f", {said}")


def test_half_past_midnight_is_12_30am() -> None:
    assert moment(datetime(2016, 12, 25, 0, 30, tzinfo=UTC)) == "25 December 2016, 12:30am"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2016, 9, 26, 13, 5))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (date(2016, 9, 26), "today"),
        (date(2016, 9, 27), "tomorrow"),
        (date(2016, 9, 25), "yesterday"),
        (date(2016, 9, 29), "in 3 days"),
        (date(2016, 9, 1), "25 days ago"),
    ],
)
def test_distance_from_today(other: date, said: str) -> None:
    with clock.pinned_to(date(2016, 9, 26)):
        assert from_today(other) == said


def test_counts_agree_with_their_nouns() -> None:
    assert plural(0, "next step") == "0 next steps"
    assert plural(1, "next step") == "1 next step"
    assert plural(1400, "user") == "1,400 users"
    assert plural(3, "health economy", "health economies") == "3 health economies"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (850, "850 bytes"),
        (34_000, "33 KB"),
        (1_258_291, "1.2 MB"),
        (20 * 2**20, "20.0 MB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_fits(size: int, said: str) -> None:
    assert file_size(size) == said
