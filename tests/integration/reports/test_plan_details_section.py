"""What the section of plans one by one takes from the records."""

from datetime import date

import pytest
from flask import Flask

from opprod.core.regions import Region
from opprod.db import unit_of_work
from opprod.plans.models import Category, Element
from opprod.reports.asked import Asked
from opprod.reports.sections.plan_details import gathering
from opprod.reports.sections.plan_details.facts import PlanDetail
from tests.builders.gains import a_line, an_investment, withdrawn
from tests.builders.meetings import BOARD
from tests.builders.plan_records import a_deliverable, a_scope, a_submission, some_deliverables
from tests.builders.plans import a_plan, a_service, a_trust, an_stp
from tests.builders.triage import a_moderated_plan, a_triage_round
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")


def gather() -> tuple[PlanDetail, ...]:
    return gathering.gather(Asked(TODAY, BOARD, date(2016, 9, 29))).plans


def some_plans() -> None:
    """One plan with all there is to say, one without anything, and one withdrawn."""
    a_triage_round()
    service = a_service("Back office")
    north = an_stp(Region.NORTH, name="Leeds")
    withdrawn(a_plan(service=service, stp=an_stp(Region.SOUTH, name="Devon")))
    a_plan(service=service, stp=an_stp(Region.LONDON, name="Camden"))
    plan = a_plan(service=service, stp=north)
    a_submission(plan, leaves_out=[Element.DATES])
    a_scope(plan, functions=["hr"], trusts=[a_trust(north, name="Leeds Trust")], ccgs=["One", "Two"])
    some_deliverables(plan, a_deliverable("One payroll", date(2018, 3, 31)))
    a_line(plan, "£4m", year=2017)
    an_investment(plan, capital="£8m", redundancy="£2m")
    a_moderated_plan(plan, Category.B)


def test_it_has_all_that_is_recorded_of_each_plan_by_region() -> None:
    with unit_of_work():
        some_plans()
    leeds, camden, devon = gather()
    assert (leeds.stp, leeds.service, leeds.region) == ("Leeds", "Back office", "North")
    assert (leeds.category, leeds.since) == ("B: Needs support", TODAY)
    assert [(one.by, one.said) for one in leeds.reasons] == [
        ("Savings next year", "Nothing is planned before 2018/19 (not met)")
    ]
    assert leeds.submission == "Received 15 Jul 2016"
    assert leeds.missing == ("Dates of deliverables",)
    assert (leeds.functions, leeds.trusts, leeds.others) == (
        *(("HR",), ("Leeds Trust",), "2 clinical commissioning groups"),
    )
    assert [(one.text, one.due_on, one.state) for one in leeds.deliverables] == [
        ("One payroll", date(2018, 3, 31), "Planned")
    ]
    assert [(one.year, one.said) for one in leeds.savings] == [("2017/18", "£4m")]
    assert {one.said for one in leeds.figures} == {"£8m", "£2m"}
    assert leeds.payback == "2.5 years"

    assert (camden.category, camden.submission) == ("Not yet categorised", "Nothing is recorded of a submission")
    assert camden.reasons[0].by == "As the rules have it"
    assert (camden.deliverables, camden.savings, camden.figures, camden.trusts) == ((), (), (), ())
    assert (devon.category, [one.said for one in devon.reasons]) == ("Withdrawn", ["Merged"])


def test_it_costs_the_same_number_of_statements_however_many_plans_there_are(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work():
        some_plans()
    with statements(app) as once:
        gather()
    with unit_of_work():
        for number in range(3):
            a_line(a_plan(stp=an_stp(name=f"STP {number}")), "£1m")
    with statements(app) as again:
        found = gather()
    assert len(again) == len(once)
    monkeypatch.setattr(gathering, "MOST_PLANS", 2)
    cut = gathering.gather(Asked(TODAY, BOARD, date(2016, 9, 29)))
    assert (len(cut.plans), cut.more) == (2, len(found) - 2)
