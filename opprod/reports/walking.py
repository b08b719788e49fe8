"""Going through blocks: every run of text, list item and chart within them, at whatever depth."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from opprod.reports.blocks import (
    Block,
    BoardOnly,
    Bullets,
    Cell,
    Chart,
    Heading,
    Item,
    Paragraph,
    Row,
    Span,
    Spans,
    Table,
)
from opprod.reports.promises import Promise

Change = Callable[[Spans], Spans]


def items_in(blocks: Iterable[Block]) -> Iterator[Item]:
    """Yield every list item."""
    for block in blocks:
        if isinstance(block, Bullets):
            yield from block.items
        yield from items_in(_within(block))


def promises_of(blocks: Iterable[Block]) -> Iterator[Promise]:
    """Yield what list items and rows promise, in reading order; a next step may be there twice."""
    for block in blocks:
        match block:
            case Bullets():
                for item in block.items:
                    if item.promise:
                        yield item.promise
                    yield from promises_of(item.blocks)
            case Table():
                for row in block.rows:
                    if row.promise:
                        yield row.promise
                    for cell in row.cells:
                        yield from promises_of(cell.blocks)
            case BoardOnly():
                yield from promises_of(block.blocks)


def spans_in(blocks: Iterable[Block]) -> Iterator[Span]:
    """Yield every run of text."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from block.spans
        yield from spans_in(_within(block))


def charts_in(blocks: Iterable[Block]) -> Iterator[Chart]:
    """Yield every chart."""
    for block in blocks:
        if isinstance(block, Chart):
            yield block
        yield from charts_in(_within(block))


def mapped_spans(blocks: Iterable[Block], change: Callable[[Span], Span]) -> tuple[Block, ...]:
    """The blocks with every run of text changed, in reading order."""
    return mapped_texts(blocks, lambda spans: tuple(map(change, spans)))


def mapped_texts(blocks: Iterable[Block], change: Change) -> tuple[Block, ...]:
    """The blocks with the text of every paragraph and heading changed, in reading order."""
    return tuple(_mapped(block, change) for block in blocks)


def _within(block: Block) -> Iterator[Block]:
    match block:
        case Bullets():
            for item in block.items:
                yield from item.blocks
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.blocks
        case BoardOnly():
            yield from block.blocks


def _mapped(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, spans=change(block.spans))
        case Bullets():
            return replace(
                block, items=tuple(replace(item, blocks=mapped_texts(item.blocks, change)) for item in block.items)
            )
        case Table():
            return replace(block, rows=tuple(_mapped_row(row, change) for row in block.rows))
        case BoardOnly():
            return replace(block, blocks=mapped_texts(block.blocks, change))
        case _:
            return block


def _mapped_row(row: Row, change: Change) -> Row:
    return replace(row, cells=tuple(Cell(mapped_texts(cell.blocks, change)) for cell in row.cells))
