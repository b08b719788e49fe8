"""Writing an update in a real browser: rows come, move and go without a page load, and what was typed is sent."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from opprod.core import clock
from opprod.db import unit_of_work
from opprod.projects.services import updates as services
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.builders.updates import a_round


@pytest.fixture
def draft(app: Flask) -> tuple[str, str]:
    """Who writes an update, and where."""
    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        strand, writer = a_strand(name="Pathology"), a_user(name="Ann Staff")
        a_reading(a_measure(strand, key="visits", name="Trusts visited", unit="trusts"), "20")
        update = services.start_update(strand=strand, round=a_round(), actor=writer)
        return writer.email, f"/updates/{update.id}/edit"


@pytest.fixture
def writing(open_page: Callable[..., Page], draft: tuple[str, str]) -> Callable[..., Page]:
    """A browser on the form of the update, signed in."""

    def open_form(**options: object) -> Page:
        email, path = draft
        page = open_page("/sign-in", **options)
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(path)
        return page

    return open_form


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def test_an_update_is_written_and_submitted_without_a_page_load_between(
    writing: Callable[..., Page], check_accessibility: Callable[[Page], None]
) -> None:
    page = writing()
    page.evaluate("window.isSamePage = true")
    page.get_by_role("radio", name="Amber").check()
    page.get_by_label("Reason").fill("Two trusts are late.")
    page.get_by_role("button", name="Add progress").click()
    expect(page.get_by_label("What progress was made")).to_be_focused()
    page.keyboard.type("We have visited [[visits]].")
    page.get_by_role("button", name="Add a next step").click()
    page.get_by_label("What will be done").fill("Visit the rest.")
    page.get_by_label("Who will do it").select_option("Ann Staff")
    page.get_by_label("Due").fill("31 October 2016")
    page.get_by_role("button", name="Add an achievement").click()
    page.get_by_label("What was achieved").fill("Signed the contract.")
    check_accessibility(page)

    row(page, "Achievement 3").get_by_role("button", name="Move up").click()
    row(page, "Achievement 2").get_by_role("button", name="Move up").click()
    page.get_by_role("button", name="Add progress").click()
    row(page, "Progress 4").get_by_role("button", name="Remove").click()
    expect(row(page, "Progress 4")).to_have_count(0)
    expect(row(page, "Achievement 1").get_by_label("What was achieved")).to_have_value("Signed the contract.")

    reading = row(page, "Trusts visited")
    reading.get_by_label("New value").fill("c.35")
    reading.get_by_label("Source").fill("Visit log")
    assert page.evaluate("window.isSamePage") is True
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_text("The update is submitted")).to_be_visible()
    expect(page.get_by_text("We have visited c.35 trusts.")).to_be_visible()
    expect(page.get_by_role("cell", name="31 Oct 2016")).to_be_visible()
    headings = page.get_by_role("heading", level=2).all_text_contents()
    assert headings.index("Achievements") < headings.index("Progress") < headings.index("Next steps")
    check_accessibility(page)


def test_a_refusal_leads_to_the_field_wherever_its_row_has_moved(
    writing: Callable[..., Page], check_accessibility: Callable[[Page], None]
) -> None:
    page = writing(width=390)
    page.get_by_role("button", name="Add progress").click()
    page.get_by_label("What progress was made").fill("Fine")
    page.get_by_role("button", name="Add a next step").click()
    page.get_by_label("What will be done").fill("Visit the rest.")
    page.get_by_role("button", name="Submit").click()
    expect(page).to_have_title("Error: Update: Pathology – Operational productivity programme")
    check_accessibility(page)

    row(page, "Next step 2").get_by_role("button", name="Move up").click()
    page.get_by_role("link", name="Choose who will do it").click()
    expect(row(page, "Next step 1").get_by_label("Who will do it")).to_be_focused()


def test_rows_come_and_go_without_javascript_too(writing: Callable[..., Page]) -> None:
    page = writing(javascript=False)
    page.get_by_role("button", name="Add an achievement").click()
    page.get_by_label("What was achieved").fill("Signed the contract.")
    page.get_by_role("button", name="Add progress").click()
    page.get_by_label("What progress was made").fill("Six have joined.")
    row(page, "Progress 2").get_by_role("button", name="Move up").click()
    expect(row(page, "Progress 1").get_by_label("What progress was made")).to_have_value("Six have joined.")
    row(page, "Achievement 2").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft is saved")).to_be_visible()
    expect(page.get_by_label("What progress was made")).to_have_value("Six have joined.")
    expect(page.get_by_label("What was achieved")).to_have_count(0)
