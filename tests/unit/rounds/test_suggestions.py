"""The days suggested for a meeting."""

from datetime import date

import pytest

from opprod.rounds.models import Meeting
from opprod.rounds.services import suggested_dates, suggested_next

SEPTEMBER = Meeting(board="NHS Improvement Board", held_on=date(2016, 9, 29))


def test_a_round_of_four_weeks_ends_with_updates_and_then_the_paper() -> None:
    dates = suggested_dates(held_on=date(2016, 11, 24))
    assert dates.opens_on == date(2016, 10, 27)
    assert dates.updates_due_on == date(2016, 11, 8)
    assert dates.updates_reviewed_on == date(2016, 11, 10)
    assert dates.paper_drafted_on == date(2016, 11, 14)
    assert dates.paper_approved_on == date(2016, 11, 16)
    assert dates.paper_due_on == date(2016, 11, 17)
    over_a_bank_holiday = suggested_dates(held_on=date(2016, 9, 8))
    assert over_a_bank_holiday.updates_due_on == date(2016, 8, 22)


def test_a_round_opens_after_the_meeting_before() -> None:
    assert suggested_dates(held_on=date(2016, 10, 20), after=SEPTEMBER).opens_on == date(2016, 9, 30)
    # Nothing usual fits between two days this close: the form's own checks speak.
    close = suggested_dates(held_on=date(2016, 10, 5), after=SEPTEMBER)
    assert close.opens_on == close.updates_due_on


@pytest.mark.parametrize(
    ("day", "held_on"),
    [
        (date(2016, 9, 26), date(2016, 11, 24)),
        (date(2016, 11, 24), date(2016, 11, 24)),
        (date(2016, 11, 25), date(2017, 1, 19)),
        (date(2018, 1, 1), date(2018, 2, 15)),
    ],
)
def test_the_next_meeting_is_a_whole_number_of_intervals_on_and_never_in_the_past(day: date, held_on: date) -> None:
    assert suggested_next(latest=SEPTEMBER, day=day).held_on == held_on


def test_the_first_meeting_is_an_interval_from_today() -> None:
    assert suggested_next(latest=None, day=date(2016, 9, 26)).held_on == date(2016, 11, 21)
