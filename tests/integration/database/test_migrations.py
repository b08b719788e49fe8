"""Migrations, on both databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from opprod import create_app, schema
from opprod.accounts import User
from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.config import Settings
from opprod.core import clock
from opprod.db import Base, db, reading_only, unit_of_work
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user


@pytest.fixture
def bare_app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path, database_url=empty_database))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("bare_app")
def test_up_down_and_up_again_leaves_what_the_models_say() -> None:
    schema.upgrade()
    assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    schema.check_for_drift()
    schema.downgrade("base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    schema.upgrade()
    schema.check_for_drift()


@pytest.mark.usefixtures("bare_app")
def test_migrating_twice_changes_nothing_and_keeps_what_is_there() -> None:
    schema.upgrade()
    with unit_of_work():
        user_id = a_user().id
    db.session.remove()
    schema.upgrade()
    assert db.session.get(User, user_id)


def test_processes_that_start_together_take_turns(bare_app: Flask, empty_database: str, tmp_path: Path) -> None:
    environment = {**os.environ, "OPPROD_DATABASE_URL": empty_database, "OPPROD_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "opprod.cli", "migrate"]
    processes = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(p.communicate()[1].decode(), p.returncode) for p in processes] == [("", 0)] * 3
    schema.check_for_drift()


@pytest.mark.usefixtures("bare_app")
def test_rounds_arranged_before_they_had_all_their_days_get_them_in_order() -> None:
    schema.upgrade("0003")
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO meeting (id, board, held_on, paper_due_on, version) VALUES "
                "(1, 'Board', '2016-09-29', '2016-09-22', 1), (2, 'Board', '2016-11-26', '2016-11-26', 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO reporting_round (id, meeting_id, opens_on, updates_due_on) VALUES "
                "(1, 1, '2016-09-01', '2016-09-13'), (2, 2, '2016-11-26', '2016-11-26')"
            )
        )
    schema.upgrade()
    days = {
        meeting.id: [
            meeting.round.updates_reviewed_on,
            meeting.round.paper_drafted_on,
            meeting.round.paper_approved_on,
        ]
        for meeting in db.session.scalars(select(Meeting))
    }
    assert days[1] == [date(2016, 9, 15), date(2016, 9, 16), date(2016, 9, 19)]
    assert days[2] == [date(2016, 11, 26)] * 3


@pytest.mark.usefixtures("bare_app")
def test_foreign_keys_hold_after_migrating() -> None:
    schema.upgrade()
    db.session.add(_event_by(99999))
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        db.session.flush()


@pytest.mark.usefixtures("bare_app")
def test_a_reading_transaction_cannot_write() -> None:
    schema.upgrade()
    with unit_of_work():
        user_id = a_user(name="Before").id
    with reading_only():
        user = db.session.scalars(select(User).where(User.id == user_id)).one()
        user.name = "After"
        with pytest.raises(DBAPIError, match=r"read-?only"):
            db.session.flush()
        db.session.rollback()
    assert db.session.get(User, user_id).name == "Before"


@pytest.mark.usefixtures("bare_app")
def test_the_audit_trail_cannot_be_altered() -> None:
    schema.upgrade()
    with unit_of_work():
        a_user()
    for alteration in (AuditEvent.__table__.update().values(actor_name="X"), AuditEvent.__table__.delete()):
        with pytest.raises(DBAPIError, match="cannot be altered"):
            db.session.execute(alteration)
        db.session.rollback()


def _event_by(actor_id: int) -> AuditEvent:
    return AuditEvent(
        at=clock.now(),
        actor_id=actor_id,
        actor_name="Nobody",
        event=Event.SIGNED_IN,
        subject_type="user",
        subject_id=actor_id,
        subject_label="Nobody",
        changes={},
    )
