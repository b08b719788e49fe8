"""What a paper is made of. HTML and PDF, and any other format, are written from these alone.

Each is plain frozen data that ``reports.freezing`` makes JSON of; ``kind`` tells the blocks apart there and in
templates.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from opprod.charts import PaperChart
from opprod.reports.evidence import Evidence
from opprod.reports.promises import Promise


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; one that is a line feed alone is a line break.

    ``measure`` is the key of the measure whose reading this is, and ``illustrative`` what of it is invented.
    ``evidence`` is what a figure rests on; when the paper is put together it gives way to ``note``, its number in the
    annex. ``unsourced`` is the key of a claim: a number in somebody's own words that rests on nothing yet.
    ``cites`` names a numbered paragraph (``support#2``) until the paper is put together. ``record`` is the path of a
    page of the application, which the preview alone links to.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str | None = None
    measure: str | None = None
    illustrative: str | None = None
    evidence: Evidence | None = None
    note: int | None = None
    unsourced: str | None = None
    cites: str | None = None
    record: str | None = None


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section: level 1 is the one below the section's own."""

    spans: Spans
    level: int = 1
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A numbered one gets its number when the paper's sections are put together."""

    spans: Spans
    numbered: bool = False
    number: int | None = None
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A few words that say what follows within a cell, such as "Next"."""

    text: str
    kind: Literal["label"] = field(default="label", init=False)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list. ``illustrative`` says what of it is invented; ``outcome`` what became of a promise.

    ``promise`` is what the item promises, where it is a next step. ``reworded`` says that these are the words of the
    paper's editor.
    """

    blocks: "tuple[Block, ...]"
    outcome: str | None = None
    illustrative: str | None = None
    promise: Promise | None = None
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered from ``start`` where that is given."""

    items: tuple[Item, ...]
    start: int | None = None
    kind: Literal["bullets"] = field(default="bullets", init=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the paper rather than part of its text; those for the preview never reach the Board."""

    about: Literal["illustrative", "unconfirmed", "confirmed", "unapproved", "dated", "left-out", "unanswered"]
    text: str
    preview_only: bool = False
    kind: Literal["note"] = field(default="note", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and its share of the table's width in per cent, a multiple of five."""

    heading: str
    share: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its first cell is its heading. A continued row carries on the one before it.

    ``anchor`` is what a link within the paper leads to, and ``promise`` what the row promises, if anything.
    """

    cells: tuple[Cell, ...]
    continued: bool = False
    anchor: str | None = None
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``name`` says what it shows to those who cannot see it."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: Literal["table"] = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, beside a table or a text that says the same; it gets its number when the paper is put together."""

    chart: PaperChart
    number: int | None = None
    kind: Literal["chart"] = field(default="chart", init=False)

    @property
    def name(self) -> str:
        """Its place in the paper, which no other chart of the paper has."""
        return f"chart-{self.number or 0}"

    @property
    def caption(self) -> str:
        """What stands above it."""
        return f"Chart {self.number}: {self.chart.title}" if self.number else self.chart.title


@dataclass(frozen=True, slots=True)
class BoardOnly:
    """Blocks for the Board alone: the public variant of the paper has none of them."""

    blocks: "tuple[Block, ...]"
    kind: Literal["board-only"] = field(default="board-only", init=False)


Block: TypeAlias = Heading | Paragraph | Label | Bullets | Note | Table | Chart | BoardOnly
