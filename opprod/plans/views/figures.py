"""Recording a plan's single figures."""

from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.figures import FiguresForm, figures_data
from opprod.plans.models import FigureKind
from opprod.plans.queries.records import record_of
from opprod.plans.services.figures import record_figures
from opprod.plans.views.recording import conflict, form_page, saved, standing_plan


@blueprint.route("/plans/<int:plan_id>/figures", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def edit_figures(plan_id: int) -> ResponseReturnValue:
    """Record the investment a plan needs, its lead-in and the national benchmark."""
    plan, record = standing_plan(plan_id)
    form = FiguresForm(data=figures_data(record))
    if form.validate_on_submit():
        try:
            is_new = record_figures(plan=plan, figures=form.content(), seen=form.seen.data, actor=signed_in())
        except InvalidInput as error:
            form.show(error)
        except Conflict:
            now = FiguresForm(formdata=None, data=figures_data(record_of(plan, clock.today())))
            return conflict(record, "The figures", theirs=now.as_typed(), yours=form.as_typed())
        else:
            return saved(plan, "figures", "The figures are saved.", is_new=is_new)
    return form_page("plans/records/figures.html", form, record, kinds=FigureKind)
