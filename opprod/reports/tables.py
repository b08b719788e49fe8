"""Tables of strands, as sections have them. What one strand says may fill many rows, since a row is never broken."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from opprod.reports.blocks import Block, Bullets, Cell, Column, Item, Label, Note, Paragraph, Row, Span, Table
from opprod.reports.facts import Snapshot, StrandFacts
from opprod.web.presenters import day as day_in_words

CHARACTERS_ACROSS = 95
LINES_KEPT = 30  # about half a page: the most that may have to move to the next
LINES_OF_A_PART = 8
NO_UPDATE = Paragraph((Span("No update", emphasis=True),))
UNAPPROVED = Note("unapproved", "Not yet approved", preview_only=True)

Blocks = tuple[Block, ...]


def strand_table(
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[StrandFacts, tuple[Blocks, ...]]],
    *,
    snapshot: Snapshot,
    empty: str,
) -> Block:
    """Return a table with each strand and its cells, or ``empty`` as a paragraph where there is no strand.

    A strand that says nothing has "No update" in its row, and one whose words are older than the round of the
    paper's meeting has their date.
    """
    if not rows:
        return Paragraph((Span(empty, emphasis=True),))
    return Table(
        name,
        columns,
        tuple(row for strand, cells in rows for row in _rows(columns, strand, cells, snapshot.meeting_on)),
    )


def _rows(
    columns: tuple[Column, ...], strand: StrandFacts, cells: tuple[Blocks, ...], meeting_on: date | None
) -> Iterator[Row]:
    if not any(cells):
        cells = ((NO_UPDATE,), *cells[1:])
    widths = [CHARACTERS_ACROSS * column.share // 100 for column in columns[1:]]
    for number, parts in enumerate(zip_longest(*map(in_parts, cells, widths), fillvalue=())):
        heading = _continued(strand) if number else tuple(_heading(strand, meeting_on))
        yield Row((Cell(heading), *map(Cell, parts)), continued=number > 0)


def _heading(strand: StrandFacts, meeting_on: date | None) -> Iterator[Block]:
    yield Paragraph((Span(strand.name),))
    dated = _dated(strand, meeting_on)
    if dated:
        yield Note("dated", dated)
    if strand.approved is False:
        yield UNAPPROVED


def _dated(strand: StrandFacts, meeting_on: date | None) -> str | None:
    """How old a strand's words are, where they are not of the round of the paper's meeting."""
    if meeting_on and strand.reported_for and strand.reported_for < meeting_on:
        return f"As reported for the meeting on {day_in_words(strand.reported_for)}"
    return f"No change since {day_in_words(strand.unchanged_since)}" if strand.unchanged_since else None


def _continued(strand: StrandFacts) -> Blocks:
    return (Paragraph((Span(f"{strand.name}, continued"),)),)


def in_parts(blocks: Blocks, width: int) -> list[Blocks]:
    """Return what a cell of so many characters' width holds, in parts short enough for a row each."""
    pieces = list(_pieces(blocks))
    if sum(_lines(piece, width) for piece in pieces) <= LINES_KEPT:
        return [blocks]
    parts: list[list[Block]] = [[]]
    taken = 0
    for piece in pieces:
        lines = _lines(piece, width)
        if parts[-1] and taken + lines > LINES_OF_A_PART:
            parts.append([])
            taken = 0
        parts[-1] += piece
        taken += lines
    return [tuple(_joined(part)) for part in parts]


def _pieces(blocks: Blocks) -> Iterator[Blocks]:
    """Yield what must stay together: an item of a list, with the label before it if there is one."""
    label: Blocks = ()
    for block in blocks:
        if isinstance(block, Label):
            label = (block,)
        elif isinstance(block, Bullets):
            for item in block.items:
                yield (*label, Bullets((item,)))
                label = ()
        else:
            yield (block,)


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with neighbouring lists as one."""
    items: list[Item] = []
    for block in blocks:
        if isinstance(block, Bullets):
            items += block.items
            continue
        if items:
            yield Bullets(tuple(items))
            items = []
        yield block
    if items:
        yield Bullets(tuple(items))


def _lines(blocks: Blocks, width: int) -> int:
    """About how many lines the blocks take."""
    return sum(-(-length // width) for block in blocks for length in _lengths(block))


def _lengths(block: Block) -> Iterator[int]:
    match block:
        case Paragraph():
            for line in "".join(span.text for span in block.spans).split("\n"):
                yield len(line) or 1
        case Bullets():
            for item in block.items:
                for inner in item.blocks:
                    yield from _lengths(inner)
        case Label() | Note():
            yield len(block.text)
