"""Pages of workstreams and projects."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.accounts.queries import owners, user
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db
from opprod.projects import presenters
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.strands import MoveForm, StrandFilters, StrandForm, chosen
from opprod.projects.models import Strand, StrandKind
from opprod.projects.queries import measures as measure_queries
from opprod.projects.queries import next_steps as step_queries
from opprod.projects.queries import strands as queries
from opprod.projects.queries import updates as update_queries
from opprod.projects.queries.statements import published_statements
from opprod.projects.queries.strands import StrandView
from opprod.projects.services import strands as services
from opprod.projects.services.measures import MOST_OF_A_STRAND
from opprod.projects.views.history import history_of
from opprod.rounds.queries import current_round
from opprod.web.as_at import AsAt, requested_day
from opprod.web.errors import conflict_page
from opprod.web.forms import SelectChoice, add_error, render_form
from opprod.web.presenters import day as day_in_words

WORKSTREAM = {"kind": StrandKind.WORKSTREAM}
PROJECT = {"kind": StrandKind.PROJECT}

UPDATES_SHOWN = 12
RATINGS_SHOWN = 12
STEPS_SHOWN = 100
TREND_POINTS = 12


@blueprint.get("/workstreams", endpoint="workstreams", defaults=WORKSTREAM)
@blueprint.get("/projects", endpoint="projects", defaults=PROJECT)
@requires(Permission.VIEW_PROGRAMME)
def strand_list(kind: StrandKind) -> ResponseReturnValue:
    """List all of a kind in their order, those that have ended apart."""
    as_at = requested_day()
    found = queries.strands(kind, as_at.day)
    form = StrandFilters(request.args)
    by_id = {view.owner_id: view.owner_name for view in sorted(found, key=lambda view: view.owner_name)}
    form.owner.choices = [SelectChoice(str(owner_id), name) for owner_id, name in by_id.items()]
    form.validate()
    rag, owner_id = chosen(form.rag), chosen(form.owner)
    shown = [view for view in found if rag in {None, view.rag} and owner_id in {None, view.owner_id}]
    may_manage = as_at.is_today and signed_in().can(Permission.MANAGE_PROGRAMME)
    return render_template(
        "projects/strands/list.html",
        kind=kind,
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        any=bool(found),
        running=[view for view in shown if not view.is_closed(as_at.day)],
        closed=[view for view in shown if view.is_closed(as_at.day)],
        may_manage=may_manage,
        arranging=may_manage and "arrange" in request.args,
        presenters=presenters,
    )


@blueprint.get("/workstreams/<slug>", endpoint="workstream", defaults=WORKSTREAM)
@blueprint.get("/projects/<slug>", endpoint="project", defaults=PROJECT)
@requires(Permission.VIEW_PROGRAMME)
def show_strand(kind: StrandKind, slug: str) -> ResponseReturnValue:
    """Show how a strand stands, what it counts, what it owes, and how it came to be so."""
    as_at = requested_day()
    strand = queries.strand_called(kind, slug)
    view = _as_it_was(strand, as_at.day)
    statements = published_statements(as_at.day, strand_id=strand.id).get(strand.id, [])
    steps = step_queries.open_next_steps(as_at.day, strand_id=strand.id, limit=STEPS_SHOWN)
    measures = measure_queries.measures_of(strand.id, as_at.day, limit=MOST_OF_A_STRAND)
    readings = measure_queries.readings([m.id for m in measures], as_at.day, limit=TREND_POINTS)
    updates = update_queries.updates_of(strand.id, as_at.day, with_drafts=False).limit(UPDATES_SHOWN)
    return render_template(
        "projects/strands/show.html",
        kind=kind,
        as_at=as_at,
        strand=view,
        statements=presenters.by_kind(statements),
        steps=steps,
        steps_shown=STEPS_SHOWN,
        answered=[statement for statement in statements if statement.outcome and statement.outcome.closes],
        measures=[(measure, readings[measure.id]) for measure in measures],
        updates=[update_queries.update_line(row) for row in db.session.execute(updates)],
        updates_shown=UPDATES_SHOWN,
        ratings=queries.rag_history(strand.id, as_at.day, limit=RATINGS_SHOWN),
        ratings_shown=RATINGS_SHOWN,
        presenters=presenters,
        **_what_one_may_do(view, as_at),
        **history_of(strand, as_at),
    )


@blueprint.route("/workstreams/new", methods=["GET", "POST"], endpoint="new_workstream", defaults=WORKSTREAM)
@blueprint.route("/projects/new", methods=["GET", "POST"], endpoint="new_project", defaults=PROJECT)
@requires(Permission.MANAGE_PROGRAMME)
def new_strand(kind: StrandKind) -> ResponseReturnValue:
    """Add a workstream or project."""
    form = StrandForm()
    form.offer_owners(owners())
    if form.validate_on_submit():
        try:
            strand = services.create_strand(
                kind=kind,
                name=form.name.data,
                purpose=form.purpose.data,
                owner=user(form.owner.data),
                reports_to=form.reports_to.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash(f"{form.name.data} is added.")
            return redirect(url_for(f"projects.{kind.value}", slug=strand.slug), 303)
    return render_form("projects/strands/new.html", form, kind=kind, presenters=presenters)


@blueprint.route("/workstreams/<slug>/edit", methods=["GET", "POST"], endpoint="edit_workstream", defaults=WORKSTREAM)
@blueprint.route("/projects/<slug>/edit", methods=["GET", "POST"], endpoint="edit_project", defaults=PROJECT)
@requires(Permission.MANAGE_PROGRAMME)
def edit_strand(kind: StrandKind, slug: str) -> ResponseReturnValue:
    """Say from today what a strand is."""
    strand = queries.strand_called(kind, slug)
    view = _as_it_was(strand, clock.today())
    form = StrandForm(obj=view, owner=view.owner_id)
    form.offer_owners(owners(), now=(view.owner_id, view.owner_name))
    if form.validate_on_submit():
        try:
            services.change_strand(
                strand=strand,
                expected_profile_id=form.profile_id.data,
                name=form.name.data,
                purpose=form.purpose.data,
                owner=user(form.owner.data),
                reports_to=form.reports_to.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                illustrative=form.illustrative.data or None,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return _conflict(view, form)
        else:
            flash(f"{form.name.data} is saved.")
            return redirect(url_for(f"projects.{kind.value}", slug=slug), 303)
    return render_form("projects/strands/edit.html", form, kind=kind, strand=view, presenters=presenters)


@blueprint.post("/workstreams/<slug>/move", endpoint="move_workstream", defaults=WORKSTREAM)
@blueprint.post("/projects/<slug>/move", endpoint="move_project", defaults=PROJECT)
@requires(Permission.MANAGE_PROGRAMME)
def move_strand(kind: StrandKind, slug: str) -> ResponseReturnValue:
    """Put a strand one place up or down in its list, and so in the paper."""
    strand = queries.strand_called(kind, slug)
    form = MoveForm()
    if not form.validate_on_submit() or form.direction.data not in {"up", "down"}:
        raise InvalidInput("Say whether to move it up or down.")
    services.move_strand(strand=strand, up=form.direction.data == "up", actor=signed_in())
    return redirect(url_for(f"projects.{kind.value}s", arrange=1), 303)


def _as_it_was(strand: Strand, day: date) -> StrandView:
    view = queries.strand_view(strand.id, day)
    if view is None:
        raise NotFound(f"This {strand.kind.value} had not been recorded by {day_in_words(day)}.")
    return view


def _what_one_may_do(view: StrandView, as_at: AsAt) -> dict[str, Any]:
    """The round to write for and the draft begun, for those who write; and whether details can be changed."""
    person = signed_in()
    writes = as_at.is_today and person.can(Permission.WRITE_UPDATES) and not view.is_closed(as_at.day)
    draft = update_queries.open_update(view.id, as_at.day) if writes else None
    return {
        "draft_id": draft.id if draft else None,
        "round": current_round(as_at.day) if writes else None,
        "may_manage": as_at.is_today and person.can(Permission.MANAGE_PROGRAMME),
    }


def _conflict(view: StrandView, form: StrandForm) -> ResponseReturnValue:
    theirs = presenters.strand_as_typed(
        name=view.name,
        purpose=view.purpose,
        owner=view.owner_name,
        reports_to=view.reports_to,
        starts_on=view.starts_on,
        ends_on=view.ends_on,
    )
    yours = presenters.strand_as_typed(
        name=form.name.data,
        purpose=form.purpose.data,
        owner=form.owner_chosen(),
        reports_to=form.reports_to.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )
    return conflict_page(what=view.name, theirs=theirs, yours=yours, reload_href=request.path)
