"""The pages of papers: the list, the preview and its tools, headers and sections."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from opprod.accounts import Role
from opprod.config import Settings
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.projects.models import StatementKind
from opprod.reports import queries, services
from opprod.reports.models import Paper
from opprod.reports.views import papers
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import HEADER, a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.client import Client, parsed, text_of

SignIn = Callable[..., Client]
TODAY = date(2016, 9, 26)
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}</textarea>'


@contextmanager
def programme(app: Flask) -> Iterator[None]:
    """Do what a test needs done in the programme, and keep it."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        yield


@pytest.fixture
def meeting_id(app: Flask) -> int:
    with programme(app):
        return a_meeting().id


@pytest.fixture
def paper_id(app: Flask, meeting_id: int) -> int:
    with programme(app):
        return a_paper(db.session.get_one(Meeting, meeting_id), reference="BM/16/89").id


@pytest.fixture
def executive(signed_in: SignIn) -> Client:
    return signed_in(Role.EXECUTIVE)


def versions(app: Flask, paper_id: int, key: str = "introduction") -> tuple[int, int]:
    """The versions of a paper's header and of one of its sections."""
    with programme(app):
        paper = queries.paper(paper_id)
        return paper.version, queries.section(paper, key).version


def titles(page: str) -> list[str]:
    """The headings of a paper's sections on its page, in order."""
    headings = [e for e in parsed(page).iter() if "paper-heading" in (e.get("class") or "")]
    return [text_of(heading) for heading in headings]


def test_a_paper_is_begun_for_a_meeting_and_shown(executive: Client, meeting_id: int) -> None:
    form = executive.get(f"/papers/new?meeting={meeting_id}").text
    assert f'<option value="{meeting_id}" selected>' in form
    assert 'value="The Board"' in form

    answer = executive.send("/papers/new", {**HEADER, "meeting_id": meeting_id, "reference": "BM/16/89"})
    assert answer.status_code == 303
    page = executive.get(answer.location).text
    assert titles(page) == [
        *("Introduction", "What we said we would do", "Establishment of the directorate"),
        *("Progress updates from projects", "Support offering", "Public Sector Equality Duty"),
    ]
    assert "Jeremy Marlow, Executive Director of Operational Productivity" in page
    assert "29 September 2016" in page


def test_the_next_paper_begins_with_what_the_last_one_had(executive: Client, paper_id: int) -> None:
    form = executive.get("/papers/new").text
    assert f'value="{HEADER["author_title"]}"' in form
    assert 'value="BM/16/89"' not in form


def test_a_reference_in_use_is_refused_and_nothing_typed_is_lost(
    executive: Client, meeting_id: int, paper_id: int
) -> None:
    typed = {**HEADER, "report_on": "Something new", "meeting_id": meeting_id, "reference": "bm/16/89"}
    answer = executive.send("/papers/new", typed)
    assert answer.status_code == 422
    assert "Reference BM/16/89 is that of the paper for 29 September 2016, agenda item 9." in answer.text
    assert 'value="Something new"' in answer.text


def test_without_a_meeting_the_page_says_where_to_begin(executive: Client) -> None:
    assert "A paper is for a meeting, and there is none yet." in executive.get("/papers/new").text


def test_papers_are_listed_and_narrowed_to_a_meeting(
    app: Flask, executive: Client, meeting_id: int, paper_id: int
) -> None:
    with programme(app):
        july = a_meeting(date(2016, 7, 28))
        a_paper(july, reference="BM/16/70", report_on="The July report")
        july_id = july.id

    page = executive.get("/papers").text
    assert page.index("BM/16/89") < page.index("BM/16/70")
    assert "BM/16/89" not in executive.get(f"/papers?meeting={july_id}").text
    assert executive.get("/papers?meeting=999").status_code == 404
    assert executive.get("/papers?page=2").status_code == 404


