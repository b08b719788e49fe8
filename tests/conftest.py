"""What tests share: an application on a database of its own, and clients that look closely at every answer."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2.bccache import Bucket, BytecodeCache
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from werkzeug.routing import Rule

from opprod import create_app, demo, schema
from opprod.accounts import Role, User, services
from opprod.config import Settings
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.reports.rendering import Renderer
from tests import postgres
from tests.builders.accounts import PASSWORD, a_user
from tests.client import Client

TODAY = date(2016, 9, 26)

MadeOnce = Callable[..., Path]

# A machine that is busy makes no fault.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Hash with the cheapest profile: these passwords guard nothing."""
    patch = pytest.MonkeyPatch()
    patch.setattr(services, "passwords", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Make a database to be copied, with its files: the first process of this run that asks does, the others wait."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def make(name: str, fill: Callable[[], None], *, copied_from: Path | None = None) -> Path:
        path = folder / name / "opprod.sqlite"
        with (folder / f"{name}.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not path.exists():
                with TemporaryDirectory(dir=folder) as being_made:
                    draft = Path(being_made) / "opprod.sqlite"
                    if copied_from:
                        shutil.copy(copied_from, draft)
                    app = create_app(Settings(data_dir=draft.parent, database_url=f"sqlite:///{draft}"))
                    with app.app_context():
                        fill()
                        db.engine.dispose()
                    path.parent.mkdir(exist_ok=True)
                    if (stored := draft.parent / "files").exists():
                        stored.rename(path.parent / "files")
                    draft.rename(path)
        return path

    return make


@pytest.fixture(scope="session")
def migrated_database(made_once: MadeOnce) -> Path:
    """An empty database with every table, to be copied."""
    return made_once("migrated", schema.upgrade)


@pytest.fixture
def settings(tmp_path: Path, migrated_database: Path) -> Settings:
    """Settings of an installation of the test's own, at 26 September 2016."""
    path = tmp_path / "opprod.sqlite"
    shutil.copy(migrated_database, path)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=TODAY)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application; its pages' faults fail the test."""
    yield from _application(settings)


@pytest.fixture(scope="session")
def demo_database(made_once: MadeOnce, migrated_database: Path) -> Path:
    """A database with the demonstration programme, to be copied."""

    def fill() -> None:
        with unit_of_work():
            demo.load(password=PASSWORD, say=lambda _line: None)

    return made_once("demonstration", fill, copied_from=migrated_database)


@pytest.fixture
def demo_app(tmp_path: Path, demo_database: Path) -> Iterator[Flask]:
    """The application with the demonstration programme, at its day; sign in as staff@demo.example and so on."""
    path = tmp_path / "demo.sqlite"
    shutil.copy(demo_database, path)
    shutil.copytree(demo_database.parent / "files", tmp_path / "files")
    yield from _application(Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}"))


@pytest.fixture
def programme(app: Flask) -> Iterator[None]:
    """The application's context, at its day, for tests that call services and queries themselves.

    Not together with a client: requests would share this context, and who is signed in with it.
    """
    with app.app_context(), clock.pinned_to(TODAY):
        yield
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser that is not signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., Client]:
    """A browser signed in as a new person of a role: ``signed_in(Role.STAFF)``, or as a person given."""

    def sign_in(role: Role = Role.STAFF, *, user: User | None = None) -> Client:
        with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
            email = (user or a_user(role)).email
        client: Client = app.test_client()  # type: ignore[assignment]
        client.sign_in(email)
        return client

    return sign_in


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL, running for the length of the test run."""
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables: SQLite in one run of the test, PostgreSQL in another."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return postgres.new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def app_on_each(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application, its clock running, on a database with every table: SQLite, then PostgreSQL."""
    app = create_app(Settings(data_dir=tmp_path, database_url=empty_database))
    with app.app_context():
        schema.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


class _CompiledTemplates(BytecodeCache):
    """Templates compiled once for the whole run: every test has an application of its own."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_compiled_templates = _CompiledTemplates()


# So are statements. A cache tells databases apart by their dialects, and SQLite's are all alike.
_compiled_statements: dict[Any, Any] = {}
SQLiteDialect_pysqlite.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign,assignment]
SQLiteDialect_pysqlite.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign,assignment]


# And so is what builds the addresses of a rule, which depends on nothing but the rule.
_compile_builder = Rule._compile_builder
_compiled_builders: dict[Any, Any] = {}


def _compiled_builder(rule: Rule, append_unknown: bool = True) -> Any:
    converters = {name: type(converter) for name, converter in rule._converters.items()}
    key = (rule.rule, repr(rule._trace), repr(rule.defaults), repr(converters), append_unknown)
    if key not in _compiled_builders:
        _compiled_builders[key] = _compile_builder(rule, append_unknown)
    return _compiled_builders[key]


Rule._compile_builder = _compiled_builder  # type: ignore[method-assign]


def _application(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _compiled_templates
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=_compiled_statements)
    app.testing = True
    app.test_client_class = Client
    yield app
    if (settings.data_dir / "renders").exists():
        Renderer(settings.data_dir / "renders").stop()
    with app.app_context():
        db.engine.dispose()
