"""Pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires

blueprint = Blueprint("projects", __name__)


@blueprint.get("/workstreams")
@requires(Permission.VIEW_PROGRAMME)
def workstreams() -> ResponseReturnValue:
    """List them."""
    return render_template("overview/home.html")


@blueprint.get("/projects")
@requires(Permission.VIEW_PROGRAMME)
def projects() -> ResponseReturnValue:
    """List them."""
    return render_template("overview/home.html")