def test_a_submitted_update_is_in_the_paper_but_not_as_at_the_day_before(
    app: Flask, executive: Client, meeting_id: int, paper_id: int
) -> None:
    with programme(app):
        a_reading(a_measure(key="jobs", unit="jobs"), "c.35")
        said = (StatementKind.PROGRESS, "There are [[jobs]] out to advert.")
        a_published_update(a_strand(name="HR"), db.session.get_one(Meeting, meeting_id), said, approved=False)

    page = executive.get(f"/papers/{paper_id}").text
    assert "c.35 jobs" in page
    assert "Not yet approved" in page
    before = executive.get(f"/papers/{paper_id}?as_at=2016-09-25").text
    assert "c.35 jobs" not in before
    assert "As at 25 September 2016." in before
    assert f"/papers/{paper_id}/pdf?as_at=2016-09-25" in before
    html = executive.get(f"/papers/{paper_id}.html").text
    assert "c.35 jobs" in html
    assert "Not yet approved" not in html
    assert "c.35 jobs" not in executive.get(f"/papers/{paper_id}.html?as_at=2016-09-25").text


def test_a_paper_held_at_a_day_stays_there(app: Flask, executive: Client, meeting_id: int, paper_id: int) -> None:
    header, _ = versions(app, paper_id)
    typed = {**HEADER, "meeting_id": meeting_id, "reference": "BM/16/89", "as_at": "20/9/2016", "version": header}
    assert executive.send(f"/papers/{paper_id}/header", typed).status_code == 303
    assert "20 September 2016, where this paper is held" in executive.get(f"/papers/{paper_id}").text

    typed["as_at"] = "27 September 2016"
    refused = executive.send(f"/papers/{paper_id}/header", {**typed, "version": header + 1})
    assert refused.status_code == 422
    assert "The facts of a paper can stand at today or an earlier day." in refused.text


def test_after_the_meeting_the_facts_stand_at_its_day(
    app: Flask, settings: Settings, executive: Client, paper_id: int
) -> None:
    app.extensions["opprod"] = replace(settings, today=date(2018, 1, 15))
    page = executive.get(f"/papers/{paper_id}").text
    assert "Its facts stand at 29 September 2016, the day of the meeting." in page
    earlier = executive.get(f"/papers/{paper_id}?as_at=2016-09-01").text
    assert "Its facts stand at 1 September 2016." in earlier


