"""Reading the ranking of gains on a desk and on a phone, and putting plans into a paper."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import unit_of_work
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.gains import a_line, an_investment
from tests.builders.papers import a_paper
from tests.builders.plans import HR_AND_FINANCE, a_plan, a_service, an_stp
from tests.conftest import TODAY

OpenPage = Callable[..., Page]


@pytest.fixture
def executive(app: Flask) -> str:
    """The address of an executive, in a programme with plans and a paper."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        service = a_service("Back office", functions=HR_AND_FINANCE)
        for number, name in enumerate(
            ("Leeds", "Devon", "Surrey, with a name that takes more than one line"), start=1
        ):
            plan = a_plan(service=service, stp=an_stp(Region.NORTH, name=name))
            plan.illustrative = "the whole plan" if number == 1 else None
            a_line(plan, f"£{number}-{2 * number}m", year=2015 + number)
            a_line(plan, "over £9m", function="payroll")
            an_investment(plan, capital="£3m")
        a_plan(service=service)
        a_paper(reference="BM/16/89")
        return a_user(Role.EXECUTIVE).email


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
def test_gains_are_read_narrowed_and_reckoned_by_chosen_functions(
    executive: str, open_page: OpenPage, check_accessibility: Callable[[Page], None], javascript: bool
) -> None:
    page = open_page("/sign-in", javascript=javascript)
    sign_in(page, executive)
    page.goto("/plans/gains")
    chart = page.get_by_role("img", name="Yearly saving against months to the first of it, for 3 plans")
    expect(chart).to_be_visible()
    expect(page.get_by_role("heading", name="Not ranked: 1 plan")).to_be_visible()
    if javascript:
        check_accessibility(page)

    page.get_by_text("Count chosen functions").click()
    page.get_by_label("Back office: Payroll").check()
    page.get_by_role("group", name="Filter").get_by_role("button", name="Show").click()
    expect(page.get_by_role("cell", name="over £9m")).to_have_count(3)

    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("link", name="Count all functions").click()
    expect(page.get_by_role("definition").get_by_text("All functions")).to_be_visible()
    page.get_by_text("How this is reckoned").click()
    expect(chart).to_be_visible()
    if javascript:
        check_accessibility(page)


def test_an_executive_puts_plans_into_a_paper(
    executive: str, open_page: OpenPage, check_accessibility: Callable[[Page], None]
) -> None:
    page = open_page("/sign-in")
    sign_in(page, executive)
    page.goto("/papers")
    page.get_by_role("link", name="BM/16/89").click()
    check_accessibility(page)
    page.get_by_text("Sections not in this paper").click()
    page.get_by_role("button", name="Include STP plans: categories and gains").click()
    expect(page.get_by_role("table", name="Largest near-term gains in Back office")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    check_accessibility(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Leave out STP plans: categories and gains").click()
    expect(page.get_by_role("table", name="Largest near-term gains in Back office")).to_have_count(0)
