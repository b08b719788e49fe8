"""What a section said before, and going back to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import NotFound
from opprod.db import db
from opprod.reports import queries, services
from opprod.reports.merging import Passage, changed
from opprod.reports.models import PaperSection
from opprod.reports.permissions import can_write
from opprod.reports.queries.editing import revision, revisions
from opprod.reports.queries.issues import status_of
from opprod.reports.views.blueprint import blueprint
from opprod.web.paging import page_number, paginate

VERSIONS_TO_A_PAGE = 20


@blueprint.get("/papers/<int:paper_id>/sections/<key>/versions")
@requires(Permission.VIEW_PAPERS)
def section_versions(paper_id: int, key: str) -> ResponseReturnValue:
    """List a section's versions: who saved each, and when."""
    paper = queries.paper(paper_id)
    section = queries.section(paper, key)
    found = paginate(db.session, revisions(section), number=page_number(), size=VERSIONS_TO_A_PAGE)
    return render_template("reports/section_versions.html", paper=paper, section=section, page=found)


@blueprint.get("/papers/<int:paper_id>/sections/<key>/versions/<int:version>")
@requires(Permission.VIEW_PAPERS)
def section_version(paper_id: int, key: str, version: int) -> ResponseReturnValue:
    """Show a section as it was at one of its versions, and what had changed since the one before.

    ``since`` in the address is the version that a writer began from: it then shows what others had saved meanwhile.
    """
    paper = queries.paper(paper_id)
    section = queries.section(paper, key)
    shown = revision(section, version)
    began = request.args.get("since", type=int)
    before, after = (version - 1, version) if began is None else (began, version - 1)
    return render_template(
        "reports/section_version.html",
        paper=paper,
        section=section,
        shown=shown,
        began=began,
        changes=_changes(section, before, after),
        may_restore=version != section.version and can_write(signed_in(), status_of(paper).status),
    )


@blueprint.post("/papers/<int:paper_id>/sections/<key>/versions/<int:version>/restore")
@requires(Permission.WRITE_PAPERS)
def restore_section(paper_id: int, key: str, version: int) -> ResponseReturnValue:
    """Put an earlier version of a section back."""
    section = queries.section(queries.paper(paper_id), key)
    seen = request.form.get("version", type=int)
    if seen is None:
        raise BadRequest
    services.restore_section(section=section, version=seen, earlier=revision(section, version), actor=signed_in())
    flash(f"“{section.title}” says again what it said in version {version}.")
    return redirect(url_for("reports.paper", paper_id=paper_id, _anchor=f"section-{key}"), 303)


def _changes(section: PaperSection, before: int, after: int) -> tuple[Passage, ...]:
    """What changed of a section from one of its versions to another; nothing where one of them is not known."""
    try:
        earlier, later = revision(section, before), revision(section, after)
    except NotFound:
        return ()
    titles = (Passage(earlier.title, later.title),) if earlier.title != later.title else ()
    return (*titles, *changed(earlier.narrative, later.narrative))
