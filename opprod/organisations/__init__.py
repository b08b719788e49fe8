"""The directorate, its regions, the STPs and the trusts."""

from flask import Flask

from opprod.organisations import views


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(views.blueprint)
