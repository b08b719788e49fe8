"""Putting a paper together: its cover and its sections, with numbers that run through all of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from opprod.reports.annex import evidence_table
from opprod.reports.blocks import Block, BoardOnly, Chart, Note, Paragraph, Span, Table
from opprod.reports.evidence import Evidence, NumberedEvidence
from opprod.reports.promises import Promise
from opprod.reports.walking import charts_in, items_in, mapped_spans, promises_of, spans_in

ILLUSTRATIVE = Note(
    "illustrative",
    "What is marked “illustrative” in this paper was invented to show how it works, and is no record of fact.",
)
NO_SUCH_PARAGRAPH = "[no such paragraph]"
PARAGRAPH = "paragraph-"  # and its number: where a citation leads
MOST_ROWS = 1000
"""How many rows of a table a paper shows: one of more is neither read nor printed."""

ANNEX = "evidence"
ANNEX_TITLE = "Annex: what the figures rest on"


@dataclass(frozen=True, slots=True)
class Issued:
    """What the issuing of a paper adds to it: which version this is, since when, and what changed since the last."""

    number: int
    on: date
    changes: str | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """A paper's header: to whom, for which meeting, by whom and on what.

    ``purpose`` is what is asked of the Board, and ``marking`` the protective marking of what is for the Board alone.
    ``illustrative`` says what of the paper itself is invented.
    """

    body: str
    addressee: str
    meeting_on: date
    meeting_illustrative: str | None
    agenda_item: str
    reference: str
    author_name: str
    author_title: str
    report_on: str
    purpose: str | None = None
    marking: str | None = None
    illustrative: str | None = None

    @property
    def footer(self) -> str:
        """What stands at the foot of every page; agenda items there have two digits, as in "09"."""
        item = re.sub(r"^(\d)(?!\d)", r"0\1", self.agenda_item)
        return f"Agenda item: {item}   Ref: {self.reference}"


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section as it stands in the paper; one that is ``board_only`` is not in its public variant."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    board_only: bool = False


@dataclass(frozen=True, slots=True)
class PaperContent:
    """All that a paper says. Equal contents make equal documents, byte for byte.

    ``evidence`` is what its figures rest on, by the numbers they carry, and ``promises`` are the next steps it
    states. ``issued`` is None until it is issued. ``public`` says that what is for the Board alone was taken out.
    """

    cover: Cover
    as_at: date
    notes: tuple[Note, ...]
    sections: tuple[SectionContent, ...]
    evidence: tuple[NumberedEvidence, ...] = ()
    promises: tuple[Promise, ...] = ()
    issued: Issued | None = None
    public: bool = False

    @property
    def all_sections(self) -> tuple[SectionContent, ...]:
        """The sections, and after them the annex of what figures rest on, where there are any."""
        annex = evidence_table(self.evidence)
        if annex is None:
            return self.sections
        return (*self.sections, SectionContent(ANNEX, ANNEX_TITLE, (annex,)))


def compose(cover: Cover, sections: Iterable[SectionContent], day: date) -> PaperContent:
    """Put sections together in their order, and number their paragraphs, charts and what their figures rest on."""
    numbered = _numbered(replace(section, blocks=tuple(_cut_short(section.blocks))) for section in sections)
    paragraphs = _paragraphs(numbered)
    annex = _Annex()
    finished = tuple(
        replace(section, blocks=mapped_spans(section.blocks, lambda span: annex.noted(_cited(span, paragraphs))))
        for section in numbered
    )
    blocks = [block for section in finished for block in section.blocks]
    invented = (
        *(item.illustrative for item in items_in(blocks)),
        *(span.illustrative for span in spans_in(blocks)),
        *(block.chart.illustrative for block in charts_in(blocks)),
    )
    illustrative = cover.illustrative or cover.meeting_illustrative or any(invented)
    return PaperContent(
        cover=cover,
        as_at=day,
        notes=(ILLUSTRATIVE,) if illustrative else (),
        sections=finished,
        evidence=tuple(annex.lines),
        promises=promises_in(blocks),
    )


def _cut_short(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out the rows of a table past ``MOST_ROWS``, and say how many those are."""
    for block in blocks:
        match block:
            case BoardOnly():
                yield replace(block, blocks=tuple(_cut_short(block.blocks)))
            case Table() if len(block.rows) > MOST_ROWS:
                yield replace(block, rows=block.rows[:MOST_ROWS])
                yield Note(
                    "left-out",
                    f"These are the first {MOST_ROWS:,} of {len(block.rows):,} rows. The programme’s own pages, from "
                    "which this paper is made, have them all.",
                )
            case _:
                yield block


def promises_in(blocks: Sequence[Block]) -> tuple[Promise, ...]:
    """The next steps that blocks state, each once and as it is put last."""
    found = {promise.next_step_id: promise for promise in promises_of(blocks)}
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The next numbers of paragraphs and of charts."""

    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    charts: Iterator[int] = field(default_factory=lambda: count(1))


def _numbered(sections: Iterable[SectionContent]) -> list[SectionContent]:
    numbers = _Numbers()
    return [replace(section, blocks=_with_numbers(section.blocks, numbers)) for section in sections]


def _with_numbers(blocks: tuple[Block, ...], numbers: _Numbers) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph(numbered=True):
                found.append(replace(block, number=next(numbers.paragraphs)))
            case Chart():
                found.append(replace(block, number=next(numbers.charts)))
            case BoardOnly():
                found.append(replace(block, blocks=_with_numbers(block.blocks, numbers)))
            case _:
                found.append(block)
    return tuple(found)


def _paragraphs(sections: Iterable[SectionContent]) -> dict[str, int]:
    """The numbers of paragraphs by what cites them: ``support#2`` is the second numbered one of that section."""
    return {
        f"{section.key}#{place}": number
        for section in sections
        for place, number in enumerate(numbers_of(section.blocks), start=1)
    }


def numbers_of(blocks: Iterable[Block]) -> Iterator[int]:
    """The numbers of the paragraphs among blocks."""
    for block in blocks:
        match block:
            case Paragraph(number=int(number)):
                yield number
            case BoardOnly():
                yield from numbers_of(block.blocks)


def _cited(span: Span, paragraphs: dict[str, int]) -> Span:
    if span.cites is None:
        return span
    number = paragraphs.get(span.cites)
    if number is None:
        return replace(span, text=NO_SUCH_PARAGRAPH, cites=None)
    return replace(span, text=f"paragraph {number}", href=f"#{PARAGRAPH}{number}", cites=None)


@dataclass(slots=True)
class _Annex:
    """What figures rest on, numbered as they come."""

    lines: list[NumberedEvidence] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def noted(self, span: Span) -> Span:
        """The span with the number of its evidence in place of the evidence."""
        if span.evidence is None:
            return span
        return replace(span, evidence=None, note=self._number(span.evidence), record=span.evidence.record)

    def _number(self, evidence: Evidence) -> int:
        if evidence.key not in self.numbers:
            self.numbers[evidence.key] = len(self.lines) + 1
            self.lines.append(NumberedEvidence(len(self.lines) + 1, evidence))
        return self.numbers[evidence.key]
