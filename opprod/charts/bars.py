"""Stacked bars as SVG: how many of each kind there are, with the numbers beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from opprod.charts.svg import (
    GREY,
    INK,
    MARK,
    MARKED_NOTE,
    PAPER,
    box,
    drawing,
    fits,
    lines_of,
    rule,
    short,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opprod.charts.model import StackedBar, StackedBars

WIDTH = 360
LEFT, RIGHT = 118, 356
LINE = 18  # the height of a line of the key
BAR, ROW = 20, 46
KEY_WIDTH, LONGEST_NAME = 180, 24
NOTHING = "Nothing to show"
# From dark to light, each with the colour of what is written on it, so that they part without their hues as well.
FILLS = (("#003087", PAPER), ("#7fb8e8", INK), ("#ffdd80", INK), (PAPER, INK), ("#4c6272", PAPER), ("#d8dde0", INK))


def bars_svg(chart: StackedBars, *, element_id: str) -> Markup:
    """Draw a bar for each thing, with a part for each series, and beneath it how many each part stands for.

    ``element_id`` must be unique on the page: the ids inside are made from it.
    """
    key = list(_key(chart))
    top = LINE * ((len(chart.series) + 1) // 2) + (LINE if chart.illustrative else 0) + 8
    return drawing(
        [*key, *_bars(chart, top)],
        element_id=element_id,
        css_class="app-chart",
        width=WIDTH,
        height=top + ROW * max(1, len(chart.bars)),
        title=chart.title,
        description=chart.description,
    )


def _key(chart: StackedBars) -> Iterator[Markup]:
    for place, series in enumerate(chart.series):
        x, y = KEY_WIDTH * (place % 2), LINE * (place // 2)
        yield from _part(x + 1, y + 1, 16, 16, place=place, words=series.mark)
        yield text(x + 23, y + 13.5, "start", short(series.name, LONGEST_NAME), colour=INK)
    if chart.illustrative:
        yield text(1, LINE * ((len(chart.series) + 1) // 2) + 15, "start", MARKED_NOTE, colour=GREY)


def _bars(chart: StackedBars, top: float) -> Iterator[Markup]:
    if not chart.bars:
        yield text(WIDTH / 2, top + 18, "middle", NOTHING, colour=GREY)
        return
    longest = max(sum(bar.counts) for bar in chart.bars) or 1
    for row, bar in enumerate(chart.bars):
        yield from _bar(chart, bar, top + ROW * row, (RIGHT - LEFT) / longest)


def _bar(chart: StackedBars, bar: StackedBar, y: float, scale: float) -> Iterator[Markup]:
    label = f"{bar.label}{MARK}" if bar.illustrative else bar.label
    for line, words in enumerate(lines_of(label, LEFT - 8, most=2)):
        yield text(0, y + 14 + 14 * line, "start", words, colour=INK, weight="bold")
    yield rule(LEFT, y - 2, LEFT, y + BAR + 2, GREY)
    x = float(LEFT)
    for place, (series, count) in enumerate(zip(chart.series, bar.counts, strict=True)):
        if count:
            width = count * scale
            yield from _part(
                x, y, width, BAR, place=place, words=series.mark, said=f"{bar.label}, {series.name}: {count}"
            )
            x += width
    total = sum(bar.counts)
    each = ", ".join(f"{series.mark} {count}" for series, count in zip(chart.series, bar.counts, strict=True))
    yield text(LEFT, y + BAR + 14, "start", f"{each}: {total} in all", colour=INK)


def _part(
    x: float, y: float, width: float, height: float, *, place: int, words: str, said: str = ""
) -> Iterator[Markup]:
    fill, ink = FILLS[place % len(FILLS)]
    yield box(x, y, width, height, fill=fill, stroke=INK, said=said)
    if fits(words, width - 2):
        yield text(x + width / 2, y + height / 2 + 4, "middle", words, colour=ink, weight="bold")
