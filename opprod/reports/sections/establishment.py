"""What each workstream has achieved in setting up the directorate, and its next steps."""

from opprod.reports.blocks import Block, Column
from opprod.reports.facts import SectionText, Snapshot, StrandFacts
from opprod.reports.sections.section import Section
from opprod.reports.tables import strand_table
from opprod.reports.writing import narrative_blocks, statement_list

COLUMNS = (Column("Workstream", 20), Column("Key achievements", 40), Column("Next steps", 40))
NO_WORKSTREAMS = "No workstream has been recorded yet."


def narrative(snapshot: Snapshot) -> str:
    """Begin with whom the workstreams report to."""
    groups = list(dict.fromkeys(strand.reports_to for strand in snapshot.workstreams if strand.reports_to))
    reporting = f", and report to {groups[0]}" if len(groups) == 1 else ""
    return (
        f"Several workstreams are under way to establish the directorate{reporting}. The table shows what each has "
        "achieved so far and what it will do next."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the workstreams in a table after the lead-in."""
    rows = [(strand, _cells(strand, text)) for strand in snapshot.workstreams]
    return (
        *narrative_blocks(text, snapshot.figures),
        strand_table("Workstreams", COLUMNS, rows, snapshot=snapshot, empty=NO_WORKSTREAMS),
    )


def _cells(strand: StrandFacts, text: SectionText) -> tuple[tuple[Block, ...], ...]:
    return statement_list(strand, "achievement", "progress", text=text), statement_list(
        strand, "next-step", text=text
    )


SECTION = Section(
    "establishment",
    "Establishment of the directorate",
    "Numbered paragraphs, then the table of workstreams.",
    narrative,
    compose,
    position=40,
)
