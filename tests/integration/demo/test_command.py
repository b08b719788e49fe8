"""``opprod demo``: once, whole or not at all, and into an empty database alone."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select, text

from opprod import create_app
from opprod.accounts import Role
from opprod.accounts.services import system_actor
from opprod.cli import main
from opprod.config import Settings
from opprod.db import db, reading_only, unit_of_work
from opprod.demo import ACCOUNTS, TODAY
from opprod.demo.programme import Programme
from opprod.organisations.models import Stp, StpName
from opprod.organisations.services import load_reference_data, set_up_directorate
from opprod.plans.models import Plan
from opprod.plans.queries.facts import facts_of
from opprod.plans.rules.facts import PlanFacts
from opprod.schema import upgrade
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.client import Client

CHOSEN = "a password of our choosing"
TABLES = ("user", "directorate", "trust", "meeting", "strand", "reading", "paper", "audit_event", "plan", "plan_note")


@pytest.fixture
def installation(tmp_path: Path, migrated_database: Path) -> Settings:
    """An installation with an empty database, whose clock runs."""
    path = tmp_path / "opprod.sqlite"
    shutil.copy(migrated_database, path)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}")


@pytest.fixture
def opprod(installation: Settings) -> Callable[..., Result]:
    """Runs a command on the installation."""

    def run(*arguments: str, **environ: str) -> Result:
        return CliRunner(env={"OPPROD_DATA_DIR": str(installation.data_dir), **environ}).invoke(main, arguments)

    return run


def signs_in(settings: Settings, email: str, password: str) -> bool:
    app = create_app(settings)
    app.test_client_class = Client
    client: Client = app.test_client()  # type: ignore[assignment]
    answer = client.send("/sign-in", {"email": email, "password": password})
    with app.app_context():
        db.engine.dispose()
    return answer.status_code == 303


def rows(settings: Settings) -> dict[str, int]:
    with create_app(settings).app_context(), reading_only():
        counts = {table: db.session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0 for table in TABLES}
        db.session.remove()
        db.engine.dispose()
    return counts


@contextmanager
def changing(settings: Settings) -> Iterator[None]:
    """What is made in the ``with`` block is kept in the installation."""
    with create_app(settings).app_context():
        with unit_of_work():
            yield
        db.session.remove()
        db.engine.dispose()


def test_it_loads_once_into_either_database(empty_database: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=empty_database)
    environ = {"OPPROD_DATA_DIR": str(tmp_path), "OPPROD_DATABASE_URL": empty_database}
    runner = CliRunner(env={**environ, "OPPROD_DEMO_PASSWORD": CHOSEN})
    with create_app(settings).app_context():
        upgrade()
        db.engine.dispose()

    first = runner.invoke(main, ["demo"])
    held = rows(settings)
    second = runner.invoke(main, ["demo"])

    assert first.exit_code == 0, first.output
    assert all(account.email in first.output for account in ACCOUNTS)
    assert CHOSEN not in first.output
    assert second.exit_code == 0
    assert second.output == "The demonstration programme is loaded already.\n"
    assert rows(settings) == held
    assert signs_in(settings, "executive@demo.example", CHOSEN)


def test_without_the_setting_a_password_is_made_and_printed_once(
    opprod: Callable[..., Result], installation: Settings
) -> None:
    first = opprod("demo")
    second = opprod("demo")

    printed = re.search(r"shown this once: (\S+)\n", first.output)
    assert printed
    assert signs_in(installation, "staff@demo.example", printed[1])
    assert printed[1] not in second.output


def make_directorate() -> None:
    set_up_directorate(
        name="Another directorate",
        body="NHS Improvement",
        purpose="Something else.",
        demonstration=False,
        clock_pinned_to=None,
        actor=system_actor(),
    )


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: a_user(Role.ADMINISTRATOR), "accounts"),
        (make_directorate, "a directorate"),
        (a_meeting, "meetings"),
    ],
)
def test_a_database_with_other_data_is_refused(
    opprod: Callable[..., Result], installation: Settings, make: Callable[[], object], what: str
) -> None:
    with changing(installation):
        make()
    before = rows(installation)

    result = opprod("demo", OPPROD_DEMO_PASSWORD=CHOSEN)

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: This database already has {what}.")
    assert rows(installation) == before


def test_reference_data_is_no_other_data(opprod: Callable[..., Result], installation: Settings) -> None:
    with changing(installation):
        load_reference_data(actor=system_actor())

    assert opprod("demo", OPPROD_DEMO_PASSWORD=CHOSEN).exit_code == 0


def test_a_failure_near_the_end_leaves_nothing(
    opprod: Callable[..., Result], installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_programme: Programme) -> None:
        raise RuntimeError

    empty = rows(installation)
    monkeypatch.setattr(Programme, "confirm_equality_duty", fail)

    assert opprod("demo", OPPROD_DEMO_PASSWORD=CHOSEN).exit_code != 0
    assert rows(installation) == empty


def test_whoever_runs_a_demonstration_may_choose_a_weak_password(
    opprod: Callable[..., Result], installation: Settings
) -> None:
    assert opprod("demo", OPPROD_DEMO_PASSWORD="short").exit_code == 0
    assert signs_in(installation, "viewer@demo.example", "short")


def test_a_database_without_tables_is_told_to_migrate(tmp_path: Path) -> None:
    result = CliRunner(env={"OPPROD_DATA_DIR": str(tmp_path)}).invoke(main, ["demo"])

    assert result.exit_code == 1
    assert "opprod migrate" in result.output


def test_of_two_at_once_one_loads_and_one_finds_it_loaded(installation: Settings) -> None:
    environ = {**os.environ, "OPPROD_DATA_DIR": str(installation.data_dir), "OPPROD_DEMO_PASSWORD": CHOSEN}
    command = [sys.executable, "-m", "opprod.cli", "demo"]

    both = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sorted("is loaded already" in output for output in outputs) == [False, True]


def test_at_twice_the_scale_footprints_are_made_up_and_the_real_ones_say_the_same(
    opprod: Callable[..., Result], installation: Settings, demo_app: Flask
) -> None:
    assert opprod("demo", "--scale", "2", OPPROD_DEMO_PASSWORD=CHOSEN).exit_code == 0

    assert rows(installation)["plan"] == 176
    once, twice = recorded(demo_app), recorded(create_app(installation))
    assert {key: said for key, said in twice.items() if key[1] <= 44} == once
    stps = named_stps(create_app(installation))
    assert list(stps) == list(range(1, 89))
    for number in range(45, 89):
        stp, name = stps[number]
        assert (name.name, bool(name.illustrative)) == (f"Illustrative footprint {number}", True)
        assert (stp.region, stp.population) == (stps[number - 44][0].region, None)
    assert opprod("demo", "--scale", "3").output == "The demonstration programme is loaded already.\n"


@pytest.mark.parametrize("scale", ["0", "101", "many"])
def test_a_scale_that_cannot_be_is_refused(opprod: Callable[..., Result], installation: Settings, scale: str) -> None:
    result = opprod("demo", "--scale", scale)

    assert result.exit_code == 2
    assert "--scale" in result.output
    assert rows(installation)["user"] == 0


def named_stps(app: Flask) -> dict[int, tuple[Stp, StpName]]:
    """The STPs, each with its name."""
    with app.app_context(), reading_only():
        named = select(Stp, StpName).join(StpName, StpName.subject_id == Stp.id).order_by(Stp.id)
        found = {stp.id: (stp, name) for stp, name in db.session.execute(named)}
        db.session.remove()
        db.engine.dispose()
    return found


def recorded(app: Flask) -> dict[tuple[str, int], PlanFacts]:
    """What is recorded of every plan, by its service and its STP's number."""
    with app.app_context(), reading_only():
        plans = db.session.scalars(select(Plan)).all()
        facts = facts_of(plans, TODAY)
        found = {(plan.service.slug, plan.stp_id): facts[plan.id] for plan in plans}
        db.session.remove()
        db.engine.dispose()
    return found
