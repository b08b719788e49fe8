"""What a chart shows, free of how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


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
