"""The whole programme on other days, and on the other database."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from opprod import create_app, demo, schema
from opprod.config import Settings
from opprod.db import db, unit_of_work
from tests import postgres
from tests.builders.accounts import PASSWORD
from tests.client import Client
from tests.whole.addresses import address_of, begin_work
from tests.whole.table import ACCOUNTS, ALLOWED, EXECUTIVE, STAFF, rules

# They ask for a draft, a document or a withdrawn plan, or for a render that was never begun.
NOT_NOW = {
    *("projects.edit_update", "projects.discard_update", "reports.pdf_progress", "reports.pdf_status"),
    *("plans.document", "plans.withdraw_document", "plans.reinstate"),
}


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Client
    yield app
    with app.app_context():
        db.engine.dispose()


def signed_in(app: Flask, letter: str) -> Client:
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(ACCOUNTS[letter])
    return client


def open_every_page(app: Flask, letter: str) -> None:
    client = signed_in(app, letter)
    for rule in rules(app):
        if "GET" in (rule.methods or ()) and letter in ALLOWED[rule.endpoint] and rule.endpoint not in NOT_NOW:
            address = address_of(app, rule)
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("today", [date(2016, 9, 30), date(2018, 6, 1)], ids=str)
def test_every_page_opens_when_the_clock_is_moved(demo_database: Path, tmp_path: Path, today: date) -> None:
    path = tmp_path / "moved.sqlite"
    shutil.copy(demo_database, path)
    shutil.copytree(demo_database.parent / "files", tmp_path / "files")
    with running(Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=today)) as app:
        open_every_page(app, EXECUTIVE)


def test_in_2018_promises_are_overdue_and_no_round_is_open(demo_database: Path, tmp_path: Path) -> None:
    path = tmp_path / "moved.sqlite"
    shutil.copy(demo_database, path)
    with running(Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=date(2018, 6, 1))) as app:
        client = signed_in(app, STAFF)
        assert "days overdue" in client.get("/next-steps").text
        refused = client.send("/projects/procurement/update", follow_redirects=True)
        assert "No round is open for updates" in refused.text
        # What stood in 2016 still does.
        assert "over 1,400 users" in client.get("/projects/model-hospital?as_at=2016-09-26").text


@pytest.mark.postgres
def test_the_programme_is_the_same_on_postgresql(postgres_server: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=postgres.new_database(postgres_server))
    with running(settings) as app:
        with app.app_context():
            schema.upgrade()
            with unit_of_work():
                demo.load(password=PASSWORD, say=lambda _line: None)
        begin_work(app)
        open_every_page(app, EXECUTIVE)
        with app.app_context():
            db.session.remove()
