"""``opprod``: what is done from the shell."""

import os
import secrets
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app

from opprod import create_app, schema
from opprod.accounts import Role, queries, services
from opprod.config import Settings, SettingsError
from opprod.core import clock
from opprod.core.errors import DomainError
from opprod.db import db, reading_only, unit_of_work
from opprod.organisations import services as organisations
from opprod.organisations.queries import directorate

Params = ParamSpec("Params")
Result = TypeVar("Result")


def in_app(command: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run a command within the application; what it refuses is one line and exit code 1."""

    @wraps(command)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        try:
            with create_app().app_context():
                return command(*args, **kwargs)
        except (DomainError, SettingsError) as error:
            raise click.ClickException(str(error)) from error

    return run


def in_programme(command: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run a command within the application, at the programme's day."""

    @wraps(command)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        with clock.pinned_to(_pinned_day()):
            return command(*args, **kwargs)

    return in_app(run)


@click.group()
@click.version_option(package_name="opprod")
def main() -> None:
    """Hold a programme as dated records, and write Board papers from them."""


@main.command()
@in_app
def migrate() -> None:
    """Bring the database to the tables this version needs."""
    schema.upgrade()


@main.command(context_settings={"show_default": True})
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=2, type=click.IntRange(1, 64), help="Processes; each serves four requests at once."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the application until interrupted."""
    os.execv(  # noqa: S606 gunicorn takes this process over, so that signals reach it
        sys.executable,
        [
            sys.executable,
            "-m",
            "gunicorn",
            f"--bind={host}:{port}",
            f"--workers={workers}",
            "--threads=4",
            "--worker-class=gthread",
            "--access-logfile=-",
            "opprod:create_app()",
        ],
    )


@main.group()
def user() -> None:
    """Keep accounts."""


@user.command("create-admin")
@click.option("--email", envvar="OPPROD_ADMIN_EMAIL", help="Otherwise asked for.")
@click.option("--password", envvar="OPPROD_ADMIN_PASSWORD", help="Otherwise one is made and printed once.")
@in_programme
def create_admin(email: str | None, password: str | None) -> None:
    """Make the first administrator; does nothing where anyone has an account."""
    if queries.anyone_exists():
        click.echo("There are accounts already; an administrator can make more.")
        return
    address = email or click.prompt("Email address of the administrator")
    chosen = password or secrets.token_urlsafe(12)
    with unit_of_work():
        services.create_account(
            email=address,
            name="Administrator",
            role=Role.ADMINISTRATOR,
            region=None,
            password=chosen,
            actor=services.system_actor(),
        )
    click.echo(f"Administrator {address} made." + ("" if password else f" Password, shown this once: {chosen}"))


@main.group()
def reference() -> None:
    """Keep the reference data: STPs and trusts."""


@reference.command("load")
@in_app
def load_reference() -> None:
    """Bring STPs and trusts to what this version's data files say; may be repeated."""
    with unit_of_work():
        result = organisations.load_reference_data(actor=services.system_actor())
    for name, tally in (("STPs", result.stps), ("Trusts", result.trusts)):
        click.echo(f"{name}: {tally.added} added, {tally.changed} changed, {tally.unchanged} unchanged.")
    if result.changed_nothing:
        click.echo("The reference data was loaded already.")


def _pinned_day() -> date | None:
    settings: Settings = current_app.extensions["opprod"]
    if settings.today or not schema.exists():
        return settings.today
    with reading_only():
        programme = directorate()
        pinned_to = programme.clock_pinned_to if programme else None
        db.session.rollback()  # the command begins a transaction of its own
    return pinned_to


if __name__ == "__main__":
    main()
