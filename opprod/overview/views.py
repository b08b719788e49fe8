"""The first page, and the health check."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.audit.queries import lines
from opprod.db import db
from opprod.overview.queries import overview
from opprod.projects.models import Status
from opprod.projects.permissions import can_see
from opprod.projects.presenters import due_in_words, lateness_in_words, not_begun
from opprod.web.as_at import requested_day

blueprint = Blueprint("overview", __name__)

SHOWN = 8


@blueprint.get("/")
@requires(Permission.VIEW_PROGRAMME)
def home() -> ResponseReturnValue:
    """What this person owes, and how the programme stands."""
    as_at = requested_day()
    user = signed_in()
    seen = overview(user, as_at.day)
    return render_template(
        "overview/home.html",
        as_at=as_at,
        user=user,
        seen=seen,
        shown=SHOWN,
        writes=user.can(Permission.WRITE_UPDATES),
        approves=user.can(Permission.APPROVE_UPDATES),
        administers=user.can(Permission.VIEW_AUDIT),
        events=lines(seen.events),
        is_open=seen.round is not None and seen.round.opens_on <= as_at.day,
        not_begun=not_begun(sees_drafts=can_see(user, Status.DRAFT)),
        lateness_in_words=lateness_in_words,
        due_in_words=due_in_words,
    )


@blueprint.get("/healthz")
@requires(Permission.PUBLIC)
def health() -> ResponseReturnValue:
    """Whether the application answers and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}
