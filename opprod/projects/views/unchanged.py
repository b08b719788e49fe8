"""Saying, in one click with a reason, that nothing changed since the last update."""

from datetime import date
from http import HTTPStatus

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotFound, WrongState
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.updates import NoChangeForm
from opprod.projects.models import Strand, StrandKind
from opprod.projects.presenters import by_kind, due_in_words
from opprod.projects.queries.statements import published_statements
from opprod.projects.queries.strands import strand_called, strand_view
from opprod.projects.services import unchanged as services
from opprod.rounds.models import ReportingRound
from opprod.rounds.queries import current_round
from opprod.web.forms import add_error, render_form


@blueprint.route("/projects/<slug>/no-change", methods=["GET", "POST"], defaults={"kind": StrandKind.PROJECT.value})
@blueprint.route(
    "/workstreams/<slug>/no-change", methods=["GET", "POST"], defaults={"kind": StrandKind.WORKSTREAM.value}
)
@requires(Permission.WRITE_UPDATES)
def declare_no_change(kind: str, slug: str) -> ResponseReturnValue:
    """Submit what the last update said for the round that is open, with the reason nothing changed."""
    strand = strand_called(StrandKind(kind), slug)
    reporting_round = current_round(clock.today())
    form = NoChangeForm()
    if reporting_round and form.validate_on_submit():
        try:
            update = services.declare_no_change(
                strand=strand, round=reporting_round, reason=form.reason.data, actor=signed_in()
            )
        except InvalidInput as error:
            add_error(form, error)
        except WrongState as error:
            add_error(form, InvalidInput(error.message))
        else:
            flash("The update is submitted. It is in papers from now on, and waits for an executive to approve it.")
            return redirect(url_for("projects.show_update", update_id=update.id), HTTPStatus.SEE_OTHER)
    return _page(strand, reporting_round, form)


def _page(strand: Strand, reporting_round: ReportingRound | None, form: NoChangeForm) -> ResponseReturnValue:
    today = clock.today()
    view = strand_view(strand.id, today)
    if view is None:
        raise NotFound("There is no such workstream or project.")
    since, refusal = _since(strand, reporting_round)
    said = published_statements(today, strand_id=strand.id).get(strand.id, [])
    return render_form(
        "projects/updates/no_change.html",
        form,
        strand=view,
        round=reporting_round,
        since=since,
        refusal=refusal,
        said=by_kind([statement for statement in said if not (statement.outcome and statement.outcome.closes)]),
        due_in_words=due_in_words,
        today=today,
    )


def _since(strand: Strand, reporting_round: ReportingRound | None) -> tuple[date | None, str | None]:
    """The day that what would be said again was submitted, or why nothing can be."""
    if reporting_round is None:
        return None, "No round is open for updates today. The dates of each round stand with its meeting."
    try:
        return services.repeatable(strand, reporting_round).since, None
    except WrongState as error:
        return None, error.message
