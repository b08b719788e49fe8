"""Totals from what a database adds up say what totals of the parts say."""

from collections.abc import Sequence
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.core.quantity import (
    Group,
    Qualifier,
    Quantity,
    QuantityError,
    UnboundedTotal,
    UnlikeUnits,
    floor_of,
    parse,
    sum_of,
    to_scaled,
    total,
)
from tests.unit.core.test_quantity_properties import MONEY, QUICK, quantities


def grouped(parts: Sequence[Quantity]) -> list[Group]:
    """What ``GROUP BY qualifier, unit`` makes of the parts; the sum of no bounds is NULL."""

    def alike(part: Quantity) -> tuple[Qualifier, str]:
        return part.qualifier, part.unit

    groups = []
    for (qualifier, unit), found in groupby(sorted(parts, key=alike), key=alike):
        each = list(found)
        lows = [to_scaled(part.low) for part in each if part.low is not None]
        highs = [to_scaled(part.high) for part in each if part.high is not None]
        groups.append(
            Group(
                qualifier=qualifier,
                unit=unit,
                low_sum=sum(lows) if lows else None,
                high_sum=sum(highs) if highs else None,
                lows=len(lows),
                highs=len(highs),
                count=len(each),
                said=min(part.said for part in each),
            )
        )
    return groups


def outcome(reckon: object, parts: object) -> object:
    """A total, or the kind of error there is instead."""
    try:
        return reckon(parts)  # type: ignore[operator]
    except QuantityError as error:
        return type(error)


@QUICK
@given(st.lists(MONEY, max_size=8))
def test_the_sum_of_groups_is_the_total_of_their_parts(parts: list[Quantity]) -> None:
    assert sum_of(grouped(parts)) == total(parts)


@QUICK
@given(st.lists(quantities(), max_size=6))
def test_what_has_no_total_has_no_sum_and_for_the_same_reason(parts: list[Quantity]) -> None:
    assert outcome(sum_of, grouped(parts)) == outcome(total, parts)


@pytest.mark.parametrize("said", ["just over £20m", "c.£18–20m", "about £6m", "nearly £3m", "£6.20"])
def test_a_lone_part_stays_as_it_was_said(said: str) -> None:
    assert sum_of(grouped([parse(said)])) == parse(said)


def test_nothing_has_no_sum() -> None:
    assert sum_of([]) is None
    assert sum_of([Group(Qualifier.EXACT, "GBP", None, None, lows=0, highs=0, count=0, said="")]) is None


def test_what_is_open_at_both_ends_or_unlike_or_too_large_is_refused() -> None:
    with pytest.raises(UnboundedTotal):
        sum_of(grouped([parse("over £5m"), parse("under £3m")]))
    with pytest.raises(UnlikeUnits):
        sum_of(grouped([parse("£5m"), parse("5%")]))
    with pytest.raises(QuantityError):
        sum_of(grouped([parse("£150bn"), parse("£150bn")]))


def test_groups_larger_than_a_value_can_be_may_still_have_a_total() -> None:
    parts = [parse("£150bn"), parse("£150bn"), parse("~£10bn"), parse("-£200bn")]
    assert sum_of(grouped(parts)) == total(parts) == parse("c.£110bn")


@pytest.mark.parametrize(
    ("parts", "floor"),
    [
        (["over £5m", "under £3m"], "over £5m"),
        (["at least £5m", "up to £3m", "£1–2m"], "at least £6m"),
        (["just over £5m", "nearly £3m"], "over £5m"),
        (["over £5m", "up to c.£3m"], "over £5m"),
        (["c.£5m+", "up to £3m"], "c.£5m+"),
        (["£1–2m", "£4m"], "at least £5m"),
    ],
)
def test_a_total_that_cannot_be_said_has_a_floor_where_nothing_is_negative(parts: list[str], floor: str) -> None:
    assert str(floor_of(grouped([parse(part) for part in parts]))) == floor


def test_what_is_only_open_downwards_has_no_floor_to_speak_of() -> None:
    assert floor_of(grouped([parse("up to £3m"), parse("under £2m")])) is None
    assert floor_of([]) is None


@QUICK
@given(quantities())
def test_the_group_of_one_quantity_sums_to_it(quantity: Quantity) -> None:
    assert sum_of([Group.of(quantity)]) == quantity
    assert [Group.of(quantity)] == grouped([quantity])
