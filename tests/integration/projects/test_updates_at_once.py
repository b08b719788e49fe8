"""Two people at one update, and forms that come too late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from flask import Flask

from opprod.accounts import Role
from opprod.db import db
from opprod.projects.models import Update
from opprod.projects.queries import updates as queries
from opprod.projects.queries.next_steps import open_next_steps
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_round
from tests.client import Client
from tests.integration.projects.update_forms import Made, fields_at, row, texts

TODAY = date(2016, 9, 26)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} [[x"

SignIn = Callable[..., Client]


def test_the_second_writer_sees_what_both_wrote(staff: Client, signed_in: SignIn, made: Made) -> None:
    other = signed_in(Role.STAFF)
    mine, theirs = fields_at(staff, made.edit), fields_at(other, made.edit)
    first = {**theirs, "rag": "green", **row(0, "achievement", "As they wrote it"), "action": "save"}
    assert other.post(made.edit, data=first).status_code == 303

    second = {
        **mine,
        "rag": "red",
        **row(0, "next_step", "As I wrote it", owner_id=made.staff_id, due_on="31/10/2016"),
        "readings-0-quantity": "c.35",
        "readings-0-source": "Visit log",
        "action": "save",
    }
    answer = staff.post(made.edit, data=second)
    assert answer.status_code == 409
    for shown in (
        "As they wrote it",
        "As I wrote it",
        "Ann Staff",
        "31 October 2016",
        "c.35",
        "Visit log",
        "Green",
        "Red",
    ):
        assert shown in answer.text
    assert texts(staff.get(made.edit).text) == ["As they wrote it"]


def test_saving_twice_or_submitting_twice_is_doing_it_once(staff: Client, made: Made, within: Any) -> None:
    sent = {
        **fields_at(staff, made.edit),
        "rag": "green",
        "rag_reason": "On course",
        **row(0, "next_step", "Visit the rest", owner_id=made.staff_id, due_on="31/10/2016"),
        "readings-0-quantity": "c.35",
        "readings-0-source": "Visit log",
    }
    for action in ("save", "save", "submit", "submit"):
        assert staff.post(made.edit, data={**sent, "action": action}).status_code == 303, action
    assert within(lambda: len(open_next_steps(TODAY))) == 1
    assert within(lambda: len(queries.status_history(db.session.get_one(Update, made.update_id), TODAY))) == 2


def test_a_form_that_comes_after_the_update_was_submitted_is_refused_and_kept(
    staff: Client, signed_in: SignIn, made: Made
) -> None:
    stale = fields_at(staff, made.edit)
    other = signed_in(Role.STAFF)
    whole = {**fields_at(other, made.edit), "rag": "green", "rag_reason": "Fine", **row(0, "achievement", "Signed")}
    assert other.post(made.edit, data={**whole, "action": "submit"}).status_code == 303

    for action in ("save", "submit"):
        answer = staff.post(made.edit, data={**stale, **row(0, "progress", "My own words"), "action": action})
        assert answer.status_code == 409
        assert "can no longer be changed" in answer.text
        assert "My own words" in answer.text
        assert "Signed" in answer.text
    assert staff.get(made.edit).status_code == 302


def test_an_update_whose_meeting_was_held_says_so_and_keeps_what_was_typed(
    app: Flask, made: Made, settings: Any
) -> None:
    object.__setattr__(settings, "today", date(2016, 9, 30))
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(made.staff)
    assert "has been held" in client.get(made.edit).text
    whole = {**fields_at(client, made.edit), "rag": "green", "rag_reason": "Fine", **row(0, "achievement", "Signed")}
    answer = client.post(made.edit, data={**whole, "action": "submit"})
    assert answer.status_code == 422
    assert "was held on 29 September 2016" in answer.text
    assert texts(answer.text) == ["Signed"]


def test_where_no_round_is_open_the_page_says_so(signed_in: SignIn, within: Any) -> None:
    slug = within(lambda: a_strand().slug)
    client = signed_in(Role.STAFF)
    answer = client.send(f"/projects/{slug}/update", follow_redirects=True)
    assert "No round is open for updates today" in answer.text


def test_discarding_asks_first_and_leaves_the_words_on_record(staff: Client, made: Made) -> None:
    staff.post(made.edit, data={**fields_at(staff, made.edit), **row(0, "achievement", "Signed"), "action": "save"})
    assert "Discard this draft?" in staff.get(f"{made.show}/discard").text
    assert staff.send(f"{made.show}/discard").location == f"/projects/{made.slug}"
    assert staff.send(f"{made.show}/discard").status_code == 303
    page = staff.get(made.show).text
    assert "Discarded" in page
    assert "Signed" in page


def test_of_many_who_start_or_submit_at_once_one_does(app: Flask, within: Any, signed_in: SignIn) -> None:
    def make() -> tuple[str, int]:
        a_round()
        return a_strand().slug, a_user().id

    slug, owner_id = within(make)
    clients = [signed_in(Role.STAFF) for _ in range(4)]
    with ThreadPoolExecutor(len(clients)) as pool:
        started = list(pool.map(lambda client: client.send(f"/projects/{slug}/update"), clients))
    (edit,) = {answer.location for answer in started}

    forms = [
        {
            **fields_at(client, edit),
            "rag": "green",
            "rag_reason": "On course",
            **row(0, "next_step", "Visit the rest", owner_id=owner_id, due_on="31/10/2016"),
            "action": "submit",
        }
        for client in clients
    ]
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda pair: pair[0].post(edit, data=pair[1]), zip(clients, forms, strict=True)))
    assert [answer.status_code for answer in answers] == [303] * len(clients)
    assert within(lambda: len(open_next_steps(TODAY))) == 1


def test_a_form_that_comes_too_late_and_cannot_be_read_is_kept_too(staff: Client, made: Made) -> None:
    whole = {**fields_at(staff, made.edit), "rag": "green", "rag_reason": "Fine", **row(0, "achievement", "Signed")}
    staff.post(made.edit, data={**whole, "action": "submit"})
    late = {**whole, **row(0, "next_step", "Go on", due_on="whenever"), "action": "submit"}
    answer = staff.post(made.edit, data=late)
    assert answer.status_code == 409
    assert "whenever" in answer.text
