"""A reporting round at a glance."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.projects import presenters
from opprod.projects.blueprint import blueprint
from opprod.projects.forms.rounds import RoundFilters
from opprod.projects.forms.strands import chosen
from opprod.projects.models import Status, StrandKind
from opprod.projects.permissions import can_see
from opprod.projects.queries.rounds import RoundLine, Standing, round_lines
from opprod.rounds.presenters import round_days
from opprod.rounds.queries import current_round, meeting
from opprod.web.as_at import requested_day
from opprod.web.forms import SelectChoice

OF_DRAFTS = frozenset({Standing.DRAFT, Standing.RETURNED})


@blueprint.get("/meetings/<int:meeting_id>/round")
@requires(Permission.VIEW_PROGRAMME)
def round(meeting_id: int) -> ResponseReturnValue:  # noqa: A001 the page's name
    """Show where every workstream and project stands in a meeting's round."""
    as_at = requested_day()
    found = meeting(meeting_id)
    person = signed_in()
    sees_drafts = can_see(person, Status.DRAFT)
    lines = round_lines(found.round, as_at.day, with_drafts=sees_drafts)
    form = _filters(lines, sees_drafts=sees_drafts)
    standing, owner_id = chosen(form.status), chosen(form.owner)
    shown = [
        line for line in lines if owner_id in {None, line.owner_id} and (standing is None or line.stands(standing))
    ]
    open_round = current_round(clock.today())
    return render_template(
        "projects/rounds/show.html",
        as_at=as_at,
        meeting=found,
        days=round_days(found, as_at.day),
        lines=lines,
        counts={standing.value: sum(line.stands(standing) for line in lines) for standing in Standing},
        shown={kind: [line for line in shown if line.kind is kind] for kind in StrandKind},
        form=form,
        has_errors=bool(form.errors),
        sees_drafts=sees_drafts,
        not_begun=presenters.not_begun(sees_drafts=sees_drafts),
        may_write=as_at.is_today and person.can(Permission.WRITE_UPDATES) and open_round == found.round,
        presenters=presenters,
    )


def _filters(lines: list[RoundLine], *, sees_drafts: bool) -> RoundFilters:
    form = RoundFilters(request.args)
    form.status.choices = [
        SelectChoice(
            standing.value,
            presenters.not_begun(sees_drafts=sees_drafts) if standing is Standing.NOT_STARTED else standing.label,
        )
        for standing in Standing
        if sees_drafts or standing not in OF_DRAFTS
    ]
    owners = {line.owner_id: line.owner_name for line in sorted(lines, key=lambda line: line.owner_name)}
    form.owner.choices = [SelectChoice(str(owner_id), name) for owner_id, name in owners.items()]
    form.validate()
    return form
