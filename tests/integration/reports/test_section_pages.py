"""A section's own pages: its editor with preview, what is kept of what was typed, its versions and its comments."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.reports import queries
from opprod.reports.models import PaperSection, SectionComment, SectionDraft
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper
from tests.client import Client
from tests.conftest import TODAY

SignIn = Callable[..., Client]

HREF = "/papers/1/sections/introduction"
JSON = {"Accept": "application/json"}
TEXT = "North.\n\nSouth.\n\nEast."


@pytest.fixture
def ann(app: Flask) -> Client:
    """Somebody who wrote an introduction of three paragraphs, which is its version 2."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        writer = a_user(Role.STAFF, name="Ann Archer")
        assert a_paper(a_meeting(), actor=writer).id == 1
        email = writer.email
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(email)
    assert send(client, TEXT, version=1).status_code == 303
    return client


@pytest.fixture
def ben(ann: Client, signed_in: SignIn) -> Client:
    return signed_in(Role.EXECUTIVE)


def send(
    client: Client, narrative: str, *, version: int = 2, to: str = "", title: str = "Introduction", **extra: str
):  # type: ignore[no-untyped-def]
    typed = {"title": title, "narrative": narrative, "version": version, **extra}
    return client.send(HREF + to, typed, headers=JSON if to else None)


def saved(app: Flask) -> tuple[int, str]:
    with app.app_context():
        section = queries.section(queries.paper(1), "introduction")
        return section.version, section.narrative


def drafts(app: Flask) -> list[str]:
    with app.app_context():
        return [held.narrative for held in db.session.query(SectionDraft).order_by(SectionDraft.id)]


def test_the_preview_is_on_the_page_and_follows_what_is_sent_without_saving_it(app: Flask, ann: Client) -> None:
    assert "South.</p>" in ann.get(HREF).text
    answer = send(ann, "A *new* text. See [[support#2]] and [[support#9]].", to="/preview")
    assert answer.status_code == 200
    html = answer.json["html"]
    assert "A <em>new</em> text." in html
    assert "[[support#9]] leads nowhere: “Support offering” has 2 numbered paragraphs." in html
    assert re.search(r'See <a href="#paragraph-\d">paragraph \d</a>', html)
    assert saved(app) == (2, TEXT)
    assert drafts(app) == []


@pytest.mark.parametrize(
    ("narrative", "problem"),
    [
        ("There are [[nobody]].", "There is no measure called [[nobody]]"),
        ("See [[nowhere#1]].", "[[nowhere#1]] cites no paragraph"),
        ("x" * 50_000, "Text must be 20,000 characters or fewer; you have 50,000"),
    ],
)
def test_what_is_wrong_in_a_text_is_said_in_place_of_its_preview(ann: Client, narrative: str, problem: str) -> None:
    answer = send(ann, narrative, to="/preview")
    assert answer.status_code == 422
    (said,) = answer.json["problems"]
    assert problem in said


def test_what_is_typed_is_kept_offered_again_and_discarded(app: Flask, ann: Client, ben: Client) -> None:
    answer = send(ann, "Not finished", to="/draft")
    assert re.fullmatch(r"Kept at \d+(:\d\d)?[ap]m|Kept at mid\w+", answer.json["kept"])
    assert saved(app) == (2, TEXT)
    assert send(ben, TEXT, to="/draft").json["kept"] == "As saved"
    assert drafts(app) == ["Not finished"]

    page = ann.get(HREF).text
    assert "You have text not saved from" in page
    assert ">Not finished</textarea>" in page
    assert "You have text not saved" not in ben.get(HREF).text
    assert ann.send(f"{HREF}/draft/discard").status_code == 303
    assert drafts(app) == []
    assert f">{TEXT}</textarea>" in ann.get(HREF).text


def test_another_writer_is_warned_before_and_told_of_after(ann: Client, ben: Client) -> None:
    send(ann, "Not finished", to="/draft")
    assert "Ann Archer is writing in this section too." in ben.get(HREF).text
    assert "Ann Archer is writing" not in ann.get(HREF).text
    (news,) = send(ben, "Mine.", to="/draft").json["news"]
    assert news.startswith("Ann Archer is writing in this section too. What they typed by")

    send(ann, f"{TEXT}\n\nWest.")
    status = ben.get(f"{HREF}/draft?version=2", headers=JSON).json
    assert ["Ann Archer saved this section at" in news for news in status["news"]] == [True]
    assert ben.get(f"{HREF}/draft?version=3", headers=JSON).json["news"] == []
    assert status["csrf_token"]


def test_changes_of_different_paragraphs_are_saved_together_and_the_others_are_shown(
    app: Flask, ann: Client, ben: Client
) -> None:
    send(ann, TEXT.replace("North.", "North, by Ann."))
    answer = send(ben, TEXT.replace("East.", "East, by Ben."))
    assert (answer.status_code, answer.location) == (303, f"{HREF}/versions/4?since=2")
    assert saved(app) == (4, "North, by Ann.\n\nSouth.\n\nEast, by Ben.")
    page = ben.get(answer.location).text
    assert "is saved, together with what others saved meanwhile." in page
    assert "<del>North.</del>" in page
    assert "<ins>North, by Ann.</ins>" in page
    assert "<ins>East, by Ben.</ins>" not in page


