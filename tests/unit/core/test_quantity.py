from dataclasses import FrozenInstanceError
from decimal import Decimal, localcontext

import pytest

from opprod.core.quantity import (
    MAXIMUM,
    SCALE,
    Qualifier,
    Quantity,
    QuantityError,
    from_scaled,
    parse,
    to_scaled,
)

FIVE, SIX = Decimal(5), Decimal(6)


def test_quantities_are_equal_when_they_bound_and_say_the_same():
    assert parse("£18-20m") == parse("£18m to £20m")
    assert hash(parse("£18-20m")) == hash(parse("£18m to £20m"))
    assert parse("c.20") != parse("about 20")
    assert parse("20") != parse("20%")


def test_vague_values_have_no_order():
    with pytest.raises(TypeError):
        parse("c.20") < parse("about 30")  # noqa: B015 the comparison itself is refused


def test_a_quantity_does_not_change():
    with pytest.raises(FrozenInstanceError):
        parse("5").low = SIX


@pytest.mark.parametrize(
    ("said", "middle"),
    [("£18–20m", 19_000_000), ("c.20", 20), ("over 1,400", 1400), ("up to 6", 6), ("5–6", "5.5"), ("-5 to 5", 0)],
)
def test_the_midpoint_is_half_way_or_the_known_bound(said, middle):
    assert parse(said).midpoint() == Decimal(middle)


@pytest.mark.parametrize("qualifier", [Qualifier.OVER, Qualifier.JUST_OVER, Qualifier.AT_LEAST])
@pytest.mark.parametrize(("low", "high"), [(FIVE, SIX), (None, SIX), (None, None)])
def test_a_lower_limit_has_a_low_bound_alone(qualifier, low, high):
    with pytest.raises(QuantityError):
        Quantity(low, high, qualifier, "", "5")
    assert Quantity.of(FIVE, None, qualifier, "").low == FIVE


@pytest.mark.parametrize("qualifier", [Qualifier.UNDER, Qualifier.NEARLY, Qualifier.UP_TO])
@pytest.mark.parametrize(("low", "high"), [(FIVE, SIX), (FIVE, None), (None, None)])
def test_an_upper_limit_has_a_high_bound_alone(qualifier, low, high):
    with pytest.raises(QuantityError):
        Quantity(low, high, qualifier, "", "5")
    assert Quantity.of(None, SIX, qualifier, "").high == SIX


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [
        (FIVE, None, Qualifier.EXACT),
        (None, SIX, Qualifier.EXACT),
        (SIX, FIVE, Qualifier.EXACT),
        (SIX, FIVE, Qualifier.CIRCA),
        (None, None, Qualifier.CIRCA),
        (Decimal("0.00001"), SIX, Qualifier.EXACT),
        (Decimal("NaN"), SIX, Qualifier.EXACT),
    ],
)
def test_bounds_that_say_nothing_are_refused(low, high, qualifier):
    with pytest.raises(QuantityError):
        Quantity(low, high, qualifier, "", "5")
    with pytest.raises(QuantityError):
        Quantity.of(low, high, qualifier, "")


@pytest.mark.parametrize("said", ["", "5" * 61])
def test_what_is_said_fits_its_column(said):
    with pytest.raises(QuantityError):
        Quantity(FIVE, FIVE, Qualifier.EXACT, "", said)


def test_values_are_kept_in_ten_thousandths():
    assert to_scaled(Decimal("6.2")) == 62_000
    assert from_scaled(62_000) == Decimal("6.2")
    assert str(from_scaled(-180_000_000_000)) == "-18000000"


@pytest.mark.parametrize(
    "value", ["0.00001", "1E-999999", "200000000000.0001", "-200000000001", "1E+999999", "NaN", "sNaN", "-Infinity"]
)
def test_a_value_that_cannot_be_kept_exactly_is_refused(value):
    with pytest.raises(QuantityError):
        to_scaled(Decimal(value))


def test_zero_is_kept_whatever_its_exponent():
    assert to_scaled(Decimal("0E-999999")) == 0


def test_thousands_of_the_largest_values_sum_within_64_bits():
    assert to_scaled(MAXIMUM) == MAXIMUM * SCALE
    assert 4_000 * to_scaled(MAXIMUM) < 2**63


def test_nothing_is_rounded_to_the_precision_of_decimal_arithmetic():
    with localcontext() as context:
        context.prec = 3
        quantity = parse("£123,456,789.1234") + parse("£0.0001")

    assert quantity.low == Decimal("123456789.1235")
    assert quantity.said == "£123,456,789.1235"
