"""Users, roles, signing in, and the permission that every endpoint names."""

from flask import Flask

from opprod.accounts import gate, views
from opprod.accounts.models import User
from opprod.accounts.permissions import Permission, Role, requires

__all__ = ["Permission", "Role", "User", "init_app", "requires"]


def init_app(app: Flask) -> None:
    """Put the gate before every request, and add the pages of accounts."""
    gate.init_app(app)
    app.register_blueprint(views.blueprint)
