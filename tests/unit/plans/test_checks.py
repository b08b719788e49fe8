"""What keeps text about a plan from being recorded."""

import pytest

from opprod.core.errors import InvalidInput
from opprod.plans.services.checks import checked_line, checked_text, differing, tidied_names


def test_a_line_is_tidied_and_text_keeps_its_lines() -> None:
    assert checked_line(" Two  pages,\n page 1 ", field="source", missing="Enter it", limit=20) == "Two pages, page 1"
    assert checked_text(" One\nTwo ", field="text", missing="Enter it", limit=20) == "One\nTwo"


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u00a0\u2003"])
def test_blank_text_is_refused_at_its_field(blank: str) -> None:
    for check in (checked_line, checked_text):
        with pytest.raises(InvalidInput, match="Enter where this comes from") as refusal:
            check(blank, field="source", missing="Enter where this comes from", limit=20)
        assert refusal.value.field == "source"


def test_text_that_is_too_long_is_refused_with_both_lengths() -> None:
    checked_line("x" * 20, field="source", missing="Enter it", limit=20)
    with pytest.raises(InvalidInput, match="20 characters or fewer; you have 21"):
        checked_line("x" * 21, field="source", missing="Enter it", limit=20)


def test_names_are_kept_once_in_the_order_they_were_said() -> None:
    names = ["  NHS  Barnet CCG", "", "NHS Camden CCG ", "nhs barnet ccg", "   "]
    assert tidied_names(names, field="ccgs", most=2, limit=20) == ["NHS Barnet CCG", "NHS Camden CCG"]


def test_too_many_or_too_long_names_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Enter 2 at most; you have 3") as refusal:
        tidied_names(["a", "b", "c"], field="ccgs", most=2, limit=20)
    assert refusal.value.field == "ccgs"
    with pytest.raises(InvalidInput, match=r"20 characters or fewer for each: x{21}… has 21"):
        tidied_names(["x" * 21], field="ccgs", most=2, limit=20)


def test_only_what_differs_is_a_change_and_nothing_is_like_an_empty_list() -> None:
    assert differing({"a": "x", "b": []}, {"a": "y", "b": None, "c": []}) == {"a": ["x", "y"]}
    assert differing({}, {"names": ["one"]}) == {"names": [None, ["one"]]}
    assert differing({"names": ["one"]}, {"names": []}) == {"names": [["one"], None]}
