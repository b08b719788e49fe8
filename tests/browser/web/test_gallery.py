"""Components in a real browser, under the page's own content security policy."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], None]


def texts(page: Page) -> list[str]:
    """What the rows' text areas hold, in order."""
    return [area.input_value() for area in page.locator("[data-list-rows] textarea").all()]


def names(page: Page) -> list[str | None]:
    """What the rows' text areas are sent as."""
    return [area.get_attribute("name") for area in page.locator("[data-list-rows] textarea").all()]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_accessible_and_fit_the_window(open_page: OpenPage, check_accessibility: Check, width: int) -> None:
    page = open_page("/gallery/components?as_at=2016-09-20&page=4", width=width)
    check_accessibility(page)
    page.goto("/gallery/form")
    check_accessibility(page)
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title(re.compile("^Error: "))
    check_accessibility(page)
    for path in ("/no-such-page", "/gallery/components?as_at=soon"):
        page.goto(path)
        check_accessibility(page)


def test_the_style_sheet_and_fonts_are_in_use(open_page: OpenPage) -> None:
    page = open_page("/gallery/components")
    header = page.locator("header").evaluate("element => getComputedStyle(element).backgroundColor")
    assert header == "rgb(0, 94, 184)"
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)")


def test_what_people_typed_runs_nothing(open_page: OpenPage) -> None:
    page = open_page("/gallery/components")
    expect(page).to_have_title(re.compile("^Components"))


def test_rows_are_added_moved_and_removed_in_place(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    status = page.locator("[data-list-status]")
    page.locator("#statements-0-outcome").check()
    page.locator("#statements-1-outcome-2").check()

    page.get_by_role("button", name="Add a next step").click()
    expect(page.locator("#statements-2-text")).to_be_focused()
    page.keyboard.type("third")
    expect(status).to_have_text("Statement 3 added.")

    page.get_by_role("button", name="Move up next step 3").click()
    expect(page.get_by_role("button", name="Move up next step 2")).to_be_focused()
    expect(status).to_have_text("Moved. It is now statement 2 of 3.")
    assert texts(page) == ["Signed the lease", "third", "Appoint the lead"]
    assert names(page) == ["statements-0-text", "statements-1-text", "statements-2-text"]

    page.get_by_role("button", name="Move down achievement 1").click()
    assert texts(page) == ["third", "Signed the lease", "Appoint the lead"]
    expect(page.locator("#statements-1-outcome")).to_be_checked()
    expect(page.locator("#statements-2-outcome-2")).to_be_checked()

    page.get_by_role("button", name="Remove next step 1").click()
    assert texts(page) == ["Signed the lease", "Appoint the lead"]
    expect(page.locator("#statements-0")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    assert texts(page) == ["third", "Signed the lease", "Appoint the lead"]


def test_rows_arrive_as_they_stand_and_their_errors_move_with_them(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    page.get_by_role("button", name="Add a next step").click()
    page.get_by_role("button", name="Move up next step 3").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Statement 2: enter what was done")
    assert texts(page) == ["Signed the lease", "", "Appoint the lead"]

    page.wait_for_load_state("load")  # or the button would be pressed before there is a script to move the row
    page.get_by_role("button", name="Move up next step 2").click()
    link = page.get_by_role("link", name="Statement 2: enter what was done")
    assert link.get_attribute("href") == "#statements-0-text"
    link.click()
    expect(page.locator("#statements-0-text")).to_be_focused()


def test_no_more_rows_than_the_list_takes(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    add = page.get_by_role("button", name="Add an achievement")
    for _ in range(3):
        add.click()
    expect(add).to_be_hidden()
    page.get_by_role("button", name="Remove achievement 5").click()
    expect(add).to_be_visible()


def test_without_javascript_the_same_buttons_work(open_page: OpenPage) -> None:
    page = open_page("/gallery/form", javascript=False)
    page.locator("#title").fill("Lease")
    page.get_by_role("button", name="Add a next step").click()
    page.locator("#statements-2-text").fill("third")
    page.get_by_role("button", name="Move up next step 3").click()
    assert texts(page) == ["Signed the lease", "third", "Appoint the lead"]
    assert page.locator("#title").input_value() == "Lease"


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_in_a_text_field_saves_the_form(open_page: OpenPage, *, javascript: bool) -> None:
    page = open_page("/gallery/form", javascript=javascript)
    page.locator("#rag").check()
    page.locator("#title").fill("Lease")
    page.locator("#statements-1-due").press("Enter")
    expect(page.get_by_text("Saved Lease")).to_be_visible()


def test_leaving_with_unsaved_changes_asks_first(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto("/gallery/components")
    assert asked == []

    page.goto("/gallery/form")
    page.locator("#title").fill("Lease")
    page.goto("/gallery/components")
    assert asked == ["beforeunload"]

    page.goto("/gallery/form")
    page.locator("#rag").check()
    page.locator("#title").fill("Lease")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved Lease")).to_be_visible()
    assert asked == ["beforeunload"]


def test_a_form_is_sent_once_however_often_its_button_is_pressed(open_page: OpenPage) -> None:
    page = open_page("/gallery/form")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("#rag").check()
    page.locator("#title").fill("Lease")
    page.get_by_role("button", name="Save").evaluate("button => { button.click(); button.click(); button.click(); }")
    expect(page.get_by_text("Saved Lease")).to_be_visible()
    assert sent.count("POST") == 1


def test_work_in_the_background_is_followed_to_its_end(open_page: OpenPage) -> None:
    page = open_page("/gallery/waiting")
    page.wait_for_url("**/gallery/components")


def test_on_paper_there_is_nothing_to_click(open_page: OpenPage) -> None:
    page = open_page("/gallery/components")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Components")).to_be_visible()
    for clickable in ("header", "nav", ".nhsuk-button", ".app-filters"):
        expect(page.locator(clickable).first).to_be_hidden()
    expect(page.locator("thead").first).to_be_visible()
