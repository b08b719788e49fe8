"""The sections that Boards elsewhere use, off by default, and a further one that is a module and nothing more."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from opprod.reports import sections
from opprod.reports.blocks import Block, Bullets, Heading, Paragraph, Table
from opprod.reports.composition import NO_SUCH_PARAGRAPH, PaperContent
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.considered.composing import KEY as CONSIDERED
from opprod.reports.sections.considered.facts import ConsideredFacts, EarlierPaper
from opprod.reports.unsourced import unsourced
from opprod.reports.walking import spans_in
from tests.builders.papers import IN_A_NEW_PAPER, a_content, a_snapshot, strand_facts

OPTIONAL = ("executive-summary", "previous-consideration", "risks", "recommendations", "implications")
A_MODULE = """
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks

SECTION = Section(
    "workforce", "Workforce", "Numbered paragraphs.", lambda _snapshot: "People *matter*.",
    lambda snapshot, text: narrative_blocks(text, snapshot.figures), position=45,
)
"""


def said(blocks: tuple[Block, ...]) -> str:
    return "".join(span.text for span in spans_in(blocks))


def section_of(content: PaperContent) -> tuple[Block, ...]:
    (section,) = content.sections
    return section.blocks


@pytest.mark.parametrize("key", OPTIONAL)
def test_it_is_off_by_default_and_its_first_text_can_stand_in_any_paper(key: str) -> None:
    kind = SECTIONS[key]
    assert not kind.included_at_first
    assert not kind.board_only
    assert kind.about
    for keys in ([key], sorted((*IN_A_NEW_PAPER, key), key=list(SECTIONS).index)):
        content = a_content(keys=keys)
        assert unsourced(content) == []
        assert all(NO_SUCH_PARAGRAPH not in said(section.blocks) for section in content.sections)


def test_they_take_the_places_a_board_expects() -> None:
    order = list(SECTIONS)
    assert order[:3] == ["executive-summary", "previous-consideration", "introduction"]
    assert order[-4:] == ["risks", "recommendations", "implications", "equality"]


def test_a_summary_cites_paragraphs_that_are_in_the_paper() -> None:
    cites = {"executive-summary": "More is in [[establishment#1]]."}
    content = a_content(narratives=cites, keys=["executive-summary", "establishment"])
    assert said(content.sections[0].blocks) == "More is in paragraph 2."


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("decision", "The Board is asked to decide on this paper, and to:"),
        ("assurance", "The Board is asked to take assurance from this paper, and to:"),
        ("information", "This paper is for information. The Board is asked to:"),
        (None, "The Board is asked to:"),
    ],
)
def test_recommendations_follow_words_that_suit_the_purpose(purpose: str | None, words: str) -> None:
    snapshot = replace(a_snapshot(), facts={"recommendations": purpose})
    lead_in, asked = section_of(a_content(snapshot, keys=["recommendations"]))
    assert isinstance(lead_in, Paragraph)
    assert (lead_in.number, said((lead_in,))) == (1, words)
    assert isinstance(asked, Bullets)
    assert asked.start == 1


def test_risks_have_a_row_for_each_strand_rated_red_or_amber_red_first() -> None:
    finance = replace(
        strand_facts("Finance"), rag="amber", rag_reason="The budget is late.", rag_illustrative="rating"
    )
    estates = replace(strand_facts("Estates"), rag="red", rag_reason="It lost 12 sites.")
    content = a_content(
        a_snapshot(workstreams=[finance, replace(strand_facts("HR"), rag="green")], projects=[estates]),
        keys=["risks"],
    )
    (table,) = (block for block in section_of(content) if isinstance(block, Table))
    rows = [[said(cell.blocks) for cell in row.cells] for row in table.rows]
    assert rows == [["Estates", "Red", "It lost 12 sites."], ["Finance", "Amber", "The budget is late."]]
    assert content.notes
    assert [figure.said for figure in unsourced(content)] == ["12"]
    assert "No workstream or project is rated" in said(section_of(a_content(keys=["risks"])))


def test_implications_have_a_heading_for_resources_and_for_the_law() -> None:
    blocks = section_of(a_content(keys=["implications"]))
    assert [said((block,)) for block in blocks if isinstance(block, Heading)] == ["Resources", "Legal"]


def test_previous_consideration_lists_papers_or_says_there_is_none() -> None:
    july = EarlierPaper(
        "NHS Improvement Board", date(2016, 7, 28), "BM/16/68", "For assurance", "/papers/1", "the paper"
    )
    snapshot = replace(a_snapshot(), facts={CONSIDERED: ConsideredFacts((july,), more=2)})
    content = a_content(snapshot, keys=[CONSIDERED])
    _, table, rest = section_of(content)
    assert isinstance(table, Table)
    assert [said(cell.blocks) for cell in table.rows[0].cells] == [
        *("NHS Improvement Board", "28 July 2016", "BM/16/68", "For assurance"),
    ]
    assert said((rest,)) == "2 earlier papers are left out."
    assert content.notes
    assert "No earlier paper" in said(section_of(a_content(keys=[CONSIDERED])))


def test_a_further_section_is_a_module_of_its_own_and_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "workforce.py").write_text(A_MODULE, encoding="utf-8")
    monkeypatch.setattr(sections, "__path__", [*sections.__path__, str(tmp_path)])
    found = {kind.key: kind for kind in sections.found()}
    monkeypatch.delitem(sys.modules, "opprod.reports.sections.workforce")
    assert found.keys() - SECTIONS.keys() == {"workforce"}
    assert list(found).index("workforce") == list(found).index("establishment") + 1

    monkeypatch.setitem(SECTIONS, "workforce", found["workforce"])
    content = a_content(keys=["introduction", "workforce"])
    assert [section.title for section in content.sections] == ["Introduction", "Workforce"]
    assert said(content.sections[1].blocks) == "People matter."
