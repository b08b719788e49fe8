"""The page of the biggest and quickest gains."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.plans.models import SavingKind
from opprod.plans.services.catalogue import FunctionContent
from tests.builders.gains import a_line, an_investment
from tests.builders.plans import HR_AND_FINANCE, a_lead, a_plan, a_service, an_stp
from tests.client import Client, parsed, text_of
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]
PATHOLOGY = (FunctionContent("Laboratories"), FunctionContent("Phlebotomy"))


@contextmanager
def programme(app: Flask) -> Iterator[None]:
    """Do what a test needs done in the programme, and keep it."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        yield


@pytest.fixture
def staff(signed_in: SignIn) -> Client:
    return signed_in(Role.STAFF)


@pytest.fixture
def _plans(app: Flask) -> None:
    """Leeds in the North with most to gain, Devon in the South the soonest, Surrey unknown; pathology whole."""
    with programme(app):
        back_office = a_service("Back office", functions=HR_AND_FINANCE)
        pathology = a_service("Pathology", functions=PATHOLOGY)
        leeds, devon, surrey = (
            an_stp(region, name=name)
            for region, name in ((Region.NORTH, "Leeds"), (Region.SOUTH, "Devon"), (Region.SOUTH, "Surrey"))
        )
        plan = a_plan(service=back_office, stp=leeds)
        a_line(plan, "£4-5m", year=2018)
        a_line(plan, "£30m", year=2018, function="payroll")
        an_investment(plan, capital="£8m", redundancy="£2m")
        plan = a_plan(service=back_office, stp=devon)
        a_line(plan, "£600k", year=2016, kind=SavingKind.FORECAST, illustrative="the saving")
        a_line(plan, None, year=2016, kind=SavingKind.FORECAST, function="finance")
        a_line(a_plan(service=back_office, stp=surrey), "£7m", function=None)
        a_line(a_plan(service=pathology, stp=surrey), "£2m", function=None)


def ranked(page: str) -> list[list[str]]:
    """The rows of the table of ranked plans."""
    return rows(page, 0)


def rows(page: str, table: int) -> list[list[str]]:
    tables = [element for element in parsed(page).iter() if element.tag.endswith("}tbody")]
    return [[text_of(cell) for cell in row] for row in tables[table]] if len(tables) > table else []


def names(page: str) -> list[str]:
    return [row[1].removeprefix("Plan ") for row in ranked(page)]


@pytest.mark.usefixtures("_plans")
def test_it_ranks_with_saving_time_and_payback_and_keeps_unknowns_apart(staff: Client) -> None:
    page = staff.get("/plans/gains").text
    assert ranked(page) == [
        [
            "Rank 1",
            "Plan Leeds: Back office STP 1, North",
            "Saving a year £4–5m in 2018/19",
            "First saving in 30 months 2018/19",
            "Payback 2–2.5 years",
        ],
        [
            "Rank 2",
            "Plan Surrey: Pathology STP 3, South",
            "Saving a year £2m in 2017/18",
            "First saving in 18 months 2017/18",
            "Payback Not stated",
        ],
        [
            "Rank 3",
            "Plan Devon: Back office Illustrative STP 2, South",
            "Saving a year £600k in 2016/17 1 line left out",
            "First saving in 6 months 2016/17",
            "Payback Not stated",
        ],
    ]
    assert "Not ranked: 3 plans" in page
    apart = [row[1] for row in rows(page, 1)]
    assert apart == ["Why No figure for this year or a later one"] * 2 + ["Why Not split by function"]
    assert "£7m" not in page
    assert "Finance and HR" in page
    assert "All functions" in page


@pytest.mark.usefixtures("_plans")
def test_the_chart_has_a_mark_for_each_ranked_plan(staff: Client) -> None:
    page = staff.get("/plans/gains").text
    (chart,) = (element for element in parsed(page).iter() if element.tag.endswith("}svg"))
    titles = [text_of(element) for element in chart.iter() if element.tag.endswith("}title")]
    assert "1. Leeds: Back office: £4–5m a year, 30 months to the first" in titles
    assert "Hollow marks are illustrative" in text_of(chart)
    assert len([title for title in titles if title[:3] in {"1. ", "2. ", "3. "}]) == 3


@pytest.mark.usefixtures("_plans")
def test_order_functions_service_and_region_can_be_chosen(staff: Client) -> None:
    def found(query: str) -> list[str]:
        return [name.split(":")[0] for name in names(staff.get(f"/plans/gains?{query}").text)]

    assert found("sort=biggest") == ["Leeds", "Surrey", "Devon"]
    assert found("sort=quickest") == ["Devon", "Surrey", "Leeds"]
    assert found("service=back-office") == ["Leeds", "Devon"]
    assert found("region=south") == ["Surrey", "Devon"]
    assert found("functions=all&sort=biggest") == ["Leeds", "Surrey", "Surrey", "Devon"]
    assert found("function=back-office.payroll") == ["Leeds"]
    assert found("function=back-office.payroll&service=pathology") == ["Surrey"]
    assert "£34–35m" in staff.get("/plans/gains?functions=all").text
    only = staff.get("/plans/gains?function=back-office.payroll").text
    assert "Pathology</dt>" not in only
    assert "No figure for these functions" in only


