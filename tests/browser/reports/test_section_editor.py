"""Two people at one section, each in a browser of their own."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import unit_of_work
from opprod.reports import queries, services
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper

OpenAs = Callable[..., Page]

HREF = "/papers/1/sections/introduction"
TEXT = "North.\n\nSouth.\n\nEast."


@pytest.fixture
def open_as(app: Flask, open_page: Callable[..., Page]) -> OpenAs:
    """Open the introduction of a paper, which has three paragraphs, as a new person of a name."""
    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        section = queries.section(a_paper(a_meeting()), "introduction")
        services.edit_section(
            section=section, version=1, title="Introduction", narrative=TEXT, actor=a_user(Role.EXECUTIVE)
        )

    def open_as(name: str, **options: object) -> Page:
        with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
            email = a_user(Role.STAFF, name=name).email
        page = open_page("/sign-in", **options)
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(HREF)
        return page

    return open_as


def test_what_is_typed_is_shown_kept_and_put_together_with_what_another_saves(
    open_as: OpenAs, check_accessibility: Callable[[Page], None]
) -> None:
    ann, text = (page := open_as("Ann Archer")), page.get_by_label("Text")
    text.fill(TEXT.replace("North.", "North, by **Ann**."))
    preview = ann.locator("[data-editor-preview]")
    expect(preview.locator("strong")).to_have_text("Ann")
    # Below the text it would be of no use while typing.
    assert preview.bounding_box()["y"] < text.bounding_box()["y"] + text.bounding_box()["height"]  # type: ignore[index]
    expect(ann.get_by_text(re.compile("^Kept at "))).to_be_visible()
    text.fill("There are [[nobody]].")
    expect(ann.get_by_text("There is no measure called [[nobody]]")).to_be_visible()
    expect(preview.locator("strong")).to_have_text("Ann")
    text.fill(TEXT.replace("North.", "North, by Ann."))
    expect(ann.get_by_text("There is no measure called [[nobody]]")).to_be_hidden()
    check_accessibility(ann)

    ben = open_as("Ben Baker", width=390)
    expect(ben.get_by_text("Ann Archer is writing in this section too.")).to_be_visible()
    check_accessibility(ben)
    ben.get_by_label("Text").fill(TEXT.replace("East.", "East, by Ben."))
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("heading", name="Paper BM/16")).to_be_visible()

    ann.get_by_role("button", name="Save", exact=True).click()
    expect(ann.locator("ins")).to_have_text("East, by Ben.")
    check_accessibility(ann)


def test_signed_out_meanwhile_the_text_stays_and_is_kept_once_signed_in_again(open_as: OpenAs) -> None:
    page = open_as("Ann Archer")
    session = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Text").fill("Not to be lost.")
    expect(page.get_by_text("You are no longer signed in")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value("Not to be lost.")
    page.context.add_cookies(session)  # type: ignore[arg-type] # as they were
    page.get_by_label("Text").press_sequentially(" More.")
    expect(page.get_by_text(re.compile("^Kept at "))).to_be_visible()
    page.goto(HREF)
    expect(page.get_by_text("You have text not saved from")).to_be_visible()


def test_without_javascript_a_conflict_loses_nothing_and_leads_on(
    open_as: OpenAs, check_accessibility: Callable[[Page], None]
) -> None:
    ann, ben = (open_as(name, javascript=False) for name in ("Ann Archer", "Ben Baker"))
    for page, text in ((ann, "By Ann."), (ben, "By Ben.")):
        page.get_by_label("Text").fill(TEXT.replace("South.", text))
        page.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("heading", name="Someone else has changed this")).to_be_visible()
    ben.get_by_role("link", name="Edit with both in the text").click()
    expect(ben.get_by_label("Text")).to_have_value("North.\n\nBy Ann.\n\nBy Ben.\n\nEast.")
    ben.get_by_label("Text").fill(TEXT.replace("South.", "By both."))
    ben.get_by_role("button", name="Preview").click()
    expect(ben.locator("[data-editor-preview]")).to_contain_text("By both.")
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_role("heading", name="Paper BM/16")).to_be_visible()
