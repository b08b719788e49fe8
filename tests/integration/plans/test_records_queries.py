"""What a plan said of itself on a day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask

from opprod import history
from opprod.accounts import services as accounts
from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.core.regions import Region
from opprod.db import db
from opprod.organisations.models import Stp, StpName, TrustName
from opprod.plans.models import (
    Category,
    DeliverableState,
    Element,
    FigureKind,
    NoteKind,
    Plan,
    SubmissionState,
)
from opprod.plans.queries.recorded import NOTES_SHOWN
from opprod.plans.queries.records import note, record_of, trust_names, trusts_with
from opprod.plans.services.notes import withdraw_note
from opprod.plans.services.status import reinstate_plan, withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plan_records import (
    RECEIVED_ON,
    a_deliverable,
    a_note,
    a_scope,
    a_submission,
    a_trust_category,
    now,
    some_deliverables,
    some_figures,
)
from tests.builders.plans import a_plan, a_service, a_trust, an_stp
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")

LAST_WEEK = TODAY - timedelta(days=7)


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.pinned_to(day):
        yield


def filled(plan: Plan, stp: Stp, *, times: int) -> None:
    """Record so much of everything."""
    trusts = [a_trust(stp) for _ in range(times)]
    a_submission(plan, leaves_out=Element)
    a_scope(plan, functions=["hr", "finance"], trusts=trusts, ccgs=map(str, range(times)))
    some_deliverables(plan, *(a_deliverable(f"Deliverable {n}") for n in range(times)))
    some_figures(plan, capital="£2m", lead_in="6")
    for number in range(times):
        a_note(plan, f"Note {number}")


def test_a_plan_of_which_nothing_is_recorded_says_nothing() -> None:
    stp = an_stp(Region.SOUTH, name="Dorset")
    plan = a_plan(service=a_service("Back office"), stp=stp)
    record = now(plan)
    assert (record.plan_id, record.day, record.stp_number, record.stp_name) == (plan.id, TODAY, stp.id, "Dorset")
    assert (record.service.name, record.service.slug, record.region) == ("Back office", "back-office", Region.SOUTH)
    assert (record.submission, record.scope, record.status, record.withdrawn) == (None, None, None, False)
    assert (record.trusts, record.deliverables, record.figures, record.notes) == ((), (), {}, ())
    assert record.more_notes == frozenset()


def test_a_record_has_all_that_the_plan_says_with_who_said_it() -> None:
    stp = an_stp()
    plan = a_plan(stp=stp)
    trust = a_trust(stp, name="Barts Health")
    person = a_user(name="Ann Lead")
    a_submission(plan, leaves_out=[Element.SAVINGS, Element.DATES], actor=person)
    a_scope(plan, functions=["hr", "finance"], trusts=[trust], ccgs=["NHS Barnet CCG"], local_authorities=["Barnet"])
    a_trust_category(plan, trust, Category.C, reason="No board has agreed")
    some_figures(plan, capital="£1.5–2m", lead_in="6-9", source="Page 2")
    record = now(plan)

    assert record.submission
    assert record.submission.state is SubmissionState.RECEIVED
    assert record.submission.received_on == RECEIVED_ON
    assert record.submission.leaves_out == (Element.DATES, Element.SAVINGS)
    assert (record.submission.recorded_by, record.submission.effective_on) == ("Ann Lead", TODAY)
    assert record.scope
    assert [function.name for function in record.scope.functions] == ["Finance", "HR"]
    assert (record.scope.ccgs, record.scope.local_authorities) == (("NHS Barnet CCG",), ("Barnet",))
    (taking_part,) = record.trusts
    assert (taking_part.id, taking_part.ods_code, taking_part.name) == (trust.id, trust.ods_code, "Barts Health")
    assert (taking_part.category, taking_part.reason) == (Category.C, "No board has agreed")
    assert {kind: str(figure.quantity) for kind, figure in record.figures.items()} == {
        FigureKind.CAPITAL: "£1.5–2m",
        FigureKind.LEAD_IN: "6–9 months",
    }
    assert record.figures[FigureKind.CAPITAL].source == "Page 2"


def test_a_record_is_as_it_was_on_the_day_asked_for() -> None:
    stp = an_stp()
    plan = a_plan(stp=stp)
    first, second = a_trust(stp, name="First"), a_trust(stp, name="Second")
    with on(LAST_WEEK):
        a_submission(plan, leaves_out=[Element.SAVINGS])
        a_scope(plan, functions=["hr"], trusts=[first])
        some_deliverables(plan, a_deliverable("Merge"))
        some_figures(plan, capital="£2m")
        a_note(plan, "Waits for capital")
    a_submission(plan)
    a_scope(plan, functions=["finance"], trusts=[second])
    some_deliverables(plan)
    some_figures(plan, capital=None)
    withdraw_note(note=note(plan, now(plan).notes[0].id), reason="It came", actor=a_user())

    before = record_of(plan, TODAY - timedelta(days=1))
    assert before.submission
    assert before.submission.leaves_out == (Element.SAVINGS,)
    assert before.scope
    assert [function.slug for function in before.scope.functions] == ["hr"]
    assert [trust.id for trust in before.trusts] == [first.id]
    assert [one.text for one in before.deliverables] == ["Merge"]
    assert str(before.figures[FigureKind.CAPITAL].quantity) == "£2m"
    assert [one.text for one in before.notes] == ["Waits for capital"]

    after = now(plan)
    assert [trust.id for trust in after.trusts] == [second.id]
    assert (after.deliverables, after.notes) == ((), ())
    assert after.figures[FigureKind.CAPITAL].quantity is None
    earliest = record_of(plan, LAST_WEEK - timedelta(days=1))
    assert (earliest.submission, earliest.scope, earliest.trusts, earliest.figures) == (None, None, (), {})


def test_names_are_those_of_the_day() -> None:
    stp = an_stp(name="New name")
    trust = a_trust(stp, name="Merged trust")
    plan = a_plan(stp=stp)
    system = accounts.system_actor()
    for old in (
        TrustName(subject_id=trust.id, name="Old trust", source="x", effective_on=LAST_WEEK),
        StpName(subject_id=stp.id, name="Old name", source="x", effective_on=LAST_WEEK),
    ):
        history.record(old, actor=system)
    with on(LAST_WEEK):
        a_scope(plan, trusts=[trust])
    before = record_of(plan, LAST_WEEK)
    assert (before.stp_name, before.trusts[0].name) == ("Old name", "Old trust")
    assert (now(plan).stp_name, now(plan).trusts[0].name) == ("New name", "Merged trust")
    assert record_of(plan, LAST_WEEK - timedelta(days=1)).stp_name == f"STP {stp.id}"
    assert trust_names([trust.id, 999], LAST_WEEK) == {trust.id: "Old trust"}
    assert trusts_with([trust.ods_code, "RXX"]) == {trust.ods_code: trust.id}


def test_deliverables_stand_in_order_of_their_days_and_those_without_one_last() -> None:
    plan = a_plan()
    some_deliverables(
        plan,
        a_deliverable("No date"),
        a_deliverable("Late", date(2018, 1, 1), DeliverableState.DROPPED),
        a_deliverable("Early", date(2016, 12, 1), DeliverableState.DELIVERED),
    )
    assert [(one.text, one.state.label) for one in now(plan).deliverables] == [
        ("Early", "Delivered"),
        ("Late", "Dropped"),
        ("No date", "Planned"),
    ]


def test_notes_are_newest_first_and_a_kind_that_has_more_than_are_shown_says_so() -> None:
    plan = a_plan()
    actor = a_user()
    for number in range(NOTES_SHOWN + 1):
        a_note(plan, f"Dependency {number}", actor=actor)
    for number in range(2):
        a_note(plan, f"Comment {number}", NoteKind.COMMENT, actor=actor)
    record = now(plan)
    assert [one.text for one in record.notes_of(NoteKind.COMMENT)] == ["Comment 1", "Comment 0"]
    dependencies = [one.text for one in record.notes_of(NoteKind.DEPENDENCY)]
    assert (len(dependencies), dependencies[0], dependencies[-1]) == (50, "Dependency 50", "Dependency 1")
    assert record.notes_of(NoteKind.SUPPORT) == ()
    assert record.more_notes == {NoteKind.DEPENDENCY}


def test_a_withdrawn_plan_says_since_when_and_why_until_it_is_reinstated() -> None:
    plan = a_plan()
    with on(LAST_WEEK):
        withdraw_plan(plan=plan, reason="Merged into another", actor=a_user())
    record = now(plan)
    assert (record.withdrawn, record.withdrawn_on, record.withdrawn_reason) == (
        True,
        LAST_WEEK,
        "Merged into another",
    )
    reinstate_plan(plan=plan, reason="Parted again", actor=a_user())
    record = now(plan)
    assert (record.withdrawn, record.withdrawn_on, record.withdrawn_reason) == (False, None, None)
    assert record_of(plan, LAST_WEEK).withdrawn


def test_a_note_of_another_plan_is_not_found() -> None:
    plan, other = a_plan(), a_plan()
    held = a_note(plan)
    assert note(plan, held.id) is held
    for wrong in (held.id, 999):
        with pytest.raises(NotFound):
            note(other, wrong)


def test_a_record_costs_the_same_however_much_it_says(app: Flask) -> None:
    stp = an_stp()
    little, much = a_plan(stp=stp), a_plan(stp=stp)
    filled(little, stp, times=1)
    filled(much, stp, times=20)
    keys, counts = (little.id, much.id), []
    db.session.commit()
    for key in keys:
        db.session.expunge_all()
        plan = db.session.get_one(Plan, key)
        with statements(app) as asked:
            record = record_of(plan, TODAY)
        counts.append(len(asked))
    assert len(record.notes) == 20
    assert counts == [6, 6]
