"""Writing a paper and waiting for its PDF, in a real browser."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import unit_of_work
from opprod.projects.models import StatementKind, StrandKind
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand

READY = 60_000

OpenPage = Callable[..., Page]


@pytest.fixture
def paper(app: Flask) -> str:
    """The path of a paper with a workstream and a project in it."""
    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        meeting = a_meeting()
        finance = a_strand(StrandKind.WORKSTREAM, name="Finance")
        a_published_update(
            finance, meeting, (StatementKind.ACHIEVEMENT, "Money is agreed."), (StatementKind.NEXT_STEP, "Spend it.")
        )
        procurement = a_strand(name="Procurement")
        a_published_update(procurement, meeting, (StatementKind.PROGRESS, "Prices are in."), approved=False)
        return f"/papers/{a_paper(meeting, reference='BM/16/89').id}"


@pytest.fixture
def open_as(app: Flask, open_page: OpenPage) -> Callable[..., Page]:
    """Open a page as a new person of a role."""

    def open_as(role: Role, path: str, **options: object) -> Page:
        with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
            email = a_user(role).email
        page = open_page("/sign-in", **options)
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(path)
        return page

    return open_as


@pytest.mark.parametrize("javascript", [True, False])
def test_making_the_pdf_shows_its_progress_until_it_is_ready(
    open_as: Callable[..., Page], paper: str, javascript: bool
) -> None:
    page = open_as(Role.STAFF, paper, javascript=javascript)
    page.get_by_role("button", name="Make the PDF").click()
    expect(page).to_have_url(re.compile(r"/pdf/[0-9a-f]{64}$"))
    expect(page.get_by_text("The PDF is ready.")).to_be_visible(timeout=READY)

    href = page.get_by_role("button", name="Open the PDF").or_(page.get_by_role("link", name="Open the PDF"))
    answer = page.request.get(str(href.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_the_preview_has_its_style_under_the_pages_own_policy_and_its_tools_work(
    open_as: Callable[..., Page], check_accessibility: Callable[[Page], None], paper: str
) -> None:
    page = open_as(Role.EXECUTIVE, paper)
    check_accessibility(page)
    heading = page.locator(".paper-table thead th").first
    assert heading.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(0, 94, 184)"
    first, last = page.locator(".paper-table").first.locator("thead th").all()[::2]
    widths = [cell.evaluate("element => element.offsetWidth") for cell in (first, last)]
    assert widths[1] == pytest.approx(2 * widths[0], abs=3)

    page.get_by_role("button", name="Down Introduction").click()
    expect(page.locator(".paper-heading").first).to_have_text("What we said we would do")
    page.get_by_role("button", name="Leave out Support offering").click()
    expect(page.get_by_role("button", name="Include Support offering")).to_be_visible()
    page.get_by_role("button", name="Confirm Public Sector Equality Duty").click()
    expect(page.get_by_text(re.compile(r"Confirmed by Executive \d+ on 26 September 2016"))).to_be_visible()


def test_on_a_phone_each_cell_stands_under_its_heading(
    open_as: Callable[..., Page], check_accessibility: Callable[[Page], None], paper: str
) -> None:
    page = open_as(Role.EXECUTIVE, paper, width=390)
    check_accessibility(page)
    cell = page.get_by_role("cell", name="Spend it.")
    assert cell.evaluate("element => getComputedStyle(element, '::before').content") == '"Next steps"'
    name = page.get_by_role("rowheader", name="Finance")
    assert name.bounding_box()["y"] < cell.bounding_box()["y"]  # type: ignore[index] # both are in sight


def test_a_section_is_previewed_where_it_was_typed_and_leaving_it_unsaved_asks(
    open_as: Callable[..., Page], check_accessibility: Callable[[Page], None], paper: str
) -> None:
    page = open_as(Role.EXECUTIVE, f"{paper}/sections/introduction")
    check_accessibility(page)
    page.get_by_label("Text").fill("We are **here**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_in_viewport()
    expect(page.locator(".paper strong")).to_have_text("here")
    expect(page.get_by_label("Text")).to_have_value("We are **here**.")
    check_accessibility(page)

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Paper BM/16/89").first.click()
    expect(page.get_by_role("heading", name="Paper BM/16/89")).to_be_visible()
    assert asked == ["beforeunload"]
