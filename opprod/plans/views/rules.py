"""The page that says how a plan's category is suggested."""

from flask import render_template
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.core import clock
from opprod.plans import presenters
from opprod.plans.blueprint import blueprint
from opprod.plans.rules import register


@blueprint.get("/plans/rules")
@requires(Permission.VIEW_PLANS)
def rules() -> ResponseReturnValue:
    """Show the rules in force, and every other version, in the words that the rules themselves hold."""
    in_force = register.in_force(clock.today())
    return render_template(
        "plans/rules/show.html",
        in_force=in_force,
        others=[version for version in reversed(register.RULE_SETS) if version is not in_force],
        presenters=presenters,
    )
