"""Recording what a plan is to deliver."""

from flask import request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.deliverables import DeliverablesForm, deliverables_data
from opprod.plans.queries.records import record_of
from opprod.plans.services.deliverables import record_deliverables
from opprod.plans.views.recording import conflict, form_page, saved, standing_plan

TEMPLATE = "plans/records/deliverables.html"


@blueprint.route("/plans/<int:plan_id>/deliverables", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def edit_deliverables(plan_id: int) -> ResponseReturnValue:
    """Record what a plan is to deliver. Row buttons show the form again with a row more or less."""
    plan, record = standing_plan(plan_id)
    if request.method != "POST":
        return form_page(TEMPLATE, DeliverablesForm(data=deliverables_data(record)), record, is_changed=False)
    form = DeliverablesForm()
    if form.deliverables.apply(request.form.get("action")):
        return form_page(TEMPLATE, form, record, is_changed=True)
    if form.validate_on_submit():
        try:
            is_new = record_deliverables(
                plan=plan,
                deliverables=form.content(),
                source=form.source.data,
                seen=form.seen.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            form.show(error)
        except Conflict:
            now = DeliverablesForm(formdata=None, data=deliverables_data(record_of(plan, clock.today())))
            return conflict(record, "The list of deliverables", theirs=now.as_typed(), yours=form.as_typed())
        else:
            return saved(plan, "deliverables", "The deliverables are saved.", is_new=is_new)
    return form_page(TEMPLATE, form, record, is_changed=True)
