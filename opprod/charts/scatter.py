"""A scatter chart as SVG, small enough to be read on a phone; its marks carry their labels."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from opprod.charts.svg import BLUE, GREY, INK, PAPER, drawing, legal, short, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from opprod.charts.model import Mark, Scatter

WIDTH, PLOT_HEIGHT = 320, 230
LEFT, RIGHT = 34, 316
LINE = 16  # the height of a line of words
OPEN = 20  # the length of an arrow
RADIUS = 8.5
APART = 2 * RADIUS + 1.5
MOST_STEPS = 6
LONGEST_NAME = 34
TICK_WIDTH = 54
NOTHING = "Nothing to show"
ILLUSTRATIVE_NOTE = "Hollow marks are illustrative"
PALE, LINE_GREY = "#d8dde0", "#768692"
COLOURS = (BLUE, "#330072", "#00703c", "#7c2855", "#704c00", "#212b32")
# Each as corners of a shape about as large as a circle of radius 1; the first is the circle itself.
SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    ((0, -1.4), (1.3, 0.9), (-1.3, 0.9)),
    ((-0.6, -1), (0.6, -1), (1.15, 0), (0.6, 1), (-0.6, 1), (-1.15, 0)),
)


def scatter_svg(chart: Scatter, *, element_id: str) -> Markup:
    """Draw each mark at its place, beside others that would cover it, in a shape and a colour of its series.

    The vertical scale begins at zero. ``element_id`` must be unique on the page: the ids inside are made from it.
    """
    head = _head(chart)
    top = LINE * len(head) + LINE + OPEN
    return drawing(
        [*_lines(chart, head), *_plot(chart, top)],
        element_id=element_id,
        css_class="app-chart app-scatter",
        width=WIDTH,
        height=round(top + PLOT_HEIGHT + LINE * (2 + max((len(tick.lines) for tick in chart.ticks), default=0))),
        title=chart.title,
        description=chart.description,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to places. ``steps`` are the values of the vertical axis that have a name."""

    first: float
    last: float
    steps: tuple[Decimal, ...]
    base: float

    @classmethod
    def over(cls, chart: Scatter, top: float) -> _Scale:
        places = sorted({mark.x for mark in chart.marks})
        # Each place stands in the middle of a column as wide as the nearest two are apart.
        half = min((after - before for before, after in pairwise(places)), default=2) / 2
        highest = max(end for mark in chart.marks for end in (mark.low, mark.high) if end is not None)
        return cls(places[0] - half, places[-1] + half, tuple(_steps(highest)), top + PLOT_HEIGHT)

    def x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - self.first) / (self.last - self.first)

    def y(self, value: Decimal) -> float:
        return self.base - PLOT_HEIGHT * float(value / self.steps[-1])

    def column(self, chart: Scatter) -> float:
        """How wide a column is."""
        return (RIGHT - LEFT) / (self.last - self.first) * 2 * (min(mark.x for mark in chart.marks) - self.first)


def _steps(highest: Decimal) -> Iterator[Decimal]:
    """Yield round values from zero to one that is no less than the highest, in steps of 1, 2 or 5 and noughts."""
    if highest <= 0:
        highest = Decimal(1)
    power = Decimal(10) ** (highest.adjusted() - 1)
    step = next(power * lead for lead in (1, 2, 5, 10, 20, 50, 100) if power * lead * (MOST_STEPS - 1) >= highest)
    value = Decimal(0)
    yield value
    while value < highest:
        value += step
        yield value


def _head(chart: Scatter) -> list[str]:
    """What stands above the plot: the names of the series, and what hollow marks are."""
    names = [short(name, LONGEST_NAME) for name in chart.series] if len(chart.series) > 1 else []
    return names + ([ILLUSTRATIVE_NOTE] if any(mark.illustrative for mark in chart.marks) else [])


def _lines(chart: Scatter, head: Sequence[str]) -> Iterator[Markup]:
    for place, words in enumerate(head):
        y = LINE * place + 12
        named = place < len(chart.series) and len(chart.series) > 1
        if named:
            yield _shape(place, LEFT + 6, y - 4, 5.5, hollow=False, said=words)
        yield text(LEFT + (18 if named else 0), y, "start", words, colour=INK if named else GREY)
    yield text(LEFT, LINE * len(head) + 12, "start", chart.y_axis, colour=INK, weight="bold")


