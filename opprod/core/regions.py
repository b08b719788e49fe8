"""The four regions of NHS Improvement and NHS England in 2016/17."""

from enum import StrEnum


class Region(StrEnum):
    """A region; the value is its code in addresses and in the database."""

    NORTH = "north"
    MIDLANDS_AND_EAST = "midlands-and-east"
    LONDON = "london"
    SOUTH = "south"

    @property
    def label(self) -> str:
        """The region's name."""
        return _LABELS[self]


_LABELS = {
    Region.NORTH: "North",
    Region.MIDLANDS_AND_EAST: "Midlands and East",
    Region.LONDON: "London",
    Region.SOUTH: "South",
}
