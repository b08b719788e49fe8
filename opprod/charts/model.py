"""What a chart shows, free of how it is drawn."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Point:
    """One reading on a day.

    ``value`` is None where a reading was due and none was taken: the line breaks there. ``low`` and ``high``
    are the ends of a reading given as a range, in the same unit. ``day`` and ``said`` are the texts shown.
    """

    on: date
    day: str
    value: Decimal | None
    said: str
    low: Decimal | None = None
    high: Decimal | None = None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A titled series of points in one unit.

    The title is the chart's text alternative in a PDF, so it says what the line shows, not only its name.
    """

    title: str
    description: str
    points: tuple[Point, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing in a scatter chart, known by a short label.

    It stands at ``low``, with a line up to ``high``, which is None where there is no upper end. ``series`` is a name
    in the chart's ``series``, and ``said`` the whole in words.
    """

    label: str
    x: int
    low: Decimal
    high: Decimal | None
    series: str
    said: str
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the horizontal axis that has a name, in one line or two."""

    x: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scatter:
    """Titled marks by two measures; each of the ``series`` has a shape of its own.

    The title is the chart's text alternative in a PDF, so it says what the marks show, not only its name.
    """

    title: str
    description: str
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    x_axis: str
    y_axis: str
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One of the things that bars are made up of; ``mark`` is the letter or two that stand for its name in them."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A bar made up of as many of each of the chart's series, in their order."""

    label: str
    counts: tuple[int, ...]
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Bars that show how many of each kind there are, and all together."""

    title: str
    description: str
    series: tuple[Series, ...]
    bars: tuple[StackedBar, ...]
    kind: Literal["stacked-bars"] = field(default="stacked-bars", init=False)

    @property
    def illustrative(self) -> bool:
        """Whether something of what it shows is invented."""
        return any(bar.illustrative for bar in self.bars)


@dataclass(frozen=True, slots=True)
class RangeBar:
    """A value, as it was ``said``, that may be a range from ``low`` to ``high``.

    Without ``high`` it has no upper end, without ``low`` no lower one, and without both there is no figure.
    """

    label: str
    said: str
    low: Decimal | None = None
    high: Decimal | None = None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class RangeGroup:
    """Bars that belong together, such as those of a year."""

    label: str
    bars: tuple[RangeBar, ...]


@dataclass(frozen=True, slots=True)
class RangeBars:
    """Groups of bars of values in one unit, certain up to their low end and possible up to their high one."""

    title: str
    description: str
    groups: tuple[RangeGroup, ...]
    kind: Literal["range-bars"] = field(default="range-bars", init=False)

    @property
    def illustrative(self) -> bool:
        """Whether something of what it shows is invented."""
        return any(bar.illustrative for group in self.groups for bar in group.bars)


Tone = Literal["red", "amber", "green", "none"]


@dataclass(frozen=True, slots=True)
class Rated:
    """How something was rated at one time: in a letter, a colour, and words."""

    mark: str
    tone: Tone
    said: str
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """How one thing was rated over time: a rating for each of the chart's columns."""

    label: str
    ratings: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class RatingHistory:
    """How things were rated over time, the earliest time first; each column's name stands in a line or two."""

    title: str
    description: str
    columns: tuple[tuple[str, ...], ...]
    strips: tuple[Strip, ...]
    kind: Literal["rating-history"] = field(default="rating-history", init=False)

    @property
    def illustrative(self) -> bool:
        """Whether something of what it shows is invented."""
        return any(rating.illustrative for strip in self.strips for rating in strip.ratings)


PaperChart = StackedBars | RangeBars | RatingHistory
"""The charts that papers have."""
