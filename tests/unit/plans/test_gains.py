"""What counts of a plan's ledger as gain, when the first of it comes, and how soon it pays back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP, parse
from opprod.plans.models import FigureKind, SavingKind
from opprod.plans.rules.gains import Counted, Gain, Line, Unranked, gain_of, months_to, payback

TODAY = date(2016, 9, 26)
BACK_OFFICE = 1
FINANCE, HR, PAYROLL = 11, 12, 13
FOCUS = Counted(frozenset({FINANCE, HR}), frozenset())
WHOLE = Counted(frozenset({FINANCE, HR, PAYROLL}), frozenset({BACK_OFFICE}))


def line(said: str | None, year: int = 2017, **changes: Any) -> Line:
    fields: dict[str, Any] = {
        "year": FinancialYear(year),
        "kind": SavingKind.PLAN,
        "function_id": HR,
        "quantity": parse(said, unit=GBP) if said else None,
        "cash_releasing": True,
    }
    return Line(**(fields | changes))


def gain(*lines: Line, counted: Counted = FOCUS, day: date = TODAY) -> Gain:
    return gain_of(lines, service_id=BACK_OFFICE, counted=counted, day=day)


def said(found: Gain) -> tuple[str, str, str, int]:
    """The yearly saving, its year, the first year and the months to it."""
    assert found.yearly is not None
    assert found.months is not None
    return found.yearly.said, str(found.year), str(found.first), found.months


@pytest.mark.parametrize(
    ("day", "year", "months"),
    [
        (TODAY, 2016, 6),
        (TODAY, 2017, 18),
        (date(2016, 9, 1), 2016, 6),
        (date(2016, 9, 30), 2016, 6),
        (date(2016, 4, 1), 2016, 11),
        (date(2017, 2, 28), 2016, 1),
        (date(2017, 3, 1), 2016, 1),
        (date(2017, 3, 31), 2016, 1),
        (date(2017, 3, 31), 2017, 12),
    ],
)
def test_months_are_full_ones_to_the_end_of_the_year_and_never_none(day: date, year: int, months: int) -> None:
    assert months_to(day, FinancialYear(year)) == months


def test_the_yearly_saving_is_the_largest_year_s_and_the_first_may_be_another() -> None:
    found = gain(line("£500k", 2016), line("£2-3m", 2018), line("£2.2-2.5m", 2017), line("£9m", 2015))
    assert said(found) == ("£2.2–2.5m", "2017/18", "2016/17", 6)


def test_equal_low_ends_are_told_apart_by_the_high_end_and_an_open_one_is_the_larger() -> None:
    assert said(gain(line("£2-3m", 2017), line("£2-4m", 2018)))[:2] == ("£2–4m", "2018/19")
    assert said(gain(line("£2-4m", 2017), line("over £2m", 2018)))[:2] == ("over £2m", "2018/19")
    assert said(gain(line("£2m", 2017), line("£2m", 2018)))[:2] == ("£2m", "2017/18")


def test_the_functions_of_a_year_are_added_up_as_ranges() -> None:
    found = gain(line("£1-2m", function_id=FINANCE), line("c.£3m"), line("£50m", function_id=PAYROLL))
    assert said(found)[0] == "c.£4–5m"


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([SavingKind.PLAN, SavingKind.FORECAST], "£2m"),
        ([SavingKind.PLAN, SavingKind.FORECAST, SavingKind.ACTUAL], "£3m"),
        ([SavingKind.ACTUAL, SavingKind.PLAN], "£1m"),
    ],
)
def test_the_best_kind_of_a_year_is_taken_whole_so_that_no_pound_counts_twice(
    kinds: list[SavingKind], expected: str
) -> None:
    lines = [line(f"£{number}m", kind=kind) for number, kind in enumerate(kinds, start=1)]
    planned_alone = line("£5m", kind=SavingKind.PLAN, function_id=FINANCE)
    assert said(gain(*lines, planned_alone))[0] == expected


def test_a_forecast_without_a_figure_says_nothing_and_leaves_the_plan_s_figure() -> None:
    assert said(gain(line("£1m"), line(None, kind=SavingKind.FORECAST)))[0] == "£1m"


def test_a_better_kind_of_another_function_still_takes_the_year() -> None:
    found = gain(line("£1m"), line("£9m", kind=SavingKind.FORECAST, function_id=PAYROLL))
    assert found.unranked is Unranked.OTHER_FUNCTIONS


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], Unranked.NO_FIGURE),
        ([line(None)], Unranked.NO_FIGURE),
        ([line("£1m", 2015)], Unranked.NO_FIGURE),
        ([line("£1m", counted_here=False)], Unranked.COUNTED_ELSEWHERE),
        ([line("up to £2m")], Unranked.NO_LOW_END),
        ([line("up to £2m"), line("£1m", function_id=FINANCE)], Unranked.NO_LOW_END),
        ([line("£1m", function_id=None)], Unranked.NOT_SPLIT),
        ([line("£0"), line("£1m", function_id=None)], Unranked.NOT_SPLIT),
        ([line("£1m", cash_releasing=None)], Unranked.NOT_SAID),
        ([line("£1m", cash_releasing=None, function_id=None)], Unranked.NOT_SAID),
        ([line("£0"), line("£1m", cash_releasing=None)], Unranked.NOT_SAID),
        ([line("£0")], Unranked.NOTHING),
        ([line("£1m", cash_releasing=False)], Unranked.NOT_CASH),
        ([line("£1m", function_id=PAYROLL)], Unranked.OTHER_FUNCTIONS),
        ([line("£1m", function_id=PAYROLL, cash_releasing=None)], Unranked.OTHER_FUNCTIONS),
    ],
)
def test_what_cannot_be_ranked_says_why(lines: list[Line], reason: Unranked) -> None:
    found = gain(*lines)
    assert (found.unranked, found.low, found.months if reason is not Unranked.NO_LOW_END else None) == (
        reason,
        None,
        None,
    )


def test_only_an_upper_bound_is_shown_but_not_ranked() -> None:
    found = gain(line("up to £2m"), line("over £1m", function_id=FINANCE), line("up to £3m", 2018))
    assert found.unranked is Unranked.NO_LOW_END
    # Nothing can be said of the sum in 2017/18, where the low end of one and the high end of the other are open.
    assert (found.yearly, found.first) == (None, FinancialYear(2017))
    assert str(gain(line("up to £2m"), line("up to £3m", 2018)).yearly) == "up to £3m"


def test_a_year_with_a_low_end_is_taken_before_one_without() -> None:
    assert said(gain(line("up to £5m", 2016), line("£1m", 2017))) == ("£1m", "2017/18", "2016/17", 6)


def test_a_year_of_no_saving_is_not_the_first() -> None:
    assert said(gain(line("£0", 2016), line("£1m", 2017)))[2:] == ("2017/18", 18)


def test_a_saving_not_split_counts_where_every_function_does() -> None:
    lines = [line("£1m", function_id=None), line("£2m"), line("£3m", function_id=PAYROLL)]
    assert said(gain(*lines, counted=WHOLE))[0] == "£6m"
    assert said(gain(*lines))[0] == "£2m"


def test_lines_that_might_count_and_cannot_are_counted_as_left_out() -> None:
    found = gain(
        line("£1m"),
        line(None),
        line("£2m", cash_releasing=None, function_id=FINANCE),
        line("£3m", function_id=None),
        # These are known not to count.
        line("£4m", cash_releasing=False),
        line("£5m", function_id=PAYROLL),
        line("£6m", counted_here=False),
        line("£7m", 2014),
    )
    assert (said(found)[0], found.left_out) == ("£1m", 3)


def of(capital: str | None, redundancy: str | None, saving: str) -> str:
    """The payback of a plan's investment by a yearly saving."""
    investment = {
        FigureKind.CAPITAL: parse(capital, unit=GBP) if capital else None,
        FigureKind.REDUNDANCY: parse(redundancy, unit=GBP) if redundancy else None,
    }
    return payback(investment, gain(line(saving))).said


