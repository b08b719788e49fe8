"""Financial years, as people write them and as days fall in them."""

from datetime import date

import pytest

from opprod.core.financial_year import FinancialYear


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2016, 3, 31), "2015/16"),
        (date(2016, 4, 1), "2016/17"),
        (date(2016, 9, 26), "2016/17"),
        (date(2017, 1, 1), "2016/17"),
        (date(1999, 12, 31), "1999/00"),
    ],
)
def test_a_day_falls_in_the_year_that_began_on_the_1_april_before(day: date, written: str) -> None:
    assert str(FinancialYear.of(day)) == written


@pytest.mark.parametrize("text", ["2016/17", "16/17", " 2016-17 ", "2016–17", "2016/2017"])
def test_it_is_read_as_people_write_it(text: str) -> None:
    assert FinancialYear.parse(text) == FinancialYear(2016)


@pytest.mark.parametrize("text", ["", "2016", "2016/18", "2016/16", "next year", "2016/17/18", "²016/17", "1900/01"])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="financial year"):
        FinancialYear.parse(text)


def test_years_follow_each_other_without_a_gap() -> None:
    year = FinancialYear(2016)
    assert (year.next.first_day - year.last_day).days == 1
    assert year < year.next
