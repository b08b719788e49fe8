"""The matrix of STPs and services, and what moved between two days."""

from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.core import clock
from opprod.db import db
from opprod.plans import presenters
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.filters import MatrixFilters, MovementFilters
from opprod.plans.queries import matrix as queries
from opprod.plans.queries.plans import Standing, services
from opprod.plans.views.access import scope
from opprod.rounds.queries import past_meetings
from opprod.web.as_at import requested_day
from opprod.web.forms import render_form
from opprod.web.paging import page_number, paginate_rows

STPS_A_PAGE = 50
MOVEMENTS_A_PAGE = 25
A_MONTH = 30
"""In days."""


@blueprint.get("/plans/matrix")
@requires(Permission.VIEW_PLANS)
def matrix() -> ResponseReturnValue:
    """Show where every plan stands on a day, by STP and service, and how many stand alike."""
    as_at = requested_day()
    known = services()
    form = MatrixFilters.of(request.args, services=known, scope=scope())
    narrowed = {"scope": scope(), "region": form.chosen("region"), "service": form.chosen("service")}
    counts = queries.counts(as_at.day, **narrowed)
    page = paginate_rows(db.session, queries.stps(as_at.day, **narrowed), number=page_number(), size=STPS_A_PAGE)
    numbers = [row.number for row in page.items]
    return render_template(
        "plans/matrix.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        page=page,
        stps=presenters.by_region(page.items),
        cells=queries.cells(numbers, as_at.day, scope=scope(), service=narrowed["service"]),
        services=[one for one in known if narrowed["service"] in {None, one.slug}],
        counts=counts,
        standings=list(Standing),
        region=narrowed["region"],
        own_region=scope(),
        presenters=presenters,
    )


@blueprint.get("/plans/movement")
@requires(Permission.VIEW_PLANS)
def movement() -> ResponseReturnValue:
    """Compare where plans stood on two days: how many moved from where to where, and which, by whom and why."""
    today = clock.today()
    form = MovementFilters.of(
        request.args,
        services=services(),
        scope=scope(),
        since=_last_meeting_before(today).isoformat(),
        until=today.isoformat(),
    )
    if form.errors:
        return render_form("plans/movement.html", form, page=None, own_region=scope(), presenters=presenters)
    since, until = form.since.data, form.until.data
    narrowed = {"scope": scope(), "region": form.chosen("region"), "service": form.chosen("service")}
    transitions = queries.transitions(since, until, **narrowed)
    page = paginate_rows(
        db.session, queries.movements(since, until, **narrowed), number=page_number(), size=MOVEMENTS_A_PAGE
    )
    return render_form(
        "plans/movement.html",
        form,
        page=page,
        movements=[queries.movement(row) for row in page.items],
        table=presenters.MovementTable(transitions),
        since=since,
        until=until,
        own_region=scope(),
        presenters=presenters,
    )


def _last_meeting_before(day: date) -> date:
    """The day of the last Board meeting before a day; a month before it where no meeting was."""
    meeting = db.session.scalar(past_meetings(day).limit(1))
    return meeting.held_on if meeting else day - timedelta(days=A_MONTH)
