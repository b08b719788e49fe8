"""The pages of meetings."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import unit_of_work
from tests.builders.meetings import BOARD, a_meeting
from tests.client import Client
from tests.statements import statements

SignIn = Callable[..., Client]

TODAY = date(2016, 9, 26)
FORM = {
    "board": BOARD,
    "held_on": "29/9/2016",
    "opens_on": "1 September 2016",
    "updates_due_on": "2016-09-13",
    "updates_reviewed_on": "15/9/2016",
    "paper_drafted_on": "19/9/2016",
    "paper_approved_on": "21/9/2016",
    "paper_due_on": "22 Sep 2016",
}


@pytest.fixture
def meetings(app: Flask) -> Callable[..., list[int]]:
    """Make meetings on given days, and tell their keys."""

    def make(*days: date, **said: Any) -> list[int]:
        with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
            return [a_meeting(day, **said).id for day in days]

    return make


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


def value_of(page: str, field: str) -> str:
    found = re.search(rf'name="{field}"[^>]* value="([^"]*)"', page)
    assert found
    return found.group(1)


def test_before_any_meeting_the_page_says_so_and_lets_managers_arrange_one(signed_in: SignIn) -> None:
    assert "No meeting is arranged" in signed_in(Role.EXECUTIVE).get("/meetings").text
    assert "Arrange a meeting" not in signed_in(Role.VIEWER).get("/meetings").text


def test_the_next_meeting_stands_first_with_the_days_to_go(
    meetings: Callable[..., list[int]], signed_in: SignIn
) -> None:
    meetings(date(2016, 7, 28), illustrative="the day of the meeting", round_illustrative="its three days")
    (september, _) = meetings(date(2016, 9, 29), date(2016, 11, 24), round_illustrative="the day the round opens")
    viewer = signed_in(Role.VIEWER)
    page = viewer.get("/meetings").text
    places = [page.index(text) for text in ("3 days to go", "24 November 2016", "28 July 2016")]
    assert places == sorted(places)
    assert f'href="/meetings/{september}"' in page
    assert "Updates were due on 13 September 2016" in page
    assert "the day of the meeting" in page
    assert "its three days" in page
    assert page.count("the day the round opens") == 2
    assert viewer.get(f"/meetings/{september}").text.count("Illustrative") == 1

    earlier = viewer.get("/meetings?as_at=2016-07-28").text
    assert "today" in earlier
    assert f'href="/meetings/{september}?as_at=2016-07-28"' in earlier
    assert "As at 28 July 2016" in earlier


def test_meetings_held_come_a_page_at_a_time(meetings: Callable[..., list[int]], signed_in: SignIn) -> None:
    meetings(*(date(2013, 1, 3) + timedelta(weeks=8 * number) for number in range(20)))
    viewer = signed_in(Role.VIEWER)
    first, second = (viewer.get(f"/meetings?page={page}").text for page in (1, 2))
    assert [len(re.findall(r'href="/meetings/\d+"', page)) for page in (first, second)] == [12, 8]
    assert viewer.get("/meetings?page=3").status_code == 404


def test_a_meeting_shows_its_round_and_leads_on(meetings: Callable[..., list[int]], signed_in: SignIn) -> None:
    july, september = meetings(date(2016, 7, 28), date(2016, 9, 29))
    staff = signed_in(Role.STAFF).get(f"/meetings/{september}").text
    assert f"<h1>{BOARD}, 29 September 2016</h1>" in staff
    for text in ("3 days to go", "The reporting round is open", "1 September 2016", "Meeting created"):
        assert text in staff
    assert f'href="/papers?meeting={september}"' in staff
    assert f'href="/meetings/{july}"' in staff
    assert "Change this meeting" not in staff
    assert "/papers?meeting" not in signed_in(Role.VIEWER).get(f"/meetings/{september}").text
    assert "Held" in signed_in(Role.VIEWER).get(f"/meetings/{july}").text


@pytest.mark.parametrize("path", ["/meetings/1", "/meetings/0", "/meetings/99999999999999999999", "/meetings/x"])
def test_a_meeting_that_is_not_there_is_not_found(signed_in: SignIn, path: str) -> None:
    assert signed_in(Role.VIEWER).get(path).status_code == 404


def test_a_new_meeting_starts_from_the_usual_days(meetings: Callable[..., list[int]], signed_in: SignIn) -> None:
    executive = signed_in(Role.EXECUTIVE)
    fresh = executive.get("/meetings/new").text
    assert (value_of(fresh, "board"), value_of(fresh, "held_on")) == (BOARD, "21 November 2016")

    meetings(date(2016, 9, 29), board="Productivity Committee")
    page = executive.get("/meetings/new").text
    assert {field: value_of(page, field) for field in FORM} == {
        "board": "Productivity Committee",
        "held_on": "24 November 2016",
        "opens_on": "27 October 2016",
        "updates_due_on": "8 November 2016",
        "updates_reviewed_on": "10 November 2016",
        "paper_drafted_on": "14 November 2016",
        "paper_approved_on": "16 November 2016",
        "paper_due_on": "17 November 2016",
    }


def test_a_meeting_is_arranged_with_days_typed_in_any_usual_way(signed_in: SignIn) -> None:
    executive = signed_in(Role.EXECUTIVE)
    answer = executive.send("/meetings/new", FORM)
    assert answer.status_code == 303
    page = executive.get(answer.location).text
    assert f"The meeting is arranged: {BOARD}, 29 September 2016." in page
    for day in ("13", "15", "19", "21", "22"):
        assert f"{day} September 2016" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"board": ""}, "Enter the name of the Board"),
        ({"held_on": "31/9/2016"}, "Meeting held on must be a real day"),
        ({"held_on": ""}, "Enter the day of the meeting"),
        ({"held_on": "29/9/216"}, "Meeting held on must be a real day"),
        ({"held_on": "29/9/9999"}, "Check the year"),
        ({"paper_due_on": "30/9/2016"}, "The paper must be issued on or before the day of the meeting"),
        ({"paper_drafted_on": "22/9/2016"}, "The paper must be drafted on or before the day it is approved"),
        ({"opens_on": "20/9/2016"}, "The round must open on or before the day updates are due"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    signed_in: SignIn, wrong: dict[str, str], says: str
) -> None:
    executive = signed_in(Role.EXECUTIVE)
    answer = executive.send("/meetings/new", {**FORM, **wrong})
    assert answer.status_code == 422
    ((field, _),) = wrong.items()
    summary = re.search(rf'<a href="#{field}">([^<]*)</a>', answer.text)
    assert summary
    assert says in summary.group(1)
    others = {key: value_of(answer.text, key) for key in FORM if key != field}
    assert others["board" if field != "board" else "held_on"] in {BOARD, "29 September 2016"}
    assert "No meeting is arranged" in executive.get("/meetings").text


def test_hostile_text_in_the_name_of_the_board_is_shown_as_text(signed_in: SignIn) -> None:
    executive = signed_in(Role.EXECUTIVE)
    made = executive.send("/meetings/new", {**FORM, "board": '<script>alert("x")</script>{{7*7}}'})
    for path in (made.location, f"{made.location}/edit", "/meetings", "/meetings/new"):
        page = executive.get(path).text
        assert "<script>alert" not in page
        assert "{{7*7}}" in page
    assert executive.send("/meetings/new", {**FORM, "board": "x" * 121}).status_code == 422


def test_the_second_meeting_of_a_day_is_refused(meetings: Callable[..., list[int]], signed_in: SignIn) -> None:
    meetings(date(2016, 9, 29))
    answer = signed_in(Role.EXECUTIVE).send("/meetings/new", FORM)
    assert answer.status_code == 422
    assert "already meets on 29 September 2016" in answer.text


def test_a_change_is_saved_and_told_in_the_history(meetings: Callable[..., list[int]], signed_in: SignIn) -> None:
    (key,) = meetings(date(2016, 9, 29), illustrative="the Board", round_illustrative="the day updates were due")
    executive = signed_in(Role.EXECUTIVE)
    form = executive.get(f"/meetings/{key}/edit").text
    assert value_of(form, "illustrative") == "the Board"
    assert value_of(form, "round_illustrative") == "the day updates were due"
    answer = executive.send(
        f"/meetings/{key}/edit",
        {
            **FORM,
            "updates_due_on": "12/9/2016",
            "illustrative": "",
            "round_illustrative": "",
            "version": version_on(form),
        },
    )
    assert (answer.status_code, answer.location) == (303, f"/meetings/{key}")
    page = executive.get(answer.location).text
    assert "<ins>2016-09-12</ins>" in page
    assert "Illustrative" not in page.partition("app-history")[0].partition("app-as-at-form")[2]
    assert "is invented" not in executive.get(f"/meetings/{key}/edit").text


def test_a_change_that_does_not_fit_is_refused_at_its_field(
    meetings: Callable[..., list[int]], signed_in: SignIn
) -> None:
    _, key = meetings(date(2016, 7, 28), date(2016, 9, 29))
    executive = signed_in(Role.EXECUTIVE)
    version = version_on(executive.get(f"/meetings/{key}/edit").text)
    answer = executive.send(f"/meetings/{key}/edit", {**FORM, "opens_on": "28/7/2016", "version": version})
    assert answer.status_code == 422
    assert '<a href="#opens_on">The round must open after this Board’s meeting before' in answer.text
    assert value_of(answer.text, "opens_on") == "28 July 2016"


def test_the_second_of_two_editors_sees_both_versions(meetings: Callable[..., list[int]], signed_in: SignIn) -> None:
    (key,) = meetings(date(2016, 9, 29))
    first, second = signed_in(Role.EXECUTIVE), signed_in(Role.EXECUTIVE)
    version = version_on(first.get(f"/meetings/{key}/edit").text)
    # The round alone changes, and that is a change of the meeting.
    first.send(f"/meetings/{key}/edit", {**FORM, "updates_due_on": "12/9/2016", "version": version})

    answer = second.send(f"/meetings/{key}/edit", {**FORM, "updates_due_on": "7/9/2016", "version": version})
    assert answer.status_code == 409
    assert "12 September 2016" in answer.text
    assert "7 September 2016" in answer.text
    assert f'href="/meetings/{key}/edit"' in answer.text
    assert "7 September 2016" not in first.get(f"/meetings/{key}").text


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_form_without_its_version_is_refused(
    meetings: Callable[..., list[int]], signed_in: SignIn, version: str
) -> None:
    (key,) = meetings(date(2016, 9, 29))
    answer = signed_in(Role.EXECUTIVE).send(f"/meetings/{key}/edit", {**FORM, "version": version})
    assert answer.status_code in {409, 422}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.STAFF, Role.REGIONAL_LEAD, Role.VIEWER])
def test_only_those_who_manage_the_programme_change_meetings(
    meetings: Callable[..., list[int]], signed_in: SignIn, role: Role
) -> None:
    (key,) = meetings(date(2016, 9, 29))
    client = signed_in(role)
    for path in ("/meetings/new", f"/meetings/{key}/edit"):
        assert client.get(path).status_code == 403
        assert client.send(path, {**FORM, "version": "1"}).status_code == 403
    assert client.get(f"/meetings/{key}").status_code == 200


def test_the_list_costs_the_same_statements_however_many_meetings(
    app: Flask, meetings: Callable[..., list[int]], signed_in: SignIn
) -> None:
    meetings(date(2016, 7, 28), date(2016, 9, 29), date(2016, 11, 24))
    viewer = signed_in(Role.VIEWER)
    viewer.get("/meetings")
    with statements(app) as for_few:
        viewer.get("/meetings")
    meetings(*(date(2013, 1, 3) + timedelta(weeks=8 * number) for number in range(9)))
    meetings(*(date(2017, 2, 2) + timedelta(weeks=8 * number) for number in range(9)))
    with statements(app) as for_many:
        viewer.get("/meetings")
    assert len(for_few) == len(for_many) <= 12
