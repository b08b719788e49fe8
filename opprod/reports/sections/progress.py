"""What each project has achieved and how it is getting on."""

from opprod.reports.blocks import Block, Column, Label
from opprod.reports.facts import SectionText, Snapshot, StrandFacts
from opprod.reports.sections.section import Section
from opprod.reports.tables import strand_table
from opprod.reports.writing import narrative_blocks, statement_list

COLUMNS = (Column("Project", 20), Column("Progress update", 80))
NO_PROJECTS = "No project has been recorded yet."


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what the table shows."""
    return (
        "While posts in the central and regional teams are being filled, the directorate keeps up its links with "
        "the rest of the organisation and its priority projects move on. The table shows the progress of key "
        "projects to date."
    )


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the projects in a table after the lead-in."""
    rows = [(strand, (_progress(strand, text),)) for strand in snapshot.projects]
    return (
        *narrative_blocks(text, snapshot.figures),
        strand_table("Projects", COLUMNS, rows, snapshot=snapshot, empty=NO_PROJECTS),
    )


def _progress(strand: StrandFacts, text: SectionText) -> tuple[Block, ...]:
    next_steps = statement_list(strand, "next-step", text=text)
    so_far = statement_list(strand, "achievement", "progress", text=text)
    return (*so_far, Label("Next"), *next_steps) if next_steps else so_far


SECTION = Section(
    "progress",
    "Progress updates from projects",
    "Numbered paragraphs, then the table of projects.",
    narrative,
    compose,
    position=50,
)
