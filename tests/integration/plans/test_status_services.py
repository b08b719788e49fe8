"""Notes on plans; withdrawing and reinstating plans, and what a withdrawn one refuses."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from opprod.accounts import Role
from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotAllowed, WrongState
from opprod.core.regions import Region
from opprod.plans.models import Category, NoteKind, Plan, Waiting
from opprod.plans.queries.records import note, record_of
from opprod.plans.queries.status import status_of
from opprod.plans.services.notes import add_note, withdraw_note
from opprod.plans.services.records import record_trust_category
from opprod.plans.services.status import ensure_stands, reinstate_plan, withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plan_records import (
    a_deliverable,
    a_note,
    a_scope,
    a_submission,
    now,
    some_deliverables,
    some_figures,
)
from tests.builders.plans import a_lead, a_plan, a_service, a_trust, an_stp
from tests.builders.savings import a_saving
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

LAST_WEEK = TODAY - timedelta(days=6)


def a_withdrawn_plan(region: Region = Region.LONDON) -> Plan:
    plan = a_plan(region)
    with clock.pinned_to(LAST_WEEK):
        withdraw_plan(plan=plan, reason="Merged into another", actor=a_lead(region))
    return plan


def test_a_note_is_kept_as_it_was_written_and_can_be_withdrawn_for_a_reason() -> None:
    plan, lead = a_plan(), a_lead()
    with clock.pinned_to(LAST_WEEK):
        held = add_note(plan=plan, kind=NoteKind.SUPPORT, text=" Two analysts\nfor a month ", actor=lead)
    assert [(one.kind, one.text, one.recorded_by) for one in now(plan).notes] == [
        (NoteKind.SUPPORT, "Two analysts\nfor a month", lead.name)
    ]
    withdraw_note(note=held, reason="They came", actor=a_user(Role.STAFF))
    assert now(plan).notes == ()
    assert len(record_of(plan, LAST_WEEK).notes) == 1
    assert latest_about(plan, limit=1)[0].changes == {
        "Support asked for": ["Two analysts\nfor a month", None],
        "reason": [None, "They came"],
    }
    with pytest.raises(WrongState, match="withdrawn already"):
        withdraw_note(note=note(plan, held.id), reason="Again", actor=lead)


@pytest.mark.parametrize(
    ("text", "message"), [("", "Enter the note"), (" \n\t ", "Enter the note"), ("x" * 2001, "2,000 characters")]
)
def test_a_note_that_says_nothing_or_too_much_is_refused(text: str, message: str) -> None:
    plan = a_plan()
    with pytest.raises(InvalidInput, match=message) as refusal:
        add_note(plan=plan, kind=NoteKind.COMMENT, text=text, actor=a_lead())
    assert refusal.value.field == "text"
    assert now(plan).notes == ()


@pytest.mark.parametrize(
    ("reason", "message"), [("  ", "Enter the reason"), ("x" * 1001, "1,000 characters or fewer")]
)
def test_a_note_is_not_withdrawn_without_a_good_reason(reason: str, message: str) -> None:
    plan = a_plan()
    held = a_note(plan)
    with pytest.raises(InvalidInput, match=message) as refusal:
        withdraw_note(note=held, reason=reason, actor=a_lead())
    assert refusal.value.field == "reason"
    assert len(now(plan).notes) == 1


def test_a_withdrawn_plan_waits_for_nobody_and_a_reinstated_one_for_its_region() -> None:
    plan, lead = a_plan(), a_lead()
    plan.waits_for = Waiting.CENTRE
    withdraw_plan(plan=plan, reason=" Merged ", actor=lead)
    status = status_of(plan, TODAY)
    assert status
    assert (status.withdrawn, status.reason, plan.waits_for) == (True, "Merged", Waiting.NOBODY)
    assert latest_about(plan, limit=1)[0].event is Event.PLAN_WITHDRAWN
    with pytest.raises(WrongState, match=r"withdrawn on 26 September 2016\. Reinstate it first"):
        withdraw_plan(plan=plan, reason="Again", actor=lead)

    reinstate_plan(plan=plan, reason="Parted", actor=lead)
    status = status_of(plan, TODAY)
    assert status
    assert (status.withdrawn, plan.waits_for) == (False, Waiting.REGION)
    assert latest_about(plan, limit=1)[0].event is Event.PLAN_REINSTATED
    with pytest.raises(WrongState, match="This plan is not withdrawn"):
        reinstate_plan(plan=plan, reason="Again", actor=lead)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_plan_is_neither_withdrawn_nor_reinstated_without_a_good_reason(reason: str) -> None:
    plan, withdrawn = a_plan(), a_withdrawn_plan()
    with pytest.raises(InvalidInput) as refusal:
        withdraw_plan(plan=plan, reason=reason, actor=a_lead())
    assert refusal.value.field == "reason"
    with pytest.raises(InvalidInput):
        reinstate_plan(plan=withdrawn, reason=reason, actor=a_lead())
    assert (now(plan).withdrawn, now(withdrawn).withdrawn) == (False, True)


def test_a_plan_in_which_others_are_counted_is_not_withdrawn() -> None:
    stp = an_stp(name="Dorset")
    pathology, back_office = (a_plan(service=a_service(name), stp=stp) for name in ("Pathology", "Back office"))
    line = a_saving(pathology, "£2m")
    a_saving(back_office, "£1m", counted_in_id=line.id)
    with pytest.raises(WrongState, match=r"Savings of other plans are counted in this plan: line .*Back office"):
        withdraw_plan(plan=pathology, reason="Merged", actor=a_lead())
    assert not now(pathology).withdrawn
    withdraw_plan(plan=back_office, reason="Merged", actor=a_lead())
    assert now(back_office).withdrawn


RECORDINGS: dict[str, Callable[[Plan], object]] = {
    "submission": a_submission,
    "scope": a_scope,
    "deliverables": lambda plan: some_deliverables(plan, a_deliverable()),
    "figures": lambda plan: some_figures(plan, capital="£2m"),
    "note": a_note,
    "withdrawing a note": lambda plan: withdraw_note(
        note=note(plan, now(plan).notes[0].id), reason="Done", actor=a_user()
    ),
    "category of a trust": lambda plan: record_trust_category(
        plan=plan, trust_id=now(plan).trusts[0].id, category=Category.A, reason="x", seen=None, actor=a_user()
    ),
}


@pytest.mark.parametrize("recording", RECORDINGS)
def test_nothing_is_recorded_of_a_withdrawn_plan(recording: str) -> None:
    stp = an_stp()
    plan = a_plan(stp=stp)
    a_note(plan)
    a_scope(plan, trusts=[a_trust(stp)], functions=["finance"])
    with clock.pinned_to(LAST_WEEK):
        withdraw_plan(plan=plan, reason="Merged", actor=a_user())
    before = now(plan)
    with pytest.raises(WrongState, match=r"This plan was withdrawn on 20 September 2016\. Reinstate it first\."):
        RECORDINGS[recording](plan)
    assert now(plan) == before
    reinstate_plan(plan=plan, reason="Parted", actor=a_user())
    if recording != "category of a trust":
        RECORDINGS[recording](plan)
        assert now(plan) != before


def test_a_plan_stands_on_the_days_on_which_it_was_not_withdrawn() -> None:
    plan = a_withdrawn_plan()
    ensure_stands(plan, LAST_WEEK - timedelta(days=1))
    for day in (None, LAST_WEEK):
        with pytest.raises(WrongState):
            ensure_stands(plan, day)


def test_those_who_may_not_record_neither_note_nor_withdraw() -> None:
    plan, withdrawn = a_plan(Region.LONDON), a_withdrawn_plan(Region.LONDON)
    held = a_note(plan)
    for person in (a_lead(Region.NORTH), a_user(Role.VIEWER), a_user(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            add_note(plan=plan, kind=NoteKind.COMMENT, text="x", actor=person)
        with pytest.raises(NotAllowed):
            withdraw_note(note=held, reason="x", actor=person)
        with pytest.raises(NotAllowed):
            withdraw_plan(plan=plan, reason="x", actor=person)
        with pytest.raises(NotAllowed):
            reinstate_plan(plan=withdrawn, reason="x", actor=person)
    assert len(now(plan).notes) == 1
