"""The day a page of figures is as at."""

from datetime import date

import pytest
from flask import Flask

from opprod.web.as_at import AsAt
from opprod.web.urls import url_with
from tests.client import Client

BANNER = "This is how the programme stood at the end of that day."


@pytest.mark.parametrize("typed", ["2016-09-20", "20/9/2016", "20 September 2016", " 20 Sep 2016 "])
def test_an_earlier_day_is_shown_and_said(gallery: Client, typed: str) -> None:
    answer = gallery.get("/gallery/components", query_string={"as_at": typed, "region": "n", "page": "2"})
    assert answer.status_code == 200
    assert "As at 20 September 2016." in answer.text
    assert BANNER in answer.text
    assert '<a href="/gallery/components?region=n">Back to today</a>' in answer.text


@pytest.mark.parametrize("query", [{}, {"as_at": ""}, {"as_at": "2016-09-26"}])
def test_today_needs_no_banner(gallery: Client, query: dict[str, str]) -> None:
    page = gallery.get("/gallery/components", query_string=query).text
    assert BANNER not in page
    assert 'type="date" value="2016-09-26"' in page


def test_an_address_of_odd_letters_stays_an_address(app: Flask) -> None:
    with app.test_request_context("/trusts/a%20b%22%00%3F", query_string={"as_at": "2016-09-20", "q": "é&x=1"}):
        assert url_with(as_at=None) == "/trusts/a%20b%22%00%3F?q=%C3%A9%26x%3D1"


@pytest.mark.parametrize("typed", ["soon", "2016-02-31", "2016", "0", "9999-99-99", "2016-09-20'--", "٢٠١٦-٠٩-٢٠"])
def test_what_is_no_day_gets_a_page_saying_what_to_type(gallery: Client, typed: str) -> None:
    answer = gallery.get("/gallery/components", query_string={"as_at": typed})
    assert answer.status_code == 400
    assert "Type it like 2016-09-25 or 25 September 2016." in answer.text
    assert '<a href="/gallery/components">See this page as at today</a>' in answer.text


def test_links_stay_on_the_day_shown_and_today_needs_no_saying() -> None:
    assert AsAt(date(2016, 9, 20), is_today=False).url_args() == {"as_at": "2016-09-20"}
    assert AsAt(date(2016, 9, 26), is_today=True).url_args() == {}


def test_the_future_has_not_happened(gallery: Client) -> None:
    answer = gallery.get("/gallery/components?as_at=2016-09-27")
    assert answer.status_code == 400
    assert "27 September 2016 has not happened yet." in answer.text
