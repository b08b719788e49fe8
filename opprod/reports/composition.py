"""Putting a paper together: its cover and its sections, with paragraph numbers that run through all of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from opprod.reports.blocks import Block, Bullets, Heading, Item, Note, Paragraph, Span, Table
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections import SECTIONS

ILLUSTRATIVE = Note(
    "illustrative",
    "What is marked “illustrative” in this paper was invented to show how it works, and is no record of fact.",
)


@dataclass(frozen=True, slots=True)
class Cover:
    """A paper's header: to whom, for which meeting, by whom and on what."""

    body: str
    addressee: str
    meeting_on: date
    meeting_illustrative: str | None
    agenda_item: str
    reference: str
    author_name: str
    author_title: str
    report_on: str

    @property
    def footer(self) -> str:
        """What stands at the foot of every page; agenda items there have two digits, as in "09"."""
        item = re.sub(r"^(\d)(?!\d)", r"0\1", self.agenda_item)
        return f"Agenda item: {item}   Ref: {self.reference}"


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section as it stands in the paper."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PaperContent:
    """All that a paper says. Equal contents make equal documents, byte for byte."""

    cover: Cover
    as_at: date
    notes: tuple[Note, ...]
    sections: tuple[SectionContent, ...]


def compose(cover: Cover, texts: Sequence[tuple[str, SectionText]], snapshot: Snapshot) -> PaperContent:
    """Compose a paper of the sections given by key, in their order."""
    numbers = count(1)
    sections = tuple(
        SectionContent(key, text.title, _numbered(SECTIONS[key].compose(snapshot, text), numbers))
        for key, text in texts
    )
    blocks = [block for section in sections for block in section.blocks]
    illustrative = cover.meeting_illustrative or any(part.illustrative for part in _parts(blocks))
    notes = (ILLUSTRATIVE,) if illustrative else ()
    return PaperContent(cover, snapshot.day, notes, sections)


def _numbered(blocks: tuple[Block, ...], numbers: Iterator[int]) -> tuple[Block, ...]:
    return tuple(
        replace(block, number=next(numbers)) if isinstance(block, Paragraph) and block.numbered else block
        for block in blocks
    )


def _parts(blocks: Sequence[Block]) -> Iterator[Item | Span]:
    """Yield every list item and run of text within the blocks."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from block.spans
            case Bullets():
                yield from block.items
                for item in block.items:
                    yield from _parts(item.blocks)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _parts(cell.blocks)