@pytest.mark.parametrize(
    ("capital", "redundancy", "saving", "expected"),
    [
        ("£3m", "£1m", "£2m", "2 years"),
        ("£2m", "£0", "£2m", "1 year"),
        ("£1m", "£1m", "£3m", "0.7 years"),
        ("£3-4m", "£1m", "£1-2m", "2–5 years"),
        ("c.£3m", "£1m", "£2m", "c.2 years"),
        ("£0", "£0", "£2m", "None needed"),
        ("£10k", "£0", "£2m", "under 0.1 years"),
        ("up to £3m", "£1m", "£2m", "up to 2 years"),
        ("over £3m", "£1m", "£2m", "at least 2 years"),
        ("£3m", "£1m", "over £2m", "up to 2 years"),
        ("£3m", "£1m", "£0-2m", "at least 2 years"),
        ("up to £3m", "£1m", "£0-2m", "Cannot be said"),
        ("£100bn", "£0", "£1", "at least 999 years"),
        (None, None, "£2m", "Not stated"),
        ("£0", None, "£2m", "Not stated"),
        (None, "up to £1m", "£2m", "Not stated"),
        ("£3m", None, "£2m", "at least 1.5 years: cost of redundancy not stated"),
        (None, "£3-4m", "£2m", "at least 1.5 years: capital needed not stated"),
    ],
)
def test_payback_is_a_range_of_years_and_what_is_not_stated_is_not_nothing(
    capital: str | None, redundancy: str | None, saving: str, expected: str
) -> None:
    assert of(capital, redundancy, saving) == expected


def test_savings_past_what_can_be_said_are_reckoned_all_the_same() -> None:
    found = gain(line("£200bn"), line("£200bn", function_id=FINANCE))
    assert (found.unranked, found.low, found.yearly) == (None, Decimal(400_000_000_000), None)
