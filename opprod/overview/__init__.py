"""What each person sees first."""

from flask import Flask

from opprod.overview import views


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(views.blueprint)
