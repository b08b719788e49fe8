"""The pages of next steps, as people meet them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.accounts.queries import user
from opprod.core import clock
from opprod.db import db
from opprod.projects.models import Outcome, Strand
from opprod.projects.queries.next_steps import next_step
from opprod.projects.services.next_steps import record_outcome
from opprod.projects.services.updates import return_update
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_next_step, a_submitted_update, content, promised
from tests.client import Client
from tests.integration.projects.update_forms import errors, fields_on
from tests.statements import statements

SignIn = Callable[..., Client]

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }}"
PROMISED_ON = date(2016, 9, 12)


@pytest.fixture
def path(within: Any) -> str:
    """The page of a promise made two weeks ago, due on 20 September, which has passed."""

    def make() -> str:
        with clock.pinned_to(PROMISED_ON):
            step = a_next_step(a_strand(name="Pathology"), text="Appoint the lead.", due_on=date(2016, 9, 20))
            return f"/next-steps/{step.id}"

    return within(make)


def client_of(app: Flask, email: str) -> Client:
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(email)
    return client


def answered(client: Client, path: str, **changes: str) -> Any:
    sent = {**fields_on(client.get(path).text), **changes}
    return client.post(f"{path}/outcome", data=sent)


def test_an_overdue_promise_says_by_how_much_in_words(signed_in: SignIn, path: str) -> None:
    client = signed_in(Role.VIEWER)
    assert "6 days overdue" in client.get("/next-steps?state=overdue").text
    page = client.get(path).text
    assert "6 days overdue" in page
    assert "Record the outcome" not in page
    assert "5 days overdue" in client.get(f"{path}?as_at=2016-09-25").text
    assert "due in 4 days" in client.get(f"{path}?as_at=2016-09-16").text.lower()
    assert client.get(f"{path}?as_at=2016-09-11").status_code == 404


def test_a_slip_is_recorded_corrected_and_withdrawn(signed_in: SignIn, path: str) -> None:
    client = signed_in(Role.STAFF)
    refused = answered(client, path, outcome="slipped", new_due_on="1/9/2016", note="Interviews took longer")
    assert refused.status_code == 422
    assert errors(refused.text) == ["Enter a new due day after 20 September 2016, when it was due"]
    assert "Interviews took longer" in refused.text

    slip = {"outcome": "slipped", "new_due_on": "31/12/2016", "note": "Interviews took longer"}
    assert answered(client, path, **slip).status_code == 303
    page = client.get(path).text
    for shown in (
        "Slipped to 31 December 2016",
        "Interviews took longer",
        "Due in 96 days",
        "moved from 20 September",
    ):
        assert shown in page
    assert client.get("/next-steps?state=overdue").text.count("Appoint the lead.") == 0
    assert "6 days overdue" not in page

    assert answered(client, path, outcome="achieved", note="").status_code == 303
    assert "Appoint the lead." in client.get("/next-steps?state=closed").text
    assert "Appoint the lead." not in client.get("/next-steps").text

    outcome_id = fields_on(client.get(path).text)["seen"]
    withdraw = f"{path}/outcomes/{outcome_id}/withdraw"
    refused = client.send(withdraw, {"reason": " "})
    assert errors(refused.text) == ["Enter why it is withdrawn"]
    assert client.send(withdraw, {"reason": "Not signed"}).status_code == 303
    assert "Appoint the lead." in client.get("/next-steps").text
    assert client.send(withdraw, {"reason": "Not signed"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Choose an outcome"),
        ({"outcome": "dropped"}, "Enter the reason it was dropped"),
        ({"outcome": "slipped", "note": "Late"}, "Enter the new due day"),
        ({"outcome": "achieved", "effective_on": ""}, "Enter the day this is true from"),
        ({"outcome": "achieved", "effective_on": "27/9/2016"}, "Enter a day up to today, 26 September 2016"),
        (
            {"outcome": "achieved", "effective_on": "soon"},
            "From must be a real day, like 29 September 2016 or 29/9/2016",
        ),
    ],
)
def test_what_is_missing_is_asked_for(signed_in: SignIn, path: str, changes: dict[str, str], message: str) -> None:
    answer = answered(signed_in(Role.STAFF), path, **changes)
    assert answer.status_code == 422
    assert errors(answer.text) == [message]


def test_the_second_of_two_answers_is_shown_beside_the_first(signed_in: SignIn, path: str) -> None:
    mine, theirs = signed_in(Role.STAFF), signed_in(Role.EXECUTIVE)
    sent = fields_on(mine.get(path).text)
    assert answered(theirs, path, outcome="continuing", note="Still at it").status_code == 303
    answer = mine.post(f"{path}/outcome", data={**sent, "outcome": "achieved", "note": "All done"})
    assert answer.status_code == 409
    assert "Still at it" in answer.text
    assert "All done" in answer.text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR])
def test_others_read_and_do_not_answer(signed_in: SignIn, path: str, role: Role) -> None:
    staff, client = signed_in(Role.STAFF), signed_in(role)
    assert answered(staff, path, outcome="continuing").status_code == 303
    standing = fields_on(staff.get(path).text)["seen"]
    page = client.get(path)
    assert page.status_code == 200
    assert "Record the outcome" not in page.text
    assert client.send(f"{path}/outcome", {"outcome": "achieved"}).status_code == 403
    assert client.send(f"{path}/outcomes/{standing}/withdraw", {"reason": "x"}).status_code == 403
    assert fields_on(staff.get(path).text)["seen"] == standing


def test_a_regional_lead_answers_for_a_promise_of_their_own_while_it_is_theirs(app: Flask, within: Any) -> None:
    def make() -> tuple[str, str]:
        lead = a_user(Role.REGIONAL_LEAD)
        update = a_submitted_update(content(promised(lead)))
        return lead.email, f"/next-steps/{update.statements[0].next_step_id}"

    def give_to_another() -> None:
        before = next_step(int(path.rpartition("/")[2]))
        strand = db.session.get_one(Strand, before.strand_id)
        a_submitted_update(content(promised(a_user(), next_step_id=before.id)), strand=strand)

    email, path = within(make)
    client = client_of(app, email)
    assert answered(client, path, outcome="continuing", note="Two trusts to go").status_code == 303
    page = client.get(path).text
    assert "Two trusts to go" in page
    withdraw = f"{path}/outcomes/{fields_on(page)['seen']}/withdraw"
    assert client.send(withdraw, {"reason": "Wrong step"}).status_code == 303

    within(give_to_another)
    assert "Record the outcome" not in client.get(path).text
    assert client.send(f"{path}/outcome", {"outcome": "achieved"}).status_code == 403


def test_what_was_promised_by_an_update_returned_is_answered_for_by_no_regional_lead(app: Flask, within: Any) -> None:
    def make() -> tuple[str, str]:
        lead = a_user(Role.REGIONAL_LEAD)
        update = a_submitted_update(content(promised(lead)))
        path = f"/next-steps/{update.statements[0].next_step_id}"
        return_update(update=update, note="Say more", actor=a_user(Role.EXECUTIVE))
        return lead.email, path

    email, path = within(make)
    assert client_of(app, email).send(f"{path}/outcome", {"outcome": "achieved"}).status_code == 403


def test_notes_of_any_kind_are_shown_and_never_run(signed_in: SignIn, path: str) -> None:
    client = signed_in(Role.STAFF)
    assert answered(client, path, outcome="continuing", note=HOSTILE).status_code == 303
    page = client.get(path).text
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_list_is_narrowed_and_a_filter_that_cannot_be_used_is_left_out(
    signed_in: SignIn, within: Any, path: str
) -> None:
    def make() -> tuple[int, int]:
        owner = a_user(name="Estates lead")
        update = a_submitted_update(content(promised(owner, "Find rooms")), strand=a_strand(name="Estates"))
        return update.strand_id, owner.id

    strand_id, owner_id = within(make)
    client = signed_in(Role.VIEWER)
    for query in (f"strand={strand_id}", f"owner={owner_id}", f"strand={strand_id}&owner={owner_id}&state=all"):
        page = client.get(f"/next-steps?{query}").text
        assert "Find rooms" in page
        assert "Appoint the lead." not in page
    assert "No next steps match" in client.get(f"/next-steps?strand={strand_id}&state=overdue").text
    for query in ("state=nothing", "strand=x", "owner=99999999999999999999", "strand=-1"):
        page = client.get(f"/next-steps?{query}")
        assert page.status_code == 200
        assert "Find rooms" in page.text
    assert client.get("/next-steps?page=2").status_code == 404
    assert client.get("/next-steps?page=x").status_code == 404


def test_a_long_list_comes_in_pages_at_the_same_cost(app: Flask, signed_in: SignIn, within: Any) -> None:
    owner_id = within(lambda: a_user().id)
    client = signed_in(Role.VIEWER)

    def promise(size: int) -> None:
        owner = user(owner_id)
        a_submitted_update(content(*[promised(owner, f"Step {n}") for n in range(size)]))

    costs = []
    for size in (3, 60):
        within(partial(promise, size))
        with statements(app) as seen:
            page = client.get("/next-steps").text
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert "Showing 1 to 50 of 63" in page
    assert "Showing 51 to 63 of 63" in client.get("/next-steps?page=2").text


def test_addresses_of_nothing_are_not_found(signed_in: SignIn, path: str) -> None:
    client = signed_in(Role.STAFF)
    for number in ("999", "99999999999999999999"):
        assert client.get(f"/next-steps/{number}").status_code == 404
        assert client.send(f"/next-steps/{number}/outcome").status_code == 404
        assert client.send(f"{path}/outcomes/{number}/withdraw").status_code == 404
    assert client.get(f"{path}/outcome").status_code == 405


def test_an_outcome_of_another_next_step_is_not_withdrawn_here(signed_in: SignIn, within: Any, path: str) -> None:
    def make() -> int:
        step = a_next_step()
        entry = record_outcome(
            next_step=step,
            outcome=Outcome.ACHIEVED,
            note=None,
            new_due_on=None,
            effective_on=clock.today(),
            actor=a_user(),
        )
        return entry.id

    other = within(make)
    assert signed_in(Role.STAFF).send(f"{path}/outcomes/{other}/withdraw", {"reason": "x"}).status_code == 404
