from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from opprod.core.quantity import (
    MAXIMUM,
    SCALE,
    Qualifier,
    Quantity,
    QuantityError,
    UnlikeUnits,
    from_scaled,
    parse,
    to_scaled,
    total,
)
from opprod.core.quantity.vocabulary import APPROXIMATIONS, LIMITS, NUMBER_WORDS, SCALES

# A busy machine is no failure.
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

UNITS = st.sampled_from(["GBP", "%", "", "trusts"])
# Round figures, so that every scale is tried.
VALUES = st.builds(
    lambda digits, power: from_scaled(digits * 10**power), st.integers(-9999, 9999), st.integers(0, 10)
)
LOWER_LIMITS = [Qualifier.OVER, Qualifier.JUST_OVER, Qualifier.AT_LEAST, Qualifier.CIRCA]
UPPER_LIMITS = [Qualifier.UNDER, Qualifier.NEARLY, Qualifier.UP_TO, Qualifier.CIRCA]


@st.composite
def quantities(draw, units=UNITS, *, open_below=True):
    unit = draw(units)
    one, other = sorted([draw(VALUES), draw(VALUES)])
    shapes = [
        (one, one, [Qualifier.EXACT, Qualifier.CIRCA]),
        (one, other, [Qualifier.EXACT, Qualifier.CIRCA]),
        (one, None, LOWER_LIMITS),
    ]
    if open_below:
        shapes.append((None, one, UPPER_LIMITS))
    low, high, qualifiers = draw(st.sampled_from(shapes))
    return Quantity.of(low, high, draw(st.sampled_from(qualifiers)), unit)


# Money that can always be totalled: none is open below.
MONEY = quantities(st.just("GBP"), open_below=False)

FRAGMENTS = st.sampled_from(
    [
        *(*LIMITS, *APPROXIMATIONS, *SCALES, *NUMBER_WORDS),
        *(
            *"£%+-–—−,.<>0159",
            " ",
            "  ",
            " to ",
            " per cent",
            "minus ",
            "18",
            "1,400",
            "6.2",
            "trusts",
            "\n",
            "£18-20m",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=70), st.lists(FRAGMENTS, max_size=8).map("".join))


@QUICK
@given(quantities())
def test_what_is_said_reads_back_the_same(quantity):
    assert parse(quantity.said, unit=quantity.unit) == quantity


@settings(QUICK, max_examples=400)
@given(TEXTS, st.sampled_from([None, "GBP", "%", "", "trusts"]))
def test_any_text_is_read_or_refused(text, unit):
    try:
        quantity = parse(text, unit=unit)
    except QuantityError:
        return
    assert parse(quantity.said, unit=unit) == quantity
    assert unit is None or quantity.unit == unit


@QUICK
@given(st.lists(MONEY, min_size=2, max_size=8))
def test_the_bounds_of_a_total_are_the_exact_sums(parts):
    whole = total(parts)

    assert whole is not None
    assert whole.low == sum(part.low for part in parts)
    open_above = any(part.high is None for part in parts)
    assert whole.high == (None if open_above else sum(part.high for part in parts))
    assert (whole.qualifier is Qualifier.CIRCA) == any(part.qualifier is Qualifier.CIRCA for part in parts)
    assert parse(whole.said) == whole


@QUICK
@given(MONEY, MONEY, MONEY)
def test_the_order_of_adding_does_not_matter(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three) == total([three, one, two])


@QUICK
@given(quantities(), quantities())
def test_unlike_units_never_add(one, other):
    assume(one.unit != other.unit)
    with pytest.raises(UnlikeUnits):
        one + other


@QUICK
@given(st.integers(-int(MAXIMUM) * SCALE, int(MAXIMUM) * SCALE))
def test_scaled_values_convert_exactly_both_ways(scaled):
    value = from_scaled(scaled)

    assert to_scaled(value) == scaled
    assert value * SCALE == scaled


@QUICK
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_value_is_kept_exactly_or_refused(value):
    try:
        scaled = to_scaled(value)
    except QuantityError:
        assert abs(value) > MAXIMUM or value != value.quantize(Decimal("0.0001"))
    else:
        assert from_scaled(scaled) == value
