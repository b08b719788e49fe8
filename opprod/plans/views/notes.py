"""Notes on a plan: dependencies, comments and support asked for."""

from flask import request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import InvalidInput, WrongState
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.notes import NoteForm, WithdrawNoteForm
from opprod.plans.models import NoteKind
from opprod.plans.queries import records as queries
from opprod.plans.services import notes as services
from opprod.plans.views.recording import form_page, saved, standing_plan
from opprod.web.forms import add_error


@blueprint.route("/plans/<int:plan_id>/notes", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def add_note(plan_id: int) -> ResponseReturnValue:
    """Add a note; ``?kind=`` in the address ticks its kind."""
    plan, record = standing_plan(plan_id)
    asked = request.args.get("kind")
    form = NoteForm(kind=next((kind for kind in NoteKind if kind.value == asked), None))
    if form.validate_on_submit():
        try:
            services.add_note(plan=plan, kind=form.kind.data, text=form.text.data, actor=signed_in())
        except InvalidInput as error:
            add_error(form, error)
        else:
            return saved(plan, "notes", "The note is added.")
    return form_page("plans/records/note.html", form, record)


@blueprint.route("/plans/<int:plan_id>/notes/<int:note_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RECORD_PLANS)
def withdraw_note(plan_id: int, note_id: int) -> ResponseReturnValue:
    """Take a note away, for a reason."""
    plan, record = standing_plan(plan_id)
    note = queries.note(plan, note_id)
    if note.withdrawn_on is not None:
        raise WrongState(f"This note was withdrawn on {note.withdrawn_on:%-d %B %Y}.")
    form = WithdrawNoteForm()
    if form.validate_on_submit():
        try:
            services.withdraw_note(note=note, reason=form.reason.data, actor=signed_in())
        except InvalidInput as error:
            add_error(form, error)
        else:
            return saved(plan, "notes", "The note is withdrawn.")
    return form_page("plans/records/withdraw_note.html", form, record, note=note)
