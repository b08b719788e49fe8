"""Reading an update, and approving or returning it."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.core.rag import Rag
from opprod.history import entry_in_force
from opprod.projects import permissions
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.updates import ApproveForm, ReturnForm
from opprod.projects.models import RagRating, StatementKind, Status, Update, UpdateStatus
from opprod.projects.permissions import OPEN, PUBLISHED
from opprod.projects.presenters import due_in_words
from opprod.projects.queries import updates as queries
from opprod.projects.queries.records import StatementView
from opprod.projects.queries.statements import statements_of
from opprod.projects.queries.strands import strand_view
from opprod.projects.services import updates as services
from opprod.projects.views.history import history_of
from opprod.rounds.queries import current_round
from opprod.web.as_at import AsAt, requested_day
from opprod.web.forms import render_form

GROUPS = (
    ("Achievements", StatementKind.ACHIEVEMENT),
    ("Progress", StatementKind.PROGRESS),
    ("Next steps", StatementKind.NEXT_STEP),
)


@blueprint.get("/updates/<int:update_id>")
@requires(Permission.VIEW_PROGRAMME)
def show_update(update_id: int) -> ResponseReturnValue:
    """Show an update as it stands, its status history, and what the person may do about it."""
    return _page(queries.update(update_id), requested_day(), ReturnForm(formdata=None))


@blueprint.post("/updates/<int:update_id>/approve")
@requires(Permission.APPROVE_UPDATES)
def approve_update(update_id: int) -> ResponseReturnValue:
    """Approve an update as the person saw it."""
    update = queries.update(update_id)
    form = ApproveForm()
    form.validate()
    status = queries.status_of(update, clock.today())
    if (status.status, status.recorded_by_id) != (Status.APPROVED, signed_in().id):
        services.approve_update(update=update, actor=signed_in(), seen=services.Seen(form.seen.data))
        flash("The update is approved.")
    return redirect(_href(update), HTTPStatus.SEE_OTHER)


@blueprint.post("/updates/<int:update_id>/return")
@requires(Permission.APPROVE_UPDATES)
def return_update(update_id: int) -> ResponseReturnValue:
    """Send an update back with a note."""
    update = queries.update(update_id)
    form = ReturnForm()
    if form.validate():
        services.return_update(
            update=update, note=form.note.data, actor=signed_in(), seen=services.Seen(form.seen.data)
        )
        flash("The update is returned to those who write it, and is no longer in papers.")
        return redirect(_href(update), HTTPStatus.SEE_OTHER)
    return _page(update, requested_day(), form)


def _page(update: Update, as_at: AsAt, form: ReturnForm) -> ResponseReturnValue:
    status = _visible_status(update, as_at.day)
    user = signed_in()
    statements = statements_of(
        update.id,
        edition=queries.edition_on(update, as_at.day),
        day=as_at.day,
        as_written=status.status not in PUBLISHED,
    )
    published = queries.published(update.strand_id, as_at.day)
    speaks = published is not None and published.update_id == update.id
    now = as_at.is_today
    return render_form(
        "projects/updates/show.html",
        form,
        update=update,
        strand=strand_view(update.strand_id, as_at.day),
        as_at=as_at,
        status=status,
        history=queries.status_history(update, as_at.day),
        unchanged=published if speaks else update,
        rating=_rating(update, as_at.day, speaks=speaks),
        is_replaced=status.status in PUBLISHED and not speaks,
        groups=_groups(statements),
        figures={quoted.key: quoted for view in statements for quoted in view.quoted}.values(),
        readings=queries.draft_readings(update) if status.status in OPEN else queries.readings_of(update, as_at.day),
        **_events(update, as_at),
        due_in_words=due_in_words,
        can_edit=now and permissions.can_edit(user, status.status),
        can_revise=now and speaks and permissions.can_revise(user, status.status) and _is_current(update),
        can_return=now and speaks and permissions.can_return(user, status.status),
        can_approve=now
        and speaks
        and permissions.can_approve(user, status.status, submitted_by_id=status.recorded_by_id),
        is_own=status.recorded_by_id == user.id,
    )


def _visible_status(update: Update, day: date) -> UpdateStatus:
    status = queries.status_of(update, day)
    if not permissions.can_see(signed_in(), status.status):
        raise NotFound("There is no such update.")
    return status


def _events(update: Update, as_at: AsAt) -> dict[str, Any]:
    """The history panel: it tells what drafts said too, so it is for those who may read drafts, and for auditors."""
    user = signed_in()
    reads = permissions.can_see(user, Status.DRAFT) or user.can(Permission.VIEW_AUDIT)
    panel = history_of(update, as_at) if reads else {"history": None, "history_href": ""}
    return {"events": panel["history"], "events_href": panel["history_href"]}


def _rating(update: Update, day: date, *, speaks: bool) -> tuple[Rag | None, str | None]:
    """How the update rates its strand: the rating in force while it speaks, since it may be rewritten later."""
    rating = entry_in_force(RagRating, update.strand_id, day) if speaks else None
    return (rating.rag, rating.reason) if rating else (update.rag, update.rag_reason)


def _groups(statements: list[StatementView]) -> list[tuple[str, list[StatementView]]]:
    groups = [(title, [view for view in statements if view.kind is kind]) for title, kind in GROUPS]
    return [(title, views) for title, views in groups if views]


def _is_current(update: Update) -> bool:
    """Whether the update is of the round that is open."""
    reporting_round = current_round(clock.today())
    return reporting_round is not None and reporting_round.id == update.round_id


def _href(update: Update) -> str:
    return url_for("projects.show_update", update_id=update.id)
