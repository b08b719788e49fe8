"""What the directorate is for, and what the paper tells of it."""

from opprod.reports.blocks import Block
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks


def narrative(snapshot: Snapshot) -> str:
    """Begin with the directorate's purpose and what the paper covers."""
    purpose = snapshot.purpose.rstrip(".")
    return (
        f"The {snapshot.directorate} is being set up within {snapshot.body}. Its purpose is to "
        f"{purpose[:1].lower()}{purpose[1:]}.\n\n"
        "This paper tells the Board: i) how the directorate is being established, ii) what its key projects have "
        "done so far, and iii) what support the directorate can offer now and later."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Number the narrative's paragraphs."""
    return narrative_blocks(text, snapshot.figures)


SECTION = Section("introduction", "Introduction", "Numbered paragraphs.", narrative, compose, position=20)
