"""Serving the application by gunicorn."""

from flask import Flask
from gunicorn.app.base import BaseApplication

from opprod import create_app


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
        return create_app()
