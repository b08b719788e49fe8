"""Board papers, composed from the records."""

from flask import Flask

from opprod.reports import document, views


def init_app(app: Flask) -> None:
    """Add this room's pages, and what its templates draw with."""
    document.init_app(app)
    app.register_blueprint(views.blueprint)
