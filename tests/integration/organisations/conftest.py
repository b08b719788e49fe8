"""An installation with the reference data in it."""

import shutil
from pathlib import Path

import pytest

from opprod import create_app
from opprod.accounts import services as accounts
from opprod.config import Settings
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.organisations import services
from tests.conftest import TODAY


@pytest.fixture(scope="session")
def reference_database(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Path:
    """A database with the reference data, to be copied."""
    folder = tmp_path_factory.mktemp("reference")
    path = folder / "opprod.sqlite"
    shutil.copy(migrated_database, path)
    app = create_app(Settings(data_dir=folder, database_url=f"sqlite:///{path}"))
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            services.load_reference_data(actor=accounts.system_actor())
        db.engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path, reference_database: Path) -> Settings:
    """Settings of an installation of the test's own that has the reference data, at 26 September 2016."""
    path = tmp_path / "opprod.sqlite"
    shutil.copy(reference_database, path)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=TODAY)
