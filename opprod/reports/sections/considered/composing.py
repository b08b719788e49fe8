"""Where and when the Board or its committees had earlier papers on this matter."""

from opprod.reports.answers import day_in_words
from opprod.reports.blocks import Block, Cell, Column, Paragraph, Row, Span, Table
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.considered.facts import ConsideredFacts, EarlierPaper
from opprod.reports.writing import narrative_blocks

KEY = "previous-consideration"

COLUMNS = (Column("Considered by", 40), Column("On", 20), Column("Paper", 20), Column("Asked for", 20))
NOT_BEFORE = "No earlier paper on this matter has been issued."
NOTHING_SAID = "Not said"


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what the table shows."""
    return "The table shows where this matter has been considered before."


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put the table of earlier papers after the narrative, the latest first."""
    written = narrative_blocks(text, snapshot.figures)
    facts = snapshot.of(KEY, ConsideredFacts)
    if facts is None or not facts.papers:
        return (*written, _remark(NOT_BEFORE))
    table = Table("Earlier papers on this matter", COLUMNS, tuple(map(_row, facts.papers)))
    rest = f"{facts.more} earlier {'paper is' if facts.more == 1 else 'papers are'} left out."
    return (*written, table, _remark(rest)) if facts.more else (*written, table)


def _row(paper: EarlierPaper) -> Row:
    spans = (
        Span(paper.board),
        Span(day_in_words(paper.meeting_on), illustrative=paper.illustrative),
        Span(paper.reference, record=paper.record),
        Span(paper.purpose or NOTHING_SAID),
    )
    return Row(tuple(Cell((Paragraph((span,)),)) for span in spans))


def _remark(words: str) -> Paragraph:
    return Paragraph((Span(words, emphasis=True),))
