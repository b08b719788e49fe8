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
