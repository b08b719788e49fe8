"""Reading an update and deciding on it, as people meet it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import db
from opprod.projects.models import Status, Strand, Update
from opprod.projects.queries import updates as queries
from opprod.projects.queries.statements import published_statements
from opprod.projects.services import updates as services
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_draft, a_round, a_submitted_update, achieved, content, promised
from tests.client import Client
from tests.integration.projects.update_forms import Made, errors, fields_at, fields_on, row, texts

TODAY = date(2016, 9, 26)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} [[x"

SignIn = Callable[..., Client]


def status_of(update_id: int) -> Status:
    return queries.status_of(db.session.get_one(Update, update_id), TODAY).status


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR])
def test_a_draft_is_not_to_be_found_by_those_who_do_not_write(role: Role, signed_in: SignIn, made: Made) -> None:
    client = signed_in(role)
    assert client.get(made.show).status_code == 404
    assert client.get(made.edit).status_code == 403
    assert client.send(made.edit, {"action": "save"}).status_code == 403


def test_what_is_submitted_is_read_by_all_and_its_drafts_are_not(signed_in: SignIn, within: Any) -> None:
    def make() -> int:
        update = a_draft(content(achieved("A first attempt")))
        services.save_update(
            update=update, content=content(achieved("The final words")), version=update.version, actor=a_user()
        )
        return services.submit_update(update=update, actor=a_user()).id

    update_id = within(make)
    page = signed_in(Role.VIEWER).get(f"/updates/{update_id}")
    assert page.status_code == 200
    assert "The final words" in page.text
    assert "A first attempt" not in page.text
    assert "A first attempt" in signed_in(Role.STAFF).get(f"/updates/{update_id}").text


def test_an_executive_returns_it_with_a_note_and_then_approves_it(
    staff: Client, signed_in: SignIn, within: Any, made: Made
) -> None:
    executive = signed_in(Role.EXECUTIVE)
    whole = {**fields_at(staff, made.edit), "rag": "green", "rag_reason": "Fine", **row(0, "achievement", "Signed")}
    staff.post(made.edit, data={**whole, "action": "submit"})
    page = executive.get(made.show).text
    assert "Approve" in page
    seen = fields_on(page)["seen"]

    refused = executive.send(f"{made.show}/return", {"note": " ", "seen": seen})
    assert refused.status_code == 422
    assert errors(refused.text) == ["Enter what needs to change"]
    assert executive.send(f"{made.show}/return", {"note": "Say when", "seen": seen}).status_code == 303
    assert "Say when" in staff.get(made.edit).text
    assert within(lambda: published_statements(TODAY)) == {}

    again = {**fields_at(staff, made.edit), **row(0, "achievement", "Signed on Monday"), "action": "submit"}
    assert staff.post(made.edit, data=again).status_code == 303
    assert executive.send(f"{made.show}/approve", {"seen": seen}).status_code == 409
    seen = fields_on(executive.get(made.show).text)["seen"]
    for _ in range(2):
        assert executive.send(f"{made.show}/approve", {"seen": seen}).status_code == 303
    assert within(lambda: status_of(made.update_id)) is Status.APPROVED


def test_an_executive_does_not_approve_their_own(client: Client, within: Any) -> None:
    def make() -> tuple[str, int]:
        writer = a_user(Role.EXECUTIVE)
        return writer.email, a_submitted_update(writer=writer).id

    email, update_id = within(make)
    client.sign_in(email)
    page = client.get(f"/updates/{update_id}").text
    assert f"/updates/{update_id}/approve" not in page
    assert "somebody else approves it" in page
    seen = fields_on(page)["seen"]
    assert client.send(f"/updates/{update_id}/approve", {"seen": seen}).status_code == 403


def test_a_page_as_at_a_day_before_a_return_shows_what_stood_then(app: Flask, signed_in: SignIn, within: Any) -> None:
    def make() -> int:
        with clock.pinned_to(date(2016, 9, 20)):
            update = a_submitted_update(content(achieved("As first said"), reason="First reason"))
        services.return_update(update=update, note="Say more", actor=a_user(Role.EXECUTIVE))
        better = content(achieved("As said better"), reason="Second reason")
        services.save_update(update=update, content=better, version=update.version, actor=a_user())
        return services.submit_update(update=update, actor=a_user()).id

    path = f"/updates/{within(make)}"
    client = signed_in(Role.VIEWER)
    then, now = client.get(f"{path}?as_at=2016-09-21").text, client.get(path).text
    assert ("As first said" in then, "First reason" in then, "As said better" in then) == (True, True, False)
    assert ("As said better" in now, "Second reason" in now, "As first said" in now) == (True, True, False)


def test_revising_starts_a_new_number(staff: Client, made: Made) -> None:
    whole = {**fields_at(staff, made.edit), "rag": "green", "rag_reason": "Fine", **row(0, "achievement", "Signed")}
    staff.post(made.edit, data={**whole, "action": "submit"})
    assert "Revise" in staff.get(made.show).text
    started = staff.send(f"/projects/{made.slug}/update")
    assert started.location != made.edit
    assert texts(staff.get(started.location).text) == ["Signed"]


def test_a_draft_shows_the_due_days_it_would_give_and_not_those_that_hold(signed_in: SignIn, within: Any) -> None:
    def make() -> int:
        first = a_submitted_update(content(promised(a_user())))
        second = services.start_update(strand=first.strand, round=first.round, actor=a_user())
        moved = promised(a_user(), due_on=date(2016, 11, 30), next_step_id=second.statements[0].next_step_id)
        services.save_update(update=second, content=content(moved), version=second.version, actor=a_user())
        return second.id

    page = signed_in(Role.STAFF).get(f"/updates/{within(make)}").text
    assert "30 Nov 2016" in page
    assert "31 Oct 2016" not in page


def test_addresses_of_nothing_are_not_found(signed_in: SignIn) -> None:
    client = signed_in(Role.EXECUTIVE)
    for number in ("999", "99999999999999999999"):
        for path in ("", "/edit", "/discard"):
            assert client.get(f"/updates/{number}{path}").status_code == 404
        for path in ("/edit", "/discard", "/approve", "/return"):
            assert client.send(f"/updates/{number}{path}", {"note": "x"}).status_code == 404
    assert client.send("/projects/nothing/update").status_code == 404
    assert client.send("/workstreams/nothing/update").status_code == 404
    assert client.get("/projects/nothing/update").status_code == 405


def test_strands_of_each_kind_have_their_own_address(signed_in: SignIn, within: Any) -> None:
    def make() -> str:
        a_round()
        strand: Strand = a_strand()
        return strand.slug

    slug = within(make)
    client = signed_in(Role.STAFF)
    assert client.send(f"/workstreams/{slug}/update").status_code == 404
    assert client.send(f"/projects/{slug}/update").status_code == 303
