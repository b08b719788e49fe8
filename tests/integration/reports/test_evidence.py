"""The page of what a paper's figures rest on: settling those in free text, and opening them again."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role
from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db, unit_of_work
from opprod.projects.models import StatementKind
from opprod.reports import services
from opprod.reports.assembly import content_of
from opprod.reports.models import Paper, PaperClaim
from opprod.reports.queries.problems import problems_of
from opprod.reports.services.claims import settle_figures
from opprod.reports.unsourced import unsourced
from tests.builders.accounts import a_user
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.client import Client
from tests.conftest import TODAY

SignIn = Callable[..., Client]
PLANTED = "We met 12 trusts & 40 STPs.\n\nWe saw 3 more."


@pytest.fixture
def paper_id(app: Flask) -> int:
    """A paper with three figures planted in a narrative, and one in a statement."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        paper = a_paper()
        section = next(one for one in paper.sections if one.key == "introduction")
        actor = a_user(Role.STAFF)
        services.edit_section(
            section=section, version=section.version, title=section.title, narrative=PLANTED, actor=actor
        )
        said = (StatementKind.PROGRESS, "There are 7 of them.")
        a_published_update(a_strand(name="Procurement"), paper.meeting, said)
        return paper.id


@pytest.fixture
def staff(signed_in: SignIn) -> Client:
    return signed_in(Role.STAFF)


def page(client: Client, paper_id: int) -> str:
    return client.get(f"/papers/{paper_id}/evidence").text


def marked(page: str) -> list[str]:
    return re.findall(r'<mark class="paper-unsourced">([^<]*)</mark>', page)


def form_of(page: str, figure: str) -> dict[str, list[str] | str]:
    """What is sent to settle a figure alone: its place and its key."""
    forms = re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
    sent = next(form for form in forms if f">{figure}</mark>" in form)
    place = re.search(r'name="place" value="([^"]*)"', sent)
    box = re.search(
        rf'name="([^"]*)" type="checkbox" value="([^"]*)"(?: checked)?>\s*<label[^>]*>[^<]*<mark[^>]*>{figure}<', sent
    )
    assert place
    assert box
    return {"place": place[1], box[1]: [box[2]], box[1].replace("keys", "source"): "", "action": "source"}


def test_planted_figures_are_marked_in_the_preview_listed_and_in_the_way_of_approval(
    app: Flask, staff: Client, paper_id: int
) -> None:
    assert marked(staff.get(f"/papers/{paper_id}").text) == ["12", "40", "3", "7"]
    assert marked(staff.get(f"/papers/{paper_id}.html").text) == []
    listed = page(staff, paper_id)
    assert marked(listed) == ["12", "40", "3", "7"]
    assert "4 figures in free text rest on nothing" in listed
    assert "Progress updates from projects: Procurement" in listed
    with app.app_context(), clock.pinned_to(TODAY):
        paper = db.session.get_one(Paper, paper_id)
        (problem,) = [one for one in problems_of(paper, content_of(paper, TODAY), TODAY) if one.about == "evidence"]
        assert problem.text.startswith("4 figures have no source: “12”, “40”, “3” and 1 more.")
    assert f'href="/papers/{paper_id}/evidence"' in staff.get(f"/papers/{paper_id}").text


def test_a_figure_gets_its_source_and_its_number_in_the_annex(app: Flask, staff: Client, paper_id: int) -> None:
    sent = form_of(page(staff, paper_id), "40")
    source = next(name for name in sent if name.endswith("source"))
    answer = staff.send(f"/papers/{paper_id}/evidence", {**sent, source: "Minutes of 5 September 2016"})
    assert (answer.status_code, answer.location) == (303, f"/papers/{paper_id}/evidence")
    after = page(staff, paper_id)
    assert marked(after) == ["12", "3", "7"]
    assert after.count("Minutes of 5 September 2016") == 2
    assert marked(staff.get(f"/papers/{paper_id}").text) == ["12", "3", "7"]
    with app.app_context():
        (latest,) = lines(latest_about(db.session.get_one(Paper, paper_id)))[:1]
        assert latest.summary == "Figure sourced"
        assert [change.after for change in latest.changes] == ["Minutes of 5 September 2016"]


def test_several_figures_of_a_place_get_one_source_at_once(staff: Client, paper_id: int) -> None:
    first, second = form_of(page(staff, paper_id), "12"), form_of(page(staff, paper_id), "3")
    keys = next(name for name in first if name.endswith("keys"))
    both = {**first, keys: [*first[keys], *second[keys]], keys.replace("keys", "source"): "Diary"}
    assert staff.send(f"/papers/{paper_id}/evidence", both).status_code == 303
    assert marked(page(staff, paper_id)) == ["40", "7"]


