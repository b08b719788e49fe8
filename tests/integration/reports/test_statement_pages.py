"""Picking, wording and grouping statements for a paper, on its page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.projects.models import StatementKind, Strand
from opprod.reports import queries
from opprod.reports.models import PaperWording
from opprod.reports.queries.editing import stray_wordings
from opprod.reports.wordings import key_of
from opprod.rounds.models import Meeting
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.client import Client
from tests.conftest import TODAY

HREF = "/papers/1/statements"
SAID = ("Prices are in.", "There are [[jobs]] open.", "A tool is out.")


@pytest.fixture
def editor(app: Flask, signed_in: Callable[..., Client]) -> Client:
    """Somebody with a paper in which Procurement says three things."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        meeting = a_meeting()
        a_reading(a_measure(key="jobs", unit="jobs"), "c.35")
        strand = a_strand(name="Procurement")
        a_published_update(strand, meeting, *[(StatementKind.PROGRESS, text) for text in SAID])
        assert (a_paper(meeting).id, strand.id) == (1, 1)
    return signed_in(Role.STAFF)


def key(said: str) -> str:
    return key_of(1, "progress", said)


def fields(client: Client, **made: dict[str, str | None]) -> dict[str, Any]:
    """What the page's form of Procurement sends, with other words for statements by their first word."""
    page = client.get(HREF).text
    seen = re.search(r'name="strand-1-seen" value="(\w{64})"', page)
    assert seen
    typed: dict[str, Any] = {"strand-1-seen": seen[1]}
    for said in SAID:
        row = {"shown": "y", "included": "y", "wording": "", "grouping": "", **made.get(said.split()[0].lower(), {})}
        typed |= {f"strand-1-{key(said)}-{name}": value for name, value in row.items() if value is not None}
    return typed


def save(client: Client, **made: dict[str, str | None]):  # type: ignore[no-untyped-def]
    return client.send(f"{HREF}/1", fields(client, **made))


def revise(app: Flask, *said: str) -> None:
    """Have Procurement say other things."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        strand, meeting = db.session.get_one(Strand, 1), db.session.get_one(Meeting, 1)
        a_published_update(strand, meeting, *[(StatementKind.PROGRESS, text) for text in said])


def strays(app: Flask) -> list[str]:
    with app.app_context(), clock.pinned_to(TODAY):
        return [one.row.original for one in stray_wordings(queries.paper(1), TODAY)]


def test_statements_are_left_out_worded_and_grouped_in_the_paper_alone(app: Flask, editor: Client) -> None:
    answer = save(
        editor,
        prices={"included": None},
        there={"wording": "We offer [[jobs]]."},
        a={"grouping": "Tools"},
    )
    assert (answer.status_code, answer.location) == (303, f"{HREF}#strand-1")
    paper = editor.get("/papers/1.html").text
    assert "Prices are in." not in paper
    assert re.search(r'We offer <span class="paper-figure[^"]*">c\.35 jobs</span>\.', paper)
    assert re.search(r'<p class="paper-label">Tools</p>\s*<ul class="paper-list">\s*<li>A tool is out\.', paper)
    assert "(in the paper’s words)" not in paper
    page = editor.get("/papers/1").text
    assert "(in the paper’s words)" in page
    assert "Wording changed" in page
    assert "Prices are in." in editor.get("/projects/procurement").text
    # The page of statements has both, and so does a section's editor.
    page = editor.get(HREF).text
    assert "There are [[jobs]] open.</p>" in page
    assert ">We offer [[jobs]].</textarea>" in page
    assert "3 are left out, worded anew or grouped" in editor.get("/papers/1/sections/progress").text

    save(editor)
    page = editor.get("/papers/1.html").text
    assert page.index("Prices are in.") < page.index("open.") < page.index("A tool is out.")
    assert "Tools" not in page


def test_nothing_made_is_nothing_recorded(app: Flask, editor: Client) -> None:
    save(editor, there={"wording": "There are [[jobs]] open."})
    with app.app_context():
        assert db.session.query(PaperWording).count() == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"wording": "See [[nobody]]."}, "There is no measure called [[nobody]]"),
        ({"wording": "x" * 1_001}, "Wording for the Board must be 1,000 characters or fewer; you have 1,001"),
        ({"grouping": "x" * 81}, "Group must be 80 characters or fewer; you have 81"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_all_that_was_typed(
    app: Flask, editor: Client, typed: dict[str, str | None], message: str
) -> None:
    answer = save(editor, prices=typed, a={"included": None, "wording": "Typed besides."})
    assert answer.status_code == 422
    assert message in answer.text
    assert ">Typed besides.</textarea>" in answer.text
    assert strays(app) == []
    assert "A tool is out." in editor.get("/papers/1.html").text


def test_a_quotation_that_a_wording_lacks_is_pointed_out_and_not_refused(editor: Client) -> None:
    assert save(editor, there={"wording": "There are many jobs open."}).status_code == 303
    assert "The wording no longer quotes <code>[[jobs]]</code>" in editor.get(HREF).text


def test_of_two_editors_the_second_sees_both_and_nothing_is_overwritten(
    editor: Client, signed_in: Callable[..., Client]
) -> None:
    other = signed_in(Role.EXECUTIVE)
    typed = fields(other, prices={"wording": "By the second."})
    save(editor, prices={"wording": "By the first."})
    answer = other.send(f"{HREF}/1", typed)
    assert answer.status_code == 409
    assert "“By the first.”" in answer.text
    assert "By the second." in answer.text
    assert ">By the first.</textarea>" in editor.get(HREF).text


def test_words_typed_for_a_statement_that_is_withdrawn_meanwhile_are_shown_again(app: Flask, editor: Client) -> None:
    typed = fields(editor, prices={"wording": "Prices fell."})
    revise(app, *SAID[1:])
    answer = editor.send(f"{HREF}/1", typed)
    assert answer.status_code == 409
    assert "Prices fell." in answer.text


def test_words_for_what_is_no_longer_said_are_kept_out_of_the_paper_until_dropped_or_moved(
    app: Flask, editor: Client
) -> None:
    save(editor, prices={"wording": "Prices fell."}, a={"included": None})
    revise(app, "Prices came in.", SAID[1])
    assert strays(app) == [SAID[0], SAID[2]]
    assert "Prices fell." not in editor.get("/papers/1.html").text
    page = editor.get(HREF).text
    assert page.count("No longer said: withdrawn or changed on 26 September 2016") == 2
    assert "This paper: “Prices fell.”" in page

    move = {"version": 1, "to": key(SAID[0])}
    assert editor.send("/papers/1/wordings/1/move", move).status_code == 422
    assert editor.send("/papers/1/wordings/1/move", {**move, "version": 9}).status_code == 409
    assert editor.send("/papers/1/wordings/1/move", {**move, "to": key("Prices came in.")}).status_code == 303
    assert "Prices fell." in editor.get("/papers/1.html").text
    assert editor.send("/papers/1/wordings/2/drop").status_code == 400
    assert editor.send("/papers/1/wordings/2/drop", {"version": 1}).status_code == 303
    assert strays(app) == []
    assert editor.send("/papers/1/wordings/9/drop", {"version": 1}).status_code == 404

    # Said again in the first words, it is as it was said.
    revise(app, *SAID)
    assert "Prices are in." in editor.get("/papers/1.html").text
    assert strays(app) == ["Prices came in."]


def test_a_paper_says_when_no_strand_says_anything(app: Flask, signed_in: Callable[..., Client]) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        a_paper()
    page = signed_in(Role.STAFF).get(HREF).text
    assert "No workstream or project says anything as at this day." in page
