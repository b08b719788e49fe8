"""Waiting for a paper's PDF."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.config import Settings
from opprod.core import clock
from opprod.db import unit_of_work
from opprod.reports import making
from opprod.reports.rendering import Limits, Renderer
from opprod.reports.views import documents
from tests.builders.papers import a_paper
from tests.client import Client
from tests.pdf_checks import assert_pdf_ua, pdf_text

TODAY = date(2016, 9, 26)


@pytest.fixture
def paper_id(app: Flask, request: pytest.FixtureRequest) -> int:
    """A paper like no other test's, so that none has asked for its PDF."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        return a_paper(reference="BM/16/89", report_on=request.node.name).id


@pytest.fixture(autouse=True)
def renderer(warm_renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> Renderer:
    """A renderer that is ready, in place of the application's."""
    for module in (making, documents):
        monkeypatch.setattr(module, "renderer", lambda: warm_renderer)
    return warm_renderer


@pytest.fixture
def staff(signed_in: Callable[..., Client]) -> Client:
    return signed_in(Role.STAFF)


def test_the_pdf_comes_at_once_and_is_the_same_the_next_time(staff: Client, paper_id: int) -> None:
    answer = staff.get(f"/papers/{paper_id}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == "inline; filename=BM-16-89.pdf"
    assert_pdf_ua(answer.data)
    assert "Draft: not yet confirmed" in pdf_text(answer.data)
    assert staff.get(f"/papers/{paper_id}.pdf").data == answer.data


def test_a_pdf_that_takes_long_shows_its_progress_and_is_then_offered(
    staff: Client, paper_id: int, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PATIENCE_SECONDS", 0)
    answer = staff.get(f"/papers/{paper_id}.pdf?as_at=2016-09-25")
    assert answer.status_code == 303
    path = answer.location
    assert path.endswith("?as_at=2016-09-25")
    waiting = staff.get(path).text
    assert '<noscript><meta http-equiv="refresh"' in waiting
    status_href = re.search(r'data-poll-href="([^"]+)"', waiting)
    assert status_href
    news = staff.get(status_href[1]).get_json()
    assert news["state"] == "running"
    assert news["location"] is None

    key = path.split("?")[0].rsplit("/", 1)[1]
    renderer.wait(key)
    news = staff.get(status_href[1]).get_json()
    assert (news["state"], news["percent"], news["text"]) == ("done", 100, "Ready: 2 pages")
    assert news["location"] == path
    done = staff.get(path).text
    assert "It has 2 pages." in done
    assert f'href="/papers/{paper_id}.pdf?as_at=2016-09-25"' in done
    assert "http-equiv" not in done


def test_making_it_leads_to_its_progress(staff: Client, paper_id: int) -> None:
    answer = staff.send(f"/papers/{paper_id}/pdf")
    assert answer.status_code == 303
    assert re.fullmatch(rf"/papers/{paper_id}/pdf/[0-9a-f]{{64}}", answer.location)
    assert staff.get(answer.location).status_code == 200


def test_a_pdf_that_cannot_be_made_says_why_and_what_to_do(
    staff: Client, paper_id: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = Renderer(settings.data_dir / "renders", Limits(wall_seconds=0.01))
    for module in (making, documents):
        monkeypatch.setattr(module, "renderer", lambda: limited)
    answer = staff.get(f"/papers/{paper_id}.pdf")
    assert answer.status_code == 303
    page = staff.get(answer.location).text
    assert "The PDF could not be made. The PDF was not ready after 0.01 seconds." in page
    assert "Leave out a section or shorten the longest tables, then try again." in page
    assert "Try again" in page

    status = staff.get(f"{answer.location}/status").get_json()
    assert (status["state"], status["location"]) == ("failed", answer.location)


@pytest.mark.parametrize("key", ["0" * 64, "x", "..%2f..%2fsecret_key"])
def test_a_render_there_is_not_is_not_found(staff: Client, paper_id: int, key: str) -> None:
    assert staff.get(f"/papers/{paper_id}/pdf/{key}").status_code == 404
    assert staff.get(f"/papers/{paper_id}/pdf/{key}/status").status_code == 404
