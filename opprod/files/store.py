"""The store of files: each under the SHA-256 of its content, in a folder or in S3 and its like.

A name made of the content is our own, whatever the file was called. The same content is kept once; what a request
stored before it was refused does no harm and is found again by the next one.
"""

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from opprod.core.errors import DomainError, NotFound

CHUNK = 256 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: the SHA-256 of its content, in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """A store at an address: ``file:///srv/opprod/files``, ``s3://bucket/folder`` or another that obstore knows."""

    def __init__(self, address: str) -> None:
        self._folder = _folder_of(address)
        if self._folder is None:
            self._store = from_url(address)
        else:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store = LocalStore(self._folder)

    def put(self, content: IO[bytes]) -> Stored:
        """Store a file that can be read twice; it is there whole when this returns, or not at all.

        Raises ``DomainError`` where the store cannot be used.
        """
        content.seek(0)
        digest, size = hashlib.sha256(), 0
        for chunk in iter(lambda: content.read(CHUNK), b""):
            digest.update(chunk)
            size += len(chunk)
        stored = Stored(sha256=digest.hexdigest(), size=size)
        content.seek(0)
        with _told("stored"):
            # Even where it is there already: a file that was damaged since is whole again.
            obstore.put(self._store, _path(stored.sha256), content)
            if self._folder is not None:
                _keep_through_a_power_cut(self._folder / _path(stored.sha256))
        return stored

    def open(self, sha256: str, *, size: int) -> Iterator[bytes]:
        """Read a file in chunks; the last one comes only when the whole was found to be what was stored.

        Raises ``NotFound`` for a file that is missing or of another size, ``DomainError`` where the store cannot be
        used, and ``OSError`` when it comes to the end of a file that was altered. Each is logged.
        """
        try:
            with _told("opened"):
                found = obstore.get(self._store, _path(sha256))
        except FileNotFoundError as error:
            raise _missing(sha256, "is not in the store") from error
        if found.meta["size"] != size:
            raise _missing(sha256, f"is {found.meta['size']} bytes in the store, not {size}")
        return _checked(found.stream(min_chunk_size=CHUNK), sha256)


@cache
def at(address: str) -> FileStore:
    """The store at an address, opened once in each process."""
    return FileStore(address)


def _folder_of(address: str) -> Path | None:
    parts = urlsplit(address)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}"


def _keep_through_a_power_cut(path: Path) -> None:
    """Have the file and its name written to the disk itself, before the database says that it is there."""
    for part in (path, path.parent, path.parent.parent):
        descriptor = os.open(part, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _checked(chunks: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    digest, held = hashlib.sha256(), b""
    for chunk in chunks:
        if held:
            yield held
        digest.update(chunk)
        held = bytes(chunk)
    if digest.hexdigest() != sha256:
        _log.error("The content of file %s was altered in the store", sha256)
        raise OSError("A stored file was altered.")
    yield held


def _missing(sha256: str, how: str) -> NotFound:
    _log.error("File %s %s", sha256, how)
    return NotFound("The file of this document is missing or damaged. Tell whoever looks after the service.")


@contextmanager
def _told(done: str) -> Iterator[None]:
    """Say in the log what the store complained of, and to the person that it cannot be used."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        _log.exception("A file could not be %s", done)
        raise DomainError(f"The file could not be {done}: the store of documents cannot be used just now.") from error
