"""What every drawing shares: its frame, its texts and its colours.

Looks are set by presentation attributes: inline styles and ``<style>`` are barred on pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

BLUE, INK, GREY, BAND, PAPER = "#005eb8", "#212b32", "#4c6272", "#cce0f4", "#ffffff"
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
