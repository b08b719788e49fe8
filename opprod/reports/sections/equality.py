"""The public sector equality duty: a statement that somebody must confirm for each paper."""

from opprod.core.clock import LONDON
from opprod.reports.blocks import Block, Note
from opprod.reports.facts import Confirmation, SectionText, Snapshot
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks

UNCONFIRMED = Note("unconfirmed", "Draft: not yet confirmed")


def narrative(snapshot: Snapshot) -> str:
    """Begin with the duty (Equality Act 2010, sections 4 and 149) and the conclusion to be confirmed."""
    return (
        f"Under the Equality Act 2010, {snapshot.body} must have due regard to the need to eliminate unlawful "
        "discrimination, advance equality of opportunity and foster good relations between different groups of "
        "people. The Act protects people against discrimination on grounds of age, disability, gender "
        "reassignment, marriage and civil partnership, pregnancy and maternity, race, religion and belief, gender "
        "and sexual orientation. We have thought about how what this paper deals with might affect protected "
        "groups.\n\n"
        "We believe that the paper will have no adverse impact on these groups, and that "
        f"{snapshot.body} has fulfilled its duty under the Act."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Leave the paragraphs unnumbered, and say whether somebody has confirmed them."""
    note = UNCONFIRMED if text.confirmation is None else _confirmed(text.confirmation)
    return (note, *narrative_blocks(text, snapshot.figures, numbered=False))


def _confirmed(confirmation: Confirmation) -> Note:
    day = confirmation.at.astimezone(LONDON)
    return Note("confirmed", f"Confirmed by {confirmation.name} on {day:%-d %B %Y}", preview_only=True)


SECTION = Section(
    "equality",
    "Public Sector Equality Duty",
    "Paragraphs without numbers, to be confirmed for each paper.",
    narrative,
    compose,
    position=900,
)
