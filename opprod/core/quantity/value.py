from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final, Self

from opprod.core.quantity.errors import QuantityError, UnboundedTotal, UnlikeUnits
from opprod.core.quantity.figures import format_exact
from opprod.core.quantity.scaling import from_scaled, to_scaled
from opprod.core.quantity.units import alike, common_unit, is_unit, name_of
from opprod.core.quantity.vocabulary import Qualifier

SAID_LENGTH: Final = 60
TOO_LONG = f"Enter a value of {SAID_LENGTH} characters or fewer"

# The qualifier of a sum is the first of these that any part calls for. Nearness is not kept: just over 20
# and just over 20 are not just over 40.
_SUM_QUALIFIERS = (
    (Qualifier.CIRCA, {Qualifier.CIRCA}),
    (Qualifier.OVER, {Qualifier.OVER, Qualifier.JUST_OVER}),
    (Qualifier.AT_LEAST, {Qualifier.AT_LEAST}),
    (Qualifier.UNDER, {Qualifier.UNDER, Qualifier.NEARLY}),
    (Qualifier.UP_TO, {Qualifier.UP_TO}),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as it was said, and what that says of the truth.

    `low` and `high` are in whole units (pounds, not millions), None where open; `qualifier` says how they
    bound the truth. `unit` is GBP, %, a noun, or nothing for a bare count. `said` is the text to print, at
    most 60 characters. Negative values are allowed throughout: a saving of -£2m is a cost.

    Two quantities are equal when all five are: c.20 and about 20 bound the truth alike but were not said
    alike. Vague values have no order: compare the bounds you mean.

    Raises QuantityError if the bounds do not fit the qualifier or cannot be stored.
    """

    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str
    said: str

    def __post_init__(self) -> None:
        for bound in (self.low, self.high):
            if bound is not None:
                to_scaled(bound)
        if not _fits(self.low, self.high, self.qualifier):
            raise QuantityError(f"These bounds do not say {self.qualifier.replace('_', ' ')}")
        if not is_unit(self.unit):
            raise QuantityError("Enter a unit of one or more plain words, such as trusts, or none")
        if not 0 < len(self.said) <= SAID_LENGTH:
            raise QuantityError(TOO_LONG)

    @classmethod
    def of(cls, low: Decimal | None, high: Decimal | None, qualifier: Qualifier, unit: str) -> Self:
        """Make the quantity with these bounds, said in the house style. Raises QuantityError."""
        return cls(low, high, qualifier, unit, format_exact(low, high, qualifier, unit))

    def __str__(self) -> str:
        return self.said

    def __add__(self, other: object) -> "Quantity":
        """Add the two, as `total` does."""
        if not isinstance(other, Quantity):
            return NotImplemented
        return _sum((self, other))

    def midpoint(self) -> Decimal:
        """Return where to draw this on a chart: half way, or at the known bound. Not for reckoning."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return sum(bounds, Decimal(0)) / len(bounds)


def total(quantities: Iterable[Quantity], *, unit: str | None = None) -> Quantity | None:
    """Add up `quantities`, saying the sum in the house style; a lone one stays as it was said.

    None for no quantities: blank is not zero. Each bound is the exact sum of the parts' bounds, and open
    if any part's is. A sum with an approximate part is approximate. `unit`, if given, is the total's,
    and every part must be in it.

    Raises UnlikeUnits; UnboundedTotal if no bound is left; QuantityError if too large to store.
    """
    parts = tuple(quantities)
    for part in parts:
        if unit is not None and not alike(unit, part.unit):
            raise UnlikeUnits(f"Values in {name_of(part.unit)} cannot be totalled as {name_of(unit)}")
    if len(parts) < 2:
        return parts[0] if parts else None
    return _sum(parts, unit)


def _sum(parts: Sequence[Quantity], unit: str | None = None) -> Quantity:
    if unit is None:
        unit = reduce(common_unit, (part.unit for part in parts))
    low = _sum_bounds([part.low for part in parts])
    high = _sum_bounds([part.high for part in parts])
    return sum_of_bounds(low, high, {part.qualifier for part in parts}, unit)


def sum_of_bounds(low: int | None, high: int | None, qualifiers: Set[Qualifier], unit: str) -> Quantity:
    """Say a sum in the house style from its bounds in ten-thousandths and the qualifiers of its parts.

    Raises UnboundedTotal if no bound is known; QuantityError if too large to store.
    """
    if low is None and high is None:
        raise UnboundedTotal("Values open upwards and values open downwards have no total that can be said")
    qualifier = next((whole for whole, calls in _SUM_QUALIFIERS if calls & qualifiers), Qualifier.EXACT)
    bounds = [None if bound is None else from_scaled(bound) for bound in (low, high)]
    return Quantity.of(bounds[0], bounds[1], qualifier, unit)


def _sum_bounds(bounds: Sequence[Decimal | None]) -> int | None:
    known = [to_scaled(bound) for bound in bounds if bound is not None]
    return sum(known) if len(known) == len(bounds) else None


def _fits(low: Decimal | None, high: Decimal | None, qualifier: Qualifier) -> bool:
    if qualifier.bounds_below:
        return low is not None and high is None
    if qualifier.bounds_above:
        return low is None and high is not None
    if low is None or high is None:
        return qualifier is Qualifier.CIRCA and not (low is None and high is None)
    return low <= high
