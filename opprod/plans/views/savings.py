"""Recording, changing and withdrawing lines of a plan's savings ledger."""

from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.savings import NewSavingForm, SavingForm, WithdrawSavingForm, line_as_typed, line_data
from opprod.plans.models import Plan
from opprod.plans.queries import savings as queries
from opprod.plans.queries.ledger import LedgerLine
from opprod.plans.queries.recorded import PlanRecord
from opprod.plans.services import savings as services
from opprod.plans.views.access import scope
from opprod.plans.views.recording import conflict, form_page, saved, standing_plan
from opprod.web.errors import Typed
from opprod.web.forms import add_error

LINES_OFFERED = 200
SECTION = "savings"
"""Where the ledger is on the plan's page."""


@blueprint.route("/plans/<int:plan_id>/savings/new", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def new_saving(plan_id: int) -> ResponseReturnValue:
    """Add a line to a plan's ledger."""
    plan, record = standing_plan(plan_id)
    today = clock.today()
    form = NewSavingForm(effective_on=today)
    form.offer_functions(plan.service.functions)
    form.offer(queries.candidates(plan, today, limit=LINES_OFFERED))
    if form.validate_on_submit():
        try:
            line = services.record_saving(
                plan=plan, content=form.content(), effective_on=form.effective_on.data, actor=signed_in()
            )
        except InvalidInput as error:
            form.show(error)
        else:
            return saved(plan, SECTION, f"Line {line.id} is recorded.")
    return form_page("plans/savings/new.html", form, record)


@blueprint.route("/plans/<int:plan_id>/savings/<int:line_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def change_saving(plan_id: int, line_id: int) -> ResponseReturnValue:
    """Record what a line says now; what it said before is kept."""
    plan, record = standing_plan(plan_id)
    line = _line(plan, line_id)
    today = clock.today()
    form = SavingForm(data={**line_data(line), "effective_on": today})
    others = queries.candidates(plan, today, year=line.year, kind=line.kind, limit=LINES_OFFERED)
    form.offer([one for one in others if one.line_id != line_id], line.counted_in)
    if form.validate_on_submit():
        try:
            is_new = services.change_saving(
                line=queries.line(plan, line_id),
                said=form.change(kept=queries.counted_in_id(line.value_id)),
                seen=form.seen.data,
                effective_on=form.effective_on.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            form.show(error)
        except WrongState as error:
            form.show(InvalidInput(error.message, field="counted_in_id"))
        except Conflict:
            return _conflict(plan, record, line_id, yours=form.as_typed())
        else:
            return saved(plan, SECTION, f"Line {line_id} is saved.", is_new=is_new)
    return form_page("plans/savings/change.html", form, record, line=line)


@blueprint.route("/plans/<int:plan_id>/savings/<int:line_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def withdraw_saving(plan_id: int, line_id: int) -> ResponseReturnValue:
    """Take a line out of a plan's ledger, for a reason."""
    plan, record = standing_plan(plan_id)
    line = _line(plan, line_id)
    form = WithdrawSavingForm(seen=line.value_id)
    if form.validate_on_submit():
        try:
            services.withdraw_saving(
                line=queries.line(plan, line_id),
                reason=form.reason.data,
                seen=form.seen.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except WrongState as error:
            add_error(form, InvalidInput(error.message))
        except Conflict:
            return _conflict(plan, record, line_id, yours=[Typed("Why it is withdrawn", form.reason.data)])
        else:
            return saved(plan, SECTION, f"Line {line_id} is withdrawn.")
    return form_page("plans/savings/withdraw.html", form, record, line=line)


def _line(plan: Plan, line_id: int) -> LedgerLine:
    """A line that stands in the ledger of today."""
    return queries.ledger_of(plan, clock.today(), scope=scope()).line(line_id)


def _conflict(plan: Plan, record: PlanRecord, line_id: int, *, yours: list[Typed]) -> ResponseReturnValue:
    theirs = line_as_typed(_line(plan, line_id))
    return conflict(record, f"Line {line_id} of the savings", theirs=theirs, yours=yours)
