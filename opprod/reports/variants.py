"""The public variant of a paper: what is for the Board alone taken out, and nothing renumbered."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from opprod.reports.blocks import Block, BoardOnly, Bullets, Cell, Note, Row, Span, Table
from opprod.reports.composition import PARAGRAPH, PaperContent, SectionContent, numbers_of, promises_in
from opprod.reports.walking import mapped_spans, spans_in

WITHHELD = Note("left-out", "A part of this paper is for the Board alone, and is not in this copy.")


def public(content: PaperContent) -> PaperContent:
    """The paper for publication.

    Sections and blocks for the Board alone are gone, with the evidence that they alone rest on and the promises they
    alone state; paragraphs and evidence keep their numbers, so that both variants cite alike.
    """
    kept = [_public_section(section) for section in content.sections if not section.board_only]
    sections = tuple(replace(section, blocks=_without_dead_links(section.blocks, kept)) for section in kept)
    blocks = [block for section in sections for block in section.blocks]
    noted = {span.note for span in spans_in(blocks) if span.note}
    withheld = any(section.board_only or _restricted(section.blocks) for section in content.sections)
    return replace(
        content,
        cover=replace(content.cover, marking=None),
        notes=(*content.notes, WITHHELD) if withheld else content.notes,
        sections=sections,
        evidence=tuple(line for line in content.evidence if line.number in noted),
        promises=promises_in(blocks),
        public=True,
    )


def _without_dead_links(blocks: tuple[Block, ...], kept: Iterable[SectionContent]) -> tuple[Block, ...]:
    """Leave the words of a citation whose paragraph is not here, without the link."""
    there = {f"#{PARAGRAPH}{number}" for section in kept for number in numbers_of(section.blocks)}

    def live(span: Span) -> Span:
        dead = span.href is not None and span.href.startswith(f"#{PARAGRAPH}") and span.href not in there
        return replace(span, href=None) if dead else span

    return mapped_spans(blocks, live)


def _public_section(section: SectionContent) -> SectionContent:
    return replace(section, blocks=tuple(_public_blocks(section.blocks)))


def _public_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case BoardOnly():
                continue
            case Bullets():
                yield replace(
                    block,
                    items=tuple(replace(item, blocks=tuple(_public_blocks(item.blocks))) for item in block.items),
                )
            case Table():
                yield replace(block, rows=tuple(_public_row(row) for row in block.rows))
            case _:
                yield block


def _public_row(row: Row) -> Row:
    return replace(row, cells=tuple(Cell(tuple(_public_blocks(cell.blocks))) for cell in row.cells))


def _restricted(blocks: Iterable[Block]) -> bool:
    for block in blocks:
        match block:
            case BoardOnly():
                return True
            case Bullets():
                if any(_restricted(item.blocks) for item in block.items):
                    return True
            case Table():
                if any(_restricted(cell.blocks) for row in block.rows for cell in row.cells):
                    return True
    return False
