"""What stands in a paper's way, from its content alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from opprod.reports.blocks import Block, BoardOnly, Bullets, Note, Table
from opprod.reports.composition import NO_SUCH_PARAGRAPH, PaperContent, SectionContent
from opprod.reports.promises import Promise
from opprod.reports.unsourced import unsourced
from opprod.reports.walking import spans_in

NAMED = 3
PROMISES_NAMED = 20


class Stage(StrEnum):
    """Before which step a problem must be gone."""

    REVIEW = "review"
    APPROVAL = "approval"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right; ``about`` says where, for a link: a section's key, or a page of the paper."""

    stage: Stage
    text: str
    about: str


def problems(content: PaperContent) -> list[Problem]:
    """What must be put right in a paper before it is sent for review or approved."""
    found = list(_of_the_whole(content))
    for section in content.sections:
        found += _of_a_section(section)
    return found


def stray(originals: Sequence[str]) -> list[Problem]:
    """What the paper's editors made of statements that are no longer said."""
    if not originals:
        return []
    words = (
        f"A statement that this paper changes is no longer said: “{originals[0]}”."
        if len(originals) == 1
        else f"{len(originals)} statements that this paper changes are no longer said: “{originals[0]}” and others."
    )
    return [Problem(Stage.REVIEW, f"{words} Drop the change, or move it to another statement.", "statements")]


def unanswered_promises(promises: Sequence[Promise]) -> list[Problem]:
    """What the last paper promised and nobody has answered for, each by its own words."""
    found = [
        f"{one.strand}: “{one.text}” ({one.owner}, by {one.due_on.day} {one.due_on:%B %Y}) is not yet answered."
        for one in promises[:PROMISES_NAMED]
    ]
    if more := len(promises) - len(found):
        found.append(f"{more} more of what the last paper promised {'is' if more == 1 else 'are'} not yet answered.")
    return [Problem(Stage.ISSUE, text, "answers") for text in found]


def _of_the_whole(content: PaperContent) -> Iterator[Problem]:
    if not content.sections:
        yield Problem(Stage.REVIEW, "The paper has no sections. Include at least one.", "sections")
    bare = unsourced(content)
    if bare:
        named = ", ".join(f"“{one.said}”" for one in bare[:NAMED])
        more = f" and {len(bare) - NAMED} more" if len(bare) > NAMED else ""
        yield Problem(
            Stage.APPROVAL,
            f"{len(bare)} {'figure has' if len(bare) == 1 else 'figures have'} no source: {named}{more}. "
            "Give each a source, or accept it by name.",
            "evidence",
        )


def _of_a_section(section: SectionContent) -> Iterator[Problem]:
    if any(span.text == NO_SUCH_PARAGRAPH for span in spans_in(section.blocks)):
        yield Problem(Stage.REVIEW, f"“{section.title}” cites a paragraph that is not in the paper.", section.key)
    notes = [note.about for note in _notes(section.blocks)]
    if "unconfirmed" in notes:
        yield Problem(Stage.APPROVAL, f"“{section.title}” is not confirmed for this paper.", section.key)
    waiting = notes.count("unapproved")
    if waiting:
        verb = "update in it is" if waiting == 1 else "updates in it are"
        yield Problem(Stage.APPROVAL, f"“{section.title}”: {waiting} {verb} not yet approved.", "round")


def _notes(blocks: Iterable[Block]) -> Iterator[Note]:
    for block in blocks:
        match block:
            case Note():
                yield block
            case BoardOnly():
                yield from _notes(block.blocks)
            case Bullets():
                for item in block.items:
                    yield from _notes(item.blocks)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _notes(cell.blocks)
