"""Board papers, composed from the records."""

from flask import Flask

from opprod.reports import views


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(views.blueprint)
