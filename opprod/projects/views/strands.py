"""Pages of workstreams and projects."""

from flask import render_template
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.projects.blueprint import blueprint


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
