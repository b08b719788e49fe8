"""Writing a section: with its preview, with what is typed kept, and with others at it at the same time."""

from contextlib import suppress
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import InvalidInput, WrongState
from opprod.db import db, keep_despite_error, reading_only
from opprod.projects.queries.measures import measure_view, measures
from opprod.reports import presenters, queries, services
from opprod.reports.assembly import content_of, day_of
from opprod.reports.facts import SectionText
from opprod.reports.forms import SectionForm
from opprod.reports.merging import Overlap
from opprod.reports.models import Paper, PaperSection
from opprod.reports.permissions import can_write
from opprod.reports.queries.editing import (
    comments,
    draft_of,
    open_comments,
    others_writing,
    revisions_since,
    wordings_of,
)
from opprod.reports.queries.issues import status_of
from opprod.reports.sections import SECTIONS
from opprod.reports.services.quotations import check_narrative
from opprod.reports.views.blueprint import blueprint
from opprod.reports.wordings import AS_SAID
from opprod.web.forms import add_error, form_errors, render_form

MEASURES_LISTED = 200
COMMENTS_SHOWN = 5


@blueprint.route("/papers/<int:paper_id>/sections/<key>", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def edit_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Change a section's title and text."""
    paper = queries.paper(paper_id)
    section = queries.section(paper, key)
    if request.method == "GET":
        return _fresh_page(paper, section)
    form = SectionForm()
    if form.validate() and request.form.get("action") == "preview":
        _check(form)
        return _page(paper, section, form)
    if form.errors:
        _keep_typed(section, form)
        return _page(paper, section, form)
    try:
        others = services.save_section(
            section=section,
            version=form.version.data,
            title=form.title.data,
            narrative=form.narrative.data,
            actor=signed_in(),
        )
    except InvalidInput as error:
        _keep_typed(section, form)
        add_error(form, error)
    except WrongState as error:
        _keep_typed(section, form)
        form.form_errors = [f"{error.message} What you typed is kept for you."]
    except services.Overlapping as conflict:
        _keep_typed(section, form)
        return _conflict_page(paper, section, form, conflict.together)
    else:
        flash(f"“{section.title}” is saved{', together with what others saved meanwhile' if others else ''}.")
        return redirect(_after_saving(section, form.version.data if others else None), 303)
    return _page(paper, section, form)


@blueprint.post("/papers/<int:paper_id>/sections/<key>/preview")
@requires(Permission.WRITE_PAPERS)
def preview_section(paper_id: int, key: str) -> ResponseReturnValue:
    """Answer the page's script with what a text looks like in the paper, or with what is wrong in it."""
    # Nothing is written, so others need not wait for the lock that came with the request.
    db.session.rollback()
    with reading_only():
        paper = queries.paper(paper_id)
        section = queries.section(paper, key)
        form = SectionForm()
        if form.validate():
            _check(form)
        problems = [error.message for error in form_errors(form)]
        if problems:
            return jsonify(problems=problems), 422
        return jsonify(html=render_template("reports/_section_preview.html", **_preview(paper, section, form)))


@blueprint.route("/papers/<int:paper_id>/sections/<key>/draft", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def section_draft(paper_id: int, key: str) -> Response:
    """Keep what is typed, for the page's script, and tell it who else is at the section."""
    section = queries.section(queries.paper(paper_id), key)
    user = signed_in()
    if request.method == "GET":
        began = request.args.get("version", section.version, type=int)
        # A window that was signed out, and in again since, needs a token of the new session.
        return jsonify(news=_news(section, began), editor=user.id, csrf_token=generate_csrf())
    form = SectionForm()
    held = services.keep_draft(**_typed(section, form), actor=user)
    kept = f"Kept at {presenters.time_of(held.kept_at)}" if held else "As saved"
    return jsonify(news=_news(section, _began(section, form)), kept=kept)


@blueprint.post("/papers/<int:paper_id>/sections/<key>/draft/discard")
@requires(Permission.WRITE_PAPERS)
def discard_draft(paper_id: int, key: str) -> ResponseReturnValue:
    """No longer keep what the person typed and did not save."""
    services.discard_draft(section=queries.section(queries.paper(paper_id), key), actor=signed_in())
    flash("What you had typed and not saved is discarded.")
    return redirect(url_for("reports.edit_section", paper_id=paper_id, key=key), 303)


def _fresh_page(paper: Paper, section: PaperSection) -> ResponseReturnValue:
    """The page as it is opened: with the text as saved, or what the person had typed and not saved."""
    held = draft_of(section, signed_in())
    if held is None:
        return _page(paper, section, SectionForm(obj=section))
    typed = {"version": held.base_version, "title": held.title, "narrative": held.narrative}
    overlaps: tuple[Overlap, ...] = ()
    wish = request.args.get("with", "")
    if wish in {"mine", "both"}:
        typed["version"] = section.version
    if wish == "both":
        both = services.together(
            section=section, version=held.base_version, title=held.title, narrative=held.narrative
        )
        typed["narrative"] = both.text.text
        overlaps = both.text.overlaps
    form = SectionForm(data=typed)
    return _page(paper, section, form, kept=presenters.time_of(held.kept_at), overlaps=overlaps)


def _page(paper: Paper, section: PaperSection, form: SectionForm, **context: Any) -> ResponseReturnValue:
    user = signed_in()
    day = day_of(paper)
    state = status_of(paper).status
    return render_form(
        "reports/edit_section.html",
        form,
        paper=paper,
        section=section,
        kind=SECTIONS[section.key],
        state=state,
        may_save=can_write(user, state),
        editor=user.id,
        news=_news(section, _began(section, form)),
        measures=[measure_view(row) for row in db.session.execute(measures(day).limit(MEASURES_LISTED))],
        comments=list(db.session.scalars(comments(section).limit(COMMENTS_SHOWN))),
        open_comments=open_comments(paper).get(section.key, 0),
        reworked=sum(wording != AS_SAID for wording in wordings_of(paper).values()),
        unsaved=form.is_submitted() or "kept" in context,
        **{"kept": None, "overlaps": (), **_preview(paper, section, form), **context},
    )


def _conflict_page(
    paper: Paper, section: PaperSection, form: SectionForm, together: services.Together
) -> ResponseReturnValue:
    page = render_template(
        "reports/section_conflict.html",
        paper=paper,
        section=section,
        saved=presenters.saved_meanwhile(revisions_since(section, _began(section, form))),
        theirs=presenters.section_as_saved(section),
        yours=presenters.section_as_typed(title=form.title.data, narrative=form.narrative.data),
        overlaps=together.text.overlaps,
    )
    return page, 409


def _preview(paper: Paper, section: PaperSection, form: SectionForm) -> dict[str, Any]:
    typed = SectionText(form.title.data or section.title, form.narrative.data or "")
    content = content_of(paper, day_of(paper), edited={section.key: typed})
    return {
        "shown": next(part for part in content.sections if part.key == section.key),
        "citable": presenters.citable(content),
        "dead_ends": presenters.dead_ends(typed.narrative, content),
    }


def _keep_typed(section: PaperSection, form: SectionForm) -> None:
    """Keep what was typed in a form that could not be saved, although the answer is a refusal."""
    db.session.rollback()
    with suppress(InvalidInput):
        services.keep_draft(**_typed(section, form), actor=signed_in())
        keep_despite_error()


def _typed(section: PaperSection, form: SectionForm) -> dict[str, Any]:
    return {
        "section": section,
        "base_version": _began(section, form),
        "title": form.title.data or "",
        "narrative": form.narrative.data or "",
    }


def _began(section: PaperSection, form: SectionForm) -> int:
    began: int | None = form.version.data
    return section.version if began is None else began


def _news(section: PaperSection, began: int) -> list[str]:
    return presenters.section_news(others_writing(section, signed_in()), revisions_since(section, began))


def _check(form: SectionForm) -> None:
    try:
        check_narrative(form.narrative.data)
    except InvalidInput as error:
        add_error(form, error)


def _after_saving(section: PaperSection, began: int | None) -> str:
    """Where to go from a saved section: to the paper, or to where it shows what came from others."""
    if began is None:
        return url_for("reports.paper", paper_id=section.paper_id, _anchor=f"section-{section.key}")
    return url_for(
        "reports.section_version",
        paper_id=section.paper_id,
        key=section.key,
        version=section.version,
        since=began,
    )
