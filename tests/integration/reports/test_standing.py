"""How the programme stood on a day: all that is compared, in a fixed number of statements, and back from storage."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.plans.models import Category, SavingsLine, SavingsValue
from opprod.plans.services.notes import withdraw_note
from opprod.plans.services.savings import withdraw_saving
from opprod.projects.models import NextStep, Outcome, StatementKind, Strand
from opprod.projects.services.measures import withdraw_reading
from opprod.projects.services.next_steps import record_outcome, withdraw_outcome
from opprod.reports.freezing import frozen, thawed
from opprod.reports.queries.standing import take_standing
from opprod.reports.standing import PlanFigureStanding, SavingStanding, Standing, Stated
from tests.builders.accounts import a_user
from tests.builders.gains import a_line, an_investment, withdrawn
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_published_update
from tests.builders.plan_records import a_note
from tests.builders.plans import a_plan, a_service, an_stp
from tests.builders.strands import a_strand
from tests.builders.triage import a_moderated_plan, a_triage_round
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")
YESTERDAY = TODAY - timedelta(days=1)


def everything() -> None:
    """One of each thing that is compared, recorded today, and one of each withdrawn today."""
    meeting = a_meeting()
    executive = a_user(Role.EXECUTIVE)
    a_triage_round()
    strand = a_strand(name="Procurement")
    users = a_measure(strand, key="users", name="Registered users", unit="users")
    a_reading(users, "1,200", on=YESTERDAY)
    wrong = a_reading(users, "12,000")
    a_published_update(
        strand,
        meeting,
        (StatementKind.PROGRESS, "There are [[users]]."),
        (StatementKind.NEXT_STEP, "Appoint the lead."),
    )
    step = steps_of(strand)
    for outcome in (Outcome.CONTINUING, Outcome.ACHIEVED):
        said = record_outcome(
            next_step=step, outcome=outcome, note="As agreed.", new_due_on=None, effective_on=TODAY, actor=executive
        )
    withdraw_outcome(entry=said, reason="Not yet done", actor=executive)
    withdraw_reading(reading=wrong, reason="A nought too many", actor=executive)
    plan = a_plan(Region.NORTH, service=a_service("Back office"), stp=an_stp(Region.NORTH, name="Leeds"))
    a_moderated_plan(plan, Category.B)
    a_line(plan, "£4-5m", year=2017, function="hr")
    a_line(plan, "£1m", year=2017, function="finance", cash_releasing=False, illustrative="the saving")
    gone = a_line(plan, "£9m", year=2018)
    withdraw_saving(line=gone, reason="Counted twice", seen=value_of(gone), actor=executive)
    an_investment(plan, capital="£8m")
    withdraw_note(note=a_note(plan, "Waits for capital"), reason="It came", actor=executive)
    withdrawn(a_plan(service=plan.service, stp=an_stp(name="Devon")))


def steps_of(strand: Strand) -> NextStep:
    return db.session.scalars(select(NextStep).where(NextStep.strand_id == strand.id)).one()


def value_of(line: SavingsLine) -> int:
    return db.session.scalars(select(SavingsValue.id).where(SavingsValue.subject_id == line.id)).one()


def test_it_has_all_that_is_compared() -> None:
    with unit_of_work():
        everything()
    standing = take_standing(TODAY)

    (strand,) = standing.strands
    assert (strand.name, strand.kind, strand.rag, strand.rag_reason) == (
        *("Procurement", "project", "green", "All goes to plan."),
    )
    assert strand.statements[0] == Stated("progress", "There are 1,200 users.", written="There are [[users]].")
    (promise,) = standing.promises
    assert strand.statements[1] == Stated("next-step", "Appoint the lead.", next_step_id=promise.next_step_id)
    assert (promise.outcome, promise.outcome_on, promise.due_on) == ("Continuing", TODAY, date(2016, 9, 29))
    (reading,) = standing.readings
    assert (reading.said, reading.effective_on, reading.source) == ("1,200 users", YESTERDAY, "Monthly return")

    devon, leeds = sorted(standing.plans, key=lambda plan: plan.name)
    assert (leeds.name, leeds.region, leeds.category) == ("Leeds: Back office", "North", "B: Needs support")
    assert leeds.savings == (SavingStanding("2017/18", "Plan", "£5–6m", "£4–5m", "the saving"),)
    assert leeds.figures == (PlanFigureStanding("Capital needed", "£8m", "Two-page submission"),)
    assert (devon.category, devon.withdrawn) == ("Withdrawn", "Merged")


def test_it_names_what_was_withdrawn_and_why() -> None:
    with unit_of_work():
        everything()
    found = {(one.what, one.of, one.said, one.why) for one in take_standing(TODAY).withdrawn}
    assert found == {
        ("reading", "Registered users", "12,000 users, 26 September 2016", "A nought too many"),
        ("outcome", "Appoint the lead.", "Achieved: As agreed.", "Not yet done"),
        ("saving", "Leeds: Back office", "2018/19, Plan, HR: £9m", "Counted twice"),
        ("dependency", "Leeds: Back office", "Waits for capital", "It came"),
    }
    assert take_standing(YESTERDAY).withdrawn == ()


def test_it_comes_back_from_storage_as_it_was() -> None:
    with unit_of_work():
        everything()
    standing = take_standing(TODAY)
    assert thawed(frozen(standing), Standing) == standing


def test_it_costs_the_same_number_of_statements_however_much_there_is(app: Flask) -> None:
    with unit_of_work():
        everything()
    with statements(app) as once:
        take_standing(TODAY)
    with unit_of_work():
        for number in range(5):
            plan = a_plan(stp=an_stp(name=f"STP {number}"))
            a_line(plan, "£1m")
            an_investment(plan, capital="£8m")
            withdraw_note(note=a_note(plan), reason="It came", actor=a_user(Role.EXECUTIVE))
            a_reading(a_measure(a_strand()), "12")
    with statements(app) as again:
        take_standing(TODAY)
    assert len(again) == len(once)
