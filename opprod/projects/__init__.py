"""Workstreams, projects, their updates, and their measures."""

from flask import Flask

from opprod.projects import views


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(views.blueprint)
