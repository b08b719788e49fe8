"""Every page, for every role that may see it, in a real browser: accessible, quiet, and no wider than a phone."""

import re
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
    *("reports.docx", "reports.export_changes", "reports.section_draft"),
    *("plans.document", "plans.export", "plans.export_savings"),
}
TOKEN = re.compile(r'name="csrf_token"[^>]*')
looked_at: set[str] = set()
"""What stood on the pages looked at so far, within the frame that is each role's own."""


def is_new(page: Page) -> bool:
    """Whether no role has been shown just this yet."""
    content = TOKEN.sub("", page.locator("main").inner_html())
    new = content not in looked_at
    looked_at.add(content)
    return new


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
    page.get_by_role("heading", name="Overview").wait_for()
    check_accessibility(page)
    seen = 0
    for rule in rules(app):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_PAGES and letter in ALLOWED[rule.endpoint]:
            page.set_viewport_size(DESK)
            answer = page.goto(address_of(app, rule))
            assert answer
            assert answer.status == 200, page.url
            seen += 1
            if not is_new(page):
                continue
            check_accessibility(page)
            page.set_viewport_size(PHONE)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{page.url} is {width} pixels wide on a phone"
    assert seen > 10
