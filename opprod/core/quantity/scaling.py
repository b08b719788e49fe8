"""Exact values as whole numbers of ten-thousandths, which every database compares and sums exactly."""

from decimal import Decimal
from typing import Final

from opprod.core.quantity.errors import QuantityError

SCALE: Final = 10_000

# At this size a signed 64-bit sum holds 4,611 rows; the NHS in England spends about £120bn a year.
MAXIMUM: Final = Decimal(200_000_000_000)

TOO_LARGE = "Enter a value no larger than 200bn"
TOO_FINE = "Enter a value with no more than four decimal places"


def to_scaled(value: Decimal) -> int:
    """Return `value` in ten-thousandths.

    Raises QuantityError past MAXIMUM either side of zero, past four decimal places, or if not a number.
    """
    if not value.is_finite() or value.copy_abs() > MAXIMUM:
        raise QuantityError(TOO_LARGE)
    if not value:
        return 0
    # Far below this the ratio could be immense.
    if value.adjusted() < -4:
        raise QuantityError(TOO_FINE)
    numerator, denominator = value.as_integer_ratio()
    scaled, rest = divmod(numerator * SCALE, denominator)
    if rest:
        raise QuantityError(TOO_FINE)
    return scaled


def from_scaled(scaled: int) -> Decimal:
    """Return the value of a whole number of ten-thousandths: exact, at any size, without trailing zeros."""
    whole, rest = divmod(abs(scaled), SCALE)
    text = f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
    # Decimal arithmetic rounds to its context; reading text does not.
    return Decimal(f"-{text}" if scaled < 0 else text)
