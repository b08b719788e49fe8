"""A list of rows without JavaScript: each button is a plain post, and nothing typed is lost by it."""

import re

from tests.client import Client

TYPED = {
    "title": "Lease",
    "statements-0-text": "first",
    "statements-0-due": "not a day",
    "statements-1-text": "second",
    "statements-2-text": "third",
}


def texts(page: str) -> list[str]:
    """What the rows' text areas hold, in order; not the blank rows for JavaScript."""
    return re.findall(r'name="statements-\d+-text"[^>]*>([^<]*)</textarea>', page)


def press(client: Client, action: str, typed: dict[str, str] | None = None) -> str:
    answer = client.send("/gallery/form", {**(TYPED if typed is None else typed), "action": action})
    assert answer.status_code in {200, 422}
    return answer.text


def test_rows_move_up_and_down_and_stay_put_at_the_ends(gallery: Client) -> None:
    assert texts(press(gallery, "statements:up-2")) == ["first", "third", "second"]
    assert texts(press(gallery, "statements:down-0")) == ["second", "first", "third"]
    assert texts(press(gallery, "statements:up-0")) == ["first", "second", "third"]
    assert texts(press(gallery, "down-2")) == ["first", "second", "third"]


def test_a_moved_row_keeps_even_what_could_not_be_read(gallery: Client) -> None:
    page = press(gallery, "statements:down-0")
    assert re.search(r'id="statements-1-due"[^>]*value="not a day"', page)
    assert "There is a problem" not in page
    assert 'value="Lease"' in page


def test_a_row_is_removed(gallery: Client) -> None:
    assert texts(press(gallery, "statements:remove-1")) == ["first", "third"]


def test_all_rows_can_be_removed(gallery: Client) -> None:
    page = press(gallery, "statements:remove-0", {"statements-0-text": "only"})
    assert texts(page) == []


def test_a_row_of_a_kind_is_added_at_the_end(gallery: Client) -> None:
    page = press(gallery, "statements:add-step")
    assert texts(page) == ["first", "second", "third", ""]
    assert re.search(r'id="statements-3-kind" name="statements-3-kind" value="step"', page)


def test_no_more_rows_than_the_list_takes(gallery: Client) -> None:
    full = {f"statements-{index}-text": f"row {index}" for index in range(5)}
    page = press(gallery, "statements:add-step", full)
    assert texts(page) == [f"row {index}" for index in range(5)]
    assert '<a href="#statements">Statements can have 5 rows at most' in page


def test_more_rows_than_the_list_takes_are_refused_and_not_dropped_unsaid(gallery: Client) -> None:
    many = {f"statements-{index}-text": f"row {index}" for index in range(7)}
    answer = gallery.send("/gallery/form", {"rag": "red", "title": "Lease", **many})
    assert answer.status_code == 422
    assert "Statements can have 5 rows at most" in answer.text


def test_gaps_in_the_numbers_close_and_numbers_that_are_none_are_passed_over(gallery: Client) -> None:
    odd = {
        "statements-7-text": "seven",
        "statements-2-text": "two",
        "statements-²-text": "superscript",
        f"statements-{'9' * 5000}-text": "endless",
        "statements--1-text": "minus",
        "statements": "bare",
    }
    assert texts(press(gallery, "statements:up-0", odd)) == ["two", "seven"]


def test_an_action_that_is_none_of_the_list_s_saves_the_form(gallery: Client) -> None:
    for action in ("save", "statements:up-99", "others:up-1", "up-²", "add-", "remove-0-1"):
        answer = gallery.send("/gallery/form", {"rag": "red", "title": "Lease", "action": action})
        assert answer.status_code == 303, action


def test_a_blank_row_of_each_kind_is_there_to_copy(gallery: Client) -> None:
    page = gallery.get("/gallery/form").text
    for kind in ("achievement", "step"):
        assert f'<template data-list-template="{kind}">' in page
        assert f'name="statements-__{kind}__-kind" value="{kind}"' in page