def _plot(chart: Scatter, top: float) -> Iterator[Markup]:
    base = top + PLOT_HEIGHT
    yield text(RIGHT, base + LINE * (1 + max((len(t.lines) for t in chart.ticks), default=0)), "end", chart.x_axis,
               colour=INK, weight="bold")  # fmt: skip
    if not chart.marks:
        yield _rule(LEFT, base, RIGHT, base, GREY)
        yield text((LEFT + RIGHT) / 2, (top + base) / 2, "middle", NOTHING, colour=GREY)
        return
    scale = _Scale.over(chart, top)
    for step in scale.steps:
        yield _rule(LEFT, scale.y(step), RIGHT, scale.y(step), PALE if step else GREY)
        yield text(LEFT - 4, scale.y(step) + 4, "end", f"{step.normalize():f}", colour=GREY)
    yield from _ticks(chart, scale)
    placed = list(_placed(chart, scale))
    for mark, x in placed:
        yield from _whisker(mark, x, scale)
    for mark, x in placed:
        yield _mark(mark, x, scale.y(mark.low), chart)


def _ticks(chart: Scatter, scale: _Scale) -> Iterator[Markup]:
    last = float("-inf")
    for tick in sorted(chart.ticks, key=lambda tick: tick.x):
        x = scale.x(tick.x)
        if x - last < TICK_WIDTH:
            continue
        last = x
        yield _rule(x, scale.base, x, scale.base + 4, GREY)
        for line, words in enumerate(tick.lines):
            yield text(x, scale.base + LINE * (line + 1), "middle", words, colour=GREY)


def _placed(chart: Scatter, scale: _Scale) -> Iterator[tuple[Mark, float]]:
    """Yield each mark with its place: in its column where it covers least of those before it, near the middle."""
    step = APART / 2
    reach = max(0, int((scale.column(chart) / 2 - RADIUS) / step))
    offsets = sorted((step * number for number in range(-reach, reach + 1)), key=lambda offset: (abs(offset), offset))
    taken: list[tuple[float, float]] = []
    for mark in chart.marks:
        middle, y = scale.x(mark.x), scale.y(mark.low)
        x = min((middle + offset for offset in offsets), key=lambda x: _covered(x, y, taken))
        taken.append((x, y))
        yield mark, x


def _covered(x: float, y: float, taken: Sequence[tuple[float, float]]) -> float:
    """How much of other marks one at a place would cover: covering two by half is better than one wholly."""
    return sum(max(0, APART - max(abs(x - other_x), abs(y - other_y))) ** 2 for other_x, other_y in taken)


def _whisker(mark: Mark, x: float, scale: _Scale) -> Iterator[Markup]:
    """From the low end to the high end; a short arrow where there is none."""
    if mark.high == mark.low:
        return
    low = scale.y(mark.low)
    high = low - OPEN if mark.high is None else scale.y(mark.high)
    yield _rule(x, low, x, high, LINE_GREY, width=2)
    if mark.high is None:
        yield Markup('<polyline points="{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}" fill="none" stroke="{}" '
                     'stroke-width="2"/>').format(x - 4, high + 5, x, high, x + 4, high + 5, LINE_GREY)  # fmt: skip
    else:
        yield _rule(x - 4, high, x + 4, high, LINE_GREY, width=2)


def _mark(mark: Mark, x: float, y: float, chart: Scatter) -> Markup:
    series = chart.series.index(mark.series)
    size = {1: 10.0, 2: 10.0, 3: 8.0}.get(len(mark.label), 6.5)
    label = text(
        x,
        y + size * 0.36,
        "middle",
        mark.label,
        colour=COLOURS[series % len(COLOURS)] if mark.illustrative else PAPER,
        weight="bold",
        size=size,
    )
    return _shape(series, x, y, RADIUS, hollow=mark.illustrative, said=mark.said) + label


def _shape(series: int, x: float, y: float, radius: float, *, hollow: bool, said: str) -> Markup:
    colour, corners = COLOURS[series % len(COLOURS)], SHAPES[series % len(SHAPES)]
    fill = PAPER if hollow else colour
    if not corners:
        return Markup(
            '<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}" stroke="{}" stroke-width="1.5"><title>{}</title>'
            "</circle>"
        ).format(x, y, radius, fill, colour, legal(said))
    points = " ".join(f"{x + across * radius:.1f},{y + down * radius:.1f}" for across, down in corners)
    return Markup('<polygon points="{}" fill="{}" stroke="{}" stroke-width="1.5"><title>{}</title></polygon>').format(
        points, fill, colour, legal(said)
    )


def _rule(x: float, y: float, to_x: float, to_y: float, colour: str, *, width: int = 1) -> Markup:
    return Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}"/>').format(
        x, y, to_x, to_y, colour, width
    )
