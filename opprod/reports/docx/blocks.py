"""Blocks as Word's paragraphs, tables and pictures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from opprod.reports.blocks import (
    Block,
    BoardOnly,
    Bullets,
    Chart,
    Heading,
    Item,
    Label,
    Note,
    Paragraph,
    Table,
)
from opprod.reports.composition import PARAGRAPH
from opprod.reports.docx.draft import Draft
from opprod.reports.docx.markup import Element, paragraph, run, w
from opprod.reports.docx.numbering import in_list, indent_of, list_style
from opprod.reports.docx.pictures import picture
from opprod.reports.docx.spans import remark, span_elements
from opprod.reports.docx.tables import cell, table

NOTES = {"unconfirmed": "NoteUnconfirmed", "confirmed": "NoteConfirmed"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: the style of a paragraph there, and how deep in lists it is."""

    style: str = "Normal"
    in_table: bool = False
    level: int = 0
    indent: int | None = None


BODY = Place()
IN_CELL = Place("TableText", in_table=True)
HEADINGS = {"row": Place("TableRowHeading", in_table=True), "continued": Place("TableContinued", in_table=True)}


def block_elements(blocks: Iterable[Block], draft: Draft, place: Place = BODY) -> Iterator[Element]:
    """What the Board sees of blocks; a note for those who write the paper is not in it."""
    for block in blocks:
        yield from _block(block, draft, place)


def _block(block: Block, draft: Draft, place: Place) -> Iterator[Element]:
    match block:
        case Paragraph(number=int(number)):
            content = draft.bookmarked(f"{PARAGRAPH}{number}", *span_elements(block.spans, draft))
            yield paragraph("NumberedParagraph", *content, numbering=draft.numbering.of_paragraph(number))
        case Paragraph():
            yield _indented(paragraph(place.style, *span_elements(block.spans, draft)), place)
        case Heading():
            yield paragraph(f"Heading{min(block.level + 1, 3)}", *span_elements(block.spans, draft))
        case Label():
            yield _indented(paragraph("Label", run(block.text)), place)
        case Bullets():
            yield from _list(block, draft, place)
        case Table():
            yield from _table(block, draft)
        case Chart():
            yield paragraph("Caption", *draft.bookmarked(block.name, run(block.caption)))
            yield paragraph("Chart", w("r", picture(block, draft.part)))
        case BoardOnly():
            yield from block_elements(block.blocks, draft, place)
        case Note():
            yield from _note(block, place)
        case _:
            assert_never(block)


def _note(block: Note, place: Place) -> Iterator[Element]:
    if not block.preview_only:
        yield _indented(paragraph(NOTES.get(block.about, "Note"), run(block.text)), place)


def _list(block: Bullets, draft: Draft, place: Place) -> Iterator[Element]:
    numbered = block.start is not None
    style = list_style(numbered=numbered, in_table=place.in_table, level=place.level)
    key = draft.numbering.of_list(start=block.start, in_table=place.in_table, level=place.level)
    indent = indent_of(numbered=numbered, in_table=place.in_table, level=place.level)
    within = replace(place, level=place.level + 1, indent=indent)
    for item in block.items:
        said, rest = _first(item)
        marks = [remark(words) for words in (item.outcome, "illustrative" if item.illustrative else None) if words]
        content = [*span_elements(said.spans, draft), *marks]
        yield paragraph(style, *content, numbering=in_list(key, place.level))
        yield from block_elements(rest, draft, within)


def _first(item: Item) -> tuple[Paragraph, tuple[Block, ...]]:
    """The paragraph that carries an item's bullet, and what follows it."""
    match item.blocks:
        case (Paragraph() as said, *rest):
            return said, tuple(rest)
    return Paragraph(()), item.blocks


def _indented(element: Element, place: Place) -> Element:
    """A paragraph set in as far as the words of the list that it stands in."""
    if place.indent is not None:
        element[0].append(w("ind", left=place.indent))
    return element


def _table(block: Table, draft: Draft) -> Iterator[Element]:
    rows = []
    for row in block.rows:
        heading, *rest = row.cells
        said = list(block_elements(heading.blocks, draft, HEADINGS["continued" if row.continued else "row"]))
        if row.anchor and said:
            said[0].extend(draft.bookmarked(row.anchor))
        rows.append(
            [cell(said, "TableRowHeading"), *(cell(block_elements(one.blocks, draft, IN_CELL)) for one in rest)]
        )
    yield table(block, rows)
    yield paragraph("AfterTable")
