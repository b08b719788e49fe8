"""Every component draws good HTML, with nothing undefined and nothing of what people typed taken as HTML."""

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from opprod.web import Account, Link
from tests.builders.gallery import HOSTILE
from tests.client import Client


def test_every_component_is_drawn_and_what_people_typed_stays_text(gallery: Client) -> None:
    page = gallery.get("/gallery/components").text
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;document.title") >= 4


def test_a_name_misspelt_in_a_template_is_an_error(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ projcet }}")


def test_ratings_are_words_as_well_as_colours(gallery: Client) -> None:
    page = gallery.get("/gallery/components").text
    for word in ("Red", "Amber", "Green", "Not rated"):
        assert f">{word}</strong>" in page


def test_the_history_says_what_was_and_what_is(gallery: Client) -> None:
    page = gallery.get("/gallery/components").text
    assert "<del>Green</del> became <ins>Amber</ins>" in page
    assert "<ins>Two bids are late</ins>" in page
    assert "Directorate staff, <time" in page
    assert "20 September 2016, 2:05pm" in page
    assert "Nothing has been changed yet." in page


def test_links_to_other_pages_of_a_list_keep_the_rest_of_the_address(gallery: Client) -> None:
    page = gallery.get("/gallery/components?region=n&page=4&as_at=2016-09-20").text
    assert 'href="/gallery/components?region=n&amp;as_at=2016-09-20&amp;page=5"' in page
    assert "Showing 61 to 80 of 200" in page


def test_changing_the_day_keeps_the_rest_of_the_address(gallery: Client) -> None:
    page = gallery.get("/gallery/components?region=n&page=4").text
    assert '<input type="hidden" name="region" value="n">' in page
    assert 'name="page"' not in page


def test_the_frame_shows_where_one_is_and_who_is_signed_in(app: Flask) -> None:
    with app.test_request_context("/plans"):
        page = render_template_string(
            '{% extends "base.html" %}{% block title %}Plans{% endblock %}'
            "{% block content %}<h1>Plans</h1>{% endblock %}",
            navigation=[Link("Plans", "/plans", current=True), Link("Trusts", "/trusts")],
            account=Account("North lead", "Regional lead", "/account", "/sign-out"),
            demonstration=True,
        )
    assert "<title>Plans – " in page
    assert 'href="/plans" aria-current="page"' in page
    assert "North lead, regional lead" in page
    assert '<form class="nhsuk-header__account-form" action="/sign-out" method="post"' in page
    assert "Figures marked illustrative are invented" in page
