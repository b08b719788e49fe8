"""Totals of quantities that a database has added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Self

from opprod.core.quantity.scaling import from_scaled, to_scaled
from opprod.core.quantity.units import common_unit
from opprod.core.quantity.value import Quantity, sum_of_bounds
from opprod.core.quantity.vocabulary import Qualifier


@dataclass(frozen=True, slots=True)
class Group:
    """Quantities alike in qualifier and unit, as one row of a ``GROUP BY`` tells of them.

    ``low_sum`` and ``high_sum`` are in ten-thousandths, as SQL adds up scaled columns; None where no bound is known.
    ``lows`` and ``highs`` count the known bounds, ``count`` the quantities. ``said`` is what any one of them says.
    """

    qualifier: Qualifier
    unit: str
    low_sum: int | None
    high_sum: int | None
    lows: int
    highs: int
    count: int
    said: str

    @classmethod
    def of(cls, quantity: Quantity) -> Self:
        """The group of one quantity."""
        low, high = (None if bound is None else to_scaled(bound) for bound in (quantity.low, quantity.high))
        return cls(
            qualifier=quantity.qualifier,
            unit=quantity.unit,
            low_sum=low,
            high_sum=high,
            lows=int(low is not None),
            highs=int(high is not None),
            count=1,
            said=quantity.said,
        )


def sum_of(groups: Iterable[Group]) -> Quantity | None:
    """The total of all the quantities in the groups: exactly what ``total`` says of the same quantities one by one.

    Raises UnlikeUnits; UnboundedTotal if no bound is left; QuantityError if too large to store.
    """
    known = [group for group in groups if group.count]
    if not known:
        return None
    if sum(group.count for group in known) == 1:
        return _lone(known[0])
    counts = [group.count for group in known]
    return sum_of_bounds(
        _sum([group.low_sum for group in known], [group.lows for group in known], counts),
        _sum([group.high_sum for group in known], [group.highs for group in known], counts),
        {group.qualifier for group in known},
        reduce(common_unit, (group.unit for group in known)),
    )


def floor_of(groups: Iterable[Group]) -> Quantity | None:
    """What the total of all the quantities in the groups cannot be less than, where none of them can be negative.

    It says something of a total that is open at both ends: up to £3m is then also £0 or more. Raises UnlikeUnits;
    QuantityError if too large to store.
    """
    known = [group for group in groups if group.count]
    from_below = {group.qualifier for group in known if group.lows}
    if not from_below:
        return None
    low = sum(group.low_sum or 0 for group in known)
    return sum_of_bounds(
        low, None, from_below | {Qualifier.AT_LEAST}, reduce(common_unit, (group.unit for group in known))
    )


def _lone(group: Group) -> Quantity:
    low, high = (None if bound is None else from_scaled(bound) for bound in (group.low_sum, group.high_sum))
    return Quantity(low=low, high=high, qualifier=group.qualifier, unit=group.unit, said=group.said)


def _sum(sums: Sequence[int | None], bounds: Sequence[int], counts: Sequence[int]) -> int | None:
    """The sum of one kind of bound, in ten-thousandths; None where it is open in any of the quantities."""
    return sum(bound or 0 for bound in sums) if list(bounds) == list(counts) else None
