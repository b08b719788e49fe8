"""Writing an update: starting, saving, submitting and discarding it."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.accounts.queries import owners
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound, WrongState
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.updates import KINDS, UpdateForm, form_data
from opprod.projects.models import Status, Strand, StrandKind, Update
from opprod.projects.permissions import OPEN
from opprod.projects.presenters import due_in_words, unit_in_words
from opprod.projects.queries import updates as queries
from opprod.projects.queries.measures import MeasureView, measures_of
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.queries.strands import StrandView, strand_called, strand_view
from opprod.projects.services import drafting
from opprod.projects.services import updates as services
from opprod.projects.services.content import UpdateContent, says_the_same, tidied
from opprod.rounds.queries import current_round
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import render_form
from opprod.web.presenters import day as day_in_words

SUBMIT = "submit"


@blueprint.post("/projects/<slug>/update", defaults={"kind": StrandKind.PROJECT.value})
@blueprint.post("/workstreams/<slug>/update", defaults={"kind": StrandKind.WORKSTREAM.value})
@requires(Permission.WRITE_UPDATES)
def start_update(kind: str, slug: str) -> ResponseReturnValue:
    """Begin the update for the round that is open, or go on with the one begun."""
    strand = strand_called(StrandKind(kind), slug)
    try:
        update = _begun(strand)
    except WrongState as error:
        flash(error.message, "important")
        return redirect(strand_href(strand), HTTPStatus.SEE_OTHER)
    return redirect(url_for("projects.edit_update", update_id=update.id), HTTPStatus.SEE_OTHER)


@blueprint.route("/updates/<int:update_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_UPDATES)
def edit_update(update_id: int) -> ResponseReturnValue:
    """Write an update. Row buttons show the form again with the row moved; the others save it, or submit it too."""
    update = queries.update(update_id)
    is_open = queries.status_of(update, clock.today()).status in OPEN
    if request.method != "POST":
        return _edit_page(update, _stored(update)) if is_open else redirect(_href(update))
    action = request.form.get("action")
    form = UpdateForm()
    if form.statements.apply(action):
        return _edit_page(update, form)
    form.offer(owners())
    content = form.content(drafting.content_of(update))
    form.validate()
    form.show(services.faults(update=update, content=content, submitting=is_open and action == SUBMIT))
    if not is_open:
        return _too_late(update, form, content)
    if form.errors:
        return _edit_page(update, form)
    return _save(update, form, content, submitting=action == SUBMIT)


@blueprint.route("/updates/<int:update_id>/discard", methods=["GET", "POST"])
@requires(Permission.WRITE_UPDATES)
def discard_update(update_id: int) -> ResponseReturnValue:
    """Set a draft aside, once the person has confirmed it."""
    update = queries.update(update_id)
    status = queries.status_of(update, clock.today()).status
    if status is Status.DISCARDED or (request.method != "POST" and status not in OPEN):
        return redirect(_href(update), HTTPStatus.SEE_OTHER)
    if request.method != "POST":
        return render_template("projects/updates/discard.html", update=update, strand=_strand(update))
    services.discard_update(update=update, actor=signed_in())
    flash("The draft is discarded.")
    return redirect(strand_href(update.strand), HTTPStatus.SEE_OTHER)


def strand_href(strand: Strand) -> str:
    """The address of a strand's own page."""
    return url_for(f"projects.{strand.kind.value}", slug=strand.slug)


def _begun(strand: Strand) -> Update:
    today = clock.today()
    begun = queries.open_update(strand.id, today)
    reporting_round = begun.round if begun else current_round(today)
    if reporting_round is None:
        raise WrongState("No round is open for updates today. The dates of each round stand with its meeting.")
    return services.start_update(strand=strand, round=reporting_round, actor=signed_in())


def _save(update: Update, form: UpdateForm, content: UpdateContent, *, submitting: bool) -> ResponseReturnValue:
    try:
        services.save_update(update=update, content=content, version=form.version.data or 0, actor=signed_in())
        if submitting:
            services.submit_update(update=update, actor=signed_in())
    except Conflict:
        return conflict_page(
            what=_title(update),
            theirs=_typed(update, _stored(update)),
            yours=_typed(update, form),
            reload_href=request.path,
        )
    except (InvalidInput, WrongState) as error:
        form.show([InvalidInput(error.message, field=getattr(error, "field", None))])
        return _edit_page(update, form)
    if submitting:
        flash("The update is submitted. It is in papers from now on, and waits for an executive to approve it.")
        return redirect(_href(update), HTTPStatus.SEE_OTHER)
    flash("The draft is saved.")
    return redirect(request.path, HTTPStatus.SEE_OTHER)


def _too_late(update: Update, form: UpdateForm, content: UpdateContent) -> ResponseReturnValue:
    """Answer a form that came after the update was submitted: nothing typed is lost, and the same twice is once."""
    if not form.errors:
        typed = drafting.in_their_units(update, tidied(content))
        if says_the_same(typed, drafting.content_of(update)):
            return redirect(_href(update), HTTPStatus.SEE_OTHER)
    page = render_template(
        "projects/updates/closed.html",
        update=update,
        strand=_strand(update),
        latest=queries.status_history(update, clock.today())[0],
        theirs=_typed(update, _stored(update)),
        yours=_typed(update, form),
    )
    return page, HTTPStatus.CONFLICT


def _edit_page(update: Update, form: UpdateForm) -> ResponseReturnValue:
    today = clock.today()
    form.offer(owners())
    steps = {step.id: step for step in open_next_steps(today, strand_id=update.strand_id)}
    stated = {row.form.next_step_id.data for row in form.statements}
    return render_form(
        "projects/updates/edit.html",
        form,
        update=update,
        strand=_strand(update),
        latest=queries.status_history(update, today)[0],
        measures={measure.id: measure for measure in _measures(update)},
        steps=steps,
        left_out=[step for step in steps.values() if step.id not in stated],
        kinds=KINDS,
        due_in_words=due_in_words,
        unit_in_words=unit_in_words,
        today=today,
        is_changed=request.method == "POST",
    )


def _stored(update: Update) -> UpdateForm:
    """The form as it opens on what is stored."""
    return UpdateForm(formdata=None, data=form_data(update.version, drafting.content_of(update), _measures(update)))


def _typed(update: Update, form: UpdateForm) -> list[Typed]:
    names = queries.names_of(row.form.owner_id.data for row in form.statements)
    return form.as_typed(names, {measure.id: measure.name for measure in _measures(update)})


def _measures(update: Update) -> list[MeasureView]:
    return measures_of(update.strand_id, clock.today(), limit=drafting.MOST_MEASURES)


def _strand(update: Update) -> StrandView:
    view = strand_view(update.strand_id, clock.today())
    if view is None:
        raise NotFound("There is no such workstream or project.")
    return view


def _title(update: Update) -> str:
    return f"The update of {_strand(update).name} for {day_in_words(update.round.meeting.held_on)}"


def _href(update: Update) -> str:
    return url_for("projects.show_update", update_id=update.id)
