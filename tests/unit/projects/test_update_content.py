"""What a person wrote, tidied, and what the audit trail says of a change in it."""

from dataclasses import replace
from datetime import date

from opprod.core.quantity import parse
from opprod.core.rag import Rag
from opprod.projects.models import StatementKind
from opprod.projects.services.content import (
    ReadingContent,
    StatementContent,
    UpdateContent,
    changes,
    says_the_same,
    tidied,
)

ONE = StatementContent(StatementKind.PROGRESS, "One")
TWO = StatementContent(StatementKind.PROGRESS, "Two")
STEP = StatementContent(StatementKind.NEXT_STEP, "Go", 1, date(2016, 10, 31))


def said(before: UpdateContent, after: UpdateContent) -> dict[str, list[object]]:
    return changes(before, after, names={1: "Staff", 2: "Executive"}, measures={5: "Users"})


def test_blank_parts_and_outer_space_are_left_out() -> None:
    written = UpdateContent(
        rag=Rag.RED,
        rag_reason=" Late \n",
        statements=[
            StatementContent(StatementKind.ACHIEVEMENT, "  "),
            StatementContent(StatementKind.PROGRESS, " One "),
        ],
        readings=[ReadingContent(9, parse("3"), " a  b "), ReadingContent(5, None, " ")],
    )
    assert tidied(written) == UpdateContent(Rag.RED, "Late", (ONE,), (ReadingContent(9, parse("3"), "a b"),))


def test_a_next_step_with_an_owner_alone_is_kept() -> None:
    begun = StatementContent(StatementKind.NEXT_STEP, "", owner_id=1)
    assert tidied(UpdateContent(statements=[begun])).statements == (begun,)


def test_only_the_statements_that_changed_are_told() -> None:
    found = said(UpdateContent(statements=(ONE, TWO)), UpdateContent(statements=(ONE, STEP)))
    assert found == {"statements": [["Progress: Two"], ["Next step: Go (Staff, due 31 October 2016)"]]}


def test_where_the_figures_come_from_is_tidied_and_told() -> None:
    sourced = replace(ONE, source=" Board \n paper ")
    (kept,) = tidied(UpdateContent(statements=[sourced])).statements
    assert kept.source == "Board paper"
    assert tidied(UpdateContent(statements=[replace(ONE, source=" ")])).statements == (ONE,)
    found = said(UpdateContent(statements=(ONE,)), UpdateContent(statements=(kept,)))
    assert found["statements"] == [["Progress: One"], ["Progress: One (source: Board paper)"]]


def test_a_new_owner_is_told() -> None:
    other = StatementContent(StatementKind.NEXT_STEP, "Go", 2, date(2016, 10, 31))
    found = said(UpdateContent(statements=(STEP,)), UpdateContent(statements=(other,)))
    assert found["statements"][1] == ["Next step: Go (Executive, due 31 October 2016)"]


def test_what_is_no_longer_invented_is_told() -> None:
    invented = replace(STEP, illustrative="the whole statement", terms_illustrative="owner")
    assert said(UpdateContent(statements=(invented,)), UpdateContent(statements=(STEP,)))["statements"] == [
        ["Next step: Go (Staff, due 31 October 2016, illustrative: the whole statement; owner)"],
        ["Next step: Go (Staff, due 31 October 2016)"],
    ]


def test_a_new_order_is_told_whole() -> None:
    found = said(UpdateContent(statements=(ONE, TWO)), UpdateContent(statements=(TWO, ONE)))
    assert found == {"statements": [["Progress: One", "Progress: Two"], ["Progress: Two", "Progress: One"]]}


def test_one_of_two_alike_that_goes_is_told() -> None:
    assert said(UpdateContent(statements=(ONE, ONE)), UpdateContent(statements=(ONE,))) == {
        "statements": [["Progress: One"], None]
    }


def test_ratings_and_readings_are_told() -> None:
    after = UpdateContent(rag=Rag.RED, rag_reason="Late", readings=(ReadingContent(5, parse("c.35"), "Return"),))
    assert said(UpdateContent(), after) == {
        "rating": [None, "red"],
        "reason": [None, "Late"],
        "readings": [None, ["Users: c.35 (Return)"]],
    }


def test_the_key_a_promise_gets_makes_no_difference() -> None:
    made = StatementContent(StatementKind.NEXT_STEP, "Go", 1, date(2016, 10, 31), next_step_id=3)
    assert says_the_same(UpdateContent(statements=(STEP,)), UpdateContent(statements=(made,)))
    assert not says_the_same(UpdateContent(statements=(STEP,)), UpdateContent(statements=(ONE,)))
