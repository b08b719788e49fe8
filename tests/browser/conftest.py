"""A real Chromium on a real server, which fails the test for anything it complains of."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, or else Playwright's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The application, served; its address."""
    served = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.port}"
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said in its console; a test that expects something takes it out."""
    return []


@pytest.fixture
def open_page(chromium: Browser, server: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page at a path: ``open_page("/", width=320, javascript=False)``; each call is a browser of its own."""
    contexts = []

    def open_at(path: str, *, width: int = 1280, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=server, viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def check_accessibility() -> Callable[[Page], None]:
    """Fail for what axe finds on a page, and for a page wider than its window."""

    def check(page: Page) -> None:
        page.evaluate(AXE)
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        found = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations]
        assert found == [], f"{page.url}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} is too wide"

    return check


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    # Chromium reports the answer to a refused form, a page like any other, as an error.
    refusal = re.search(r"responded with a status of 4\d\d", message.text)
    if message.type in {"error", "warning"} and not refusal:
        complaints.append(message.text)
