"""What goes wrong has a page that says so, loses nothing and leads on."""

from collections.abc import Callable
from contextlib import closing

import pytest
from flask import Flask, abort
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import event, make_url, select

from opprod.accounts import Permission, Role, User, requires
from opprod.config import Settings
from opprod.db import db
from tests.client import Client

HERE = {"Origin": "http://localhost"}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("NotAllowed", 403),
        ("NotFound", 404),
        ("Conflict", 409),
        ("InvalidInput", 422),
        ("WrongState", 422),
        ("DomainError", 422),
    ],
)
def test_what_a_service_refuses_is_told_in_its_words(gallery: Client, kind: str, status: int) -> None:
    answer = gallery.send(f"/gallery/refused/{kind}")
    assert answer.status_code == status
    assert "The meeting has no paper deadline. Set one first." in answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 406, 410, 413, 414, 415, 429, 431, 451, 501, 502, 503])
def test_every_status_has_a_page_that_leads_on(app: Flask, status: int) -> None:
    @app.get("/failing")
    @requires(Permission.PUBLIC)
    def failing() -> None:
        abort(status)

    answer = app.test_client().get("/failing")
    assert answer.status_code == status
    assert 'href="/"' in answer.text.split("<main")[1]


def test_the_second_of_two_who_save_at_one_moment_is_told(app: Flask, signed_in: Callable[..., Client]) -> None:
    """Both were let through the service's own check; the database itself refuses the second."""

    @app.post("/taking")
    @requires(Permission.USE_OWN_ACCOUNT)
    def taking() -> str:
        taken = db.session.scalars(select(User.email).where(User.is_system.is_(False))).first()
        db.session.add(User(email=taken, name="Second", role=Role.VIEWER))
        db.session.flush()
        return ""

    answer = signed_in().send("/taking", {"reference": "BM/16/89"}, headers=HERE)
    assert answer.status_code == 409
    assert "at the same moment" in answer.text
    assert "BM/16/89" in answer.text


def test_a_database_that_stays_locked_is_said_to_be_busy(app: Flask, settings: Settings) -> None:
    client: Client = app.test_client()  # type: ignore[assignment]
    token = client.token()
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=50"))
        db.engine.dispose()
    with closing(sqlite.connect(str(make_url(settings.database_url).database))) as holder:
        holder.execute("BEGIN IMMEDIATE")
        answer = client.post("/sign-in", data={"csrf_token": token, "email": "a@b.example", "password": "x" * 12})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]


def test_an_unknown_address_and_a_wrong_method(client: Client) -> None:
    assert client.get("/no-such-page").status_code == 404
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_fault_says_nothing_of_its_cause_and_saves_nothing(app: Flask, gallery: Client) -> None:
    app.testing = False
    answer = gallery.get("/gallery/broken")
    assert answer.status_code == 500
    assert "Something has gone wrong" in answer.text
    assert "secret cause" not in answer.text


def test_a_fault_of_the_database_has_a_page_that_asks_nothing_of_it(app: Flask, gallery: Client) -> None:
    app.testing = False
    app.context_processor(_broken_frame)
    answer = gallery.get("/gallery/broken")
    assert answer.status_code == 500
    assert "Go back to copy what you typed" in answer.text
    assert 'href="/"' in answer.text


def _broken_frame() -> dict[str, object]:
    raise OSError("the database is gone")


def test_what_is_too_large_is_refused(app: Flask, gallery: Client) -> None:
    token = gallery.token()
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = gallery.post("/gallery/form", data={"csrf_token": token, "purpose": "x" * 2000})
    assert answer.status_code == 413
    assert "larger than the service takes" in answer.text


def test_a_form_without_its_token_saves_nothing_and_shows_what_was_typed(gallery: Client) -> None:
    typed = {"purpose": "A long\x00 <b>text</b>", "title": " ", "password": "hunter2", "csrf_token": "stale-value"}
    answer = gallery.post("/gallery/form", data=typed, headers={**HERE, "Referer": "http://localhost/gallery/form"})
    assert answer.status_code == 400
    assert "You were on the page too long" in answer.text
    assert "A long &lt;b&gt;text&lt;/b&gt;" in answer.text
    assert "hunter2" not in answer.text
    assert "stale-value" not in answer.text
    assert '<a href="/gallery/form">open the page again</a>' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Referer": "https://elsewhere.example/http://localhost/"},
        {},
    ],
)
def test_what_another_site_made_the_browser_send_is_not_shown_as_the_person_s(
    gallery: Client, headers: dict[str, str]
) -> None:
    answer = gallery.post("/gallery/form", data={"purpose": "Call 0900 12345"}, headers=headers)
    assert answer.status_code == 400
    assert "0900" not in answer.text
    assert "elsewhere" not in answer.text


def test_two_versions_stand_side_by_side(gallery: Client) -> None:
    answer = gallery.send("/gallery/conflict", {"purpose": "As I\ntyped <it>"})
    assert answer.status_code == 409
    assert "Pathology consolidation was changed after you opened it" in answer.text
    assert "As stored" in answer.text
    assert "As I\ntyped &lt;it&gt;" in answer.text
    assert '<a href="/gallery/form">open it as it is now</a>' in answer.text


def test_a_script_that_asks_for_json_is_answered_in_json(client: Client) -> None:
    answer = client.get("/no-such-page", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert set(answer.get_json()) == {"message"}
