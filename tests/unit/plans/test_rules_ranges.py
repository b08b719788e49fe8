"""Ranges of money: what is known of a sum, a largest and a difference, and whether one reaches half of another."""

import pytest

from opprod.core.quantity import GBP, SCALE, parse
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.ambition import reaches_half
from opprod.plans.rules.v1.ranges import Range, largest, total


def money(said: str) -> Range:
    found = Range.of(parse(said, unit=GBP))
    assert found is not None
    return found


def pounds(low: int | None, high: int | None, *, above: bool = False, below: bool = False) -> Range:
    """A range in whole pounds."""
    ends = [None if end is None else end * SCALE for end in (low, high)]
    return Range(*ends, above=above, below=below)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("£5", pounds(5, 5)),
        ("£0", pounds(0, 0)),
        ("-£5", pounds(-5, -5)),
        ("£5–7", pounds(5, 7)),
        ("c.£5", pounds(5, 5)),
        ("c.£5+", pounds(5, None)),
        ("up to c.£5", pounds(0, 5)),
        ("up to £5", pounds(0, 5)),
        ("up to -£5", pounds(-5, -5)),
        ("under £5", pounds(0, 5, below=True)),
        ("nearly £5", pounds(0, 5, below=True)),
        ("at least £5", pounds(5, None)),
        ("over £5", pounds(5, None, above=True)),
        ("just over £5", pounds(5, None, above=True)),
    ],
)
def test_a_quantity_says_within_which_bounds_the_truth_lies(said: str, known: Range) -> None:
    assert money(said) == known


def test_what_is_blank_or_not_money_says_nothing() -> None:
    assert Range.of(None) is None
    assert Range.of(parse("5 posts", unit="posts")) is None


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["£5"], pounds(5, 5)),
        (["£5", "£7–9"], pounds(12, 14)),
        (["£5", "up to £3"], pounds(5, 8)),
        (["£5", "under £3"], pounds(5, 8, below=True)),
        (["£5", "at least £3"], pounds(8, None)),
        (["£5", "over £3"], pounds(8, None, above=True)),
        (["under £5", "over £3"], pounds(3, None, above=True)),
    ],
)
def test_a_sum_is_as_sure_as_its_parts(parts: list[str], whole: Range) -> None:
    assert total([money(part) for part in parts]) == whole


@pytest.mark.parametrize(
    ("ranges", "most"),
    [
        (["£5"], pounds(5, 5)),
        (["£5", "£7", "£6"], pounds(7, 7)),
        (["£5–9", "£6–7"], pounds(6, 9)),
        (["£5", "up to £9"], pounds(5, 9)),
        (["£9", "under £9"], pounds(9, 9)),
        (["£5", "under £9"], pounds(5, 9, below=True)),
        (["£5", "over £5"], pounds(5, None, above=True)),
        (["£5", "at least £1"], pounds(5, None)),
    ],
)
def test_the_largest_lies_above_every_low_bound(ranges: list[str], most: Range) -> None:
    assert largest([money(one) for one in ranges]) == most


@pytest.mark.parametrize(
    ("cost", "attainable", "difference", "said"),
    [
        ("£12m", "£8m", pounds(4_000_000, 4_000_000), "£4m"),
        ("£8m", "£12m", pounds(-4_000_000, -4_000_000), "-£4m"),
        ("£12–14m", "£6–8m", pounds(4_000_000, 8_000_000), "£4–8m"),
        ("c.£12m", "£8m", pounds(4_000_000, 4_000_000), "c.£4m"),
        ("£12m", "c.£8m", pounds(4_000_000, 4_000_000), "c.£4m"),
        ("over £12m", "£8m", pounds(4_000_000, None, above=True), "over £4m"),
        ("at least £12m", "£8m", pounds(4_000_000, None), "at least £4m"),
        ("£12m", "under £8m", pounds(4_000_000, 12_000_000, above=True), "£4–12m"),
        ("£12m", "over £8m", pounds(None, 4_000_000, below=True), "under £4m"),
        ("£12m", "£8–12m", pounds(0, 4_000_000), "up to £4m"),
        ("over £12m", "over £8m", pounds(None, None, above=True, below=True), "not bounded"),
    ],
)
def test_a_difference_is_as_sure_as_both(cost: str, attainable: str, difference: Range, said: str) -> None:
    found = money(cost) - money(attainable)
    assert (found, str(found)) == (difference, said)


@pytest.mark.parametrize(
    ("saving", "opportunity", "result"),
    [
        ("£2", "£4", Result.MET),
        ("£1.9999", "£4", Result.NOT_MET),
        ("£2", "£4.0001", Result.NOT_MET),
        ("at least £2", "£4", Result.MET),
        ("over £1", "£4", Result.EITHER),
        ("up to £2", "£4", Result.EITHER),
        ("under £2", "£4", Result.NOT_MET),
        ("under £2.1", "£4", Result.EITHER),
        ("£2", "over £4", Result.NOT_MET),
        ("£2", "at least £4", Result.EITHER),
        ("£2", "up to £4", Result.MET),
        ("£2", "£4–5", Result.EITHER),
        ("£2.5", "£4–5", Result.MET),
        ("£1–2", "£4–5", Result.EITHER),
        ("£1–1.9", "£4–5", Result.NOT_MET),
    ],
)
def test_half_is_reached_for_certain_or_perhaps_or_not(saving: str, opportunity: str, result: Result) -> None:
    assert reaches_half(money(saving), money(opportunity)) is result


def test_an_opportunity_that_nothing_is_known_of_may_be_reached() -> None:
    assert reaches_half(money("£2"), pounds(None, None)) is Result.EITHER