@pytest.mark.usefixtures("_plans")
@pytest.mark.parametrize("query", ["sort=oldest", "functions=x", "function=x", "service=x", "region=x"])
def test_a_choice_that_is_none_is_named_and_left_open(staff: Client, query: str) -> None:
    page = staff.get(f"/plans/gains?{query}").text
    assert "must be one of the choices shown" in page
    assert len(ranked(page)) == 3


@pytest.mark.usefixtures("_plans")
def test_a_regional_lead_sees_the_plans_of_the_region_alone(app: Flask, signed_in: SignIn) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            person = a_lead(Region.NORTH)
        lead = signed_in(user=person)
    for query in ("", "?region=south", "?region=north", "?functions=all", "?show=unranked"):
        page = lead.get(f"/plans/gains{query}").text
        assert not any(name in page for name in ("Devon", "Surrey"))
        assert '<select class="nhsuk-select" id="region"' not in page
    assert names(lead.get("/plans/gains?region=south").text) == ["Leeds: Back office STP 1"]
    assert "Not ranked: 1 plan<" in lead.get("/plans/gains").text


@pytest.mark.usefixtures("_plans")
def test_it_stands_as_at_a_day_and_its_links_stay_there(staff: Client) -> None:
    page = staff.get("/plans/gains?as_at=2016-09-25").text
    assert ranked(page)[0][1] == "Why No figure for this year or a later one"
    assert "No plan that fits these filters can be ranked." in page
    assert "?as_at=2016-09-25" in page
    assert staff.get("/plans/gains?as_at=2016-09-27").status_code == 400


def test_the_unranked_are_a_list_of_their_own_where_they_are_many(app: Flask, staff: Client) -> None:
    with programme(app):
        service = a_service("Back office")
        for number in range(30):
            plan = a_plan(Region.NORTH, service=service)
            if number < 27:
                a_line(plan, f"£{number + 1}m")
            else:
                a_line(plan, f"up to £{number}m")
        for _ in range(30):
            a_plan(Region.SOUTH, service=service)

    page = staff.get("/plans/gains").text
    assert (len(ranked(page)), len(rows(page, 1))) == (25, 25)
    assert "All 33 plans that are not ranked" in page
    second = staff.get("/plans/gains?page=2").text
    assert [row[0] for row in ranked(second)] == ["Rank 26", "Rank 27"]
    rest = staff.get("/plans/gains?show=unranked&page=2").text
    assert len(rows(rest, 0)) == 8
    assert rows(rest, 0)[-1][1] == "Why No low end stated: up to £27m in 2017/18"
    assert 'name="show" value="unranked"' in rest
    for query in ("page=3", "show=unranked&page=3", "page=0", "page=x"):
        assert staff.get(f"/plans/gains?{query}").status_code == 404


def test_it_costs_the_same_number_of_statements_however_many_plans_there_are(app: Flask, staff: Client) -> None:
    with programme(app):
        services = [a_service("Back office"), a_service("Pathology", functions=PATHOLOGY)]

    def cost() -> int:
        with statements(app) as sent:
            assert staff.get("/plans/gains").status_code == 200
        return len(sent)

    def add(number: int) -> None:
        with programme(app):
            for service in services:
                for _ in range(number):
                    plan = a_plan(service=db.session.merge(service))
                    a_line(plan, "£1m", function=None)
                    a_line(plan, "£2m", year=2018, function="hr" if service is services[0] else None)
                    an_investment(plan, capital="£1m")

    add(1)
    once = cost()
    add(8)
    assert cost() == once


def test_without_services_it_says_there_is_nothing(staff: Client) -> None:
    page = staff.get("/plans/gains").text
    assert "No plan fits these filters." in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_sees_no_plans_sees_no_gains(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role).get("/plans/gains").status_code == 403


@pytest.mark.usefixtures("_plans")
def test_a_day_of_another_year_counts_from_that_year(app: Flask, staff: Client) -> None:
    with programme(app), clock.pinned_to(date(2015, 5, 1)):
        a_line(a_plan(service=a_service("Estates")), "£1m", year=2015)
    page = staff.get("/plans/gains?as_at=2015-05-01&service=estates").text
    assert ranked(page)[0][2:4] == ["Saving a year £1m in 2015/16", "First saving in 10 months 2015/16"]
