"""Quoting measures in text."""

from dataclasses import dataclass

import pytest

from opprod.core.errors import InvalidInput
from opprod.projects.quoting import NO_READING, quoted_keys, resolve


@dataclass(frozen=True)
class Value:
    said: str | None


USERS = {"users": Value("c.35 users"), "trusts": Value(None)}


def test_a_quotation_becomes_what_was_said() -> None:
    assert resolve("There are [[users]] now.", USERS) == "There are c.35 users now."


def test_spaces_and_capitals_in_a_quotation_do_not_matter() -> None:
    assert resolve("[[ Users ]] and [[users]]", USERS) == "c.35 users and c.35 users"


def test_a_measure_without_a_reading_says_so() -> None:
    assert resolve("In [[trusts]].", USERS) == f"In {NO_READING}."


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"\[\[beds\]\]"):
        resolve("All [[beds]].", USERS)


def test_a_value_that_looks_like_a_quotation_is_not_read_again() -> None:
    assert resolve("[[users]]", {"users": Value("[[trusts]]")}) == "[[trusts]]"


@pytest.mark.parametrize("text", ["[users]", "[[users]", "[users]]", "[[", "]]", "[[a[b]]c"])
def test_brackets_that_are_no_quotation_stay(text: str) -> None:
    assert quoted_keys([text]) == ()
    assert resolve(text, {}) == text


def test_keys_come_once_and_in_order() -> None:
    assert quoted_keys(["[[b]] [[a]]", "[[B]] [[c]]"]) == ("b", "a", "c")
