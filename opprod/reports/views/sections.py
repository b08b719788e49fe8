"""Editing a paper's sections, choosing and ordering them, and confirming the equality duty."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.projects.queries.measures import measure_view, measures
from opprod.reports import presenters, queries, services
from opprod.reports.assembly import content_of, day_of
from opprod.reports.facts import SectionText
from opprod.reports.forms import SectionForm
from opprod.reports.models import Paper, PaperSection
from opprod.reports.sections import EQUALITY_DUTY, SECTIONS
from opprod.reports.services.quotations import check_narrative
from opprod.reports.views.blueprint import blueprint
from opprod.web.errors import conflict_page
from opprod.web.forms import add_error, render_form

MEASURES_LISTED = 200


@blueprint.route("/papers/<int:paper_id>/sections/<key>", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def edit_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Change a section's title and text."""
    paper = queries.paper(paper_id)
    section = queries.section(paper, key)
    form = SectionForm(obj=section)
    previewing = request.form.get("action") == "preview"
    if form.validate_on_submit():
        if previewing:
            _check(form)
            return _section_page(paper, section, form, preview=True)
        try:
            services.edit_section(
                section=section,
                version=form.version.data,
                title=form.title.data,
                narrative=form.narrative.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return conflict_page(
                what=f"The section “{section.title}”",
                theirs=presenters.section_as_saved(section),
                yours=presenters.section_as_typed(title=form.title.data, narrative=form.narrative.data),
                reload_href=url_for("reports.edit_section", paper_id=paper.id, key=key),
            )
        else:
            flash(f"“{section.title}” is saved.")
            return redirect(url_for("reports.paper", paper_id=paper.id, _anchor=f"section-{key}"), 303)
    return _section_page(paper, section, form, preview=bool(form.errors))


@blueprint.post("/papers/<int:paper_id>/sections/<key>/add")
@requires(Permission.WRITE_PAPERS)
def add_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Give the paper a section that it has not."""
    section = services.add_section(paper=queries.paper(paper_id), key=key, actor=signed_in())
    flash(f"“{section.title}” is in the paper.")
    return redirect(url_for("reports.paper", paper_id=paper_id, _anchor=f"section-{key}"), 303)


@blueprint.post("/papers/<int:paper_id>/sections/<key>/include")
@requires(Permission.WRITE_PAPERS)
def include_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Take a section into the paper, or leave it out."""
    section = queries.section(queries.paper(paper_id), key)
    included = _one_of("included", {"yes": True, "no": False})
    services.include_section(section=section, included=included, actor=signed_in())
    flash(f"“{section.title}” is {'in' if included else 'left out of'} the paper.")
    return redirect(url_for("reports.paper", paper_id=paper_id), 303)


@blueprint.post("/papers/<int:paper_id>/sections/<key>/restrict")
@requires(Permission.WRITE_PAPERS)
def restrict_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Keep a section for the Board alone, or let it be published."""
    section = queries.section(queries.paper(paper_id), key)
    board_only = _one_of("board_only", {"yes": True, "no": False})
    services.restrict_section(section=section, board_only=board_only, actor=signed_in())
    flash(f"“{section.title}” is {'for the Board alone' if board_only else 'published with the paper'}.")
    return redirect(url_for("reports.paper", paper_id=paper_id, _anchor="sections"), 303)


@blueprint.post("/papers/<int:paper_id>/sections/<key>/move")
@requires(Permission.WRITE_PAPERS)
def move_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Move a section up or down by one."""
    section = queries.section(queries.paper(paper_id), key)
    up = _one_of("direction", {"up": True, "down": False})
    services.move_section(section=section, up=up, actor=signed_in())
    flash(f"“{section.title}” is moved {'up' if up else 'down'}.")
    return redirect(url_for("reports.paper", paper_id=paper_id), 303)


@blueprint.post("/papers/<int:paper_id>/equality-duty")
@requires(Permission.WRITE_PAPERS)
def confirm_equality_duty(paper_id: int) -> ResponseReturnValue:
    """Confirm the equality statement as it was read."""
    paper = queries.paper(paper_id)
    version = request.form.get("version", type=int)
    if version is None:
        raise BadRequest
    services.confirm_equality_duty(paper=paper, version=version, actor=signed_in())
    flash("You have confirmed the equality statement for this paper.")
    return redirect(url_for("reports.paper", paper_id=paper_id, _anchor=f"section-{EQUALITY_DUTY}"), 303)


def _section_page(paper: Paper, section: PaperSection, form: SectionForm, *, preview: bool) -> ResponseReturnValue:
    day = day_of(paper)
    shown = None
    if preview:
        typed = SectionText(form.title.data or section.title, form.narrative.data or "")
        content = content_of(paper, day, edited={section.key: typed})
        shown = next(part for part in content.sections if part.key == section.key)
    return render_form(
        "reports/edit_section.html",
        form,
        paper=paper,
        section=section,
        kind=SECTIONS[section.key],
        shown=shown,
        measures=[measure_view(row) for row in db.session.execute(measures(day).limit(MEASURES_LISTED))],
        unsaved=form.is_submitted(),
    )


def _check(form: SectionForm) -> None:
    try:
        check_narrative(form.narrative.data)
    except InvalidInput as error:
        add_error(form, error)


def _one_of(name: str, meanings: dict[str, bool]) -> bool:
    sent = request.form.get(name, "")
    if sent not in meanings:
        raise BadRequest
    return meanings[sent]
