"""Recording a plan's submission and scope, and the categories that trusts in it have of their own."""

from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.organisations.queries import stp, trusts_of
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.records import (
    ScopeForm,
    SubmissionForm,
    TrustCategoryForm,
    scope_data,
    submission_data,
    trust_data,
)
from opprod.plans.models import Plan
from opprod.plans.queries.recorded import PlanRecord, TrustView
from opprod.plans.queries.records import record_of, trusts_with
from opprod.plans.services import records as services
from opprod.plans.views.recording import conflict, form_page, saved, standing_plan
from opprod.web.forms import add_error


@blueprint.route("/plans/<int:plan_id>/submission", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def edit_submission(plan_id: int) -> ResponseReturnValue:
    """Record the two-page submission, or that the STP says it has no plan."""
    plan, record = standing_plan(plan_id)
    form = SubmissionForm(data=submission_data(record))
    if form.validate_on_submit():
        try:
            is_new = services.record_submission(
                plan=plan,
                state=form.state.data,
                received_on=form.received_on.data,
                leaves_out=form.leaves_out.data,
                source=form.source.data,
                seen=form.seen.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            now = SubmissionForm(formdata=None, data=submission_data(record_of(plan, clock.today())))
            return conflict(record, "The submission", theirs=now.as_typed(), yours=form.as_typed())
        else:
            return saved(plan, "submission", "The submission is saved.", is_new=is_new)
    return form_page("plans/records/submission.html", form, record)


@blueprint.route("/plans/<int:plan_id>/scope", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def edit_scope(plan_id: int) -> ResponseReturnValue:
    """Record what and whom a plan covers."""
    plan, record = standing_plan(plan_id)
    form = ScopeForm(data=scope_data(record))
    _offer(form, plan, record)
    if form.validate_on_submit():
        try:
            is_new = _record_scope(plan, form)
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            record = record_of(plan, clock.today())
            now = ScopeForm(formdata=None, data=scope_data(record))
            _offer(now, plan, record)
            return conflict(record, "The scope", theirs=now.as_typed(), yours=form.as_typed())
        else:
            return saved(plan, "scope", "The scope is saved.", is_new=is_new)
    return form_page("plans/records/scope.html", form, record)


@blueprint.route("/plans/<int:plan_id>/trusts/<ods_code>", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def edit_trust(plan_id: int, ods_code: str) -> ResponseReturnValue:
    """Give a trust in a plan a category of its own, or the plan's."""
    plan, record = standing_plan(plan_id)
    trust = _trust(record, ods_code)
    form = TrustCategoryForm(data=trust_data(trust))
    if form.validate_on_submit():
        try:
            is_new = services.record_trust_category(
                plan=plan,
                trust_id=trust.id,
                category=form.category.data,
                reason=form.reason.data,
                seen=form.seen.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            now = _trust(record_of(plan, clock.today()), ods_code)
            theirs = TrustCategoryForm(formdata=None, data=trust_data(now)).as_typed()
            return conflict(record, f"The category of {trust.name} in the plan", theirs=theirs, yours=form.as_typed())
        else:
            return saved(plan, "scope", f"The category of {trust.name} is saved.", is_new=is_new)
    return form_page("plans/records/trust.html", form, record, trust=trust)


def _record_scope(plan: Plan, form: ScopeForm) -> bool:
    return services.record_scope(
        plan=plan,
        functions=form.functions.data,
        ccgs=form.ccgs.data.splitlines(),
        local_authorities=form.local_authorities.data.splitlines(),
        trust_ids=form.trust_ids(trusts_with(form.codes)),
        source=form.source.data,
        seen=form.seen.data,
        actor=signed_in(),
    )


def _offer(form: ScopeForm, plan: Plan, record: PlanRecord) -> None:
    today = clock.today()
    form.offer(plan, record, trusts_of(stp(plan.stp_id, today)[0], today))


def _trust(record: PlanRecord, ods_code: str) -> TrustView:
    found = next((trust for trust in record.trusts if trust.ods_code == ods_code), None)
    if found is None:
        raise NotFound("No trust with this ODS code takes part in the plan.")
    return found
