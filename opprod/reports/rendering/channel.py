"""How processes reach the one that renders for a folder: a socket in that folder."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opprod.reports.rendering.job import versions

if TYPE_CHECKING:
    from collections.abc import Iterator

BACKLOG = 128
LONGEST_MESSAGE = 4096
PATIENCE_SECONDS = 5.0


@cache
def socket_name() -> str:
    """Return what the socket is called: another name for each version, so that none is asked to do another's work."""
    digest = sha256(repr(versions()).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(f"{path} {path.stat().st_mtime_ns}".encode())
    return f"renderer-{digest.hexdigest()[:12]}"


def listen(directory: Path) -> socket.socket:
    """Open the socket in the folder, in place of one that nobody listens to any more."""
    (directory / socket_name()).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with _address(directory) as address:
        listener.bind(address)
    listener.listen(BACKLOG)
    return listener


def connect(directory: Path) -> socket.socket | None:
    """Return a connection to the folder's renderer, or None if there is none."""
    try:
        return reach(directory)
    except (FileNotFoundError, ConnectionRefusedError):
        return None


def reach(directory: Path) -> socket.socket:
    """Return a connection to the folder's renderer; raise ``OSError`` if there is none, or it does not answer."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.settimeout(PATIENCE_SECONDS)
    try:
        with _address(directory) as address:
            connection.connect(address)
    except BaseException:
        connection.close()
        raise
    return connection


def send(connection: socket.socket, message: dict[str, Any], *handles: int) -> None:
    """Send a message, and open files along with it."""
    socket.send_fds(connection, [json.dumps(message).encode()], handles)


def receive(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return a message and the open files that came with it; an empty message when the other side is gone."""
    try:
        data, handles, _, _ = socket.recv_fds(connection, LONGEST_MESSAGE, 1)
    except ConnectionError:
        return {}, []
    return json.loads(data or b"{}"), handles


def heard(connection: socket.socket) -> bool:
    """Take word of news in; False when the other side has hung up."""
    try:
        return bool(connection.recv(LONGEST_MESSAGE))
    except ConnectionError:
        return False


def notify(connection: socket.socket) -> None:
    """Send word that there is news, to one who may be gone or have unread word already."""
    with suppress(OSError):
        connection.send(b"{}", socket.MSG_DONTWAIT)


@contextmanager
def _address(directory: Path) -> Iterator[str]:
    """Give a path to the socket that fits into an address, of 107 bytes at most, however long the folder's is."""
    handle = os.open(directory, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{socket_name()}"
    finally:
        os.close(handle)
