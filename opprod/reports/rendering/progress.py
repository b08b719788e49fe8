"""WeasyPrint's progress messages, put for the person who waits."""

from __future__ import annotations

import re
from dataclasses import dataclass

MESSAGE = re.compile(r"Step (?P<step>\d)\b(?:.*\bPage (?P<page>\d+))?")
LAYOUT = 5
LAYOUT_FROM, LAYOUT_TO = 20, 80
STEPS = {
    1: ("Reading the document", 2),
    2: ("Reading the document", 5),
    3: ("Applying the style", 10),
    4: ("Preparing the layout", 15),
    LAYOUT: ("Laying out pages", LAYOUT_FROM),
    6: ("Writing the PDF", LAYOUT_TO),
    7: ("Adding the contents and tags", 95),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, about how much is behind (0 to 100), and the page being laid out."""

    step: str
    percent: int
    page: int | None = None


def progress_from(message: str) -> Progress | None:
    """Read one message; None for one that says nothing of progress."""
    match = MESSAGE.match(message)
    if match is None or int(match["step"]) not in STEPS:
        return None
    step, percent = STEPS[int(match["step"])]
    if match["page"] is None:
        return Progress(step, percent)
    page = int(match["page"])
    # The number of pages is not known yet: each page goes part of the way that is left.
    percent = LAYOUT_TO - round((LAYOUT_TO - LAYOUT_FROM) * 20 / (20 + page))
    return Progress(f"Laying out page {page}", percent, page)
