"""A table of thousands of rows in a paper: cut short, with word of what is left out, and nothing fails."""

import pytest

from opprod.reports.blocks import Block, BoardOnly, Cell, Column, Note, Paragraph, Row, Span, Table
from opprod.reports.composition import MOST_ROWS, SectionContent, compose
from opprod.reports.freezing import frozen
from tests.builders.papers import DAY, a_cover


def a_table(rows: int) -> Table:
    """A table of one column."""
    cells = (Row((Cell((Paragraph((Span(f"Row {number}"),)),)),)) for number in range(rows))
    return Table("Many rows", (Column("Row", 100),), tuple(cells))


@pytest.mark.parametrize("board_only", [False, True])
def test_a_table_of_five_thousand_rows_is_cut_short_and_says_so(board_only: bool) -> None:
    given: Block = BoardOnly((a_table(5000),)) if board_only else a_table(5000)
    content = compose(a_cover(), [SectionContent("long", "Long", (given,))], DAY)
    (section,) = content.sections
    found = section.blocks[0].blocks if isinstance(section.blocks[0], BoardOnly) else section.blocks
    table, note = found
    assert isinstance(table, Table)
    assert table.rows == a_table(MOST_ROWS).rows
    assert isinstance(note, Note)
    assert not note.preview_only
    assert note.text.startswith("These are the first 1,000 of 5,000 rows.")
    stored = frozen(content)
    assert "Row 999" in stored
    assert "Row 1000" not in stored


def test_a_table_as_long_as_can_be_shown_is_whole() -> None:
    content = compose(a_cover(), [SectionContent("long", "Long", (a_table(MOST_ROWS),))], DAY)
    assert content.sections[0].blocks == (a_table(MOST_ROWS),)