def test_a_paper_keeps_its_meeting_however_many_there_are(
    app: Flask, executive: Client, paper_id: int, meeting_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MEETINGS_TO_CHOOSE", 1)
    with programme(app):
        a_meeting(date(2016, 11, 24))
    assert f'<option value="{meeting_id}" selected>' in executive.get(f"/papers/{paper_id}/header").text


def test_the_second_editor_of_a_header_sees_both_versions(
    app: Flask, signed_in: SignIn, executive: Client, meeting_id: int, paper_id: int
) -> None:
    header, _ = versions(app, paper_id)
    typed = {**HEADER, "meeting_id": meeting_id, "reference": "BM/16/89", "version": header}
    executive.send(f"/papers/{paper_id}/header", {**typed, "report_on": "The first title"})

    answer = signed_in(Role.EXECUTIVE).send(
        f"/papers/{paper_id}/header", {**typed, "report_on": "The second title", "as_at": "1 September 2016"}
    )
    assert answer.status_code == 409
    for text in ("The first title", "The second title", "1 September 2016"):
        assert text in answer.text
    assert "The second title" not in executive.get(f"/papers/{paper_id}").text


def test_a_section_is_edited_and_its_figures_shown(app: Flask, executive: Client, paper_id: int) -> None:
    with programme(app):
        a_reading(a_measure(key="users", unit="users"), "over 1,400")
    _, version = versions(app, paper_id)
    href = f"/papers/{paper_id}/sections/introduction"
    assert "[[users]]" in executive.get(href).text

    typed = {"title": "Where we are", "narrative": "We have **[[users]]**.\n\n- one\n- two", "version": version}
    answer = executive.send(href, typed)
    assert (answer.status_code, answer.location) == (303, f"/papers/{paper_id}#section-introduction")
    page = executive.get(f"/papers/{paper_id}").text
    assert titles(page)[0] == "Where we are"
    assert '<strong><span class="paper-figure paper-figure--short">over 1,400 users</span></strong>' in page


def test_a_preview_shows_the_section_and_saves_nothing(app: Flask, executive: Client, paper_id: int) -> None:
    _, version = versions(app, paper_id, "support")
    href = f"/papers/{paper_id}/sections/support"
    typed = {"title": "Support", "narrative": "A *new* text.", "version": version, "action": "preview"}
    answer = executive.send(href, typed)
    assert answer.status_code == 200
    assert "A <em>new</em> text." in answer.text
    # Its number is the one it would have in the paper.
    assert ">7.</span>" in answer.text
    assert versions(app, paper_id, "support")[1] == version

    unknown = executive.send(href, {**typed, "narrative": "There are [[nobody]]."})
    assert unknown.status_code == 422
    assert "There is no measure called [[nobody]]" in unknown.text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"narrative": " \n "}, "Enter the text"),
        ({"narrative": "There are [[nobody]]."}, "There is no measure called [[nobody]]"),
        ({"narrative": "x" * 50_000}, "Text must be 20,000 characters or fewer; you have 50,000"),
    ],
)
def test_a_section_that_cannot_be_kept_is_refused_with_all_that_was_typed(
    app: Flask, executive: Client, paper_id: int, typed: dict[str, str], message: str
) -> None:
    _, version = versions(app, paper_id)
    values = {"title": "A title", "narrative": "A text of ours.", "version": version, **typed}
    answer = executive.send(f"/papers/{paper_id}/sections/introduction", values)
    assert answer.status_code == 422
    assert message in answer.text
    assert values["narrative"].strip() in answer.text


def test_the_second_editor_of_a_section_sees_both_texts(
    app: Flask, signed_in: SignIn, executive: Client, paper_id: int
) -> None:
    _, version = versions(app, paper_id)
    href = f"/papers/{paper_id}/sections/introduction"
    executive.send(href, {"title": "Introduction", "narrative": "The first text.", "version": version})

    answer = signed_in(Role.EXECUTIVE).send(
        href, {"title": "Introduction", "narrative": "The second text.", "version": version}
    )
    assert answer.status_code == 409
    assert "The first text." in answer.text
    assert "The second text." in answer.text
    assert "The first text." in executive.get(f"/papers/{paper_id}").text


def test_sections_are_moved_left_out_and_taken_in_again(executive: Client, paper_id: int) -> None:
    support = f"/papers/{paper_id}/sections/support"
    executive.send(f"{support}/move", {"direction": "up"})
    executive.send(f"/papers/{paper_id}/sections/introduction/include", {"included": "no"})
    page = executive.get(f"/papers/{paper_id}").text
    assert titles(page)[:4] == [
        "What we said we would do",
        "Establishment of the directorate",
        "Support offering",
        "Progress updates from projects",
    ]
    assert "Left out" in page
    # Numbers begin with the first section that is in.
    assert re.findall(r'text__number">(\d+)\.', page)[0] == "1"

    executive.send(f"/papers/{paper_id}/sections/introduction/include", {"included": "yes"})
    assert titles(executive.get(f"/papers/{paper_id}").text)[0] == "Introduction"
    for wrong in ({}, {"direction": "sideways"}):
        assert executive.send(f"{support}/move", wrong).status_code == 400
        assert executive.send(f"{support}/include", wrong).status_code == 400


