"""Pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires

blueprint = Blueprint("rounds", __name__)


@blueprint.get("/meetings")
@requires(Permission.VIEW_PROGRAMME)
def meetings() -> ResponseReturnValue:
    """List them."""
    return render_template("overview/home.html")
