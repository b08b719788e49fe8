"""Pages of notes on a plan, and of withdrawing and reinstating it."""

import pytest

from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import NoteKind, Plan, Waiting
from tests.builders.plan_records import a_note
from tests.builders.plans import a_plan, a_service, an_stp
from tests.builders.savings import a_saving
from tests.client import Client
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import words
from tests.integration.plans.recording import HOSTILE, errors, form_at, form_on, recorded


@pytest.fixture
def plan_id(on: On) -> int:
    """North London's plan for the back office."""
    with on():
        return a_plan(service=a_service("Back office"), stp=an_stp(Region.LONDON, name="North London")).id


@pytest.fixture
def lead(lead_of: LeadOf) -> Client:
    return lead_of(Region.LONDON)


def notes(on: On, plan_id: int) -> list[tuple[NoteKind, str]]:
    with on():
        return [(one.kind, one.text) for one in recorded(plan_id).notes]


def test_a_note_is_added(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/notes"
    assert "kind" not in form_at(lead, path)
    assert "kind" not in form_at(lead, f"{path}?kind=nonsense")
    sent = form_at(lead, f"{path}?kind=support")
    assert sent["kind"] == "support"
    answer = lead.send(path, sent | {"text": f"Two analysts {HOSTILE}\r\nfor a month"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}#notes")
    assert notes(on, plan_id) == [(NoteKind.SUPPORT, f"Two analysts {HOSTILE}\nfor a month")]
    assert "<script>alert" not in lead.get(f"/plans/{plan_id}").text


def test_a_note_of_spaces_is_refused(on: On, lead: Client, plan_id: int) -> None:
    path = f"/plans/{plan_id}/notes"
    for blank in ("", "  \r\n ", "\u200b\u00a0"):
        refused = lead.send(path, {"kind": "comment", "text": blank})
        assert refused.status_code == 422
        assert errors(refused.text) == ["Enter the note"]
    refused = lead.send(path, {"text": "x" * 2001})
    assert errors(refused.text) == [
        "Choose the kind of note",
        "Note must be 2,000 characters or fewer; you have 2,001",
    ]
    assert form_on(refused.text)["text"] == "x" * 2001
    assert notes(on, plan_id) == []


def test_a_note_is_withdrawn_for_a_reason_and_once(on: On, lead: Client, plan_id: int) -> None:
    with on():
        note = a_note(db.session.get_one(Plan, plan_id), "Waits for capital").id
    path = f"/plans/{plan_id}/notes/{note}/withdraw"
    assert "Note Waits for capital" in words(lead.get(path).text)
    assert errors(lead.send(path, {"reason": " "}).text) == ["Enter the reason the note is withdrawn"]
    answer = lead.send(path, {"reason": "It came"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}#notes")
    assert notes(on, plan_id) == []
    for again in (lead.get(path), lead.send(path, {"reason": "Again"})):
        assert again.status_code == 422
        assert "This note was withdrawn on 26 September 2016." in again.text


def test_a_note_of_another_plan_is_not_found_here(on: On, lead: Client, plan_id: int) -> None:
    with on():
        other = a_note(a_plan(Region.SOUTH), "Theirs").id
    for answer in (
        lead.get(f"/plans/{plan_id}/notes/{other}/withdraw"),
        lead.send(f"/plans/{plan_id}/notes/{other}/withdraw", {"reason": "x"}),
    ):
        assert answer.status_code == 404
        assert "Theirs" not in answer.text


def test_a_plan_is_withdrawn_and_reinstated(on: On, lead: Client, plan_id: int) -> None:
    withdraw, reinstate = f"/plans/{plan_id}/withdraw", f"/plans/{plan_id}/reinstate"
    for answer in (lead.get(reinstate), lead.send(reinstate, {"reason": "x"})):
        assert answer.status_code == 422
        assert "This plan is not withdrawn." in answer.text
    assert errors(lead.send(withdraw, {"reason": " \n"}).text) == ["Enter the reason it is withdrawn"]
    answer = lead.send(withdraw, {"reason": f"Merged {HOSTILE}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}")
    page = lead.get(f"/plans/{plan_id}").text
    assert "North London: Back office is withdrawn." in words(page)
    with on():
        assert recorded(plan_id).withdrawn_reason == f"Merged {HOSTILE}"
        assert db.session.get_one(Plan, plan_id).waits_for is Waiting.NOBODY

    page = lead.get(reinstate).text
    assert f"Why Merged {HOSTILE}" in words(page)
    assert "<script>alert" not in page
    assert errors(lead.send(reinstate, {"reason": ""}).text) == ["Enter the reason it is reinstated"]
    assert lead.send(reinstate, {"reason": "Parted"}).status_code == 303
    with on():
        assert not recorded(plan_id).withdrawn
        assert db.session.get_one(Plan, plan_id).waits_for is Waiting.REGION


def test_a_plan_in_which_savings_of_others_are_counted_says_so_and_stands(on: On, lead: Client, plan_id: int) -> None:
    with on():
        plan = db.session.get_one(Plan, plan_id)
        line = a_saving(plan, "£2m")
        pathology = a_service("Pathology")
        other = db.session.query(Plan).filter_by(stp_id=plan.stp_id, service_id=pathology.id).one()
        a_saving(other, "£1m", counted_in_id=line.id)
    refused = lead.send(f"/plans/{plan_id}/withdraw", {"reason": "Merged"})
    assert refused.status_code == 422
    assert "Savings of other plans are counted in this plan" in words(refused.text)
    assert form_on(refused.text)["reason"] == "Merged"
    with on():
        assert not recorded(plan_id).withdrawn
