"""Recording what a plan says of itself in a real browser."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.core import clock
from opprod.db import unit_of_work
from opprod.plans.models import Category
from tests.builders.accounts import PASSWORD
from tests.builders.plan_records import (
    a_deliverable,
    a_note,
    a_scope,
    a_submission,
    a_trust_category,
    some_deliverables,
    some_figures,
)
from tests.builders.plans import a_lead, a_plan, a_service, a_trust, an_stp

PAGES = (
    "submission",
    "scope",
    "trusts/{code}",
    "deliverables",
    "figures",
    "notes",
    "notes/{note}/withdraw",
    "withdraw",
)


@pytest.fixture
def plan(app: Flask) -> tuple[str, list[str]]:
    """Who records a plan, and the addresses of its forms."""
    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        stp = an_stp(name="North West London")
        plan, trust = (
            a_plan(service=a_service("Back office"), stp=stp),
            a_trust(stp, name="Imperial College Healthcare"),
        )
        plan.illustrative = "all that the plan says"
        a_submission(plan)
        a_scope(plan, trusts=[trust])
        a_trust_category(plan, trust, Category.C)
        some_deliverables(plan, a_deliverable("One payroll", date(2017, 4, 1)), a_deliverable("A shared ledger"))
        some_figures(plan, capital="£2m")
        note = a_note(plan)
        paths = [f"/plans/{plan.id}/{page.format(code=trust.ods_code, note=note.id)}" for page in PAGES]
        return a_lead().email, paths


@pytest.fixture
def recording(open_page: Callable[..., Page], plan: tuple[str, list[str]]) -> Callable[..., Page]:
    """A browser of the region's lead."""

    def open_at(path: str, **options: object) -> Page:
        page = open_page("/sign-in", **options)
        page.get_by_label("Email address").fill(plan[0])
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(path)
        return page

    return open_at


def test_each_form_is_accessible_on_a_phone_when_fresh_and_when_refused(
    recording: Callable[..., Page], plan: tuple[str, list[str]], check_accessibility: Callable[[Page], None]
) -> None:
    page = recording(plan[1][0], width=320)
    for path in plan[1]:
        page.goto(path)
        check_accessibility(page)
        for text in page.locator("main form[method=post]").get_by_role("textbox").all():
            text.fill("plenty" if "figures" in path else "")
        page.locator("main form[method=post] button:not([name])").last.click()
        expect(page.get_by_role("alert")).to_be_visible()
        check_accessibility(page)


def test_deliverables_come_and_go_without_a_page_load(
    recording: Callable[..., Page], plan: tuple[str, list[str]], check_accessibility: Callable[[Page], None]
) -> None:
    page = recording(plan[1][3])
    page.evaluate("window.isSamePage = true")
    expect(page.get_by_role("button", name="Move up")).to_have_count(0)
    page.get_by_role("button", name="Add a deliverable").click()
    third = page.get_by_role("group", name="Deliverable 3", exact=True)
    expect(third.get_by_label("What is to be delivered")).to_be_focused()
    page.keyboard.type("One bank of staff")
    third.get_by_label("Due").fill("1 October 2016")
    page.get_by_role("group", name="Deliverable 1", exact=True).get_by_role("button", name="Remove").click()
    expect(third).to_have_count(0)
    check_accessibility(page)
    page.get_by_label("Source").fill("Two pages")
    assert page.evaluate("window.isSamePage") is True
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("The deliverables are saved.")).to_be_visible()
    expect(page.get_by_role("rowheader", name="One bank of staff")).to_be_visible()
    expect(page.get_by_role("rowheader", name="A shared ledger")).to_be_visible()
    expect(page.get_by_role("rowheader", name="One payroll")).to_have_count(0)
