"""What threatens the programme: the strands rated red or amber with their reasons, and what is done about it."""

from opprod.reports.blocks import Block, Cell, Column, Paragraph, Row, Span, Table
from opprod.reports.facts import SectionText, Snapshot, StrandFacts
from opprod.reports.marking import marked
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks, plain_spans

COLUMNS = (Column("Workstream or project", 25), Column("Rating", 15), Column("Why", 60))
AT_RISK = ("red", "amber")  # in this order
NONE_AT_RISK = "No workstream or project is rated red or amber."


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what stands in the table, and leave the rest to the writers."""
    return (
        "The table has the workstreams and projects that are rated red or amber, and why.\n\n"
        "For each we watch how likely it is that the risk comes about, what it would mean, and what we are doing to "
        "make that less likely or less harmful."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the table after the narrative, red before amber."""
    strands = (*snapshot.workstreams, *snapshot.projects)
    rows = tuple(_row(strand, text) for rating in AT_RISK for strand in strands if strand.rag == rating)
    table: Block = Table("Workstreams and projects rated red or amber", COLUMNS, rows)
    if not rows:
        table = Paragraph((Span(NONE_AT_RISK, emphasis=True),))
    return (*narrative_blocks(text, snapshot.figures), table)


def _row(strand: StrandFacts, text: SectionText) -> Row:
    what = f"{strand.name}, reason for the rating"
    why = marked(plain_spans(strand.rag_reason or "", {}), text, what=what)
    return Row(
        (
            Cell((Paragraph((Span(strand.name, record=strand.record),)),)),
            Cell((Paragraph((Span((strand.rag or "").capitalize(), illustrative=strand.rag_illustrative),)),)),
            Cell((Paragraph(why),)),
        )
    )


SECTION = Section(
    "risks",
    "Risks",
    "Numbered paragraphs, then a table of the workstreams and projects rated red or amber, with the reasons their "
    "updates give. For each risk worth the Board’s time, say how likely it is, what it would mean and what is done.",
    narrative,
    compose,
    included_at_first=False,
    position=75,
)
