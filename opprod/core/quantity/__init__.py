"""A value as the Board says it: £18–20m, c.20, over 1,400, about six. Exact about vagueness."""

from opprod.core.quantity.errors import QuantityError, UnboundedTotal, UnlikeUnits
from opprod.core.quantity.figures import format_exact
from opprod.core.quantity.parsing import parse
from opprod.core.quantity.scaling import MAXIMUM, SCALE, from_scaled, to_scaled
from opprod.core.quantity.sums import Group, floor_of, sum_of
from opprod.core.quantity.units import COUNT, GBP, PERCENT, is_unit
from opprod.core.quantity.value import SAID_LENGTH, Quantity, total
from opprod.core.quantity.vocabulary import Qualifier

__all__ = [
    "COUNT",
    "GBP",
    "MAXIMUM",
    "PERCENT",
    "SAID_LENGTH",
    "SCALE",
    "Group",
    "Qualifier",
    "Quantity",
    "QuantityError",
    "UnboundedTotal",
    "UnlikeUnits",
    "floor_of",
    "format_exact",
    "from_scaled",
    "is_unit",
    "parse",
    "sum_of",
    "to_scaled",
    "total",
]
