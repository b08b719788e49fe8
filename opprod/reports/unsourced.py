"""The figures of a paper that rest on nothing yet, and where they stand, from its content alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from opprod.reports.blocks import Block, BoardOnly, Bullets, Heading, Paragraph, Table
from opprod.reports.claims import anchor, around
from opprod.reports.composition import PaperContent


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A figure of a paper that rests on nothing yet, and what stands before and after it in its sentence.

    ``within`` is the workstream or project whose row of a table it stands in, and ``paragraph`` the number of its
    paragraph, each where there is one.
    """

    key: str
    said: str
    before: str
    after: str
    section_key: str
    section: str
    within: str | None = None
    paragraph: int | None = None

    @property
    def sentence(self) -> str:
        """The sentence as it reads in the paper."""
        return f"{self.before}{self.said}{self.after}"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the paper's evidence."""
        return anchor(self.key)

    @property
    def place(self) -> str:
        """Where in the paper it stands."""
        details = (self.within, f"paragraph {self.paragraph}" if self.paragraph else None)
        return ", ".join([self.section, *(part for part in details if part)])


def unsourced(content: PaperContent) -> list[Unsourced]:
    """The figures of a paper that rest on nothing yet, each once, in reading order."""
    found: dict[str, Unsourced] = {}
    for section in content.sections:
        for paragraph, within in _paragraphs(section.blocks, None):
            for key, said, (before, after) in _bare_figures(paragraph):
                number = paragraph.number if isinstance(paragraph, Paragraph) else None
                bare = Unsourced(key, said, before, after, section.key, section.title, within, number)
                found.setdefault(key, bare)
    return list(found.values())


def _paragraphs(blocks: Iterable[Block], within: str | None) -> Iterator[tuple[Paragraph | Heading, str | None]]:
    """Yield every paragraph and heading, with the heading of the table's row that it is in."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block, within
            case Bullets():
                for item in block.items:
                    yield from _paragraphs(item.blocks, within)
            case Table():
                for row in block.rows:
                    heading = next((text for text, _ in _paragraphs(row.cells[0].blocks, None)), None)
                    name = "".join(span.text for span in heading.spans) if heading else within
                    for cell in row.cells:
                        yield from _paragraphs(cell.blocks, name)
            case BoardOnly():
                yield from _paragraphs(block.blocks, within)


def _bare_figures(paragraph: Paragraph | Heading) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Yield the key and the words of each figure that rests on nothing, and what stands around it."""
    text = "".join(span.text for span in paragraph.spans)
    at = 0
    for key, group in groupby(paragraph.spans, key=lambda span: span.unsourced):
        said = "".join(span.text for span in group)
        if key is not None:
            yield key, " ".join(said.split()), around(text, at, at + len(said))
        at += len(said)
