"""Pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/stps")
@requires(Permission.VIEW_PROGRAMME)
def stps() -> ResponseReturnValue:
    """List them."""
    return render_template("overview/home.html")


@blueprint.get("/trusts")
@requires(Permission.VIEW_PROGRAMME)
def trusts() -> ResponseReturnValue:
    """List them."""
    return render_template("overview/home.html")
