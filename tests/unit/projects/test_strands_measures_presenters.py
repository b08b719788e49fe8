"""Strands and measures in words and charts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from opprod.core.quantity import GBP, PERCENT, parse
from opprod.projects import presenters
from opprod.projects.queries.measures import MeasureView, ReadingView

DAY = date(2016, 9, 26)


def a_view(unit: str = GBP) -> MeasureView:
    return MeasureView(
        id=1,
        key="savings",
        name="Savings",
        unit=unit,
        version=1,
        strand_id=None,
        strand_kind=None,
        strand_slug=None,
        strand_name=None,
        reading=None,
    )


def a_reading(said: str, on: date, *, illustrative: str | None = None) -> ReadingView:
    return ReadingView(
        id=1,
        measure_id=1,
        key="savings",
        name="Savings",
        quantity=parse(said),
        effective_on=on,
        source="Finance return",
        recorded_at=datetime(2016, 9, 26, tzinfo=UTC),
        recorded_by="Staff",
        update_id=None,
        illustrative=illustrative,
    )


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2016, 9, 24), "2 days overdue"),
        (date(2016, 9, 25), "1 day overdue"),
        (date(2016, 9, 26), "due today"),
        (date(2016, 9, 27), "due tomorrow"),
        (date(2016, 10, 6), "due in 10 days"),
    ],
)
def test_a_due_day_is_told_from_the_day_of_the_page(due_on: date, words: str) -> None:
    assert presenters.due_in_words(due_on, DAY) == words


def test_a_trend_runs_from_the_oldest_to_the_newest_reading_with_ranges_and_what_is_illustrative() -> None:
    newest_first = [
        a_reading("over £30m", date(2016, 9, 1)),
        a_reading("£18–20m", date(2016, 8, 1)),
        a_reading("c.£10m", date(2016, 7, 1), illustrative="the value"),
    ]
    chart = presenters.trend(a_view(), newest_first)

    assert [(p.on.month, p.value, p.low, p.high, p.illustrative) for p in chart.points] == [
        (7, Decimal(10_000_000), None, None, True),
        (8, Decimal(19_000_000), Decimal(18_000_000), Decimal(20_000_000), False),
        (9, Decimal(30_000_000), None, None, False),
    ]
    assert chart.title == "Savings: from c.£10m on 1 Jul 2016 to over £30m on 1 Sep 2016"
    assert chart.description == "1 Jul 2016: c.£10m (illustrative); 1 Aug 2016: £18–20m; 1 Sep 2016: over £30m"


def test_a_trend_of_one_reading_or_none_says_so() -> None:
    assert presenters.trend(a_view(), [a_reading("£5m", DAY)]).title == "Savings: £5m on 26 Sep 2016"
    assert presenters.trend(a_view(), []).title == "Savings: no readings yet"


def test_a_hint_shows_values_of_the_unit() -> None:
    assert "£18–20m" in presenters.value_hint(GBP)
    assert "40%" in presenters.value_hint(PERCENT)
    assert presenters.value_hint("trusts").startswith("In trusts:")
