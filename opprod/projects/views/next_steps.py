"""Pages of next steps: what was promised to the Board, and what became of it."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.accounts.queries import owners
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from opprod.db import db
from opprod.history import entry_in_force
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.next_steps import ALL, NextStepFilters, OutcomeForm, WithdrawOutcomeForm
from opprod.projects.models import NextStep, NextStepTerms
from opprod.projects.permissions import can_answer
from opprod.projects.presenters import due_in_words, outcome_as_stored, strand_choices
from opprod.projects.queries import next_steps as queries
from opprod.projects.queries.strands import strand_names
from opprod.projects.services import next_steps as services
from opprod.projects.views.history import history_of
from opprod.web.as_at import AsAt, requested_day
from opprod.web.errors import conflict_page
from opprod.web.forms import SelectChoice, add_error, render_form
from opprod.web.paging import page_number, paginate_rows


@blueprint.get("/next-steps")
@requires(Permission.VIEW_PROGRAMME)
def next_steps() -> ResponseReturnValue:
    """List what was promised, the first due first."""
    as_at = requested_day()
    form = NextStepFilters(request.args)
    form.strand.choices = strand_choices(strand_names(as_at.day))
    form.owner.choices = [SelectChoice(str(owner.id), owner.name) for owner in owners()]
    form.validate()
    state = form.state.data if not form.state.errors else queries.State.OPEN.value
    filters = queries.Filters(
        state=None if state == ALL else queries.State(state or queries.State.OPEN),
        strand_id=None if form.strand.errors else form.strand.data,
        owner_id=None if form.owner.errors else form.owner.data,
    )
    page = paginate_rows(db.session, queries.next_steps(as_at.day, filters), number=page_number())
    return render_template(
        "projects/next_steps/list.html",
        as_at=as_at,
        form=form,
        page=page,
        steps=queries.views(page.items, as_at.day),
        due_in_words=due_in_words,
    )


@blueprint.get("/next-steps/<int:next_step_id>")
@requires(Permission.VIEW_PROGRAMME)
def next_step(next_step_id: int) -> ResponseReturnValue:
    """Show a next step with its history, and ask what became of it."""
    return _page(queries.next_step(next_step_id), requested_day())


@blueprint.post("/next-steps/<int:next_step_id>/outcome")
@requires(Permission.ANSWER_NEXT_STEPS)
def record_outcome(next_step_id: int) -> ResponseReturnValue:
    """Say what became of a next step."""
    step = _to_answer_for(next_step_id)
    form = OutcomeForm()
    if form.validate():
        try:
            services.record_outcome(
                next_step=step,
                outcome=form.outcome.data,
                note=form.note.data,
                new_due_on=form.new_due_on.data,
                effective_on=form.effective_on.data,
                actor=signed_in(),
                seen=services.Seen(form.seen.data),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return conflict_page(
                what="What became of this next step",
                theirs=outcome_as_stored(queries.past_outcomes(step, clock.today())),
                yours=form.as_typed(),
                reload_href=_href(step),
            )
        else:
            flash("The outcome is recorded.")
            return redirect(_href(step), HTTPStatus.SEE_OTHER)
    return _page(step, requested_day(), outcome_form=form)


@blueprint.post("/next-steps/<int:next_step_id>/outcomes/<int:outcome_id>/withdraw")
@requires(Permission.ANSWER_NEXT_STEPS)
def withdraw_outcome(next_step_id: int, outcome_id: int) -> ResponseReturnValue:
    """Take back the outcome that stands."""
    step = _to_answer_for(next_step_id)
    entry = queries.outcome(step, outcome_id)
    form = WithdrawOutcomeForm()
    if form.validate():
        services.withdraw_outcome(entry=entry, reason=form.reason.data, actor=signed_in())
        flash("The outcome is withdrawn.")
        return redirect(_href(step), HTTPStatus.SEE_OTHER)
    return _page(step, requested_day(), withdraw_form=form)


def _to_answer_for(next_step_id: int) -> NextStep:
    """The next step; raises ``NotAllowed`` for one that the person may not answer for."""
    step = queries.next_step(next_step_id)
    terms = entry_in_force(NextStepTerms, step.id, clock.today())
    if not can_answer(signed_in(), terms.owner_id if terms else None):
        raise NotAllowed("What became of a next step is recorded by its owner, directorate staff or an executive.")
    return step


def _page(
    step: NextStep,
    as_at: AsAt,
    *,
    outcome_form: OutcomeForm | None = None,
    withdraw_form: WithdrawOutcomeForm | None = None,
) -> ResponseReturnValue:
    view = queries.next_step_on(step, as_at.day)
    if view is None:
        raise NotFound("This next step was not promised on that day.")
    outcomes = queries.past_outcomes(step, as_at.day)
    standing = outcomes[0] if outcomes else None
    fresh = OutcomeForm(
        formdata=None, data={"seen": standing.id if standing else None, "effective_on": clock.today()}
    )
    return render_form(
        "projects/next_steps/show.html",
        withdraw_form or outcome_form or fresh,
        as_at=as_at,
        step=view,
        terms=queries.past_terms(step, as_at.day),
        outcomes=outcomes,
        standing=standing,
        can_answer=as_at.is_today and can_answer(signed_in(), view.owner_id),
        outcome_form=outcome_form or fresh,
        withdraw_form=withdraw_form or WithdrawOutcomeForm(formdata=None),
        due_in_words=due_in_words,
        **history_of(step, as_at),
    )


def _href(step: NextStep) -> str:
    return url_for("projects.next_step", next_step_id=step.id)
