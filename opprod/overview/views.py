"""The first page, and the health check."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from opprod.accounts import Permission, requires
from opprod.db import db

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@requires(Permission.VIEW_PROGRAMME)
def home() -> ResponseReturnValue:
    """What this person owes, and how the programme stands."""
    return render_template("overview/home.html")


@blueprint.get("/healthz")
@requires(Permission.PUBLIC)
def health() -> ResponseReturnValue:
    """Whether the application answers and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}
