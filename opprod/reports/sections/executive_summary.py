"""What the Board needs to know of the paper before it reads on."""

from opprod.reports.blocks import Block
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks


def narrative(snapshot: Snapshot) -> str:
    """Begin with what the paper covers, whichever sections it has."""
    return (
        f"This paper tells the Board how far the {snapshot.directorate} is established, how its projects are getting "
        "on, and what has become of what it said it would do.\n\n"
        "The points that matter most to the Board are:\n\n"
        "- what has been achieved since the Board last had a paper on this matter\n"
        "- where progress is slower than planned, and what is being done about it\n"
        "- what the directorate will do next."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Number the narrative's paragraphs."""
    return narrative_blocks(text, snapshot.figures)


SECTION = Section(
    "executive-summary",
    "Executive summary",
    "Numbered paragraphs and lists. Point to the paragraph that says more by its section and its place there: "
    "[[establishment#1]] becomes “paragraph 5” with a link, and stays right when paragraphs move.",
    narrative,
    compose,
    included_at_first=False,
    position=5,
)
