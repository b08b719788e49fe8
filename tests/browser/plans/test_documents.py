"""Attaching documents in a real browser: their progress is shown, and each is attached or refused by itself."""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from opprod.accounts import Role
from opprod.config import Settings
from opprod.core import clock
from opprod.db import unit_of_work
from tests.builders.accounts import PASSWORD, a_user
from tests.builders.plans import a_plan
from tests.builders.samples import PDF, a_docx, a_pdf, zipped
from tests.integration.test_start import OPPROD
from tests.server import serving

TODAY = date(2016, 9, 26)
A_WHILE = 30_000
A_LONG_WHILE = 120_000

Attaching = Callable[..., Page]


@pytest.fixture
def attacher(app: Flask) -> tuple[str, str]:
    """Who attaches documents, and where."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        return a_user(Role.REGIONAL_LEAD, name="Ann Lead").email, f"/plans/{a_plan().id}/documents"


@pytest.fixture
def attaching(open_page: Callable[..., Page], attacher: tuple[str, str]) -> Attaching:
    """A browser on the page of a plan's documents, signed in."""

    def open_form(**options: object) -> Page:
        email, path = attacher
        page = open_page("/sign-in", **options)
        sign_in(page, email)
        page.goto(path)
        return page

    return open_form


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Files to send, by name."""
    folder = tmp_path / "sent"
    folder.mkdir()
    made = {
        "plan.pdf": PDF,
        "letter.docx": a_docx(),
        "disguised.docx": zipped({"a": "b"}),
        "long.pdf": a_pdf(3_000_000),
        "large.pdf": bytes(21 * 1024 * 1024),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in made}


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def attach(page: Page, *paths: Path) -> None:
    page.get_by_label("Attach documents").set_input_files(list(paths))
    page.get_by_role("button", name="Attach", exact=True).click()


def upload(page: Page, name: str) -> Locator:
    return page.locator(".app-uploads__file", has_text=name)


def listed(page: Page, *names: str) -> None:
    expect(page.locator("[data-documents] th[scope=row]")).to_have_text(list(names))


@pytest.mark.parametrize("width", [1280, 390])
def test_each_file_is_attached_or_refused_by_itself_and_the_list_follows(
    attaching: Attaching, check_accessibility: Callable[[Page], None], files: dict[str, Path], width: int
) -> None:
    page = attaching(width=width)
    page.evaluate("document.body.dataset.loaded = 'once'")
    attach(page, *(files[name] for name in ("plan.pdf", "disguised.docx", "large.pdf", "letter.docx")))
    said = page.get_by_text("2 documents are attached. Not attached: disguised.docx, large.pdf.")
    expect(said).to_be_visible()
    expect(upload(page, "disguised.docx")).to_contain_text("is a ZIP archive, not a Word document")
    expect(upload(page, "large.pdf")).to_contain_text("is larger than 20 MB")
    expect(page.locator("[data-documents]")).to_contain_text("letter.docx")
    expect(page.locator("[data-documents]")).to_contain_text("plan.pdf")
    assert page.evaluate("document.body.dataset.loaded") == "once"
    check_accessibility(page)


def test_a_long_file_shows_how_far_it_has_come(
    attaching: Attaching, check_accessibility: Callable[[Page], None], files: dict[str, Path]
) -> None:
    page = attaching()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000}
    line.send("Network.emulateNetworkConditions", slow)
    attach(page, files["long.pdf"])
    expect(upload(page, "long.pdf")).to_contain_text(re.compile(r"\D[1-9]\d?% sent"))
    assert float(str(upload(page, "long.pdf").get_by_role("progressbar").evaluate("bar => bar.value"))) > 0
    check_accessibility(page)
    expect(page.get_by_text("1 document is attached.")).to_be_visible(timeout=A_WHILE)
    listed(page, "long.pdf")


def test_one_that_was_cancelled_or_did_not_get_through_is_tried_again(
    attaching: Attaching, files: dict[str, Path], complaints: list[str]
) -> None:
    page = attaching()
    page.route("**/documents", lambda _route: None)  # it never gets through
    attach(page, files["plan.pdf"])
    page.get_by_role("button", name="Cancel plan.pdf").click()
    expect(upload(page, "plan.pdf")).to_contain_text("plan.pdf was cancelled")
    page.unroute("**/documents")

    page.context.set_offline(True)
    page.get_by_role("button", name="Try again plan.pdf").click()
    expect(upload(page, "plan.pdf")).to_contain_text("the service cannot be reached")
    assert any("ERR_INTERNET_DISCONNECTED" in text for text in complaints)
    complaints.clear()

    page.context.set_offline(False)
    page.get_by_role("button", name="Try again plan.pdf").click()
    expect(page.get_by_text("1 document is attached.")).to_be_visible()
    listed(page, "plan.pdf")


def test_someone_signed_out_meanwhile_is_told(attaching: Attaching, files: dict[str, Path]) -> None:
    page = attaching()
    page.context.clear_cookies()
    attach(page, files["plan.pdf"])
    expect(upload(page, "plan.pdf")).to_contain_text("your time signed in has ended")


def test_choosing_none_or_too_many_is_told(attaching: Attaching, files: dict[str, Path]) -> None:
    page = attaching()
    attach(page, *[files["plan.pdf"]] * 11)
    expect(page.get_by_text("Choose 10 files or fewer; you chose 11.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Attach", exact=True).click()
    expect(page.get_by_role("link", name="Choose a document to attach")).to_be_visible()


def test_without_javascript_all_go_at_once_and_the_good_ones_are_kept(
    attaching: Attaching, files: dict[str, Path]
) -> None:
    page = attaching(javascript=False)
    attach(page, files["plan.pdf"], files["disguised.docx"], files["large.pdf"])
    expect(page.get_by_text("plan.pdf is attached.")).to_be_visible()
    expect(page.get_by_role("link", name="large.pdf is larger than 20 MB")).to_be_visible()
    expect(page.get_by_role("link", name="disguised.docx is a ZIP archive, not a Word document")).to_be_visible()
    listed(page, "plan.pdf")


def test_a_document_is_saved_under_its_own_name(attaching: Attaching, files: dict[str, Path]) -> None:
    page = attaching()
    named = files["plan.pdf"].with_name("Pathology ‘hub’ £5m.pdf")
    shutil.copy(files["plan.pdf"], named)
    attach(page, named)
    with page.expect_download() as download:
        page.get_by_role("link", name=named.name, exact=True).click()
    assert download.value.suggested_filename == named.name
    assert Path(download.value.path()).read_bytes() == PDF


def test_four_hundred_megabytes_get_a_page_that_says_how_much_is_taken(
    app: Flask, attacher: tuple[str, str], chromium: Browser, tmp_path: Path
) -> None:
    """By the real server: that which answers while the browser still sends."""
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(400 * 1024 * 1024)
    email, path = attacher
    settings: Settings = app.extensions["opprod"]
    environ = {**os.environ, "OPPROD_DATA_DIR": str(settings.data_dir), "OPPROD_TODAY": TODAY.isoformat()}
    with serving([*OPPROD, "serve"], cwd=tmp_path, env=environ) as address:
        context = chromium.new_context(base_url=address, java_script_enabled=False, locale="en-GB")
        page = context.new_page()
        page.set_default_timeout(A_LONG_WHILE)
        page.goto("/sign-in")
        sign_in(page, email)
        page.goto(path)
        attach(page, huge)
        told = page.get_by_text("This page takes up to 10 files of 20 MB each at once.")
        expect(told).to_be_visible(timeout=A_LONG_WHILE)
        context.close()
