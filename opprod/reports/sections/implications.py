"""What the paper means for money, people and the law."""

from opprod.reports.blocks import Block
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks


def narrative(_snapshot: Snapshot) -> str:
    """Begin with neither asking for anything."""
    return (
        "# Resources\n\n"
        "This paper asks the Board for no money and no posts beyond those that are agreed already.\n\n"
        "# Legal\n\n"
        "Nothing in this paper changes what the law asks of us, and we know of no legal challenge to what it reports."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Number the narrative's paragraphs, under its own headings."""
    return narrative_blocks(text, snapshot.figures)


SECTION = Section(
    "implications",
    "Resource and legal implications",
    "Numbered paragraphs under a heading each for resources and for the law; a line that begins with “# ” is one.",
    narrative,
    compose,
    included_at_first=False,
    position=85,
)
