"""The page of totals of savings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan, SavingKind, Service
from tests.builders.plans import a_plan, a_service, an_stp
from tests.builders.savings import a_saving
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import links, tables, words
from tests.statements import statements

SignIn = Callable[..., Client]
PAGE = "/plans/savings"
YESTERDAY = TODAY - timedelta(days=1)
REGIONS = [region.label for region in Region]


@pytest.fixture
def ledgers(on: On) -> None:
    """Pathology saves £1–2m in London and £4m in the North, of which £1m was made; back office says nothing."""
    with on(YESTERDAY):
        pathology, back_office = a_service("Pathology"), a_service("Back office")
        london, north = an_stp(Region.LONDON, name="Inner London"), an_stp(Region.NORTH, name="Cumbria")
        a_saving(a_plan(service=pathology, stp=london), "£1-2m", cash_releasing=False)
        a_saving(a_plan(service=back_office, stp=london), None, function="hr")
        plan = a_plan(service=pathology, stp=north)
        a_saving(plan, "£4m", function="hr", illustrative="the figure")
        plan_id = plan.id
    with on():
        a_saving(db.session.get_one(Plan, plan_id), "£1m", kind=SavingKind.ACTUAL)


def row_of(page: str, label: str) -> list[str]:
    """The cells of the row with a label, in the one table of the page."""
    (rows,) = tables(page).values()
    return next(row for row in rows if row[0].startswith(label))


@pytest.mark.usefixtures("ledgers")
def test_totals_are_by_year_and_say_what_they_leave_out(signed_in: SignIn) -> None:
    page = signed_in(Role.STAFF).get(PAGE).text
    (caption,) = tables(page)
    assert caption == "Savings by financial year"
    left_out = "0 plans; leaves out 4 of 4"
    expected = [
        "£5–6m 2 plans; leaves out 2 of 4; 1 line not stated",
        f"Not stated {left_out}",
        "£1m 1 plan; leaves out 3 of 4",
    ]
    assert row_of(page, "2017/18") == ["2017/18 Illustrative", *expected]
    assert row_of(page, "All plans") == ["All plans Illustrative", *expected]
    assert "“Not stated” is not zero" in words(page)


@pytest.mark.usefixtures("ledgers")
@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("function", ["Pathology: not split by function", "Pathology: Finance", "Pathology: HR Illustrative"]),
        ("service", ["Pathology Illustrative", "Back office", "All plans Illustrative"]),
        ("region", ["North Illustrative", *REGIONS[1:], "All plans Illustrative"]),
        ("stp", ["Cumbria Illustrative", "Inner London", "All plans Illustrative"]),
    ],
)
def test_totals_are_by_function_service_region_and_stp(by: str, rows: list[str], signed_in: SignIn) -> None:
    (found,) = tables(signed_in(Role.EXECUTIVE).get(f"{PAGE}?by={by}").text).values()
    assert [row[0] for row in found][: len(rows)] == rows


@pytest.mark.usefixtures("ledgers")
def test_totals_are_narrowed_and_a_row_leads_on(signed_in: SignIn) -> None:
    client = signed_in(Role.STAFF)
    page = client.get(f"{PAGE}?by=region&kind=plan&cash=yes&year=2017/18&as_at={YESTERDAY}").text
    (caption,) = tables(page)
    assert caption == "Savings by region, cash-releasing only: 2017/18"
    assert row_of(page, "North") == ["North Illustrative", "£4m 1 plan; leaves out 1 of 2"]
    assert row_of(page, "London") == ["London", "Not stated 0 plans; leaves out 2 of 2; 1 line not stated"]
    followed = client.get(links(page)["North"])
    assert [row[0] for (rows,) in [tables(followed.text).values()] for row in rows] == [
        "Cumbria Illustrative",
        "All plans Illustrative",
    ]
    assert "as_at=2016-09-25" in links(followed.text)["Cumbria"]
    csv = client.get(links(page)["Download the lines as CSV"])
    assert csv.status_code == 200
    assert "Cumbria" in csv.text
    functions = client.get(links(client.get(f"{PAGE}?by=service").text)["Pathology"]).text
    assert row_of(functions, "Pathology: HR")[1] == "£4m 1 plan; leaves out 1 of 2"
    regions = client.get(links(client.get(PAGE).text)["2017/18"]).text
    assert row_of(regions, "North")[1] == "£4m 1 plan; leaves out 1 of 2"


@pytest.mark.usefixtures("ledgers")
def test_the_page_is_as_at_a_day(signed_in: SignIn) -> None:
    client = signed_in(Role.STAFF)
    assert row_of(client.get(f"{PAGE}?as_at={YESTERDAY}").text, "2017/18")[3].startswith("Not stated")
    before = client.get(f"{PAGE}?as_at={YESTERDAY - timedelta(days=1)}").text
    assert "No saving is recorded of any plan that fits. That is not zero" in before
    assert client.get(f"{PAGE}?as_at=2016-10-01").status_code == 400


@pytest.mark.usefixtures("ledgers")
@pytest.mark.parametrize("address", ["by=nothing", "region=wales", "kind=hoped", "year=2017", "cash=no", "service=x"])
def test_a_filter_that_is_none_is_refused_and_narrows_nothing(address: str, signed_in: SignIn) -> None:
    page = signed_in(Role.STAFF).get(f"{PAGE}?{address}").text
    assert "There is a problem" in page
    assert row_of(page, "2017/18")[1].startswith("£5–6m")


@pytest.mark.usefixtures("ledgers")
def test_a_lead_s_totals_are_of_their_region_alone_whatever_they_ask_for(lead_of: LeadOf) -> None:
    nothing = "Not stated 0 plans; leaves out 0 of 0"
    own = {
        Region.LONDON: "£1–2m 1 plan; leaves out 1 of 2; 1 line not stated",
        Region.NORTH: "£4m 1 plan; leaves out 1 of 2",
    }
    stps = {Region.LONDON: ["Inner London"], Region.NORTH: ["Cumbria"]}
    for region in Region:
        client = lead_of(region)
        for asked in ("", *(f"&region={one.value}" for one in Region)):
            for by in ("region", "service", "function", "stp", "year"):
                page = client.get(f"{PAGE}?by={by}{asked}").text
                rows = next(iter(tables(page).values()), [])
                expected = {"region": [region.label], "stp": stps.get(region, [])}.get(by)
                if expected is not None and rows:
                    assert [row[0].removesuffix(" Illustrative") for row in rows[:-1]] == expected
                if rows:
                    assert rows[-1][1] == own.get(region, nothing), (region, by, asked)
                if by != "stp":
                    assert "Inner London" not in page
                    assert "Cumbria" not in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_those_who_see_no_plans_see_no_totals(role: Role, signed_in: SignIn) -> None:
    assert signed_in(role).get(PAGE).status_code == 403


def test_totals_by_stp_come_in_pages_of_fifty_with_the_whole_on_each(app: Flask, on: On, signed_in: SignIn) -> None:
    with on():
        service_id = a_service("Pathology").id
    client = signed_in(Role.STAFF)

    def fill(stps: int) -> int:
        with on():
            for _ in range(stps):
                a_saving(a_plan(service=db.session.get_one(Service, service_id)), "£1-2m")
        client.get(f"{PAGE}?by=stp")
        with statements(app) as seen:
            client.get(f"{PAGE}?by=stp")
        return len(seen)

    assert fill(3) == fill(57)
    first, second = (client.get(f"{PAGE}?by=stp&page={number}").text for number in (1, 2))
    (one,), (two,) = tables(first).values(), tables(second).values()
    assert (len(one), len(two)) == (51, 11)
    whole = "£60–120m 60 plans; leaves out 0 of 60"
    assert (one[-1][1], two[-1][1]) == (whole, whole)
    assert client.get(f"{PAGE}?by=stp&page=3").status_code == 404


def test_of_a_total_open_at_both_ends_the_page_says_what_it_is_at_least(on: On, signed_in: SignIn) -> None:
    with on():
        service = a_service("Pathology")
        for figure in ("over £5m", "up to £3m"):
            a_saving(a_plan(service=service), figure)
    said = row_of(signed_in(Role.STAFF).get(PAGE).text, "2017/18")[1]
    assert said == "over £5m 2 plans; leaves out 0 of 2 At least this: a closer total cannot be said."
