"""What the figures of a paper rest on, and settling those in free text that rest on nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db
from opprod.reports import services
from opprod.reports.annex import evidence_table
from opprod.reports.assembly import content_of, day_of
from opprod.reports.claims import anchor
from opprod.reports.forms import FiguresForm, ReopenForm
from opprod.reports.permissions import can_write
from opprod.reports.queries.claims import settled
from opprod.reports.unsourced import Unsourced, unsourced
from opprod.reports.views.access import Shown, find_paper, shown
from opprod.reports.views.blueprint import blueprint
from opprod.web.as_at import requested_day
from opprod.web.forms import add_error, render_form
from opprod.web.paging import Page, page_number, paginate
from opprod.web.presenters import plural

AT_ONCE = 100
GONE = "The text changed while you had it open: one of these figures is settled, or no longer in the paper."


@dataclass(frozen=True, slots=True)
class Place:
    """The figures without a source that stand in one place, and the form that settles them."""

    key: str
    name: str
    figures: tuple[Unsourced, ...]
    form: FiguresForm


@blueprint.get("/papers/<int:paper_id>/evidence")
@requires(Permission.VIEW_PAPERS)
def evidence(paper_id: int) -> ResponseReturnValue:
    """List the figures without a source, in their sentences, then what all others rest on."""
    found = shown(paper_id)
    bare = unsourced(found.content(requested_day()))
    return _page(found, bare, _places(bare))


@blueprint.post("/papers/<int:paper_id>/evidence")
@requires(Permission.WRITE_PAPERS)
def settle_figures(paper_id: int) -> ResponseReturnValue:
    """Give figures a source, or accept them without one."""
    accepting = request.form.get("action") == "accept"
    found = shown(paper_id)
    bare = unsourced(content_of(found.paper, day_of(found.paper)))
    sent = request.form.get("place", "")
    places = _places(bare, sent=sent)
    place = next((one for one in places if one.key == sent), None)
    if place is None:
        raise Conflict(GONE)
    chosen = set(request.form.getlist(place.form["keys"].name))
    if not chosen <= {figure.key for figure in place.figures}:
        raise Conflict(GONE)
    if place.form.validate():
        try:
            services.settle_figures(
                paper=found.paper,
                figures=[figure for figure in place.figures if figure.key in chosen],
                source=None if accepting else place.form.source.data or "",
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(place.form, error)
        else:
            verb = "accepted in your name" if accepting else "settled"
            flash(f"{plural(len(chosen), 'figure')} {verb}.")
            return redirect(url_for("reports.evidence", paper_id=paper_id), 303)
    return _page(found, bare, places, refused=place.form)


@blueprint.post("/papers/<int:paper_id>/evidence/reopen")
@requires(Permission.WRITE_PAPERS)
def reopen_figure(paper_id: int) -> ResponseReturnValue:
    """Take back what a figure was settled with."""
    form = ReopenForm()
    if not form.validate_on_submit():
        raise BadRequest
    services.reopen_figure(paper=find_paper(paper_id), key=form.key.data, actor=signed_in())
    flash("The figure is open again.")
    return redirect(url_for("reports.evidence", paper_id=paper_id), 303)


def _page(
    found: Shown, bare: Sequence[Unsourced], places: Sequence[Place], *, refused: FiguresForm | None = None
) -> ResponseReturnValue:
    content = found.content(requested_day())
    number = page_number()
    lines = content.evidence[(number - 1) * AT_ONCE : number * AT_ONCE]
    if number > 1 and not lines:
        raise NotFound("The list has no such page.")
    return render_form(
        "reports/evidence.html",
        refused or FiguresForm(formdata=None),
        paper=found.paper,
        status=found.status,
        may_settle=found.is_open and can_write(signed_in(), found.status.status),
        bare=bare,
        places=places,
        more=len(bare) - sum(len(place.figures) for place in places),
        page=Page(lines, number, AT_ONCE, len(content.evidence)),
        table=evidence_table(lines),
        settled=paginate(db.session, settled(found.paper), number=1, size=AT_ONCE),
        anchor=anchor,
        in_use={part for line in content.evidence for part in line.evidence.key.split()},
    )


def _places(bare: Sequence[Unsourced], *, sent: str | None = None) -> list[Place]:
    """The first figures by the place they stand in, each with a form; the one that was sent has what was sent."""
    grouped: dict[tuple[str, str | None], list[Unsourced]] = {}
    for one in bare[:AT_ONCE]:
        grouped.setdefault((one.section_key, one.within), []).append(one)
    return [_place(figures, sent) for figures in grouped.values()]


def _place(figures: Sequence[Unsourced], sent: str | None) -> Place:
    first = figures[0]
    key = f"{first.section_key}-{sha256((first.within or '').encode()).hexdigest()[:8]}"
    form = FiguresForm(
        formdata=request.form if sent == key else None,
        prefix=key,
        data={"keys": [first.key] if len(figures) == 1 else []},
    )
    form["keys"].choices = [(figure.key, figure.said) for figure in figures]
    return Place(key, f"{first.section}: {first.within}" if first.within else first.section, tuple(figures), form)
