"""What every drawing shares: its frame, its texts and its colours.

Looks are set by presentation attributes: inline styles and ``<style>`` are barred on pages.
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

BLUE, INK, GREY, BAND, PAPER = "#005eb8", "#212b32", "#4c6272", "#cce0f4", "#ffffff"
LETTER = 0.56  # how wide a letter is, as a part of its size
MARK = "*"
MARKED_NOTE = "* illustrative"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drawing(
    body: Iterable[Markup],
    *,
    element_id: str,
    css_class: str,
    width: int,
    height: int,
    title: str,
    description: str,
) -> Markup:
    """Frame a drawing, with its text alternative. ``element_id`` must be unique on the page."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{css_class}" viewBox="0 0 {width} {height}" '
        'width="{width}" height="{height}" role="img" aria-labelledby="{id}-title {id}-description">'
        '<title id="{id}-title">{title}</title><desc id="{id}-description">{description}</desc>{body}</svg>'
    ).format(
        id=element_id,
        css_class=css_class,
        width=width,
        height=height,
        title=legal(title),
        description=legal(description),
        body=Markup().join(body),
    )


def text(
    x: float, y: float, anchor: str, words: str, *, colour: str, weight: str = "normal", size: float = 12
) -> Markup:
    """Some words, whose ``anchor`` ("start", "middle", "end") stands at a place."""
    return Markup(
        '<text x="{:.4g}" y="{:.4g}" text-anchor="{}" fill="{}" font-weight="{}" font-size="{}" '
        'font-family="Arimo, Liberation Sans, Arial, sans-serif">{}</text>'
    ).format(x, y, anchor, colour, weight, size, legal(words))


def legal(words: str) -> str:
    """Leave out the control characters that XML cannot hold."""
    return NOT_IN_XML.sub("", words)


def short(words: str, length: int) -> str:
    """Cut a text to a length, and show that it was cut."""
    return words if len(words) <= length else f"{words[: length - 1]}…"


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    stroke: str = "none",
    dashed: bool = False,
    said: str = "",
) -> Markup:
    """A rectangle; ``said`` is what it stands for."""
    dash = Markup(' stroke-dasharray="4 3"') if dashed else ""
    title = Markup("<title>{}</title>").format(legal(said)) if said else ""
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}"{}>{}</rect>'
    ).format(x, y, width, height, fill, stroke, dash, title)


def rule(x: float, y: float, to_x: float, to_y: float, colour: str, *, width: float = 1) -> Markup:
    """A straight line."""
    return Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}"/>').format(
        x, y, to_x, to_y, colour, width
    )


def fits(words: str, width: float, *, size: float = 12) -> bool:
    """Whether some words go into a width, by the measure of an average letter."""
    return len(words) * size * LETTER <= width


def lines_of(words: str, width: float, *, most: int, size: float = 12) -> list[str]:
    """Break words into lines of a width, at most so many; what is too long is cut, and shown to be."""
    letters = max(1, int(width / (size * LETTER)))
    lines = wrap(legal(words), letters) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], short(" ".join(lines[most - 1 :]), letters)]
