"""Files sent with a form: how much an endpoint takes, and how they come in.

What an endpoint takes is known before anything of the request is read, since protection against forged forms reads
all of it. It comes in while no lock is held on the database: it comes at the sender's pace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from opprod.db import READING_METHODS, db
from opprod.web.errors import TooLarge

MEBIBYTE = 1024 * 1024
# Room for the form's other fields, and for somewhat more files than are taken, so that the form can say so itself.
FURTHER_BYTES = MEBIBYTE
FURTHER_PARTS = 40


@dataclass(frozen=True, slots=True)
class Limits:
    """What an endpoint takes: files of ``largest`` bytes each, ``most`` of them at once."""

    largest: int
    most: int

    def __str__(self) -> str:
        return f"{self.most} files of {self.largest // MEBIBYTE} MB each"


class UploadRequest(Request):
    """A request that can let go of the files it was in the middle of taking in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begun: list[IO[bytes]] = []

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        """Werkzeug asks this where to put a file that comes in."""
        stream = super()._get_file_stream(*args, **kwargs)
        self._begun.append(stream)
        return stream

    def close(self) -> None:
        """Let go of the request, and of every file that began to come in."""
        super().close()
        for stream in self._begun:
            stream.close()


View = TypeVar("View", bound=Callable[..., Any])


def takes_files(*, largest: int, most: int) -> Callable[[View], View]:
    """Let an endpoint take files of ``largest`` bytes each, ``most`` at once. Goes under ``@requires``."""

    def mark(view: View) -> View:
        view.takes_files = Limits(largest, most)  # type: ignore[attr-defined] # read back by _limits
        return view

    return mark


def init_app(app: Flask) -> None:
    """Take files in. Call after the gate, so that only those who may send them do, and before CSRF protection."""
    app.request_class = UploadRequest
    app.before_request(_receive)


def let_go_of_the_database() -> None:
    """End the transaction so far, in which nothing was changed, before something that takes a while."""
    db.session.rollback()


def _receive() -> None:
    limits = _limits()
    if limits is None or request.method in READING_METHODS:
        return
    request.max_content_length = limits.largest * limits.most + FURTHER_BYTES
    request.max_form_parts = limits.most + FURTHER_PARTS
    let_go_of_the_database()
    try:
        request.files  # noqa: B018 reading them in is what it does
    except RequestEntityTooLarge as error:
        raise TooLarge(f"This page takes up to {limits} at once.") from error


def _limits() -> Limits | None:
    view = current_app.view_functions[request.endpoint] if request.endpoint else None
    return getattr(view, "takes_files", None)
