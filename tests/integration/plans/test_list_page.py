"""The list of plans."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.organisations.models import Stp
from opprod.plans.models import Category, Service, SubmissionState
from opprod.plans.queries import plans as queries
from opprod.plans.services.records import record_submission
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan, a_service, an_stp, made_up
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import links, tables, words
from tests.statements import statements

SignIn = Callable[..., Client]

YESTERDAY = TODAY - timedelta(days=1)


def two_services() -> tuple[Service, Service]:
    return a_service("Pathology"), a_service("Back office")


def two_stps() -> tuple[Stp, Stp]:
    return an_stp(Region.NORTH, name="Humber, Coast and Vale"), an_stp(Region.LONDON, name="Our Healthier South East")


def plans_on(page: str) -> list[str]:
    """The plans that a page lists."""
    return [row[0].split(" STP ")[0] for rows in tables(page).values() for row in rows]


def test_each_plan_is_listed_by_stp_and_service_with_how_it_stands(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        pathology, back_office = two_services()
        humber, _ = two_stps()
        a_triage_round()
        a_moderated_plan(a_plan(service=pathology, stp=humber), Category.A)
        second = a_plan(service=back_office, stp=humber)
        a_proposal(second, Category.C)
        record_submission(
            plan=second,
            state=SubmissionState.RECEIVED,
            received_on=date(2016, 9, 12),
            leaves_out=(),
            source="Two pages",
            seen=None,
            actor=a_user(),
        )
    page = signed_in().get("/plans").text
    assert tables(page)["4 plans"][:3] == [
        [
            "Humber, Coast and Vale: Pathology STP 1",
            "North",
            "A: Good plan since 25 Sep 2016",
            "Nothing to decide",
            "Not recorded",
        ],
        [
            "Humber, Coast and Vale: Back office STP 1",
            "North",
            "Not yet categorised",
            "To be moderated by the centre",
            "Received 12 Sep 2016",
        ],
        [
            "Our Healthier South East: Pathology STP 2",
            "London",
            "Not yet categorised",
            "To be proposed by the region",
            "Not recorded",
        ],
    ]
    assert links(page)["Humber, Coast and Vale: Pathology"] == "/plans/1"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("region=london", ["Our Healthier South East: Pathology", "Our Healthier South East: Back office"]),
        ("service=pathology", ["Humber, Coast and Vale: Pathology", "Our Healthier South East: Pathology"]),
        ("category=B", ["Humber, Coast and Vale: Back office"]),
        ("category=withdrawn", ["Our Healthier South East: Back office"]),
        ("category=none", ["Humber, Coast and Vale: Pathology", "Our Healthier South East: Pathology"]),
        ("waits_for=nobody", ["Humber, Coast and Vale: Back office", "Our Healthier South East: Back office"]),
        ("q=healthier+EAST&service=pathology", ["Our Healthier South East: Pathology"]),
        ("q=1", ["Humber, Coast and Vale: Pathology", "Humber, Coast and Vale: Back office"]),
        ("q=stp+2&category=none", ["Our Healthier South East: Pathology"]),
        ("q=nowhere", []),
        ("q=100%25", []),
    ],
)
def test_the_list_is_narrowed(on: On, signed_in: SignIn, query: str, found: list[str]) -> None:
    with on():
        _, back_office = two_services()
        humber, south_east = two_stps()
        a_triage_round()
        a_moderated_plan(a_plan(service=back_office, stp=humber), Category.B)
        withdrawn = a_moderated_plan(a_plan(service=back_office, stp=south_east), Category.A)
        withdraw_plan(plan=withdrawn, reason="Merged with another", actor=a_user())
    page = signed_in().get(f"/plans?{query}").text
    assert plans_on(page) == found
    assert found or "No plan fits these filters." in page


@pytest.mark.parametrize("query", ["region=wales", "service=none", "category=D", "waits_for=god", f"q={'x' * 101}"])
def test_a_filter_that_is_no_choice_is_said_so(on: On, signed_in: SignIn, query: str) -> None:
    with on():
        a_plan()
    page = signed_in().get(f"/plans?{query}").text
    assert "There is a problem" in page
    assert len(plans_on(page)) == 1


def test_an_earlier_day_shows_the_category_of_that_day_and_not_whom_a_plan_waits_for(
    on: On, signed_in: SignIn
) -> None:
    with on(YESTERDAY):
        plan_id = a_plan(service=a_service("Estates")).id
        a_triage_round()
    with on():
        a_moderated_plan(queries.plan(plan_id, scope=None), Category.A)
    client = signed_in()
    assert "A: Good plan" in words(client.get("/plans").text)
    before = client.get(f"/plans?as_at={YESTERDAY}&waits_for=nobody").text
    (row,) = tables(before)["1 plan"]
    assert row[2:] == ["Not yet categorised", "Not recorded"]
    assert links(before)["Footprint 1: Estates"] == f"/plans/{plan_id}?as_at={YESTERDAY}"


def test_an_illustrative_plan_is_marked_in_its_row(on: On, signed_in: SignIn) -> None:
    with on():
        made_up(a_plan())
        a_plan()
    rows = tables(signed_in().get("/plans").text)["4 plans"]
    assert ["Illustrative" in row[0] for row in rows] == [True, False, False, False]


def test_a_lead_has_no_choice_of_region_and_a_link_to_a_file_of_the_same_plans(on: On, lead_of: LeadOf) -> None:
    with on():
        a_service("Pathology")
        two_stps()
    page = lead_of(Region.NORTH).get("/plans?service=pathology&region=london&page=1").text
    assert plans_on(page) == ["Humber, Coast and Vale: Pathology"]
    assert '<select class="nhsuk-select" id="region"' not in page
    assert links(page)["Download this 1 plan as CSV"] == "/plans.csv?service=pathology"


def test_the_list_has_pages_and_costs_the_same_however_many_plans_there_are(
    on: On, app: Flask, signed_in: SignIn
) -> None:
    with on():
        a_triage_round()
        a_moderated_plan(a_plan())
        for _ in range(3):
            an_stp()
    client = signed_in()
    with statements(app) as few:
        client.get("/plans")
    with on():
        for _ in range(76):
            an_stp()
    with statements(app) as many:
        page = client.get("/plans").text
    assert len(few) == len(many)
    assert "Showing 1 to 25 of 80" in page
    assert len(plans_on(client.get("/plans?page=4").text)) == 5
    assert client.get("/plans?page=5").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_has_no_part_in_triage_sees_no_plans(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role).get("/plans").status_code == 403
