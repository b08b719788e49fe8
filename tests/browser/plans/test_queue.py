"""Triage in a real browser: a whole region by the keyboard alone, and the decision beside its evidence."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import unit_of_work
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.plans import a_lead, a_service, an_stp
from tests.builders.triage import a_triage_round
from tests.conftest import TODAY

STPS = 12
SERVICES = ("Pathology", "Back office")
MOST_TABS = 40


@pytest.fixture
def people(app: Flask) -> tuple[str, str]:
    """A lead of a region of twelve STPs with two services, in a round, and one of the centre."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        for name in SERVICES:
            a_service(name)
        for number in range(1, STPS + 1):
            an_stp(Region.MIDLANDS_AND_EAST, name=f"Footprint {number}")
        a_triage_round("Autumn")
        return a_lead(Region.MIDLANDS_AND_EAST).email, a_user().email


def focused(page: Page) -> str:
    """What has the focus, by its label or its text."""
    return str(
        page.evaluate("(e => (e.labels?.[0] ?? e).textContent.trim().replace(/\\s+/g, ' '))(document.activeElement)")
    )


def tab_to(page: Page, name: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    raise AssertionError(f"{MOST_TABS} tabs lead to no {name}")


def sign_in(page: Page, email: str) -> None:
    tab_to(page, "Email address")
    page.keyboard.type(email)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def decide(page: Page, *, downs: int, text: str, button: str) -> None:
    """Choose by the arrows, say why, and save; from wherever the focus is at the top of the page."""
    tab_to(page, "Go to the decision")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("type", "radio")
    expect(page.locator(":focus")).not_to_be_checked()
    page.keyboard.press("Space")
    for _ in range(downs):
        page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    assert focused(page) == button
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_region_of_twelve_stps_and_two_services_is_triaged_by_the_keyboard_alone(
    open_page: Callable[..., Page], people: tuple[str, str], check_accessibility: Callable[[Page], None]
) -> None:
    page = open_page("/sign-in?next=/plans/queue")
    sign_in(page, people[0])
    check_accessibility(page)
    titles = [f"Footprint {number}: {service}" for service in SERVICES for number in range(1, STPS + 1)]
    for done, title in enumerate(titles):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"My queue: {title}")
        expect(page.get_by_text(f"{done} of 24 proposed in your region, {24 - done} to go")).to_be_visible()
        letter = done % 3
        decide(page, downs=letter, text="Nothing was sent.", button="Propose")
        # The message of what was saved has the focus.
        assert f"{'ABC'[letter]} is proposed for {title}." in focused(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("My queue")
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    expect(page.get_by_text("24 of 24 proposed in your region, 0 to go")).to_be_visible()
    check_accessibility(page)


def test_what_is_refused_says_so_where_the_focus_is_and_keeps_what_was_chosen(
    open_page: Callable[..., Page], people: tuple[str, str], check_accessibility: Callable[[Page], None]
) -> None:
    page = open_page("/sign-in?next=/plans/queue")
    sign_in(page, people[0])
    decide(page, downs=2, text="   ", button="Propose")
    assert focused(page).startswith("There is a problem")
    check_accessibility(page)
    page.keyboard.press("Tab")
    assert focused(page).startswith("Enter why you propose this category")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why")).to_be_focused()
    expect(page.get_by_role("radio", name="C: No plan")).to_be_checked()
    page.keyboard.type("Nothing was sent.")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "C is proposed for Footprint 1: Pathology." in focused(page)


def test_the_centre_answers_by_the_keyboard_with_the_decision_beside_the_evidence_or_below_it(
    open_page: Callable[..., Page], people: tuple[str, str], check_accessibility: Callable[[Page], None]
) -> None:
    lead, staff = people
    region = open_page("/sign-in?next=/plans/queue")
    sign_in(region, lead)
    decide(region, downs=0, text="They have signed.", button="Propose")
    for width, beside in ((1280, True), (390, False)):
        page = open_page("/sign-in?next=/plans/queue", width=width)
        sign_in(page, staff)
        evidence = page.get_by_role("heading", name="What the rules suggest").bounding_box()
        decision = page.get_by_role("heading", name="Decision", exact=True).bounding_box()
        assert evidence is not None
        assert decision is not None
        assert (decision["x"] > evidence["x"] + evidence["width"]) is beside
        assert (decision["y"] > evidence["y"] + 900) is not beside
        check_accessibility(page)
    decide(page, downs=3, text="Which trusts?", button="Save the decision")
    assert "Footprint 1: Pathology is returned to the region with your question." in focused(page)
    region.goto("/plans/queue")
    expect(region.get_by_text("The centre asks: Which trusts?")).to_be_visible()


def test_a_plan_is_decided_without_javascript_too(open_page: Callable[..., Page], people: tuple[str, str]) -> None:
    page = open_page("/sign-in?next=/plans/queue", javascript=False)
    page.get_by_label("Email address").fill(people[0])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("radio", name="B: Needs support").check()
    page.get_by_label("Why").fill("It is late.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("B is proposed for Footprint 1: Pathology.")).to_be_visible()
    page.get_by_role("link", name="Not now, show the next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My queue: Footprint 3: Pathology")
