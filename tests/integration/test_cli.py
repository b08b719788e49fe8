"""The shell, on an installation that begins without a database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opprod.cli import main


@pytest.fixture
def opprod(tmp_path: Path) -> Callable[..., Result]:
    """Runs a command on an installation of the test's own, which begins without a database."""

    def run(*arguments: str, **environ: str) -> Result:
        return CliRunner(env={"OPPROD_DATA_DIR": str(tmp_path), **environ}).invoke(main, arguments)

    return run


def test_migrating_again_changes_nothing(opprod: Callable[..., Result]) -> None:
    assert opprod("migrate").exit_code == 0
    again = opprod("migrate")
    assert again.exit_code == 0, again.output


def test_the_first_administrator_gets_a_password_once(opprod: Callable[..., Result]) -> None:
    opprod("migrate")

    made = opprod("user", "create-admin", OPPROD_ADMIN_EMAIL="boss@demo.example")
    again = opprod("user", "create-admin")

    assert "boss@demo.example" in made.output
    assert "Password" in made.output
    assert again.exit_code == 0
    assert "There are accounts already" in again.output


def test_where_nobody_can_be_asked_the_administrator_has_an_address_of_our_own(opprod: Callable[..., Result]) -> None:
    opprod("migrate")

    made = opprod("user", "create-admin")

    assert made.exit_code == 0
    assert "administrator@opprod.invalid" in made.output
    assert "Password, shown this once" in made.output


def test_a_setting_that_cannot_be_used_is_one_line(opprod: Callable[..., Result]) -> None:
    result = opprod("migrate", OPPROD_TODAY="yesterday")

    assert result.exit_code == 1
    assert result.output == "Error: OPPROD_TODAY must be a day such as 2016-09-26, not 'yesterday'.\n"