def test_a_figure_is_accepted_by_name_and_opened_again(app: Flask, staff: Client, paper_id: int) -> None:
    sent = form_of(page(staff, paper_id), "7")
    assert staff.send(f"/papers/{paper_id}/evidence", {**sent, "action": "accept"}).status_code == 303
    after = page(staff, paper_id)
    assert marked(after) == ["12", "40", "3"]
    assert "Accepted without a source" in after
    with app.app_context():
        key = db.session.scalars(select(PaperClaim.key)).one()
    assert staff.send(f"/papers/{paper_id}/evidence/reopen", {"key": key}).status_code == 303
    assert marked(page(staff, paper_id)) == ["12", "40", "3", "7"]
    again = staff.send(f"/papers/{paper_id}/evidence/reopen", {"key": key})
    assert again.status_code == 404
    assert "may have opened it again already" in again.text


def test_a_form_without_a_source_or_a_figure_is_refused_and_keeps_what_was_typed(
    staff: Client, paper_id: int
) -> None:
    sent = form_of(page(staff, paper_id), "12")
    refused = staff.send(f"/papers/{paper_id}/evidence", sent)
    assert refused.status_code == 422
    assert "Enter the source." in refused.text
    assert " checked" in refused.text
    keys, source = (next(name for name in sent if name.endswith(end)) for end in ("keys", "source"))
    refused = staff.send(f"/papers/{paper_id}/evidence", {**sent, keys: [], source: "<b>Diary</b>"})
    assert refused.status_code == 422
    assert "Choose the figures." in refused.text
    assert 'value="&lt;b&gt;Diary&lt;/b&gt;"' in refused.text
    long = staff.send(f"/papers/{paper_id}/evidence", {**sent, source: "x" * 301})
    assert long.status_code == 422


def test_a_figure_that_is_settled_or_gone_meanwhile_is_a_conflict(staff: Client, paper_id: int) -> None:
    sent = form_of(page(staff, paper_id), "3")
    accept = {**sent, "action": "accept"}
    assert staff.send(f"/papers/{paper_id}/evidence", accept).status_code == 303
    for stale in (accept, {**accept, "place": "no-such"}):
        answer = staff.send(f"/papers/{paper_id}/evidence", stale)
        assert answer.status_code == 409
        assert "The text changed while you had it open" in answer.text


def test_of_two_who_settle_one_figure_the_second_is_told_by_whom(app: Flask, paper_id: int) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        paper = db.session.get_one(Paper, paper_id)
        figures = unsourced(content_of(paper, TODAY))[:1]
        settle_figures(paper=paper, figures=figures, source=None, actor=a_user(name="Ada Writer"))
        with pytest.raises(Conflict, match="settled by Ada Writer"):
            settle_figures(paper=paper, figures=figures, source="Diary", actor=a_user())
        with pytest.raises(InvalidInput):
            settle_figures(paper=paper, figures=[], source="Diary", actor=a_user())


def test_a_paper_in_review_can_be_read_and_not_settled(app: Flask, staff: Client, paper_id: int) -> None:
    sent = form_of(page(staff, paper_id), "3")
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        paper = db.session.get_one(Paper, paper_id)
        for figure in unsourced(content_of(paper, TODAY))[:1]:
            settle_figures(paper=paper, figures=[figure], source="Diary", actor=a_user())
        services.send_for_review(paper=paper, actor=a_user(), seen=None)
    shown = page(staff, paper_id)
    assert marked(shown) == ["40", "3", "7"]
    assert "it is in review" in shown
    assert "Open again" not in shown
    assert staff.send(f"/papers/{paper_id}/evidence", {**sent, "action": "accept"}).status_code == 422


def test_a_settled_figure_whose_sentence_is_gone_is_kept_and_said_to_be_unused(
    app: Flask, staff: Client, paper_id: int
) -> None:
    sent = form_of(page(staff, paper_id), "3")
    staff.send(f"/papers/{paper_id}/evidence", {**sent, "action": "accept"})
    assert "Not in the paper as it stands." not in page(staff, paper_id)
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        section = next(one for one in db.session.get_one(Paper, paper_id).sections if one.key == "introduction")
        services.edit_section(
            section=section, version=section.version, title=section.title, narrative="Nothing.", actor=a_user()
        )
    assert "Not in the paper as it stands." in page(staff, paper_id)


def test_a_page_past_the_last_is_not_found(staff: Client, paper_id: int) -> None:
    assert staff.get(f"/papers/{paper_id}/evidence?page=2").status_code == 404


def test_whoever_may_not_write_papers_settles_nothing(signed_in: SignIn, paper_id: int) -> None:
    for role in (Role.VIEWER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR):
        client = signed_in(role)
        assert client.get(f"/papers/{paper_id}/evidence").status_code == 403
        assert client.send(f"/papers/{paper_id}/evidence", {"place": "introduction"}).status_code == 403
