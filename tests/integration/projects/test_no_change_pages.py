"""The page on which a strand says that nothing changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import unit_of_work
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_round, a_submitted_update, content, promised
from tests.client import Client
from tests.integration.projects.in_force import NEXT_MEETING, TODAY

SignIn = Callable[..., Client]
EARLIER = date(2016, 7, 20)
PATH = "/projects/pathology/no-change"


@pytest.fixture
def pathology(app: Flask) -> None:
    """A project with an update of July's round, and a promise overdue since."""
    with app.app_context(), unit_of_work():
        with clock.pinned_to(EARLIER):
            strand = a_strand(name="Pathology")
            owner = a_user(Role.STAFF, name="Ann Owner")
            says = content(promised(owner, "Publish <b>it</b>.", date(2016, 8, 31)))
            a_submitted_update(says, strand=strand, held_on=date(2016, 7, 28))
        with clock.pinned_to(TODAY):
            a_round()


@pytest.mark.usefixtures("pathology")
def test_one_click_with_a_reason_submits_it_and_pages_say_since_when(signed_in: SignIn) -> None:
    staff = signed_in(Role.STAFF)
    assert f'href="{PATH}"' in staff.get("/projects/pathology").text
    page = staff.get(PATH).text
    for text in ("20 July 2016", "29 September 2016", "Publish &lt;b&gt;it&lt;/b&gt;.", "26 days overdue"):
        assert text in page
    assert staff.send(PATH, {"reason": " "}).status_code == 422

    answer = staff.send(PATH, {"reason": "Waiting for <i>data</i>."})
    assert answer.status_code == 303
    for path in (answer.location, "/projects/pathology"):
        shown = staff.get(path).text
        assert "No change since 20 July 2016:" in shown
        assert "Waiting for &lt;i&gt;data&lt;/i&gt;." in shown
    assert "No change since 20 Jul 2016" in staff.get("/projects").text
    assert "Approve</button>" in signed_in(Role.EXECUTIVE).get(answer.location).text.replace("\n", "")
    assert "No change since" not in staff.get("/projects/pathology?as_at=2016-09-25").text


@pytest.mark.usefixtures("pathology")
def test_sent_twice_it_is_said_once_and_the_second_is_told(signed_in: SignIn) -> None:
    first, second = signed_in(Role.STAFF), signed_in(Role.STAFF)
    assert first.send(PATH, {"reason": "Nothing new."}).status_code == 303
    answer = second.send(PATH, {"reason": "Mine."})
    assert answer.status_code == 422
    assert "update for the meeting of 29 September 2016 already" in answer.text
    assert "Mine." in answer.text
    assert f'href="{PATH}"' not in second.get("/projects/pathology").text


@pytest.mark.usefixtures("pathology")
def test_who_may_not_write_may_not_say_so(signed_in: SignIn) -> None:
    viewer = signed_in(Role.VIEWER)
    assert f'href="{PATH}"' not in viewer.get("/projects/pathology").text
    assert viewer.send(PATH, {"reason": "Nothing."}).status_code == 403


def test_where_no_round_is_open_or_nothing_was_said_the_page_says_so(app: Flask, signed_in: SignIn) -> None:
    def within(what: Callable[[], Any]) -> None:
        with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
            what()

    within(lambda: a_strand(name="Pathology"))
    within(lambda: a_round(NEXT_MEETING))
    staff = signed_in(Role.STAFF)
    assert "No round is open" in staff.get(PATH).text
    answer = staff.send(PATH, {"reason": "Nothing."})
    assert "No round is open" in answer.text
    within(a_round)
    assert "no earlier update" in staff.get(PATH).text
    assert staff.get("/projects/none/no-change").status_code == 404
