"""Rounds of triage."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.triage import RoundForm
from opprod.plans.queries import rounds as queries
from opprod.plans.queries.triage import current_round
from opprod.plans.services import rounds as services
from opprod.plans.views.access import scope
from opprod.web.as_at import requested_day
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.paging import page_number, paginate
from opprod.web.presenters import day as day_in_words

ROUNDS_A_PAGE = 25


@blueprint.get("/plans/rounds")
@requires(Permission.VIEW_PLANS)
def rounds() -> ResponseReturnValue:
    """List the rounds, what was done in each, and how far the one under way has come."""
    as_at = requested_day()
    page = paginate(db.session, queries.rounds(as_at.day), number=page_number(), size=ROUNDS_A_PAGE)
    return render_template(
        "plans/triage/rounds.html",
        as_at=as_at,
        page=page,
        rounds=queries.round_views(page.items, as_at.day, scope=scope()),
        under_way=current_round(as_at.day),
        standings=queries.standings(as_at.day, scope=scope()),
        region=scope(),
        may_open=as_at.is_today and signed_in().can(Permission.MANAGE_PROGRAMME),
    )


@blueprint.route("/plans/rounds/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PROGRAMME)
def new_round() -> ResponseReturnValue:
    """Open a round, having seen how many plans it asks the regions to look at again."""
    under_way = current_round(clock.today())
    form = RoundForm(seen=under_way.number if under_way else 0)
    if form.validate_on_submit():
        try:
            opened = services.open_round(
                name=form.name.data, due_on=form.due_on.data, actor=signed_in(), seen=form.seen.data or 0
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return _overtaken(form)
        else:
            flash(f"{opened.name} is open. The regions are asked to propose by {day_in_words(opened.due_on)}.")
            return redirect(url_for("plans.rounds"), HTTPStatus.SEE_OTHER)
    return render_form(
        "plans/triage/new_round.html",
        form,
        under_way=under_way,
        standings=queries.standings(clock.today(), scope=None),
    )


def _overtaken(form: RoundForm) -> ResponseReturnValue:
    later = current_round(clock.today())
    return conflict_page(
        what="The list of rounds",
        theirs=[Typed("Name", later.name), Typed("Due", day_in_words(later.due_on))] if later else [],
        yours=[Typed("Name", form.name.data), Typed("Due", day_in_words(form.due_on.data))],
        reload_href=url_for("plans.new_round"),
    )
