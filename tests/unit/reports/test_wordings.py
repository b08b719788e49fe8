"""What a paper's editor makes of statements: which, in which words, in which groups."""

from datetime import date

from opprod.reports.blocks import Block, Bullets, Label, Paragraph
from opprod.reports.facts import SectionText, StatementFacts, StatementKind, StrandFacts, Wording
from opprod.reports.promises import Promise
from opprod.reports.wordings import key_of, with_figures
from opprod.reports.writing import statement_list
from tests.builders.papers import figure, strand_facts

WORDS = ("Prices are in.", "Two trusts joined.", "A tool is out.", "It is used.")


def strand() -> StrandFacts:
    return strand_facts("Procurement", *(StatementFacts("progress", words) for words in WORDS))


def with_wordings(found: StrandFacts, wordings: dict[str, Wording], kind: StatementKind = "progress") -> SectionText:
    keyed = {key_of(found.id, kind, original): wording for original, wording in wordings.items()}
    return SectionText("Progress", "", wordings=keyed)


def shown(blocks: tuple[Block, ...]) -> list[str]:
    """Each label with a colon after it, and the text of each item."""
    found = []
    for block in blocks:
        if isinstance(block, Label):
            found.append(f"{block.text}:")
        elif isinstance(block, Bullets):
            for item in block.items:
                (paragraph,) = item.blocks
                assert isinstance(paragraph, Paragraph)
                found.append("".join(span.text for span in paragraph.spans))
    return found


def test_a_statement_left_out_is_not_in_the_list() -> None:
    text = with_wordings(strand(), {WORDS[1]: Wording(included=False), WORDS[2]: Wording(included=False)})
    assert shown(statement_list(strand(), "progress", text=text)) == [WORDS[0], WORDS[3]]
    text = with_wordings(strand(), dict.fromkeys(WORDS, Wording(included=False)))
    assert statement_list(strand(), "progress", text=text) == ()


def test_a_wording_stands_in_place_of_what_was_said_and_is_marked() -> None:
    text = with_wordings(strand(), {WORDS[0]: Wording(text="Prices fell.")})
    (bullets,) = statement_list(strand(), "progress", text=text)
    assert shown((bullets,)) == ["Prices fell.", *WORDS[1:]]
    assert isinstance(bullets, Bullets)
    assert [item.reworded for item in bullets.items] == [True, False, False, False]


def test_groups_follow_what_is_in_none_in_the_order_they_first_appear() -> None:
    text = with_wordings(
        strand(),
        {WORDS[0]: Wording(group="Tools"), WORDS[1]: Wording(group="Trusts"), WORDS[3]: Wording(group="tools")},
    )
    found = statement_list(strand(), "progress", text=text)
    assert shown(found) == [WORDS[2], "Tools:", WORDS[0], WORDS[3], "Trusts:", WORDS[1]]


def test_a_wording_is_of_one_strand_and_kind_alone() -> None:
    text = with_wordings(strand(), dict.fromkeys(WORDS, Wording(text="Other.")), "achievement")
    assert shown(statement_list(strand(), "progress", text=text)) == list(WORDS)
    assert len({key_of(strand, kind, "x") for strand in (None, 1, 2) for kind in ("progress", "next-step")}) == 6


def test_a_wording_quotes_figures_of_its_own_and_a_promise_takes_its_words() -> None:
    promise = Promise(7, "HR", "Appoint 6 people.", "Ann", date(2016, 10, 31))
    found = strand_facts("HR", StatementFacts("next-step", "Appoint people.", promise=promise))
    wording = with_figures(Wording(text="Fill [[posts]] posts."), {"posts": figure("posts"), "x": figure("x")})
    assert [held.key for held in wording.figures] == ["posts"]

    (bullets,) = statement_list(
        found, "next-step", text=with_wordings(found, {"Appoint people.": wording}, "next-step")
    )
    assert isinstance(bullets, Bullets)
    (item,) = bullets.items
    assert item.promise
    assert (item.promise.next_step_id, item.promise.text) == (7, "Fill about six posts.")
