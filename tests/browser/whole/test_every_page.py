"""Every page, for every role that may see it, in a real browser: accessible, quiet, and no wider than a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.builders.accounts import PASSWORD
from tests.whole.addresses import address_of, begin_work
from tests.whole.table import ACCOUNTS, ALLOWED, rules

PHONE = {"width": 320, "height": 800}
DESK = {"width": 1280, "height": 900}
NOT_PAGES = {
    *("static", "overview.health", "reports.pdf", "reports.pdf_status", "reports.pdf_progress"),
    *("plans.document", "plans.export", "plans.export_savings"),
}


@pytest.fixture
def app(demo_app: Flask) -> Flask:
    """The application with the demonstration programme in it, and a draft."""
    begin_work(demo_app)
    return demo_app


@pytest.mark.parametrize("letter", ACCOUNTS, ids=ACCOUNTS.get)
def test_pages_are_accessible(
    app: Flask, open_page: Callable[..., Page], check_accessibility: Callable[[Page], None], letter: str
) -> None:
    page = open_page("/sign-in")
    check_accessibility(page)
    page.get_by_label("Email address").fill(ACCOUNTS[letter])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    seen = 0
    for rule in rules(app):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_PAGES and letter in ALLOWED[rule.endpoint]:
            page.set_viewport_size(DESK)
            answer = page.goto(address_of(app, rule))
            assert answer
            assert answer.status == 200, page.url
            check_accessibility(page)
            page.set_viewport_size(PHONE)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{page.url} is {width} pixels wide on a phone"
            seen += 1
    assert seen > 10
