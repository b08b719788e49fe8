"""The section of what has changed since the last paper, composed from facts."""

from dataclasses import replace
from datetime import date

from opprod.reports.blocks import Block, BoardOnly, Bullets, Heading, Note, Paragraph, Row, Table
from opprod.reports.composition import ILLUSTRATIVE, SectionContent, compose
from opprod.reports.differences import differences
from opprod.reports.evidence import Evidence
from opprod.reports.facts import SectionText, StatementFacts, Wording
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.changes.composing import KEY, ROWS_OF_A_KIND
from opprod.reports.sections.changes.facts import ChangesFacts
from opprod.reports.standing import Standing, Stated
from opprod.reports.variants import public
from opprod.reports.wordings import key_of
from tests.builders.papers import a_cover, a_snapshot, strand_facts
from tests.builders.standings import FINANCE, LEEDS, SEPTEMBER, a_standing

JULY = date(2016, 7, 28)
NEW_BUDGET = "Agreed the budget for two years with the centre."
TRUSTS = Evidence(key="reading:9", kind="reading", what="Registered users", said="1,400 people", source="Return")


def section(
    after: Standing, text: SectionText | None = None, *, reference: str | None = "BM/16/74"
) -> SectionContent:
    facts = ChangesFacts(JULY, reference, differences(a_standing(), after), {"/measures/users": TRUSTS})
    said = strand_facts("Finance", *(StatementFacts(one.kind, one.words) for one in after.strands[0].statements))
    snapshot = replace(a_snapshot(workstreams=[replace(said, id=1)]), facts={KEY: facts})
    text = text or SectionText("What has changed", "The tables show what changed.")
    return SectionContent(KEY, text.title, SECTIONS[KEY].compose(snapshot, text))


def said(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return "".join(span.text for span in block.spans)
        case Bullets():
            return "; ".join(said(inner) for item in block.items for inner in item.blocks)
        case _:
            return ""


def cells(row: Row) -> list[str]:
    return [" | ".join(said(block) for block in cell.blocks) for cell in row.cells]


def tables(blocks: tuple[Block, ...]) -> dict[str, list[list[str]]]:
    found = [
        inner
        for block in blocks
        for inner in (block.blocks if isinstance(block, BoardOnly) else (block,))
        if isinstance(inner, Table)
    ]
    for table in found:
        assert sum(column.share for column in table.columns) == 100
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
    return {table.name: [cells(row) for row in table.rows] for table in found}


def everything() -> Standing:
    """A September in which something of most kinds changed."""
    after = a_standing(SEPTEMBER)
    budget, interviews, _deputy = FINANCE.statements
    statements = (
        replace(budget, text=NEW_BUDGET),
        Stated("progress", "Moved into Wellington House."),
    )
    assert interviews.kind == "progress"
    finance = replace(FINANCE, rag="red", rag_reason="It is cut.", statements=statements)
    leeds = replace(LEEDS, category="B: Needs support", savings=LEEDS.savings[1:], illustrative="the plan")
    deputy, pharmacy = after.promises
    return replace(
        after,
        strands=(finance, after.strands[1]),
        promises=(replace(deputy, outcome="Achieved", outcome_on=SEPTEMBER), replace(pharmacy, owner="Cas Day")),
        readings=(replace(after.readings[0], said="1,400 people", source="Return"), after.readings[1]),
        plans=(leeds, replace(after.plans[1], category="Withdrawn", withdrawn="Merged")),
    )


def test_each_kind_of_change_has_a_short_table() -> None:
    found = tables(section(everything()).blocks)
    assert found["RAG ratings"] == [["Finance", "Green", "Red", "It is cut."]]
    assert found["Statements"] == [
        [
            *("Finance", "Achievement: reworded"),
            f"{NEW_BUDGET} | Before: Agreed the budget for the year with the centre.",
        ],
        ["Finance", "Progress: new", "Moved into Wellington House."],
        ["Finance", "Progress: no longer said", "Interviews for two analysts are under way."],
        ["Finance", "Next step: no longer said", "Appoint the deputy director."],
    ]
    assert found["Outcomes of next steps"] == [["Appoint the deputy director. | Finance", "–", "Achieved", ""]]
    assert found["Due days and owners"] == [
        ["Publish the pharmacy compartment. | Model Hospital", "New owner", "Bob Roe", "Cas Day"]
    ]
    assert found["Figures"] == [["Registered users", "1,200 people", "1,400 people", "Return"]]
    assert found["Categories of plans"] == [["Leeds: Pathology", "C: No plan", "B: Needs support"]]
    assert found["Savings"] == [["Leeds: Pathology", "2017/18, plan", "£4–5m", "Not stated"]]
    assert found["Withdrawn: STPs’ plans"] == [["Plan withdrawn", "Devon: Pathology", "A: Good plan", "Merged"]]


def test_nothing_of_plans_is_in_the_public_copy() -> None:
    content = compose(a_cover(), [section(everything())], SEPTEMBER)
    assert content.notes == (ILLUSTRATIVE,)
    (shown,) = public(content).sections
    assert not any(isinstance(block, BoardOnly) for block in shown.blocks)
    assert list(tables(shown.blocks)) == [
        *("RAG ratings", "Statements", "Outcomes of next steps", "Due days and owners", "Figures"),
    ]
    assert "Leeds" not in str(shown)


def test_a_changed_reading_is_numbered_in_the_annex() -> None:
    content = compose(a_cover(), [section(everything())], SEPTEMBER)
    assert [line.evidence for line in content.evidence] == [TRUSTS]


def test_statements_are_put_as_the_papers_editor_put_them() -> None:
    wordings = {
        key_of(1, "achievement", NEW_BUDGET): Wording(text="The budget is agreed."),
        key_of(1, "progress", "Moved into Wellington House."): Wording(included=False),
    }
    text = SectionText("What has changed", "", wordings=wordings)
    rows = tables(section(everything(), text).blocks)["Statements"]
    assert rows[0][2].startswith("The budget is agreed. | Before: ")
    assert not any("Wellington" in row[2] for row in rows)


def test_long_tables_are_cut_short_and_say_so() -> None:
    many = tuple(Stated("progress", f"Number {number} done.") for number in range(ROWS_OF_A_KIND + 7))
    after = replace(a_standing(SEPTEMBER), strands=(replace(FINANCE, statements=(*FINANCE.statements, *many)),))
    blocks = section(replace(after, strands=(*after.strands, a_standing().strands[1]))).blocks
    assert len(tables(blocks)["Statements"]) == ROWS_OF_A_KIND
    assert any(isinstance(block, Note) and block.text.startswith("7 more are left out") for block in blocks)


def test_it_says_what_it_compares_with_and_when_nothing_changed() -> None:
    blocks = section(a_standing(SEPTEMBER)).blocks
    assert [said(block) for block in blocks][1:] == [
        *("Compared with the paper for the meeting on 28 July 2016 (BM/16/74):", "Nothing has changed."),
    ]
    unissued = section(a_standing(SEPTEMBER), reference=None).blocks
    assert "Compared with how things stood on the day of the meeting on 28 July 2016:" in [
        said(block) for block in unissued
    ]
    bare = SECTIONS[KEY].compose(a_snapshot(), SectionText("What has changed", "Said."))
    assert said(bare[-1]) == "No earlier paper or meeting of the Board is recorded to compare with."


def test_a_new_paper_has_it_not() -> None:
    assert not SECTIONS[KEY].included_at_first
    assert not SECTIONS[KEY].board_only
