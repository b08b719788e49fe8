"""Recording a plan's submission and scope, and trusts' own categories."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from opprod.accounts import Role, User
from opprod.audit.models import AuditEvent
from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Category, Element, Plan, PlanScope, PlanSubmission, PlanTrustEntry, SubmissionState
from opprod.plans.queries.records import record_of
from opprod.plans.services.records import record_scope, record_submission, record_trust_category
from tests.builders.accounts import a_user
from tests.builders.plan_records import TWO_PAGES, a_scope, a_submission, a_trust_category, now
from tests.builders.plans import a_lead, a_plan, a_trust, an_stp
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

TOMORROW = TODAY + timedelta(days=1)


def submit(plan: Plan, actor: User, seen: int | None = None, **changes: Any) -> bool:
    said: dict[str, Any] = {
        "state": SubmissionState.RECEIVED,
        "received_on": TODAY,
        "leaves_out": [],
        "source": TWO_PAGES,
    }
    return record_submission(plan=plan, seen=seen, actor=actor, **(said | changes))


def scope(plan: Plan, actor: User, seen: str | None = None, **changes: Any) -> bool:
    said: dict[str, Any] = {
        "functions": ["hr"],
        "ccgs": [],
        "local_authorities": [],
        "trust_ids": [],
        "source": TWO_PAGES,
    }
    return record_scope(plan=plan, seen=seen or now(plan).scope_version, actor=actor, **(said | changes))


def events() -> int:
    return db.session.scalars(select(func.count()).select_from(AuditEvent)).one()


def told(plan: Plan) -> dict[str, tuple[str | None, str | None]]:
    """What the newest event of a plan says."""
    (line,) = lines(latest_about(plan, limit=1), with_confidential=True)
    return {change.label: (change.before, change.after) for change in line.changes}


def test_a_submission_is_recorded_with_what_it_leaves_out() -> None:
    plan, lead = a_plan(), a_lead()
    assert submit(plan, lead, leaves_out=[Element.SAVINGS, Element.DATES], source="  Two   pages ")
    held = now(plan).submission
    assert held
    assert (held.received_on, held.leaves_out, held.source) == (TODAY, (Element.DATES, Element.SAVINGS), "Two pages")
    assert told(plan)["Leaves out"] == (None, "Dates of deliverables\nSavings")
    assert submit(plan, lead, held.id, leaves_out=[Element.DATES], source="Two pages")
    assert told(plan) == {"Leaves out": ("Dates of deliverables\nSavings", "Dates of deliverables")}


def test_an_stp_that_says_it_has_no_plan_has_neither_a_day_nor_something_left_out() -> None:
    plan = a_plan()
    submit(plan, a_lead(), state=SubmissionState.NO_PLAN, leaves_out=[Element.DATES])
    held = now(plan).submission
    assert held
    assert (held.state, held.received_on, held.leaves_out) == (SubmissionState.NO_PLAN, None, ())


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"received_on": None}, "received_on", "Enter the day the two pages were received"),
        ({"received_on": TOMORROW}, "received_on", "Enter a day up to today, 26 September 2016"),
        (
            {"received_on": date(2015, 11, 30)},
            "received_on",
            "Check the year: no plan was asked for before December 2015",
        ),
        ({"received_on": date(216, 7, 1)}, "received_on", "Check the year"),
        ({"source": " \n "}, "source", "Enter where this comes from"),
        ({"source": "x" * 301}, "source", "300 characters or fewer"),
    ],
)
def test_a_submission_that_cannot_be_is_refused(changes: dict[str, Any], field: str, message: str) -> None:
    plan = a_plan()
    with pytest.raises(InvalidInput, match=message) as refusal:
        submit(plan, a_lead(), **changes)
    assert refusal.value.field == field
    assert now(plan).submission is None


def test_to_save_the_same_again_records_nothing() -> None:
    stp = an_stp()
    plan, lead, trust = a_plan(stp=stp), a_lead(), a_trust(stp)
    a_submission(plan, leaves_out=[Element.DATES])
    a_scope(plan, functions=["hr", "finance"], trusts=[trust], ccgs=["NHS Barnet CCG"])
    a_trust_category(plan, trust, Category.A, reason="Merged")
    before = events()
    assert not a_submission(plan, leaves_out=[Element.DATES], actor=lead)
    assert not a_scope(plan, functions=["finance", "hr"], trusts=[trust], ccgs=["", " NHS  Barnet CCG"], actor=lead)
    entry = now(plan).trusts[0].entry.id
    assert not record_trust_category(
        plan=plan, trust_id=trust.id, category=Category.A, reason=" Merged ", seen=entry, actor=lead
    )
    # Nor does it matter that the form was opened before.
    assert not submit(plan, lead, 999, received_on=date(2016, 7, 15), leaves_out=[Element.DATES])
    assert events() == before
    for kind, count in ((PlanSubmission, 1), (PlanScope, 1), (PlanTrustEntry, 2)):
        assert db.session.scalar(select(func.count()).select_from(kind)) == count


def test_what_was_recorded_since_the_form_was_opened_is_not_overwritten() -> None:
    stp = an_stp()
    plan, lead, trust = a_plan(stp=stp), a_lead(), a_trust(stp)
    a_submission(plan)
    seen = now(plan)
    assert seen.submission
    a_submission(plan, source="Resubmitted")
    with pytest.raises(Conflict):
        submit(plan, lead, seen.submission.id, source="Mine")
    with pytest.raises(Conflict):
        submit(plan, lead, None, source="Mine")

    a_scope(plan, trusts=[trust])
    for mine in ({"functions": ["finance"]}, {"trust_ids": [trust.id]}):
        with pytest.raises(Conflict):
            scope(plan, lead, seen.scope_version, source="Mine", **mine)
    entry = now(plan).trusts[0].entry.id
    a_trust_category(plan, trust, Category.A)
    with pytest.raises(Conflict):
        record_trust_category(
            plan=plan, trust_id=trust.id, category=Category.C, reason="Mine", seen=entry, actor=lead
        )
    assert now(plan).trusts[0].category is Category.A


def test_a_trust_that_joined_meanwhile_is_not_put_out_by_a_form_that_did_not_show_it() -> None:
    stp = an_stp()
    plan, lead = a_plan(stp=stp), a_lead()
    first, second = a_trust(stp), a_trust(stp)
    a_scope(plan, trusts=[first])
    seen = now(plan).scope_version
    a_scope(plan, trusts=[first, second])
    with pytest.raises(Conflict):
        scope(plan, lead, seen, trust_ids=[first.id], functions=["hr", "payroll"])
    assert len(now(plan).trusts) == 2


def test_a_trusts_own_category_does_not_stand_in_the_way_of_its_scope() -> None:
    stp = an_stp()
    plan, trust = a_plan(stp=stp), a_trust(stp)
    a_scope(plan, trusts=[trust])
    seen = now(plan).scope_version
    a_trust_category(plan, trust, Category.A)
    scope(plan, a_lead(), seen, trust_ids=[trust.id], ccgs=["NHS Barnet CCG"])
    assert now(plan).trusts[0].category is Category.A


def test_a_trust_left_off_takes_part_no_more_from_today_and_keeps_its_history() -> None:
    stp = an_stp()
    plan, staying, leaving = a_plan(stp=stp), a_trust(stp, name="Staying"), a_trust(stp, name="Leaving")
    with clock.pinned_to(TODAY - timedelta(days=9)):
        a_scope(plan, trusts=[staying, leaving])
        a_trust_category(plan, leaving, Category.C)
    assert scope(plan, a_lead(), trust_ids=[staying.id])
    assert [trust.name for trust in now(plan).trusts] == ["Staying"]
    assert told(plan) == {"Trusts taking part": ("Leaving\nStaying", "Staying")}
    before = {trust.id: trust.category for trust in record_of(plan, TODAY - timedelta(days=1)).trusts}
    assert before == {staying.id: None, leaving.id: Category.C}

    assert scope(plan, a_lead(), trust_ids=[staying.id, leaving.id])
    assert [trust.category for trust in now(plan).trusts] == [None, None]


def test_a_trust_of_another_stp_can_take_part() -> None:
    plan, elsewhere = a_plan(Region.LONDON), a_trust(an_stp(Region.SOUTH), name="Elsewhere")
    scope(plan, a_lead(), functions=[], trust_ids=[elsewhere.id])
    assert [trust.name for trust in now(plan).trusts] == ["Elsewhere"]
    held = now(plan).scope
    assert held
    assert held.functions == ()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"functions": ["estates"]}, "functions", "has no such function"),
        ({"functions": []}, "functions", "Tick or enter at least one function or organisation"),
        ({"trust_ids": [999]}, "trusts", "Choose trusts of 2016/17"),
        ({"trust_ids": range(61)}, "trusts", "Choose 60 trusts at most; you have 61"),
        ({"ccgs": map(str, range(61))}, "ccgs", "Enter 60 at most; you have 61"),
        ({"local_authorities": ["x" * 161]}, "local_authorities", "160 characters or fewer"),
        ({"source": ""}, "source", "Enter where this comes from"),
    ],
)
def test_a_scope_that_cannot_be_is_refused(changes: dict[str, Any], field: str, message: str) -> None:
    plan = a_plan()
    with pytest.raises(InvalidInput, match=message) as refusal:
        scope(plan, a_lead(), **changes)
    assert refusal.value.field == field
    assert (now(plan).scope, now(plan).trusts) == (None, ())


def test_a_scope_recorded_by_mistake_can_be_emptied() -> None:
    plan = a_plan()
    a_scope(plan)
    assert scope(plan, a_lead(), functions=[], source="Recorded for another plan")
    held = now(plan).scope
    assert held
    assert (held.functions, held.ccgs) == ((), ())


def test_a_trust_can_have_a_category_of_its_own_for_a_reason() -> None:
    stp = an_stp()
    plan, trust, lead = a_plan(stp=stp), a_trust(stp, name="Barts Health"), a_lead()
    a_scope(plan, trusts=[trust])
    seen = now(plan).trusts[0].entry.id
    for blank in ("", "  \n"):
        with pytest.raises(InvalidInput, match="Enter the reason for the category") as refusal:
            record_trust_category(
                plan=plan, trust_id=trust.id, category=Category.C, reason=blank, seen=seen, actor=lead
            )
        assert refusal.value.field == "reason"
    assert record_trust_category(
        plan=plan, trust_id=trust.id, category=Category.C, reason=" No board agrees ", seen=seen, actor=lead
    )
    held = now(plan).trusts[0]
    assert (held.category, held.reason) == (Category.C, "No board agrees")
    assert told(plan)["Category"] == ("Barts Health: as the plan’s", "Barts Health: C")
    a_trust_category(plan, trust, None, reason="")
    assert (now(plan).trusts[0].category, now(plan).trusts[0].reason) == (None, None)


def test_a_trust_that_takes_no_part_has_no_category() -> None:
    plan, trust = a_plan(), a_trust(an_stp())
    with pytest.raises(NotFound, match="does not take part"):
        record_trust_category(
            plan=plan, trust_id=trust.id, category=Category.A, reason="x", seen=None, actor=a_lead()
        )


def test_what_is_invented_stays_marked_when_it_is_put_right_in_part() -> None:
    plan = a_plan()
    a_submission(plan)
    held = now(plan).submission
    assert held
    db.session.get_one(PlanSubmission, held.id).illustrative = "the day"
    a_submission(plan, source="Resubmitted")
    held = now(plan).submission
    assert held
    assert (held.source, held.illustrative) == ("Resubmitted", "the day")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_those_who_may_not_record_are_refused_whatever_they_do(role: Role) -> None:
    stp = an_stp(Region.LONDON)
    plan, trust = a_plan(stp=stp), a_trust(stp)
    a_scope(plan, trusts=[trust])
    before = events()
    for person in (a_user(role), a_lead(Region.SOUTH)):
        with pytest.raises(NotAllowed):
            submit(plan, person)
        with pytest.raises(NotAllowed):
            scope(plan, person, source="Theirs")
        with pytest.raises(NotAllowed):
            record_trust_category(
                plan=plan, trust_id=trust.id, category=Category.A, reason="x", seen=None, actor=person
            )
    assert events() > before  # the two accounts alone
    assert now(plan).submission is None
