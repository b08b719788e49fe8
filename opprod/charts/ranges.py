"""Bars of values that may be ranges, as SVG: solid up to the low end, pale from there to the high one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from opprod.charts.svg import BAND, BLUE, GREY, INK, MARK, MARKED_NOTE, box, drawing, rule, short, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opprod.charts.model import RangeBar, RangeBars

WIDTH = 360
LEFT, RIGHT = 76, 212
LINE = 18  # the height of a line of the key
HEAD, BAR, ROW, GAP = 20, 14, 20, 8
OPEN = 16  # the length of an arrow
LONGEST_LABEL, LONGEST_SAID = 11, 21
NO_FIGURE = "No figure"
NOTHING = "No figures to show"
LOW = "Low end"
HIGH = "Between low and high end"
NO_END = "No upper end known"


def ranges_svg(chart: RangeBars, *, element_id: str) -> Markup:
    """Draw each group's bars under its name, from zero, with what was said at the end of each.

    ``element_id`` must be unique on the page: the ids inside are made from it.
    """
    key = list(_key(chart))
    body, height = list[Markup](), float(LINE * len(key) + (6 if key else 0))
    for line, drawn in enumerate(key):
        body += _key_line(drawn, LINE * line)
    scale = (RIGHT - LEFT) / float(_highest(chart) or 1)
    for group in chart.groups:
        body.append(text(0, height + 13, "start", short(group.label, 40), colour=INK, weight="bold"))
        height += HEAD
        for bar in group.bars:
            body += _bar(bar, height, scale)
            height += ROW
        height += GAP
    if not chart.groups:
        body.append(text(WIDTH / 2, height + 14, "middle", NOTHING, colour=GREY))
        height += ROW
    return drawing(
        body,
        element_id=element_id,
        css_class="app-chart",
        width=WIDTH,
        height=round(height),
        title=chart.title,
        description=chart.description,
    )


def _highest(chart: RangeBars) -> Decimal:
    ends = (end for group in chart.groups for bar in group.bars for end in (bar.low, bar.high) if end is not None)
    return max(ends, default=Decimal(0))


def _key(chart: RangeBars) -> Iterator[str]:
    """What the looks of bars mean, as far as they are to be seen."""
    bars = [bar for group in chart.groups for bar in group.bars]
    if any(bar.low != bar.high for bar in bars):
        yield LOW
    if any(bar.high is not None and bar.low != bar.high for bar in bars):
        yield HIGH
    if any(bar.low is not None and bar.high is None for bar in bars):
        yield NO_END
    if chart.illustrative:
        yield MARKED_NOTE


def _key_line(words: str, y: float) -> Iterator[Markup]:
    if words == MARKED_NOTE:
        yield text(0, y + 13, "start", words, colour=GREY)
        return
    if words == NO_END:
        yield from _arrow(0, y + 9, 22)
    else:
        yield _certain(0, y + 3, 22, "") if words == LOW else _possible(0, y + 3, 22, "")
    yield text(30, y + 13, "start", words, colour=INK)


def _bar(bar: RangeBar, y: float, scale: float) -> Iterator[Markup]:
    label = short(bar.label, LONGEST_LABEL)
    yield text(0, y + 11.5, "start", f"{label}{MARK}" if bar.illustrative else label, colour=INK)
    yield rule(LEFT, y - 2, LEFT, y + BAR + 2, GREY)
    if bar.low is None and bar.high is None:
        yield text(LEFT + 6, y + 11.5, "start", bar.said or NO_FIGURE, colour=GREY)
        return
    low = max(0.0, float(bar.low or 0)) * scale
    high = low if bar.high is None else float(bar.high) * scale
    said = f"{bar.label}: {bar.said}"
    if low:
        yield _certain(LEFT, y, low, said)
    if high > low:
        yield _possible(LEFT + low, y, high - low, said)
    end = LEFT + max(low, high)
    if bar.high is None:
        yield from _arrow(end, y + BAR / 2, OPEN)
        end += OPEN
    yield text(end + 6, y + 11.5, "start", short(bar.said, LONGEST_SAID), colour=INK)


def _certain(x: float, y: float, width: float, said: str) -> Markup:
    return box(x, y, width, BAR, fill=BLUE, stroke=BLUE, said=said)


def _possible(x: float, y: float, width: float, said: str) -> Markup:
    return box(x, y, width, BAR, fill=BAND, stroke=BLUE, dashed=True, said=said)


def _arrow(x: float, y: float, length: float) -> Iterator[Markup]:
    end = x + length
    yield rule(x, y, end, y, BLUE, width=2)
    yield Markup('<polyline points="{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}" fill="none" stroke="{}" '
                 'stroke-width="2"/>').format(end - 5, y - 4, end, y, end - 5, y + 4, BLUE)  # fmt: skip
