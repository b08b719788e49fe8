import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from opprod.cli import main
from tests.server import serving

OPPROD = (sys.executable, "-m", "opprod.cli")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "OPPROD_DATA_DIR": str(tmp_path), "OPPROD_ADMIN_EMAIL": "boss@demo.example"}


def addresses(data_dir: Path) -> list[str]:
    with closing(sqlite3.connect(data_dir / "opprod.sqlite")) as database:
        return [email for (email,) in database.execute("SELECT email FROM user WHERE role = 'administrator'")]


def test_an_empty_folder_gets_an_administrator_and_a_later_start_changes_nothing(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    for options in (["--no-demo"], ["--no-demo"], []):
        with (
            serving([*OPPROD, "start", *options], cwd=tmp_path, env=environ) as address,
            urlopen(f"{address}/sign-in") as page,
        ):
            assert page.status == 200
        assert addresses(tmp_path) == ["boss@demo.example"]


def test_a_demonstration_is_not_taken_for_another_programme(tmp_path: Path) -> None:
    shell = CliRunner(env={"OPPROD_DATA_DIR": str(tmp_path)})
    shell.invoke(main, ["migrate"], catch_exceptions=False)
    shell.invoke(main, ["demo"], catch_exceptions=False)

    refused = shell.invoke(main, ["start", "--no-demo"])

    assert refused.exit_code == 1
    assert "demonstration programme" in refused.output


def test_a_setting_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    refused = CliRunner(env={"OPPROD_TODAY": "yesterday"}).invoke(main, ["start"])

    assert refused.exit_code == 1
    assert refused.output == "Error: OPPROD_TODAY must be a day such as 2016-09-26, not 'yesterday'.\n"
