"""A trend chart as SVG that a strict content security policy and WeasyPrint both accept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from opprod.charts.svg import BAND, BLUE, GREY, INK, PAPER, drawing, legal, short, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from opprod.charts.model import Chart, Point

WIDTH, HEIGHT = 320, 120
LEFT, RIGHT, TOP, BASE = 8, 312, 36, 84
UNIT_Y, NOTE_Y, SAID_Y, DAY_Y = 12, 26, 101, 116
LONGEST_LABEL = 22  # two labels of this length fit side by side
NO_READINGS = "No readings yet"
ILLUSTRATIVE_NOTE = "Hollow points are illustrative"


def line_svg(chart: Chart, *, element_id: str) -> Markup:
    """Draw the chart's points in order of day, joined by a line that breaks where a value is missing.

    The vertical scale takes in zero, so that a small change does not look like a large one. ``element_id``
    must be unique on the page: the ids inside are made from it.
    """
    return drawing(
        _body(chart),
        element_id=element_id,
        css_class="app-chart",
        width=WIDTH,
        height=HEIGHT,
        title=chart.title,
        description=chart.description,
    )


@dataclass(frozen=True, slots=True)
class _Dot:
    """A point that has a value, placed in the drawing; ``top`` and ``bottom`` are the ends of its range."""

    point: Point
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    lowest: Decimal
    highest: Decimal

    @classmethod
    def over(cls, points: Sequence[Point]) -> _Scale:
        ends = (end for point in points for end in (point.value, point.low, point.high) if end is not None)
        values = [Decimal(0), *ends]
        return cls(points[0].on, points[-1].on, min(values), max(values))

    def x(self, day: date) -> float:
        if self.first == self.last:
            return WIDTH / 2
        return LEFT + (RIGHT - LEFT) * ((day - self.first) / (self.last - self.first))

    def y(self, value: Decimal) -> float:
        if self.lowest == self.highest:
            return BASE
        return BASE - (BASE - TOP) * float((value - self.lowest) / (self.highest - self.lowest))

    def dot(self, point: Point) -> _Dot | None:
        if point.value is None:
            return None
        low = point.value if point.low is None else point.low
        high = point.value if point.high is None else point.high
        return _Dot(point, self.x(point.on), self.y(point.value), top=self.y(high), bottom=self.y(low))


def _body(chart: Chart) -> Iterator[Markup]:
    if chart.unit:
        yield text(LEFT, UNIT_Y, "start", short(chart.unit, LONGEST_LABEL), colour=GREY)
    points = sorted(chart.points, key=lambda point: point.on)
    if all(point.value is None for point in points):
        yield _rule(BASE)
        yield text(WIDTH / 2, (TOP + BASE) / 2, "middle", NO_READINGS, colour=GREY)
        return
    scale = _Scale.over(points)
    runs = list(_runs([scale.dot(point) for point in points]))
    dots = [dot for run in runs for dot in run]
    yield _rule(scale.y(Decimal(0)))
    for run in runs:
        yield from _range(run)
    for run in runs:
        yield Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>').format(
            _corners((dot.x, dot.y) for dot in run), BLUE
        )
    for dot in dots:
        yield _mark(dot)
    yield from _labels(dots)
    if any(dot.point.illustrative for dot in dots):
        yield text(LEFT, NOTE_Y, "start", ILLUSTRATIVE_NOTE, colour=GREY)


def _runs(dots: list[_Dot | None]) -> Iterator[list[_Dot]]:
    for missing, run in groupby(dots, key=lambda dot: dot is None):
        if not missing:
            yield [dot for dot in run if dot is not None]


def _range(run: list[_Dot]) -> Iterator[Markup]:
    if all(dot.top == dot.bottom for dot in run):
        return
    edge = [*((dot.x, dot.top) for dot in run), *((dot.x, dot.bottom) for dot in reversed(run))]
    # The stroke shows the range of a point that stands alone, where the area has no width.
    yield Markup('<polygon points="{}" fill="{}" stroke="{}" stroke-width="4"/>').format(_corners(edge), BAND, BAND)


def _mark(dot: _Dot) -> Markup:
    fill = PAPER if dot.point.illustrative else BLUE
    said = legal(f"{dot.point.day}: {dot.point.said}")
    return Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="4" fill="{}" stroke="{}" stroke-width="2"><title>{}</title></circle>'
    ).format(dot.x, dot.y, fill, BLUE, said)


def _labels(dots: list[_Dot]) -> Iterator[Markup]:
    if len(dots) == 1:
        places = [(WIDTH / 2, "middle", dots[0])]
    else:
        places = [(LEFT, "start", dots[0]), (RIGHT, "end", dots[-1])]
    for x, anchor, dot in places:
        yield text(x, SAID_Y, anchor, short(dot.point.said, LONGEST_LABEL), colour=INK, weight="bold")
        yield text(x, DAY_Y, anchor, short(dot.point.day, LONGEST_LABEL), colour=INK)


def _rule(y: float) -> Markup:
    return Markup('<line x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}" stroke="{}"/>').format(LEFT, y, RIGHT, y, GREY)


def _corners(places: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
