import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from opprod.web.paging import Page, page_number


def a_page(number: int, pages: int) -> Page[int]:
    return Page([], number, 10, pages * 10)


@pytest.mark.parametrize(
    ("number", "pages", "links"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 50, [1, 2, None, 50]),
        (3, 50, [1, 2, 3, 4, None, 50]),
        (4, 50, [1, 2, 3, 4, 5, None, 50]),
        (25, 50, [1, None, 24, 25, 26, None, 50]),
        (50, 50, [1, None, 49, 50]),
    ],
)
def test_links_go_to_the_ends_and_the_neighbours(number: int, pages: int, links: list[int | None]) -> None:
    assert a_page(number, pages).numbers() == links


def test_a_page_knows_its_place() -> None:
    page = Page([21, 22, 23], number=3, size=10, total=23)
    assert (page.first, page.last, page.pages) == (21, 23, 3)
    assert page.has_previous
    assert not page.has_next


def test_an_empty_list_has_one_page_with_nothing_on_it() -> None:
    page: Page[int] = Page([], number=1, size=10, total=0)
    assert (page.pages, page.first, page.last, page.has_next, page.has_previous) == (1, 0, 0, False, False)


@pytest.mark.parametrize(("query", "number"), [("", 1), ("page=", 1), ("page=1", 1), ("page=999999", 999999)])
def test_the_page_asked_for(query: str, number: int) -> None:
    with Flask(__name__).test_request_context(f"/?{query}"):
        assert page_number() == number


@pytest.mark.parametrize(
    "asked", ["0", "-1", "01", "abc", "1.5", "²", "\uff11", "1 ", "1" + "0" * 30, "1" * 5000, "\x00"]
)
def test_what_cannot_be_a_page_is_not_found(asked: str) -> None:
    with Flask(__name__).test_request_context("/", query_string={"page": asked}), pytest.raises(NotFound):
        page_number()
