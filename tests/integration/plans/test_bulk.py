"""Recording many plans at once: the same as one by one, in few statements."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from opprod.accounts import Role
from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotAllowed, WrongState
from opprod.core.quantity import GBP, parse
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Category, FigureKind, NoteKind, Plan, PlanSubmission
from opprod.plans.queries.facts import facts_of
from opprod.plans.queries.savings import ledger_of
from opprod.plans.services.bulk import (
    FigureContent,
    NoteContent,
    PlanContent,
    ScopeContent,
    SubmissionContent,
    TrustContent,
    record_plans,
)
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.bulk import a_whole_plan
from tests.builders.plan_records import (
    TWO_PAGES,
    a_deliverable,
    a_note,
    a_scope,
    a_submission,
    a_trust_category,
    now,
    some_deliverables,
    some_figures,
)
from tests.builders.plans import a_lead, a_plan, a_service, a_trust, an_stp
from tests.builders.savings import a_saving
from tests.builders.savings import content as a_line
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")


def some_plans(number: int) -> list[Plan]:
    """Plans for one service."""
    service = a_service()
    return [a_plan(service=service) for _ in range(number)]


def one_by_one(plan: Plan, content: PlanContent) -> None:
    """Record what a plan says as people do."""
    assert content.scope
    said = content.submission
    a_submission(plan, received_on=said.received_on, leaves_out=said.leaves_out)
    a_scope(
        plan,
        functions=content.scope.functions,
        ccgs=content.scope.ccgs,
        local_authorities=content.scope.local_authorities,
    )
    some_deliverables(plan, *content.deliverables)
    for line in content.savings:
        a_saving(
            plan,
            line.quantity.said if line.quantity else None,
            year=str(line.year),
            function=line.function,
            cash_releasing=line.cash_releasing,
        )
    some_figures(plan, **{one.kind.name.lower(): one.quantity.said for one in content.figures})
    for note in content.notes:
        a_note(plan, note.text, note.kind)


def test_a_plan_recorded_with_others_says_what_one_recorded_by_itself_says() -> None:
    service = a_service()
    alone, together = a_plan(service=service), a_plan(service=service)
    content = a_whole_plan()
    one_by_one(alone, content)
    record_plans([(together, content)], actor=a_user())
    facts = facts_of([alone, together], TODAY)
    assert facts[alone.id] == facts[together.id]
    assert facts[together.id].deliverables
    notes = [{(note.kind, note.text) for note in now(plan).notes} for plan in (alone, together)]
    assert notes[0] == notes[1] != set()
    ledgers = [ledger_of(plan, TODAY, scope=None).lines for plan in (alone, together)]
    assert [(line.function, line.quantity) for line in ledgers[0]] == [
        (line.function, line.quantity) for line in ledgers[1]
    ]


def test_trusts_take_part_with_a_category_of_their_own_or_none() -> None:
    stp = an_stp()
    first, second = a_trust(stp, name="First"), a_trust(stp, name="Second")
    service = a_service()
    alone, together = a_plan(service=service), a_plan(service=service)
    a_scope(alone, trusts=[first, second])
    a_trust_category(alone, first, Category.C, reason="Did not reply")
    record_plans([(together, a_whole_plan(first, second))], actor=a_user())
    said = [{(one.name, one.category, one.reason) for one in now(plan).trusts} for plan in (alone, together)]
    assert said[0] == said[1] == {("First", Category.C, "Did not reply"), ("Second", None, None)}


def test_what_is_recorded_is_true_from_that_day_and_not_before() -> None:
    (plan,) = some_plans(1)
    record_plans([(plan, a_whole_plan())], actor=a_user())
    before, on = (facts_of([plan], day)[plan.id] for day in (TODAY - timedelta(1), TODAY))
    assert (before.submission, before.savings) == (None, ())
    assert on.submission is not None
    with clock.pinned_to(TODAY + timedelta(30)):
        assert len(facts_of([plan], TODAY + timedelta(30))[plan.id].savings) == 3


def test_each_plan_tells_who_recorded_it_and_how_much() -> None:
    one, two = some_plans(2)
    record_plans([(one, a_whole_plan()), (two, a_whole_plan(notes=()))], actor=a_user(name="Ada Day"))
    (event,) = lines(latest_about(one), with_confidential=True)[:1]
    assert (event.summary, event.actor_name) == ("Plans recorded", "Ada Day")
    assert ("Savings lines", "3") in [(change.label, change.after) for change in event.changes]
    (event,) = lines(latest_about(two), with_confidential=True)[:1]
    assert "Notes" not in [change.label for change in event.changes]


def test_what_is_invented_is_marked_so_on_every_entry() -> None:
    (plan,) = some_plans(1)
    record_plans([(plan, a_whole_plan(illustrative="the whole plan"))], actor=a_user())
    record = now(plan)
    assert record.submission
    assert record.scope
    entries = [record.submission, record.scope, *record.figures.values(), *record.notes]
    assert {entry.illustrative for entry in entries} == {"the whole plan"}
    assert {one.entry.illustrative for one in record.deliverables} == {"the whole plan"}
    assert {one.illustrative for one in ledger_of(plan, TODAY, scope=None).lines} == {"the whole plan"}


def test_but_for_the_new_rows_recording_takes_statements_that_do_not_grow_with_the_plans(app: Flask) -> None:
    staff, counts = a_user(), []
    for number in (2, 12):
        plans = some_plans(number)
        db.session.flush()
        with statements(app) as seen:
            record_plans([(plan, a_whole_plan()) for plan in plans], actor=staff)
        # SQLite tells the key of a new row only to the statement that inserts that row.
        counts.append(sum(not statement.startswith("INSERT") for statement in seen))
    assert counts[0] == counts[1]


def test_recording_none_is_no_fault() -> None:
    record_plans([], actor=a_user())


def test_a_regional_lead_records_plans_of_their_own_region_alone() -> None:
    service = a_service()
    mine, other = a_plan(Region.LONDON, service=service), a_plan(Region.SOUTH, service=service)
    lead = a_lead(Region.LONDON)
    with pytest.raises(NotAllowed):
        record_plans([(mine, a_whole_plan()), (other, a_whole_plan())], actor=lead)
    record_plans([(mine, a_whole_plan())], actor=lead)
    with pytest.raises(NotAllowed):
        record_plans([(mine, a_whole_plan())], actor=a_user(Role.VIEWER))


def test_a_plan_that_is_withdrawn_or_has_a_submission_is_refused() -> None:
    gone, recorded, blank = some_plans(3)
    withdraw_plan(plan=gone, reason="Joined another", actor=a_user())
    a_submission(recorded)
    for plan, message in ((gone, "withdrawn"), (recorded, "has a submission already")):
        with pytest.raises(WrongState, match=message):
            record_plans([(blank, a_whole_plan()), (plan, a_whole_plan())], actor=a_user())
    assert db.session.scalar(select(func.count()).where(PlanSubmission.subject_id == blank.id)) == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"submission": SubmissionContent(TODAY + timedelta(1))}, "Enter a day up to today"),
        ({"submission": SubmissionContent(date(2001, 1, 1))}, "Check the year"),
        ({"source": " "}, "Enter where this comes from"),
        ({"scope": ScopeContent(("surgery",))}, "has no function called surgery"),
        ({"trusts": (TrustContent(1, Category.B),)}, "Enter the reason"),
        ({"deliverables": (a_deliverable(" "),)}, "Enter what is to be delivered"),
        ({"savings": (a_line("-£2m"),)}, "cannot be negative"),
        ({"savings": (a_line("£2m", source=""),)}, "Enter where this comes from"),
        ({"savings": (a_line("£2m", function="surgery"),)}, "has no function called surgery"),
        ({"savings": (a_line("£2m"), a_line("£3m"))}, "same year, kind and function"),
        ({"savings": (a_line("£2m"), a_line("£1m", function="hr"))}, "either split by function or not"),
        ({"savings": (a_line("£2m", counted_in_id=1),)}, "counted in another"),
        ({"notes": (NoteContent(NoteKind.COMMENT, " "),)}, "Enter the note"),
    ],
)
def test_what_cannot_be_recorded_by_itself_cannot_be_recorded_with_others(
    values: dict[str, Any], message: str
) -> None:
    (plan,) = some_plans(1)
    with pytest.raises(InvalidInput, match=message):
        record_plans([(plan, a_whole_plan(**values))], actor=a_user())


def test_a_figure_below_nothing_is_refused() -> None:
    (plan,) = some_plans(1)
    below = FigureContent(FigureKind.CAPITAL, parse("-£4m", unit=GBP), TWO_PAGES)
    with pytest.raises(InvalidInput, match="cannot be negative"):
        record_plans([(plan, a_whole_plan(figures=(below,)))], actor=a_user())
