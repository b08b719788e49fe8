"""Workstreams and projects: their updates, next steps and measures."""

from flask import Flask

from opprod.projects import views  # noqa: F401 puts the pages on the blueprint
from opprod.projects.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(blueprint)
