"""Recording what a plan is to deliver."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import DeliverableEntry, DeliverableState, Plan
from opprod.plans.queries.records import record_of
from opprod.plans.services.deliverables import DeliverableContent, record_deliverables
from tests.builders.plan_records import a_deliverable, now, some_deliverables
from tests.builders.plans import a_lead, a_plan
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

SPRING, AUTUMN = date(2017, 4, 1), date(2017, 10, 1)


def held(plan: Plan) -> list[DeliverableContent]:
    """The deliverables of a plan, to record again."""
    return [a_deliverable(one.text, one.due_on, one.state, key=one.id) for one in now(plan).deliverables]


def said(plan: Plan, day: date = TODAY) -> list[tuple[str, date | None, str]]:
    return [(one.text, one.due_on, one.source) for one in record_of(plan, day).deliverables]


def entries() -> int:
    return db.session.scalars(select(func.count()).select_from(DeliverableEntry)).one()


def test_what_stays_as_it_was_keeps_its_entry_and_its_source() -> None:
    plan = a_plan()
    some_deliverables(plan, a_deliverable("Merge", SPRING), a_deliverable("Close a site"), source="Page 1")
    merge, close = held(plan)
    assert some_deliverables(plan, merge, replace(close, due_on=AUTUMN), a_deliverable("Hire"), source="Letter")
    assert said(plan) == [("Merge", SPRING, "Page 1"), ("Close a site", AUTUMN, "Letter"), ("Hire", None, "Letter")]
    assert entries() == 4
    newest = [lines([event], with_confidential=True)[0].changes[0] for event in latest_about(plan, limit=2)]
    assert [(one.before, one.after) for one in newest] == [
        (None, "Hire (no date, planned)"),
        ("Close a site (no date, planned)", "Close a site (due 1 October 2017, planned)"),
    ]


def test_to_save_the_same_again_records_nothing_and_needs_no_source() -> None:
    plan = a_plan()
    some_deliverables(plan, a_deliverable("Merge", SPRING))
    assert not some_deliverables(plan, *held(plan), source="")
    (same,) = held(plan)
    assert not some_deliverables(plan, replace(same, text="  Merge\n"), source="")
    assert entries() == 1
    assert not some_deliverables(a_plan(), source="")


def test_what_is_taken_off_the_list_is_gone_from_today_with_all_it_ever_said() -> None:
    plan = a_plan()
    week_ago = TODAY - timedelta(days=7)
    with clock.pinned_to(week_ago):
        some_deliverables(plan, a_deliverable("Merge", SPRING), a_deliverable("Keep"))
    merge, keep = held(plan)
    some_deliverables(plan, replace(merge, due_on=AUTUMN), keep)
    assert some_deliverables(plan, keep, source="")
    assert [text for text, _due, _source in said(plan)] == ["Keep"]
    assert [text for text, _due, _source in said(plan, week_ago)] == ["Merge", "Keep"]
    reasons = db.session.scalars(
        select(DeliverableEntry.withdrawn_reason).where(DeliverableEntry.subject_id == merge.id)
    )
    assert list(reasons) == ["Taken off the list of deliverables."] * 2


def test_a_state_is_recorded_and_a_dropped_deliverable_stays_in_sight() -> None:
    plan = a_plan()
    some_deliverables(plan, a_deliverable("Merge", SPRING))
    (merge,) = held(plan)
    some_deliverables(plan, replace(merge, state=DeliverableState.DROPPED))
    assert [one.state for one in now(plan).deliverables] == [DeliverableState.DROPPED]


@pytest.mark.parametrize(
    ("content", "field", "message"),
    [
        (a_deliverable("  \n "), "deliverables-1-text", "Enter what is to be delivered, or remove this"),
        (a_deliverable("x" * 501), "deliverables-1-text", "500 characters or fewer"),
        (
            a_deliverable("x", date(217, 4, 1)),
            "deliverables-1-due_on",
            "Check the year: it must be from 2015 to 2099",
        ),
        (a_deliverable("x", date(2107, 4, 1)), "deliverables-1-due_on", "Check the year"),
    ],
)
def test_a_deliverable_that_cannot_be_is_refused(content: DeliverableContent, field: str, message: str) -> None:
    plan = a_plan()
    with pytest.raises(InvalidInput, match=message) as refusal:
        some_deliverables(plan, a_deliverable("Good"), content)
    assert refusal.value.field == field
    assert now(plan).deliverables == ()


def test_a_list_that_cannot_be_is_refused() -> None:
    plan = a_plan()
    with pytest.raises(InvalidInput, match="Enter where this comes from") as refusal:
        some_deliverables(plan, a_deliverable("Merge"), source=" ")
    assert refusal.value.field == "source"
    with pytest.raises(InvalidInput, match="60 deliverables at most"):
        some_deliverables(plan, *(a_deliverable(str(n)) for n in range(61)))
    some_deliverables(plan, *(a_deliverable(str(n)) for n in range(60)))
    first = held(plan)[0]
    with pytest.raises(InvalidInput, match="on the list twice"):
        some_deliverables(plan, first, first)


def test_what_was_recorded_since_the_form_was_opened_is_not_overwritten() -> None:
    plan, lead = a_plan(), a_lead()
    some_deliverables(plan, a_deliverable("Merge"))
    seen, mine = now(plan).deliverables_version, held(plan)
    some_deliverables(plan, *held(plan), a_deliverable("Theirs"))
    with pytest.raises(Conflict):
        record_deliverables(
            plan=plan, deliverables=[replace(mine[0], text="Mine")], source="x", seen=seen, actor=lead
        )
    assert [text for text, _due, _source in said(plan)] == ["Merge", "Theirs"]


def test_a_deliverable_of_another_plan_cannot_be_recorded_here() -> None:
    plan, other = a_plan(), a_plan()
    some_deliverables(other, a_deliverable("Theirs"))
    (theirs,) = held(other)
    with pytest.raises(Conflict):
        some_deliverables(plan, replace(theirs, text="Taken"))
    assert now(plan).deliverables == ()
    assert [text for text, _due, _source in said(other)] == ["Theirs"]


def test_those_who_may_not_record_are_refused() -> None:
    plan = a_plan(Region.LONDON)
    with pytest.raises(NotAllowed):
        record_deliverables(
            plan=plan,
            deliverables=[a_deliverable()],
            source="x",
            seen=now(plan).deliverables_version,
            actor=a_lead(Region.NORTH),
        )
