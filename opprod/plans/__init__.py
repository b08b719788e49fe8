"""STPs' consolidation plans: what they say, what they save, and their triage into A, B and C."""

from flask import Flask

from opprod.plans import views  # noqa: F401 puts the pages on the blueprint
from opprod.plans.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Add this room's pages."""
    app.register_blueprint(blueprint)
