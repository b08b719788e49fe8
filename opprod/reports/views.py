"""Pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires

blueprint = Blueprint("reports", __name__)


@blueprint.get("/papers")
@requires(Permission.VIEW_PAPERS)
def papers() -> ResponseReturnValue:
    """List them."""
    return render_template("overview/home.html")
