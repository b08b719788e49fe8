from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.web.days import parse_day
from opprod.web.presenters import day, short_day


@pytest.mark.parametrize(
    "typed",
    [
        "2016-09-29",
        "29/09/2016",
        "29/9/2016",
        "29.9.2016",
        "29 September 2016",
        "29 sep 2016",
        "29 Sept. 2016",
        "  29  SEPTEMBER   2016 ",
        "29Sep2016",
    ],
)
def test_a_day_is_read_in_every_usual_form(typed: str) -> None:
    assert parse_day(typed) == date(2016, 9, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "31/02/2016",
        "2016-13-01",
        "9/29/2016",
        "29 Septembre 2016",
        "29/09/16",
        "0000-01-01",
        "\uff12\uff19/\uff19/2016",
        "29/09/2016 ten",
        "1" * 5000,
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_as_shown_reads_back_as_the_same_day(value: date) -> None:
    assert parse_day(day(value)) == parse_day(short_day(value)) == parse_day(value.isoformat()) == value
