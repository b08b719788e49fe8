"""Serving the application by gunicorn."""

import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask
from gunicorn.app.base import BaseApplication
from werkzeug.wsgi import ClosingIterator

from opprod import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CHUNK = 64 * 1024
MOST_LEFT_UNREAD = 512 * 1024 * 1024
LONGEST_LINGERING = 60.0
LONGEST_SILENCE = 10.0


class Server(BaseApplication):  # type: ignore[misc] # gunicorn comes without types
    """gunicorn, told in code rather than in files, with the application built anew in each of its processes.

    The modules are imported once, before the processes part: they start in a moment and share that memory.
    """

    def __init__(self, *, host: str, port: int, workers: int) -> None:
        self._settings = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": 4,
            "accesslog": "-",
            "control_socket_disable": True,  # nothing here uses it, and it would be written to the home folder
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the application; gunicorn calls this in each worker."""
        app = create_app()
        app.wsgi_app = Lingering(app.wsgi_app)  # type: ignore[method-assign] # Flask's own way
        return app


class Lingering:
    """An application that reads, and forgets, what it left unread of a request once it has answered.

    A browser looks at the answer only when all is sent. gunicorn hangs up on what it did not read, and a person whose
    400 MB are refused would see "connection reset" in place of the page that says why. 512 MiB, a minute, or ten
    seconds of silence are the end of it.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer, and read the rest when the answer is sent."""
        return ClosingIterator(self._application(environ, start_response), [lambda: _read_the_rest(environ)])


def _read_the_rest(environ: "WSGIEnvironment") -> None:
    sender: socket.socket = environ["gunicorn.socket"]
    body, until, left = environ["wsgi.input"], time.monotonic() + LONGEST_LINGERING, MOST_LEFT_UNREAD
    patience = sender.gettimeout()
    # A sender who goes away or falls silent is let go; gunicorn then finds the body unread, and hangs up.
    with suppress(OSError):
        sender.settimeout(LONGEST_SILENCE)
        while left > 0 and time.monotonic() < until and (read := body.read(min(CHUNK, left))):
            left -= len(read)
    with suppress(OSError):
        sender.settimeout(patience)
