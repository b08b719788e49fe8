"""Tables of strands, as sections have them. What one strand says may fill many rows, since a row is never broken."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from opprod.reports.blocks import Block, Bullets, Cell, Column, Item, Label, Note, Paragraph, Row, Span, Table
from opprod.reports.facts import StrandFacts

CHARACTERS_ACROSS = 95
LINES_KEPT = 30  # about half a page: the most that may have to move to the next
LINES_OF_A_PART = 8
NO_UPDATE = Paragraph((Span("No update", emphasis=True),))
UNAPPROVED = Note("unapproved", "Not yet approved", preview_only=True)

Blocks = tuple[Block, ...]


def strand_table(
    name: str, columns: tuple[Column, ...], rows: Sequence[tuple[StrandFacts, tuple[Blocks, ...]]], *, empty: str
) -> Block:
    """Return a table with each strand and its cells, or ``empty`` as a paragraph where there is no strand.

    A strand that says nothing has "No update" in its row.
    """
    if not rows:
        return Paragraph((Span(empty, emphasis=True),))
    return Table(name, columns, tuple(row for strand, cells in rows for row in _rows(columns, strand, cells)))


def _rows(columns: tuple[Column, ...], strand: StrandFacts, cells: tuple[Blocks, ...]) -> Iterator[Row]:
    if not any(cells):
        cells = ((NO_UPDATE,), *cells[1:])
    widths = [CHARACTERS_ACROSS * column.share // 100 for column in columns[1:]]
    for number, parts in enumerate(zip_longest(*map(_parts, cells, widths), fillvalue=())):
        heading = _continued(strand) if number else _heading(strand)
        yield Row((Cell(heading), *map(Cell, parts)), continued=number > 0)


def _heading(strand: StrandFacts) -> Blocks:
    name = Paragraph((Span(strand.name),))
    return (name, UNAPPROVED) if strand.approved is False else (name,)


def _continued(strand: StrandFacts) -> Blocks:
    return (Paragraph((Span(f"{strand.name}, continued"),)),)


def _parts(blocks: Blocks, width: int) -> list[Blocks]:
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