def test_changes_of_one_paragraph_are_kept_apart_with_ways_on(app: Flask, ann: Client, ben: Client) -> None:
    by_ben = TEXT.replace("South.", "South, by Ben.")
    send(ann, TEXT.replace("South.", "South, by Ann."))
    answer = send(ben, by_ben)
    assert answer.status_code == 409
    for text in (TEXT.replace("South.", "South, by Ann."), by_ben, "Ann Archer saved this section at"):
        assert text in answer.text
    assert drafts(app) == [by_ben]

    both = ben.get(f"{HREF}?with=both").text
    assert ">North.\n\nSouth, by Ann.\n\nSouth, by Ben.\n\nEast.</textarea>" in both
    assert 'name="version" value="3"' in both
    mine = ben.get(f"{HREF}?with=mine").text
    assert f">{by_ben}</textarea>" in mine
    assert 'name="version" value="3"' in mine
    # Opened without choosing, it is as it was typed, and still cannot overwrite anything.
    assert 'name="version" value="2"' in ben.get(HREF).text
    assert send(ben, "North.\n\nSouth, by both.\n\nEast.", version=3).status_code == 303
    assert (saved(app)[1], drafts(app)) == ("North.\n\nSouth, by both.\n\nEast.", [])


@pytest.mark.parametrize("narrative", ["x" * 50_000, "There are [[nobody]].", ""])
def test_what_is_refused_is_kept(app: Flask, ann: Client, narrative: str) -> None:
    assert send(ann, narrative).status_code == 422
    assert drafts(app) == [narrative]
    assert saved(app) == (2, TEXT)


def test_a_session_that_ended_says_so_and_keeps_nothing(app: Flask, ann: Client) -> None:
    ann.send("/sign-out")
    assert send(ann, "More.", to="/draft").status_code == 401
    assert ann.get(f"{HREF}/draft", headers=JSON).status_code == 302
    assert drafts(app) == []


def test_earlier_versions_are_listed_shown_and_put_back(app: Flask, ann: Client, ben: Client) -> None:
    send(ben, "Quite another text.", title="Another")
    page = ann.get(f"{HREF}/versions").text
    assert page.index("Version 3") < page.index("Version 2") < page.index("Version 1")
    shown = ann.get(f"{HREF}/versions/2").text
    assert TEXT in shown
    assert "Put this version back" in shown
    assert "Put this version back" not in ann.get(f"{HREF}/versions/3").text
    assert ann.get(f"{HREF}/versions/9").status_code == 404

    assert ann.send(f"{HREF}/versions/2/restore", {"version": 2}).status_code == 409
    assert ann.send(f"{HREF}/versions/2/restore").status_code == 400
    assert ann.send(f"{HREF}/versions/2/restore", {"version": 3}).status_code == 303
    assert saved(app) == (4, TEXT)


def test_comments_are_made_resolved_and_opened_again(app: Flask, ann: Client, ben: Client) -> None:
    href = f"{HREF}/comments"
    assert "Nobody has commented on this section." in ann.get(href).text
    assert ann.send(href, {"text": "Is <b>this</b> so?"}).status_code == 303
    for page in (ben.get(href).text, ben.get(HREF).text):
        assert "Is &lt;b&gt;this&lt;/b&gt; so?" in page
    for _ in range(2):
        assert ben.send(f"{href}/1/resolve").status_code == 303
    assert "None of 1 comment are open" in ben.get(href).text
    assert ben.send(f"{href}/1/reopen").status_code == 303
    page = ann.get("/papers/1").text
    for event in ("Comment made", "Comment resolved", "Comment reopened"):
        assert page.count(event) == 1
    assert ann.send("/papers/1/sections/support/comments/1/resolve").status_code == 404
    with app.app_context():
        assert db.session.get_one(SectionComment, 1).resolved_at is None


@pytest.mark.parametrize(
    ("text", "message"),
    [(" ", "Enter your comment"), ("x" * 2_001, "Your comment must be 2,000 characters or fewer; you have 2,001")],
)
def test_a_comment_that_cannot_be_made_is_refused_with_what_was_typed(ann: Client, text: str, message: str) -> None:
    answer = ann.send(f"{HREF}/comments", {"text": text})
    assert answer.status_code == 422
    assert message in answer.text
    assert text.strip() in answer.text


def test_comments_come_in_pages_open_ones_first(app: Flask, ann: Client) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        section = db.session.query(PaperSection).filter_by(key="introduction").one()
        for number in range(21):
            resolved = {"resolved_at": clock.now(), "resolved_by_id": 1} if number == 20 else {}
            db.session.add(
                SectionComment(
                    section_id=section.id, text=f"Number {number}.", made_at=clock.now(), made_by_id=1, **resolved
                )
            )
        db.session.info["audited"] = True
    first = ann.get(f"{HREF}/comments").text
    assert "20 of 21 comments are open" in first
    assert "Number 20." not in first
    assert first.index("Number 19.") < first.index("Number 0.")
    assert "Number 20." in ann.get(f"{HREF}/comments?page=2").text
    assert ann.get(f"{HREF}/comments?page=3").status_code == 404
