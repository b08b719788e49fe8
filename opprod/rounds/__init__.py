"""Board meetings, and the reporting rounds they make."""

from flask import Flask

from opprod.rounds import views


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(views.blueprint)
