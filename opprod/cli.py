"""``opprod``: what is done from the shell."""

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from fcntl import LOCK_EX, flock
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app

from opprod import create_app, demo, schema
from opprod.accounts import Role, queries, services
from opprod.config import Settings, SettingsError
from opprod.core import clock
from opprod.core.errors import DomainError
from opprod.db import db, reading_only, unit_of_work
from opprod.organisations import services as organisations
from opprod.organisations.queries import directorate
from opprod.plans.services.catalogue import open_plans
from opprod.reports.commands import paper
from opprod.serving import Server

UNASKED_ADDRESS = "administrator@opprod.invalid"

Params = ParamSpec("Params")
Result = TypeVar("Result")


def in_app(command: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run a command within the application; what it refuses is one line and exit code 1."""

    @wraps(command)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        try:
            with create_app().app_context():
                try:
                    return command(*args, **kwargs)
                finally:
                    # A connection must not outlive the command into the processes that serve.
                    db.session.remove()
                    db.engine.dispose()
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


def in_the_programme(group: click.Group) -> click.Group:
    """Run each command of a room's group within the application, at the programme's day."""
    for command in group.commands.values():
        if command.callback is not None:
            command.callback = in_programme(command.callback)
    return group


def serving_options(command: Callable[..., None]) -> Callable[..., None]:
    """Take where and by how many processes to serve."""
    workers = click.IntRange(1, 64)
    for option in (
        click.option("--workers", default=2, type=workers, help="Processes; each serves four requests at once."),
        click.option("--port", default=8000, type=click.IntRange(1, 65535)),
        click.option("--host", default="127.0.0.1"),
    ):
        command = option(command)
    return command


@click.group()
@click.version_option(package_name="opprod")
def main() -> None:
    """Hold a programme as dated records, and write Board papers from them."""


@main.command()
@in_app
def migrate() -> None:
    """Bring the database to the tables this version needs."""
    schema.upgrade()


@main.command("demo", context_settings={"show_default": True})
@click.option(
    "--scale",
    default=1,
    type=click.IntRange(1, 100),
    help="How many times the 88 plans to make, for footprints that are made up beside the real ones.",
)
@in_app
def load_demo(scale: int) -> None:
    """Load the demonstration programme of September 2016 into an empty database; does nothing where it is loaded."""
    settings: Settings = current_app.extensions["opprod"]
    password = settings.demo_password or secrets.token_urlsafe(12)
    # SQLite's own wait for the other's transaction ends in an error.
    with _in_turn("demo"), unit_of_work():
        if demo.is_loaded():
            click.echo("The demonstration programme is loaded already.")
            return
        demo.load(password=password, say=click.echo, scale=scale)
    click.echo(f"The demonstration programme is loaded, at {demo.TODAY:%-d %B %Y}. Its accounts are:")
    for account in demo.ACCOUNTS:
        click.echo(f"  {account.email:<24} {account.name}")
    if settings.demo_password:
        click.echo("The password of each is that in OPPROD_DEMO_PASSWORD.")
    else:
        click.echo(f"The password of each, shown this once: {password}")


@main.command(context_settings={"show_default": True})
@serving_options
def serve(host: str, port: int, workers: int) -> None:
    """Serve the application until interrupted."""
    Server(host=host, port=port, workers=workers).run()


@main.command(context_settings={"show_default": True})
@click.option(
    "--demo/--no-demo",
    "with_demo",
    default=True,
    help="What a database without accounts gets: the demonstration programme, or its first administrator.",
)
@serving_options
def start(with_demo: bool, host: str, port: int, workers: int) -> None:
    """Migrate, begin a programme where there is none, and serve."""
    with _in_turn("start"):
        migrate.main([], standalone_mode=False)
        if not _has_begun():
            (load_demo if with_demo else create_admin).main([], standalone_mode=False)
        elif not with_demo and _is_demonstration():
            raise click.ClickException(
                "This database holds the demonstration programme. To begin another, set OPPROD_DATA_DIR to a "
                "folder of its own."
            )
    Server(host=host, port=port, workers=workers).run()


@main.group()
def user() -> None:
    """Keep accounts."""


@user.command("create-admin")
@click.option(
    "--email", envvar="OPPROD_ADMIN_EMAIL", help=f"Otherwise asked for, or {UNASKED_ADDRESS} where nobody can answer."
)
@click.option("--password", envvar="OPPROD_ADMIN_PASSWORD", help="Otherwise one is made and printed once.")
@in_programme
def create_admin(email: str | None, password: str | None) -> None:
    """Make the first administrator; does nothing where anyone has an account."""
    if queries.anyone_exists():
        click.echo("There are accounts already; an administrator can make more.")
        return
    address = email or _ask_address()
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
    """Bring STPs and trusts to this version’s data files, and open the plans of new STPs; may be repeated."""
    with unit_of_work():
        result = organisations.load_reference_data(actor=services.system_actor())
        opened = open_plans(actor=services.system_actor())
    for name, tally in (("STPs", result.stps), ("Trusts", result.trusts)):
        click.echo(f"{name}: {tally.added} added, {tally.changed} changed, {tally.unchanged} unchanged.")
    if opened:
        click.echo(f"Plans: {opened:,} opened.")
    if result.changed_nothing:
        click.echo("The reference data was loaded already.")


main.add_command(in_the_programme(paper))


@contextmanager
def _in_turn(step: str) -> Iterator[None]:
    """Let processes that start together on one data folder take turns at a step of preparing it."""
    try:
        data_dir = Settings.from_environment().data_dir
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / f"{step}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _ask_address() -> str:
    """Ask for the administrator's address, or take one of our own where nobody can answer."""
    if sys.stdin.isatty():
        return str(click.prompt("Email address of the administrator"))
    return UNASKED_ADDRESS


@in_app
def _has_begun() -> bool:
    with reading_only():
        return queries.anyone_exists()


@in_app
def _is_demonstration() -> bool:
    with reading_only():
        return demo.is_loaded()


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
