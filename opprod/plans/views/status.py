"""Withdrawing and reinstating a plan."""

from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.notes import ReinstatePlanForm, WithdrawPlanForm
from opprod.plans.queries.records import record_of
from opprod.plans.services.status import NOT_WITHDRAWN, reinstate_plan, withdraw_plan
from opprod.plans.views.access import find_plan
from opprod.plans.views.recording import form_page, saved, standing_plan, title_of
from opprod.web.forms import add_error


@blueprint.route("/plans/<int:plan_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def withdraw(plan_id: int) -> ResponseReturnValue:
    """Withdraw a plan, for a reason."""
    plan, record = standing_plan(plan_id)
    form = WithdrawPlanForm()
    if form.validate_on_submit():
        try:
            withdraw_plan(plan=plan, reason=form.reason.data, actor=signed_in())
        except (InvalidInput, WrongState) as error:
            add_error(form, InvalidInput(error.message, field=getattr(error, "field", None)))
        else:
            return saved(plan, "", f"{title_of(record)} is withdrawn.")
    return form_page("plans/records/withdraw.html", form, record)


@blueprint.route("/plans/<int:plan_id>/reinstate", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def reinstate(plan_id: int) -> ResponseReturnValue:
    """Let a withdrawn plan stand again, for a reason."""
    plan = find_plan(plan_id)
    record = record_of(plan, clock.today())
    if not record.withdrawn:
        raise WrongState(NOT_WITHDRAWN)
    form = ReinstatePlanForm()
    if form.validate_on_submit():
        try:
            reinstate_plan(plan=plan, reason=form.reason.data, actor=signed_in())
        except InvalidInput as error:
            add_error(form, error)
        else:
            return saved(plan, "", f"{title_of(record)} is reinstated, and waits for its region.")
    return form_page("plans/records/reinstate.html", form, record)
