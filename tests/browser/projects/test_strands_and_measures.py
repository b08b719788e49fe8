"""Setting up a project and counting something of it, as people do, with and without JavaScript."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import unit_of_work
from tests.builders.accounts import PASSWORD, a_user
from tests.conftest import TODAY

OpenPage = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
def test_a_project_is_set_up_counted_and_read_on_a_phone(
    app: Flask, open_page: OpenPage, check_accessibility: Callable[[Page], None], javascript: bool
) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        email = a_user(Role.EXECUTIVE, name="Ed Executive").email
    page = open_page("/sign-in", javascript=javascript)
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    page.goto("/projects")
    page.get_by_role("link", name="Add a project").click()
    page.get_by_label("Name").fill("Model Hospital")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("link", name="Choose the owner")).to_be_visible()
    page.get_by_label("Purpose").fill("Show each trust how it compares.")
    page.get_by_label("Owner").select_option("Ed Executive")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Model Hospital")

    page.get_by_role("link", name="Add a measure").click()
    page.get_by_label("Name").fill("Registered users")
    page.get_by_label("Unit").fill("users")
    page.get_by_role("button", name="Add").click()
    for day, value in (("1 August 2016", "c.900"), ("1 September 2016", "over 1,400")):
        page.get_by_role("link", name="Record a reading").click()
        page.get_by_label("Value").fill(value)
        page.get_by_label("True from").fill(day)
        page.get_by_label("Source").fill("User log")
        page.get_by_role("button", name="Save").click()
    chart = "Registered users: from c.900 users on 1 Aug 2016 to over 1,400 users on 1 Sep 2016"
    expect(page.get_by_role("img", name=chart)).to_be_visible()

    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("definition").get_by_role("link", name="Model Hospital").click()
    expect(page.get_by_role("img", name=chart)).to_be_visible()
    if javascript:
        check_accessibility(page)
    page.get_by_role("link", name="Registered users").click()
    page.get_by_role("link", name="Withdraw the reading of 1 September 2016").click()
    page.get_by_label("Why is it withdrawn?").fill("It was another measure’s")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".app-measure__value")).to_have_text("c.900 users")
