"""Finding a plan, reading all that is recorded of it, and printing it, as people do."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import unit_of_work
from opprod.plans.models import Category
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.plan_records import a_deliverable, a_scope, a_submission, some_deliverables, some_figures
from tests.builders.plans import a_plan, a_service, a_trust, an_stp, made_up
from tests.builders.savings import a_saving
from tests.builders.triage import a_moderated_plan, a_triage_round
from tests.builders.uploads import a_document
from tests.conftest import TODAY

OpenPage = Callable[..., Page]
CheckAccessibility = Callable[[Page], None]


@pytest.fixture
def email(app: Flask) -> str:
    """An executive of a programme with six services, and one plan of which everything is recorded."""
    with app.app_context(), clock.pinned_to(TODAY - timedelta(days=40)), unit_of_work():
        services = [a_service(f"Service of some length {number}") for number in range(5)]
        service = a_service("Pathology")
        stp = an_stp(Region.NORTH, name="Durham, Darlington and Tees, Hambleton, Richmondshire and Whitby")
        an_stp(Region.LONDON, name="South East London")
        a_triage_round()
        plan = made_up(a_plan(service=service, stp=stp))
        a_submission(plan)
        a_scope(plan, trusts=[a_trust(stp), a_trust(stp)], ccgs=["Darlington CCG"])
        some_deliverables(plan, a_deliverable("One laboratory", date(2017, 4, 1)))
        some_figures(plan, capital="c.£2m", benchmark_cost="£80m", benchmark_attainable="£60-65m")
        a_saving(plan, "£18-20m", function="hr")
        a_document(plan)
        a_moderated_plan(plan, Category.B)
        a_moderated_plan(a_plan(service=services[0], stp=stp), Category.C)
        return a_user(Role.EXECUTIVE, name="Ed Executive").email


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
def test_a_plan_is_found_in_the_matrix_read_and_commented_on(
    open_page: OpenPage, email: str, javascript: bool
) -> None:
    page = open_page("/sign-in", javascript=javascript)
    sign_in(page, email)
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Plans").click()
    page.get_by_role("navigation", name="Plans").get_by_role("link", name="Matrix").click()
    page.get_by_label("Region").select_option("North")
    page.get_by_label("Service", exact=True).select_option("Pathology")
    page.locator("form.app-filters").get_by_role("button", name="Show").click()
    page.get_by_role("link", name=re.compile("^B: Needs support ?, Durham")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Whitby: Pathology")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Comments").click()
    page.get_by_label("Your comment").fill("The pathologists back it")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_role("region", name="Comments")).to_contain_text("The pathologists back it")
    page.get_by_label("Show as at").fill("2016-08-20")
    page.locator("form.app-as-at-form").get_by_role("button", name="Show").click()
    expect(page.get_by_role("region", name="Comments")).to_contain_text("None recorded")
    expect(page.get_by_role("button", name="Add the comment")).to_have_count(0)


def test_pages_of_plans_are_accessible_on_a_phone(
    open_page: OpenPage, email: str, check_accessibility: CheckAccessibility
) -> None:
    page = open_page("/sign-in", width=320)
    sign_in(page, email)
    page.goto("/plans?q=durham&service=pathology")
    check_accessibility(page)
    for path in ("/plans/matrix", "/plans/matrix?service=pathology", "/plans/movement?since=2016-08-01"):
        page.goto(path)
        check_accessibility(page)
    page.goto("/plans?q=durham&service=pathology")
    page.get_by_role("link", name="Whitby: Pathology").click()
    check_accessibility(page)


def test_a_printed_plan_has_what_is_folded_away_and_nothing_to_click(open_page: OpenPage, email: str) -> None:
    page = open_page("/sign-in")
    sign_in(page, email)
    page.goto("/plans?q=durham&service=pathology")
    page.get_by_role("link", name="Whitby: Pathology").click()
    suggested = page.get_by_role("region", name="History of the decision").locator("li").first
    folded = page.locator("details .nhsuk-details__text").first
    expect(suggested).to_be_visible()
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    for gone in (page.get_by_label("Your comment"), page.get_by_role("navigation"), page.get_by_role("button")):
        assert not any(one.is_visible() for one in gone.all())
    expect(page.get_by_role("heading", name="Savings ledger")).to_be_visible()
