"""Comments on a section: the list, making one, and settling it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import InvalidInput, WrongState
from opprod.db import db
from opprod.reports import queries, services
from opprod.reports.assembly import content_of, day_of
from opprod.reports.composition import SectionContent
from opprod.reports.facts import SectionText
from opprod.reports.forms import CommentForm
from opprod.reports.models import PaperSection
from opprod.reports.permissions import can_comment
from opprod.reports.queries.editing import comment, open_comments
from opprod.reports.queries.editing import comments as comments_on
from opprod.reports.views.access import Shown, shown
from opprod.reports.views.blueprint import blueprint
from opprod.web.as_at import requested_day
from opprod.web.forms import add_error, render_form
from opprod.web.paging import page_number, paginate

COMMENTS_TO_A_PAGE = 20


@blueprint.route("/papers/<int:paper_id>/sections/<key>/comments", methods=["GET", "POST"])
@requires(Permission.VIEW_PAPERS)
def comments(paper_id: int, key: str) -> ResponseReturnValue:
    """List the comments on a section beside it, and make one."""
    found = shown(paper_id)
    paper = found.paper
    section = queries.section(paper, key)
    form = CommentForm()
    if form.validate_on_submit():
        try:
            services.make_comment(section=section, text=form.text.data, actor=signed_in())
        except (InvalidInput, WrongState) as error:
            add_error(form, InvalidInput(error.message, field="text"))
        else:
            flash("Your comment is made.")
            return redirect(_href(paper_id, key), 303)
    state = found.status.status
    return render_form(
        "reports/comments.html",
        form,
        paper=paper,
        section=section,
        state=state,
        page=paginate(db.session, comments_on(section), number=page_number(), size=COMMENTS_TO_A_PAGE),
        still_open=open_comments(paper).get(section.key, 0),
        may_comment=can_comment(signed_in(), state),
        may_write=signed_in().can(Permission.WRITE_PAPERS),
        shown=_shown(found, section),
        dead_ends=(),
    )


@blueprint.post("/papers/<int:paper_id>/sections/<key>/comments/<int:comment_id>/resolve")
@requires(Permission.VIEW_PAPERS)
def resolve_comment(paper_id: int, key: str, comment_id: int) -> ResponseReturnValue:
    """Resolve a comment."""
    section = queries.section(queries.paper(paper_id), key)
    services.resolve_comment(section=section, comment=comment(section, comment_id), actor=signed_in())
    flash("The comment is resolved.")
    return redirect(_href(paper_id, key), 303)


@blueprint.post("/papers/<int:paper_id>/sections/<key>/comments/<int:comment_id>/reopen")
@requires(Permission.VIEW_PAPERS)
def reopen_comment(paper_id: int, key: str, comment_id: int) -> ResponseReturnValue:
    """Open a resolved comment again."""
    section = queries.section(queries.paper(paper_id), key)
    services.reopen_comment(section=section, comment=comment(section, comment_id), actor=signed_in())
    flash("The comment is open again.")
    return redirect(_href(paper_id, key), 303)


def _shown(found: Shown, section: PaperSection) -> SectionContent | None:
    """The section as the paper has it; one that is left out only while the paper is being written."""
    if found.is_open:
        text = SectionText(section.title, section.narrative)
        content = content_of(found.paper, day_of(found.paper), edited={section.key: text})
    else:
        content = found.content(requested_day())
    return next((part for part in content.sections if part.key == section.key), None)


def _href(paper_id: int, key: str) -> str:
    return url_for("reports.comments", paper_id=paper_id, key=key)
