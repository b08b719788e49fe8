"""What the Board is asked to do, by the paper's purpose."""

from opprod.reports.asked import Asked
from opprod.reports.blocks import Block, Paragraph, Span
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks

KEY = "recommendations"
LEAD_INS = {
    "decision": "The Board is asked to decide on this paper, and to:",
    "assurance": "The Board is asked to take assurance from this paper, and to:",
    "information": "This paper is for information. The Board is asked to:",
}
OTHERWISE = "The Board is asked to:"


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what any paper on progress can ask."""
    return (
        "1. note what has been achieved since it last had a paper on this matter\n"
        "2. note what has become of the next steps that it was told of\n"
        "3. say where it wants to know more in the next paper."
    )


def gather(asked: Asked) -> str | None:
    """Take the paper's purpose."""
    return asked.purpose


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put what is asked for, in words that suit the paper's purpose, before the list."""
    lead_in = LEAD_INS.get(snapshot.of(KEY, str) or "", OTHERWISE)
    return (Paragraph((Span(lead_in),), numbered=True), *narrative_blocks(text, snapshot.figures))


SECTION = Section(
    KEY,
    "Recommendations",
    "A numbered list after “The Board is asked to:”, which is put in for you in words that suit the purpose in the "
    "paper’s header. Begin each line with “1. ”, “2. ” and so on.",
    narrative,
    compose,
    gather=gather,
    included_at_first=False,
    position=80,
)
