"""The page of a round at a glance."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import unit_of_work
from opprod.projects.services import updates as services
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_draft, a_round, a_submitted_update
from tests.client import Client
from tests.statements import statements

SignIn = Callable[..., Client]
TODAY = date(2016, 9, 26)


@pytest.fixture
def path(app: Flask) -> str:
    """The page of a round in which one project has submitted, one is writing, and one has yet to begin."""
    with app.app_context(), unit_of_work():
        with clock.pinned_to(date(2016, 7, 20)):
            a_submitted_update(strand=a_strand(name="Estates"), held_on=date(2016, 7, 28))
        with clock.pinned_to(TODAY):
            owner = a_user(name="Ann <b>Owner</b>")
            update = a_submitted_update(strand=a_strand(name="Pathology", owner=owner), writer=owner)
            services.approve_update(update=update, actor=a_user(Role.EXECUTIVE, name="Ed Exec"))
            a_draft(strand=a_strand(name="Procurement"))
            return f"/meetings/{a_round().meeting_id}/round"


def shown(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page.partition("<main")[2]).split())


def test_it_shows_where_each_stands_and_what_to_do_next(path: str, signed_in: SignIn) -> None:
    page = signed_in(Role.STAFF).get(path).text
    text = shown(page)
    for said in (
        "1 of 3 submitted 2 still to come",
        "1 approved",
        "3 late",
        "Updates due 13 Sep 2016 Passed",
        "Board meets 29 Sep 2016 In 3 days",
        "Ann &lt;b&gt;Owner&lt;/b&gt;",
        "26 Sep 2016, Ed Exec",
        "13 days late",
        "Draft",
        "Not started",
    ):
        assert said in text, said
    assert "/projects/estates/no-change" in page
    assert "/projects/procurement/no-change" not in page
    assert text.count("Write it") == 1


def test_who_may_not_see_drafts_is_told_of_none(path: str, signed_in: SignIn) -> None:
    for role in (Role.VIEWER, Role.REGIONAL_LEAD):
        page = signed_in(role).get(path).text
        assert shown(page).count("Not submitted") >= 2
        for hidden in ("Draft", "returned", "Write it", "/no-change", "/edit"):
            assert hidden not in page.partition("<main")[2], hidden


def test_it_narrows_to_a_status_or_an_owner(path: str, signed_in: SignIn) -> None:
    staff = signed_in(Role.STAFF)

    def found(query: str) -> set[str]:
        return set(re.findall(r'rowheader"><a href="/projects/([a-z]+)"', staff.get(f"{path}?{query}").text))

    assert found("status=approved") == {"pathology"}
    assert found("status=not-started") == {"estates"}
    assert found("status=late") == {"estates", "pathology", "procurement"}
    assert found("status=nonsense") == {"estates", "pathology", "procurement"}
    assert "No workstream or project fits" in staff.get(f"{path}?status=returned").text
    owner = re.search(r'<option value="(\d+)"[^>]*>Ann', staff.get(path).text)
    assert owner
    assert found(f"owner={owner.group(1)}") == {"pathology"}


def test_as_at_an_earlier_day_it_is_as_it_was(path: str, signed_in: SignIn) -> None:
    page = signed_in(Role.STAFF).get(f"{path}?as_at=2016-09-12").text
    text = shown(page)
    assert "0 of 1 submitted" in text
    assert "Due tomorrow" in text
    assert "Write it" not in page
    assert "?as_at=2016-09-12" in page


def test_pages_lead_to_it_and_one_that_is_not_there_is_not_found(path: str, signed_in: SignIn) -> None:
    viewer = signed_in(Role.VIEWER)
    for other in ("/", "/meetings", path.removesuffix("/round")):
        assert f'href="{path}"' in viewer.get(other).text
    assert viewer.get("/meetings/99/round").status_code == 404


def test_it_costs_the_same_however_many_there_are(app: Flask, path: str, signed_in: SignIn) -> None:
    viewer = signed_in(Role.VIEWER)
    viewer.get(path)
    with statements(app) as few:
        viewer.get(path)
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        for _ in range(3):
            a_submitted_update(strand=a_strand())
    with statements(app) as many:
        viewer.get(path)
    assert len(few) == len(many)