def test_the_equality_statement_is_a_draft_until_somebody_confirms_it(
    app: Flask, executive: Client, paper_id: int
) -> None:
    page = executive.get(f"/papers/{paper_id}").text
    assert "Draft: not yet confirmed" in page
    _, version = versions(app, paper_id, "equality")
    form = re.search(r'/equality-duty".*?name="version" value="(\d+)"', page, re.DOTALL)
    assert form
    assert int(form[1]) == version

    executive.send(f"/papers/{paper_id}/equality-duty", {"version": version})
    page = executive.get(f"/papers/{paper_id}").text
    assert "Draft: not yet confirmed" not in page
    assert re.search(r"Confirmed by Executive \d+ on 26 September 2016", page)
    assert "Confirmed by" not in executive.get(f"/papers/{paper_id}.html").text

    href = f"/papers/{paper_id}/sections/equality"
    executive.send(href, {"title": "Equality", "narrative": "Changed.", "version": version})
    assert "Draft: not yet confirmed" in executive.get(f"/papers/{paper_id}.html").text
    assert executive.send(f"/papers/{paper_id}/equality-duty", {"version": version}).status_code == 409
    assert executive.send(f"/papers/{paper_id}/equality-duty").status_code == 400


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.VIEWER])
def test_those_who_write_no_papers_change_none(signed_in: SignIn, paper_id: int, role: Role) -> None:
    reader = signed_in(role)
    assert reader.get("/papers/new").status_code == 403
    assert reader.get(f"/papers/{paper_id}/header").status_code == 403
    assert reader.get(f"/papers/{paper_id}/sections/introduction").status_code == 403
    for path in ("sections/introduction/move", "sections/introduction/include", "equality-duty"):
        assert reader.send(f"/papers/{paper_id}/{path}", {"direction": "up"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/papers/99", "/papers/99.pdf", "/papers/99.html", "/papers/99/header", "/papers/1/sections/nothing"],
)
def test_what_there_is_not_is_not_found(executive: Client, paper_id: int, path: str) -> None:
    assert executive.get(path).status_code == 404


def test_hostile_text_is_shown_as_text_everywhere(app: Flask, executive: Client, meeting_id: int) -> None:
    with programme(app):
        meeting = db.session.get_one(Meeting, meeting_id)
        header = {name: f"{HOSTILE} {name}" for name in ("addressee", "author_name", "author_title", "report_on")}
        paper = a_paper(meeting, reference=HOSTILE[:29], **header)
        introduction = queries.section(paper, "introduction")
        actor = a_user(Role.EXECUTIVE)
        services.edit_section(
            section=introduction, version=introduction.version, title=HOSTILE, narrative=HOSTILE, actor=actor
        )
        a_published_update(a_strand(name=HOSTILE, purpose=HOSTILE), meeting, (StatementKind.PROGRESS, HOSTILE))
        found = paper.id

    for path in ("", ".html", "/header", "/sections/introduction"):
        page = executive.get(f"/papers/{found}{path}").text
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page
    assert "<script>alert" not in executive.get("/papers").text


def test_a_papers_page_costs_the_same_number_of_statements_however_much_there_is(
    app: Flask, executive: Client, meeting_id: int, paper_id: int
) -> None:
    def cost(path: str) -> int:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            assert executive.get(path).status_code == 200
            event.remove(db.engine, "before_cursor_execute", note)
        return len(sent)

    def add() -> None:
        with programme(app):
            meeting = db.session.get_one(Meeting, meeting_id)
            a_published_update(a_strand(), meeting, *[(StatementKind.PROGRESS, f"Statement {n}") for n in range(9)])
            a_paper(meeting)
            a_measure()

    add()
    paths = ("/papers", f"/papers/{paper_id}", f"/papers/{paper_id}/sections/introduction")
    once = [cost(path) for path in paths]
    add()
    add()
    assert [cost(path) for path in paths] == once
    assert max(once) < 25


def test_the_history_of_a_paper_is_on_its_page(app: Flask, executive: Client, paper_id: int) -> None:
    executive.send(f"/papers/{paper_id}/sections/support/move", {"direction": "up"})
    page = executive.get(f"/papers/{paper_id}").text
    assert "Section moved" in page
    assert "Paper created" in page
    with programme(app):
        assert db.session.get_one(Paper, paper_id).sections[3].key == "support"
