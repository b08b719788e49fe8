"""How things were rated over time, as SVG: a strip of lettered cells for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from opprod.charts.svg import GREY, INK, MARK, MARKED_NOTE, PAPER, box, drawing, lines_of, rule, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opprod.charts.model import Rated, RatingHistory, Strip, Tone

WIDTH = 360
LEFT = 150
WIDEST = 56
LINE = 15
CELL, ROW = 24, 34
NOTHING = "Nothing to show"
TONES: dict[Tone, tuple[str, str]] = {
    "red": ("#d5281b", PAPER),
    "amber": ("#ffb81c", INK),
    "green": ("#007f3b", PAPER),
    "none": (PAPER, GREY),
}


def ratings_svg(chart: RatingHistory, *, element_id: str) -> Markup:
    """Draw a strip for each thing, a cell for each time; a cell has its rating's letter beside its colour.

    ``element_id`` must be unique on the page: the ids inside are made from it.
    """
    top = LINE * max((len(column) for column in chart.columns), default=0) + 8
    bottom = top + ROW * max(1, len(chart.strips))
    return drawing(
        [*_columns(chart), *_strips(chart, top), *_foot(chart, bottom)],
        element_id=element_id,
        css_class="app-chart",
        width=WIDTH,
        height=bottom + LINE * len(_notes(chart)),
        title=chart.title,
        description=chart.description,
    )


def _step(chart: RatingHistory) -> float:
    """How wide a column is."""
    return min(WIDEST, (WIDTH - LEFT) / max(1, len(chart.columns)))


def _columns(chart: RatingHistory) -> Iterator[Markup]:
    step = _step(chart)
    for place, column in enumerate(chart.columns):
        for line, words in enumerate(column):
            yield text(LEFT + step * (place + 0.5), LINE * (line + 1) - 3, "middle", words, colour=INK)


def _strips(chart: RatingHistory, top: float) -> Iterator[Markup]:
    if not chart.strips:
        yield text(WIDTH / 2, top + 18, "middle", NOTHING, colour=GREY)
    for row, strip in enumerate(chart.strips):
        yield from _strip(chart, strip, top + ROW * row)


def _strip(chart: RatingHistory, strip: Strip, y: float) -> Iterator[Markup]:
    names = lines_of(strip.label, LEFT - 8, most=2)
    for line, words in enumerate(names):
        yield text(0, y + (16 if len(names) == 1 else 10) + 14 * line, "start", words, colour=INK, weight="bold")
    step = _step(chart)
    for place, (column, rating) in enumerate(zip(chart.columns, strip.ratings, strict=True)):
        yield from _cell(LEFT + step * place, y, step, rating, f"{strip.label}, {' '.join(column)}: {rating.said}")
    yield rule(0, y + CELL + 5, LEFT + step * len(chart.columns), y + CELL + 5, "#d8dde0")


def _cell(x: float, y: float, step: float, rating: Rated, said: str) -> Iterator[Markup]:
    fill, ink = TONES[rating.tone]
    none = rating.tone == "none"
    yield box(x + 2, y, step - 4, CELL, fill=fill, stroke=GREY if none else INK, dashed=none, said=said)
    words = f"{rating.mark}{MARK}" if rating.illustrative else rating.mark
    yield text(x + step / 2, y + CELL / 2 + 4.5, "middle", words, colour=ink, weight="bold", size=13)


def _foot(chart: RatingHistory, y: float) -> Iterator[Markup]:
    for line, words in enumerate(_notes(chart)):
        yield text(0, y + LINE * line + 11, "start", words, colour=GREY)


def _notes(chart: RatingHistory) -> list[str]:
    """What a cell without a rating is, and what a mark means, where there are any."""
    without = dict.fromkeys(
        f"{rating.mark} {rating.said.lower()}"
        for strip in chart.strips
        for rating in strip.ratings
        if rating.tone == "none"
    )
    return [*without, *([MARKED_NOTE] if chart.illustrative else [])]
