"""The list of papers, a paper on the page, and its header."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, User, requires
from opprod.accounts.gate import signed_in
from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.reports import permissions, presenters, queries, services
from opprod.reports.forms import PaperChangeForm, PaperForm
from opprod.reports.models import Paper, PaperPurpose, Variant
from opprod.reports.queries import issues
from opprod.reports.queries.editing import open_comments
from opprod.reports.queries.problems import problems_of
from opprod.reports.sections import EQUALITY_DUTY, SECTIONS
from opprod.reports.views.access import find_paper, reads_drafts, shown
from opprod.reports.views.blueprint import blueprint
from opprod.rounds.models import Meeting
from opprod.rounds.queries import meeting as find_meeting
from opprod.rounds.queries import meetings
from opprod.web.as_at import AsAt, requested_day
from opprod.web.errors import conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.paging import page_number, paginate

MEETINGS_TO_CHOOSE = 100
VERSIONS_SHOWN = 50


@blueprint.get("/papers")
@requires(Permission.VIEW_PROGRAMME)
def papers() -> ResponseReturnValue:
    """List the papers, of one meeting where the address names it; to whoever reads no drafts, those issued."""
    meeting_id = request.args.get("meeting", type=int)
    drafts = reads_drafts()
    query = queries.papers(meeting_id=meeting_id, issued_alone=not drafts)
    page = paginate(db.session, query, number=page_number())
    return render_template(
        "reports/papers.html",
        page=page,
        statuses=issues.statuses_of(page.items),
        reads_drafts=drafts,
        meeting=find_meeting(meeting_id) if meeting_id is not None else None,
        may_write=signed_in().can(Permission.WRITE_PAPERS),
    )


@blueprint.route("/papers/new", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def new_paper() -> ResponseReturnValue:
    """Begin a paper, with what the paper before it had."""
    form = PaperForm(data=_usual())
    choices = _choose_meetings(form)
    if form.validate_on_submit():
        try:
            made = services.create_paper(
                meeting=find_meeting(form.meeting_id.data), **_header(form), actor=signed_in()
            )
        except InvalidInput as error:
            add_error(form, error)
        else:
            flash("The paper is begun. Its sections have a first text each: make it your own.")
            return redirect(url_for("reports.paper", paper_id=made.id), 303)
    return render_form("reports/new_paper.html", form, meetings=choices)


@blueprint.get("/papers/<int:paper_id>")
@requires(Permission.VIEW_PROGRAMME)
def paper(paper_id: int) -> ResponseReturnValue:
    """Show a paper as the Board will have it or has it, where it stands, and the tools to take it further."""
    as_at = requested_day()
    found = shown(paper_id)
    user = signed_in()
    if not found.is_open:
        as_at = g.as_at = AsAt(clock.today(), is_today=True)  # what is frozen is the same on every day
    content = found.content(as_at)
    versions = issues.issues_of(found.paper, limit=VERSIONS_SHOWN)
    if not user.can(Permission.VIEW_PAPERS):
        return render_template(
            "reports/issued.html",
            as_at=as_at,
            shown=found,
            content=content,
            versions=versions,
            variants=[Variant.PUBLIC],
        )
    author_ids = services.author_ids(found.paper, found.status)
    status = found.status.status
    may_write = permissions.can_write(user, status) and found.is_open
    return render_template(
        "reports/paper.html",
        as_at=as_at,
        paper=found.paper,
        shown=found,
        status=found.status,
        status_by=db.session.get_one(User, found.status.recorded_by_id),
        content=content,
        facts_stand_at=presenters.facts_stand_at(found.paper, content.as_at),
        problems=problems_of(found.paper, content, content.as_at) if found.issue is None else [],
        stages=presenters.STAGES,
        problem_href=presenters.problem_href,
        versions=versions,
        variants=list(Variant),
        may_write=may_write,
        can=presenters.allowed(user, status, author_ids=author_ids),
        equality_key=EQUALITY_DUTY,
        kinds=SECTIONS,
        open_comments=open_comments(found.paper),
        not_in_it=presenters.sections_not_in(found.paper),
        history=lines(latest_about(found.paper)),
        history_href=url_for("accounts.audit_trail", kind="paper", record=found.paper.id)
        if user.can(Permission.VIEW_AUDIT)
        else "",
    )


@blueprint.route("/papers/<int:paper_id>/header", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def edit_paper(paper_id: int) -> ResponseReturnValue:
    """Change a paper's header."""
    found = find_paper(paper_id)
    form = PaperChangeForm(obj=found)
    _choose_meetings(form, found.meeting)
    if form.validate_on_submit():
        meeting = find_meeting(form.meeting_id.data)
        try:
            services.change_paper(
                paper=found,
                version=form.version.data,
                meeting=meeting,
                **_header(form),
                as_at=form.as_at.data,
                purpose=PaperPurpose(form.purpose.data) if form.purpose.data else None,
                marking=form.marking.data,
                actor=signed_in(),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return conflict_page(
                what="The header of this paper",
                theirs=presenters.header_as_saved(found),
                yours=presenters.header_as_typed(
                    meeting=str(meeting),
                    **_header(form),
                    as_at=form.as_at.data,
                    purpose=PaperPurpose(form.purpose.data) if form.purpose.data else None,
                    marking=form.marking.data,
                ),
                reload_href=url_for("reports.edit_paper", paper_id=found.id),
            )
        else:
            flash("The header is saved.")
            return redirect(url_for("reports.paper", paper_id=found.id), 303)
    return render_form("reports/edit_paper.html", form, paper=found)


def _usual() -> dict[str, object]:
    """What a new paper's form begins with."""
    before: Paper | None = db.session.scalar(queries.papers().limit(1))
    usual: dict[str, object] = {"meeting_id": request.args.get("meeting", type=int), "addressee": "The Board"}
    if before is not None:
        usual |= {name: getattr(before, name) for name in ("addressee", "author_name", "author_title", "report_on")}
    return usual


def _choose_meetings(form: PaperForm, present: Meeting | None = None) -> list[Meeting]:
    found = list(db.session.scalars(meetings().limit(MEETINGS_TO_CHOOSE)))
    if present is not None and present not in found:
        found.append(present)
    form.meeting_id.choices = [(meeting.id, str(meeting)) for meeting in found]
    return found


def _header(form: PaperForm) -> dict[str, Any]:
    names = ("addressee", "agenda_item", "reference", "author_name", "author_title", "report_on")
    return {name: form[name].data for name in names}
