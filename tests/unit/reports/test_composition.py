"""Putting sections together."""

import json
from dataclasses import asdict

import pytest

from opprod.reports.blocks import Block, Bullets, Cell, Note, Paragraph, Table
from opprod.reports.composition import ILLUSTRATIVE, PaperContent
from opprod.reports.facts import Figure, StatementFacts, StrandFacts
from opprod.reports.sections import SECTIONS
from tests.builders.papers import a_content, a_cover, a_snapshot, figure, strand_facts

ACHIEVED = StatementFacts("achievement", "The money is agreed.")
GETTING_ON = StatementFacts("progress", "Work is under way.")
PROMISED = StatementFacts("next-step", "Recruit the team.")


def numbers(content: PaperContent) -> list[tuple[str, int]]:
    return [
        (section.key, block.number)
        for section in content.sections
        for block in section.blocks
        if isinstance(block, Paragraph) and block.number is not None
    ]


def the_table(content: PaperContent, key: str) -> Table:
    (section,) = (section for section in content.sections if section.key == key)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return table


def said(cell: Cell) -> list[str]:
    return [text for block in cell.blocks for text in _texts(block)]


def _texts(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return ["".join(span.text for span in block.spans)]
        case Bullets():
            return [text for item in block.items for inner in item.blocks for text in _texts(inner)]
        case Table():
            return [text for row in block.rows for cell in row.cells for text in said(cell)]
        case _:
            return [getattr(block, "text", "")]


def test_numbers_run_through_all_sections_but_the_equality_statement() -> None:
    snapshot = a_snapshot(
        workstreams=[strand_facts("Finance", ACHIEVED)],
        projects=[strand_facts("Procurement", GETTING_ON)],
        figures=[figure("support-starts-in"), figure("trusts-supported-at-once")],
    )
    assert numbers(a_content(snapshot)) == [
        *[("introduction", 1), ("introduction", 2), ("promises", 3), ("promises", 4)],
        *[("establishment", 5), ("progress", 6), ("support", 7), ("support", 8), ("support", 9)],
    ]


def test_sections_left_out_or_moved_renumber_the_rest() -> None:
    content = a_content(keys=["progress", "introduction"])
    assert [section.title for section in content.sections] == ["Progress updates from projects", "Introduction"]
    assert numbers(content) == [("progress", 1), ("introduction", 2), ("introduction", 3)]


def test_a_workstream_has_achievements_in_one_column_and_next_steps_in_the_other() -> None:
    finance = strand_facts("Finance", PROMISED, ACHIEVED, GETTING_ON)
    table = the_table(a_content(a_snapshot(workstreams=[finance])), "establishment")

    assert [column.heading for column in table.columns] == ["Workstream", "Key achievements", "Next steps"]
    assert [said(cell) for cell in table.rows[0].cells] == [
        ["Finance"],
        ["The money is agreed.", "Work is under way."],
        ["Recruit the team."],
    ]


def test_a_project_has_its_next_steps_under_a_label_if_there_are_any() -> None:
    projects = [strand_facts("Procurement", PROMISED, GETTING_ON), strand_facts("Doctors", GETTING_ON)]
    table = the_table(a_content(a_snapshot(projects=projects)), "progress")

    assert [said(row.cells[1]) for row in table.rows] == [
        ["Work is under way.", "Next", "Recruit the team."],
        ["Work is under way."],
    ]


def test_a_strand_that_said_nothing_says_so_and_no_strand_makes_no_table() -> None:
    silent = strand_facts("Finance", approved=None)
    table = the_table(a_content(a_snapshot(workstreams=[silent])), "establishment")
    assert [said(cell) for cell in table.rows[0].cells] == [["Finance"], ["No update"], []]

    nothing = a_content(a_snapshot())
    assert not any(isinstance(block, Table) for section in nothing.sections for block in section.blocks)


def test_only_a_strand_whose_update_awaits_approval_says_so_and_in_the_preview_alone() -> None:
    projects = [strand_facts("Waiting", GETTING_ON, approved=False), strand_facts("Approved", GETTING_ON)]
    table = the_table(a_content(a_snapshot(projects=projects)), "progress")

    waiting, approved = ([b for b in row.cells[0].blocks if isinstance(b, Note)] for row in table.rows)
    assert [note.preview_only for note in waiting] == [True]
    assert approved == []


@pytest.mark.parametrize("count", [1, 29, 300])
def test_a_strand_of_many_statements_fills_several_rows_with_each_statement_once(count: int) -> None:
    long = strand_facts(
        "Finance",
        *(StatementFacts("achievement", f"Achieved {n} " + "x" * n) for n in range(count)),
        *(StatementFacts("next-step", f"Promised {n}") for n in range(count)),
    )
    rows = the_table(a_content(a_snapshot(workstreams=[long])), "establishment").rows

    assert [row.continued for row in rows] == [False] + [True] * (len(rows) - 1)
    assert (len(rows) > 1) == (count > 20)
    assert [said(row.cells[0]) for row in rows[1:]] == [["Finance, continued"]] * (len(rows) - 1)
    for column, verb in ((1, "Achieved"), (2, "Promised")):
        texts = [text for row in rows for text in said(row.cells[column])]
        assert [text.split()[:2] for text in texts] == [[verb, str(n)] for n in range(count)]
    # One item may be longer, but no row holds several that fill a page together.
    assert max(sum(-(-len(text) // 38) for text in said(row.cells[1])) for row in rows) < 40


def test_a_label_stays_with_the_first_item_it_introduces() -> None:
    project = strand_facts(
        "Model Hospital",
        *(StatementFacts("progress", f"Done {n}") for n in range(37)),
        *(StatementFacts("next-step", f"To do {n}") for n in range(9)),
    )
    rows = the_table(a_content(a_snapshot(projects=[project])), "progress").rows
    texts = [said(row.cells[1]) for row in rows]

    assert len(rows) > 1
    assert sum(part.count("Next") for part in texts) == 1
    assert all(part[-1] != "Next" for part in texts)
    assert [text for part in texts for text in part if text != "Next"] == [
        *(f"Done {n}" for n in range(37)),
        *(f"To do {n}" for n in range(9)),
    ]


def illustrated_statement() -> tuple[StrandFacts, tuple[Figure, ...]]:
    return strand_facts("Procurement", StatementFacts("progress", "x", illustrative="the whole")), ()


def illustrated_figure_in_a_statement() -> tuple[StrandFacts, tuple[Figure, ...]]:
    invented = figure("return-rate", "96%", illustrative="the value")
    return strand_facts("Procurement", StatementFacts("progress", "[[return-rate]]", (invented,))), ()


def illustrated_figure_in_a_narrative() -> tuple[StrandFacts, tuple[Figure, ...]]:
    return strand_facts(), (
        figure("support-starts-in", illustrative="the value"),
        figure("trusts-supported-at-once"),
    )


@pytest.mark.parametrize(
    "case", [illustrated_statement, illustrated_figure_in_a_statement, illustrated_figure_in_a_narrative]
)
def test_anything_illustrative_is_said_at_the_front(case: object) -> None:
    project, figures = case()  # type: ignore[operator] # one of the three above
    assert a_content(a_snapshot(projects=[project], figures=figures)).notes == (ILLUSTRATIVE,)


def test_an_illustrative_meeting_is_said_at_the_front_and_nothing_illustrative_is_not() -> None:
    assert a_content(cover=a_cover(meeting_illustrative="the whole meeting")).notes == (ILLUSTRATIVE,)
    assert a_content().notes == ()


@pytest.mark.parametrize(("item", "footer"), [("9", "09"), ("9a", "09a"), ("12", "12"), ("123b", "123b")])
def test_the_footer_has_agenda_items_of_two_digits(item: str, footer: str) -> None:
    assert a_cover(agenda_item=item).footer == f"Agenda item: {footer}   Ref: BM/16/89"


def test_first_narratives_quote_only_figures_the_programme_keeps() -> None:
    with_none, with_both = a_snapshot(), a_snapshot(figures=map(figure, SECTIONS["support"].quotes))
    assert all("[[" not in section.narrative(with_none) for section in SECTIONS.values())
    assert "[[trusts-supported-at-once]]" in SECTIONS["support"].narrative(with_both)


def test_equal_contents_make_equal_json() -> None:
    snapshot = a_snapshot(workstreams=[strand_facts("Finance", ACHIEVED)], projects=[strand_facts()])
    once, again = (json.dumps(asdict(a_content(snapshot)), default=str, sort_keys=True) for _ in range(2))
    assert once == again
    assert '"kind": "table"' in once
