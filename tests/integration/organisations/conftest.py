"""An installation with the reference data in it."""

import shutil
from pathlib import Path

import pytest

from opprod.accounts import services as accounts
from opprod.config import Settings
from opprod.core import clock
from opprod.db import unit_of_work
from opprod.organisations import services
from tests.conftest import TODAY, MadeOnce


@pytest.fixture(scope="session")
def reference_database(made_once: MadeOnce, migrated_database: Path) -> Path:
    """A database with the reference data, to be copied."""

    def fill() -> None:
        with clock.pinned_to(TODAY), unit_of_work():
            services.load_reference_data(actor=accounts.system_actor())

    return made_once("reference", fill, copied_from=migrated_database)


@pytest.fixture
def settings(tmp_path: Path, reference_database: Path) -> Settings:
    """Settings of an installation of the test's own that has the reference data, at 26 September 2016."""
    path = tmp_path / "opprod.sqlite"
    shutil.copy(reference_database, path)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=TODAY)
