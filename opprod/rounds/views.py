"""Pages of Board meetings and their reporting rounds."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.rounds import presenters, queries, services
from opprod.rounds.forms import ChangeMeetingForm, MeetingForm
from opprod.web.as_at import requested_day
from opprod.web.errors import conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.paging import page_number, paginate

blueprint = Blueprint("rounds", __name__)

COMING_SHOWN = 12
PAST_A_PAGE = 12
USUAL_BOARD = "NHS Improvement Board"


@blueprint.get("/meetings")
@requires(Permission.VIEW_PROGRAMME)
def meetings() -> ResponseReturnValue:
    """Show the next meeting, those after it, and those that were held."""
    as_at = requested_day()
    coming = queries.coming_meetings(as_at.day, limit=COMING_SHOWN)
    return render_template(
        "rounds/meetings.html",
        as_at=as_at,
        next_meeting=coming[0] if coming else None,
        later=coming[1:],
        past=paginate(db.session, queries.past_meetings(as_at.day), number=page_number(), size=PAST_A_PAGE),
        days_to_go=presenters.days_to_go,
        round_state=presenters.round_state,
        may_manage=signed_in().can(Permission.MANAGE_PROGRAMME),
    )


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Permission.VIEW_PROGRAMME)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Show a meeting and its round."""
    as_at = requested_day()
    found = queries.meeting(meeting_id)
    user = signed_in()
    more = url_for("accounts.audit_trail", kind="meeting", record=found.id)
    return render_template(
        "rounds/meeting.html",
        as_at=as_at,
        meeting=found,
        days_to_go=presenters.days_to_go(found, as_at.day),
        round_state=presenters.round_state(found, as_at.day),
        previous=queries.previous_meeting(found),
        may_manage=user.can(Permission.MANAGE_PROGRAMME),
        may_read_papers=user.can(Permission.VIEW_PAPERS),
        history=lines(latest_about(found)),
        history_href=more if user.can(Permission.VIEW_AUDIT) else "",
    )


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def new_meeting() -> ResponseReturnValue:
    """Arrange a meeting, from the days that are usual."""
    latest = queries.latest_meeting()
    usual = asdict(services.suggested_next(latest=latest, day=clock.today()))
    form = MeetingForm(data={"board": latest.board if latest else USUAL_BOARD, **usual})
    if form.validate_on_submit():
        try:
            made = services.create_meeting(
                board=form.board.data,
                dates=form.dates(),
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash(f"The meeting is arranged: {made}.")
            return redirect(url_for("rounds.meeting", meeting_id=made.id), 303)
    return render_form("rounds/new_meeting.html", form, usual=services)


@blueprint.route("/meetings/<int:meeting_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def edit_meeting(meeting_id: int) -> ResponseReturnValue:
    """Change a meeting and its round."""
    found = queries.meeting(meeting_id)
    form = ChangeMeetingForm(data={**found.audit_values(), "version": found.version})
    if form.validate_on_submit():
        try:
            services.change_meeting(
                meeting=found,
                version=form.version.data,
                board=form.board.data,
                dates=form.dates(),
                illustrative=form.illustrative.data or None,
                round_illustrative=form.round_illustrative.data or None,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return conflict_page(
                what=str(found),
                theirs=presenters.as_typed(found.audit_values()),
                yours=presenters.as_typed(form.data),
                reload_href=request.path,
            )
        else:
            flash("The meeting is saved.")
            return redirect(url_for("rounds.meeting", meeting_id=found.id), 303)
    return render_form("rounds/edit_meeting.html", form, meeting=found)
