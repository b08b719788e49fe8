"""The form of an update, as people meet it with and without JavaScript."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role, User
from opprod.core import clock
from opprod.db import db
from opprod.projects.models import Update
from opprod.projects.services import updates as services
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure
from tests.builders.strands import a_strand
from tests.builders.updates import a_draft, a_round, a_submitted_update, achieved, content, promised
from tests.client import Client
from tests.integration.projects.in_force import IN_NEXT_ROUND, NEXT_MEETING
from tests.integration.projects.update_forms import Made, errors, fields_at, fields_on, row, texts
from tests.statements import statements

TODAY = date(2016, 9, 26)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} [[x"

SignIn = Callable[..., Client]


def test_staff_submit_a_promise_and_a_vague_figure_which_are_true_from_today(
    app: Flask, signed_in: SignIn, within: Any
) -> None:
    def make() -> tuple[str, int]:
        strand = a_strand(name="Pathology")
        a_measure(strand, key="visits", unit="trusts")
        a_round()
        return strand.slug, a_user(name="Ann Staff").id

    slug, owner_id = within(make)
    client = signed_in(Role.STAFF)
    started = client.send(f"/projects/{slug}/update")
    assert started.status_code == 303
    edit = started.location
    assert client.send(f"/projects/{slug}/update").location == edit

    sent = {
        **fields_at(client, edit),
        "rag": "amber",
        "rag_reason": "Two trusts are late.",
        **row(0, "progress", "We have visited [[visits]]."),
        **row(1, "next_step", "Visit the rest.", owner_id=owner_id, due_on="31/10/2016"),
        "readings-0-quantity": "c.35",
        "readings-0-source": "Visit log",
        "action": "submit",
    }
    answer = client.post(edit, data=sent)
    assert answer.status_code == 303, errors(answer.text)

    page = client.get(answer.location).text
    for shown in ("We have visited c.35 trusts.", "Visit the rest.", "31 Oct 2016", "Submitted", "Visit log"):
        assert shown in page
    assert "Visit the rest." in client.get("/next-steps").text
    assert "Visit the rest." not in client.get("/next-steps?as_at=2016-09-25").text
    assert client.get(f"{answer.location}?as_at=2016-09-25").status_code == 404


def test_where_a_statement_s_own_figures_come_from_is_kept_and_shown(staff: Client, made: Made) -> None:
    sent = {
        **fields_at(staff, made.edit),
        "rag": "green",
        "rag_reason": "On course.",
        **row(0, "achievement", "Saved £3m.", source="  Ledger, <b>month 5</b> "),
        **row(1, "next_step", "Save 10% more.", owner_id=made.staff_id, due_on="31/10/2016", source="Plan, page 4"),
    }
    refused = staff.post(made.edit, data={**sent, "statements-0-source": "x" * 301, "action": "save"})
    assert refused.status_code == 422
    assert errors(refused.text) == [
        "Statement 1: Source of its figures must be 300 characters or fewer; you have 301"
    ]
    assert staff.post(made.edit, data={**sent, "action": "submit"}).status_code == 303

    for page in (staff.get(made.show).text, staff.get(f"/projects/{made.slug}").text):
        assert "Source: Ledger, &lt;b&gt;month 5&lt;/b&gt;" in page
    revised = fields_at(staff, staff.send(f"/projects/{made.slug}/update").location)
    assert revised["statements-0-source"] == "Ledger, <b>month 5</b>"


def test_the_next_round_begins_with_the_source_of_what_is_still_promised(app: Flask, within: Any) -> None:
    def make() -> list[str | None]:
        strand, owner = a_strand(), a_user()
        a_submitted_update(content(replace(promised(owner, "Save 10%."), source="Plan, page 4")), strand=strand)
        with clock.pinned_to(IN_NEXT_ROUND):
            update = services.start_update(strand=strand, round=a_round(NEXT_MEETING), actor=owner)
            return [statement.source for statement in update.statements]

    assert within(make) == ["Plan, page 4"]


def test_without_javascript_row_buttons_add_move_and_remove_and_lose_nothing(staff: Client, made: Made) -> None:
    sent = fields_at(staff, made.edit)

    def press(action: str, **typed: str) -> str:
        nonlocal sent
        answer = staff.post(made.edit, data={**sent, **typed, "action": action})
        assert answer.status_code == 200
        sent = fields_on(answer.text)
        return answer.text

    press("statements:add-achievement")
    press("statements:add-next_step", **{"statements-0-text": "One"})
    page = press("statements:add-progress", **{"statements-1-text": "Two", "statements-1-due_on": "one day"})
    assert texts(page) == ["One", "Two", ""]
    page = press("statements:up-1", **{"statements-2-text": "Three", "rag_reason": "Because"})
    assert texts(page) == ["Two", "One", "Three"]
    assert sent["statements-0-due_on"] == "one day"
    assert sent["rag_reason"] == "Because"
    page = press("statements:down-1")
    assert texts(page) == ["Two", "Three", "One"]
    page = press("statements:remove-0")
    assert texts(page) == ["Three", "One"]
    assert [sent[f"statements-{n}-kind"] for n in range(2)] == ["progress", "achievement"]

    # Nothing of it was saved until the person says so.
    assert texts(staff.get(made.edit).text) == []
    assert staff.post(made.edit, data={**sent, "action": "save"}).status_code == 303
    assert texts(staff.get(made.edit).text) == ["Three", "One"]


def test_a_draft_may_be_incomplete(staff: Client, made: Made) -> None:
    sent = {**fields_at(staff, made.edit), **row(0, "next_step", "Visit the rest"), "action": "save"}
    assert staff.post(made.edit, data=sent).status_code == 303
    page = staff.get(made.edit).text
    assert "The draft is saved" in page
    assert texts(page) == ["Visit the rest"]


def test_a_draft_may_not_be_malformed_and_keeps_what_was_typed(staff: Client, made: Made) -> None:
    typed = {
        **row(0, "next_step", "See [[nothing]]", due_on="whenever", owner_id="99"),
        "readings-0-quantity": "lots",
        "readings-0-source": HOSTILE,
    }
    answer = staff.post(made.edit, data={**fields_at(staff, made.edit), **typed, "action": "save"})
    assert answer.status_code == 422
    assert errors(answer.text) == [
        "Statement 1: There is no measure called [[nothing]]",
        "Statement 1: Who will do it must be one of the choices shown",
        "Statement 1: Due must be a real day, like 29 September 2016 or 29/9/2016",
        "Reading 1: Enter a value such as £6.2m, £18–20m, c.20, over 1,400 or 40%",
    ]
    again = fields_on(answer.text)
    assert {name: again[name] for name in typed if not name.endswith("owner_id")} == {
        name: value for name, value in typed.items() if not name.endswith("owner_id")
    }
    assert 'data-unsaved-guard="changed"' in answer.text


def test_submitting_tells_all_that_is_missing_at_once(staff: Client, made: Made) -> None:
    sent = {
        **fields_at(staff, made.edit),
        **row(0, "achievement", " "),
        **row(1, "next_step", "Visit", owner_id="", due_on="25/9/2016"),
        "readings-0-quantity": "c.35",
        "action": "submit",
    }
    answer = staff.post(made.edit, data=sent)
    assert answer.status_code == 422
    assert errors(answer.text) == [
        "Choose red, amber or green",
        "Enter the reason for the rating",
        "Statement 2: Choose who will do it",
        "Statement 2: Enter a due day that has not passed: today, 26 September 2016, or later",
        "Reading 1: Enter where the value comes from",
    ]
    assert "<title>Error: Update: Pathology" in answer.text


def test_a_kind_that_no_button_sends_is_refused(staff: Client, made: Made) -> None:
    sent = {**fields_at(staff, made.edit), **row(0, "boast", "We are the best"), "action": "save"}
    answer = staff.post(made.edit, data=sent)
    assert answer.status_code == 422
    assert "lost its kind" in answer.text


def test_text_and_notes_of_any_kind_are_shown_and_never_run(staff: Client, signed_in: SignIn, made: Made) -> None:
    sent = {
        **fields_at(staff, made.edit),
        "rag": "red",
        "rag_reason": HOSTILE,
        **row(0, "achievement", HOSTILE),
        **row(1, "next_step", HOSTILE, owner_id=made.staff_id, due_on="31 October 2016"),
        "readings-0-quantity": "c.35",
        "readings-0-source": HOSTILE,
    }
    assert staff.post(made.edit, data={**sent, "action": "save"}).status_code == 303
    pages = [staff.get(made.edit).text]
    assert staff.post(made.edit, data={**fields_at(staff, made.edit), "action": "submit"}).status_code == 303
    executive = signed_in(Role.EXECUTIVE)
    note = {"note": HOSTILE, "seen": fields_on(executive.get(made.show).text)["seen"]}
    pages += [staff.get(made.show).text, staff.get("/next-steps").text]
    assert executive.send(f"{made.show}/return", note).status_code == 303
    pages += [staff.get(made.edit).text, staff.get(made.show).text]
    for page in pages:
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("size", [10, 300])
def test_an_update_of_many_statements_is_written_saved_submitted_and_read(
    app: Flask, staff: Client, made: Made, size: int
) -> None:
    sent = {**fields_at(staff, made.edit), "rag": "green", "rag_reason": "On course"}
    for n in range(size):
        sent |= (
            row(n, "next_step", f"Step {n}", owner_id=made.staff_id, due_on="31 October 2016")
            if n % 3
            else row(n, "progress", f"Part {n} of [[visits]]")
        )
    assert staff.post(made.edit, data={**sent, "action": "save"}).status_code == 303
    with statements(app) as editing:
        page = staff.get(made.edit).text
    assert len(texts(page)) == size
    assert staff.post(made.edit, data={**fields_on(page), "action": "submit"}).status_code == 303
    with statements(app) as reading:
        page = staff.get(made.show).text
    assert page.count("Step ") >= size // 2
    assert all(f"Part {n} of 20 trusts" in page for n in range(0, size, 3))
    asked = [len([s for s in seen if s.startswith("SELECT")]) for seen in (editing, reading)]
    assert asked[0] <= 25
    assert asked[1] <= 25


def test_what_is_asked_of_the_database_does_not_grow_with_the_statements(
    app: Flask, within: Any, signed_in: SignIn
) -> None:
    def make() -> tuple[int, int]:
        owner = a_user()
        few, many = (
            a_draft(content(*[promised(owner, f"Step {n}") for n in range(size)], achieved())) for size in (3, 60)
        )
        return few.id, many.id

    few, many = within(make)
    client = signed_in(Role.STAFF)
    for path in ("/updates/{}/edit", "/updates/{}"):
        costs = []
        for update_id in (few, many):
            with statements(app) as seen:
                assert client.get(path.format(update_id)).status_code == 200
            costs.append(len(seen))
        assert costs[0] == costs[1], path


def test_more_statements_than_an_update_holds_are_refused_with_a_message(staff: Client, made: Made) -> None:
    sent = fields_at(staff, made.edit)
    for n in range(501):
        sent |= row(n, "progress", f"Part {n}")
    answer = staff.post(made.edit, data={**sent, "action": "save"})
    assert answer.status_code == 422
    assert any("500" in message for message in errors(answer.text))


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, ("the whole statement", "owner and due date")),
        ({"statements-0-text": "Appoint two leads."}, (None, "owner and due date")),
        ({"statements-0-due_on": "1 November 2016"}, ("the whole statement", None)),
        ({"statements-0-owner_id": "another"}, ("the whole statement", None)),
    ],
)
def test_what_is_invented_of_words_and_of_terms_is_noted_while_they_stay(
    staff: Client, made: Made, within: Any, changes: dict[str, str], kept: tuple[str | None, str | None]
) -> None:
    def promise() -> tuple[int, str]:
        notes = {"illustrative": "the whole statement", "terms_illustrative": "owner and due date"}
        step = replace(promised(db.session.get_one(User, made.staff_id)), **notes)
        update = db.session.get_one(Update, made.update_id)
        services.save_update(update=update, content=content(step), version=update.version, actor=a_user())
        services.submit_update(update=update, actor=a_user())
        revision = services.start_update(strand=update.strand, round=update.round, actor=a_user())
        return revision.id, str(a_user().id)

    def notes() -> tuple[str | None, str | None]:
        (step,) = db.session.get_one(Update, revision_id).statements
        return step.illustrative, step.terms_illustrative

    revision_id, another = within(promise)
    edit = f"/updates/{revision_id}/edit"
    typed = {field: another if value == "another" else value for field, value in changes.items()}
    assert staff.post(edit, data={**fields_at(staff, edit), **typed, "action": "save"}).status_code == 303
    assert within(notes) == kept


def test_owners_offered_are_those_who_can_answer_for_a_next_step(staff: Client, made: Made, within: Any) -> None:
    def write() -> None:
        for role in Role:
            a_user(role, name=f"A new {role.value}")
        update = db.session.get_one(Update, made.update_id)
        step = promised(db.session.get_one(User, made.staff_id))
        services.save_update(update=update, content=content(step), version=update.version, actor=a_user())

    within(write)
    page = staff.get(made.edit).text
    offered = {role for role in Role if f">A new {role.value}</option>" in page}
    assert offered == {Role.STAFF, Role.EXECUTIVE, Role.REGIONAL_LEAD}


def test_what_is_invented_is_one_note_on_the_page(staff: Client, made: Made, within: Any) -> None:
    def write() -> None:
        update = db.session.get_one(Update, made.update_id)
        notes = {"illustrative": "the whole statement", "terms_illustrative": "owner"}
        step = replace(promised(db.session.get_one(User, made.staff_id)), **notes)
        services.save_update(update=update, content=content(step), version=update.version, actor=a_user())

    within(write)
    page = staff.get(f"/updates/{made.update_id}").text
    assert page.count(": the whole statement; owner</span>") == 1
