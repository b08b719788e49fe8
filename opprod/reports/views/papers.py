"""The list of papers, a paper on the page, and its header."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.audit.queries import latest_about, lines
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.reports import presenters, queries, services
from opprod.reports.assembly import content_of
from opprod.reports.document import CONTENT_STYLE, paper_html
from opprod.reports.forms import PaperChangeForm, PaperForm
from opprod.reports.models import Paper, PaperPurpose
from opprod.reports.sections import EQUALITY_DUTY
from opprod.reports.views.blueprint import blueprint, day_shown
from opprod.rounds.models import Meeting
from opprod.rounds.queries import meeting as find_meeting
from opprod.rounds.queries import meetings
from opprod.web.as_at import requested_day
from opprod.web.assets import static_url
from opprod.web.errors import conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.paging import page_number, paginate

MEETINGS_TO_CHOOSE = 100


@blueprint.get("/papers")
@requires(Permission.VIEW_PAPERS)
def papers() -> ResponseReturnValue:
    """List the papers, of one meeting where the address names it."""
    meeting_id = request.args.get("meeting", type=int)
    return render_template(
        "reports/papers.html",
        page=paginate(db.session, queries.papers(meeting_id=meeting_id), number=page_number()),
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
@requires(Permission.VIEW_PAPERS)
def paper(paper_id: int) -> ResponseReturnValue:
    """Show a paper as the Board will have it, and the tools to write it."""
    as_at = requested_day()
    found = queries.paper(paper_id)
    day = day_shown(found, as_at)
    user = signed_in()
    return render_template(
        "reports/paper.html",
        as_at=as_at,
        paper=found,
        content=content_of(found, day),
        facts_stand_at=presenters.facts_stand_at(found, day),
        may_write=user.can(Permission.WRITE_PAPERS),
        equality_key=EQUALITY_DUTY,
        not_in_it=presenters.sections_not_in(found),
        history=lines(latest_about(found)),
        history_href=url_for("accounts.audit_trail", kind="paper", record=found.id)
        if user.can(Permission.VIEW_AUDIT)
        else "",
    )


@blueprint.get("/papers/<int:paper_id>.html")
@requires(Permission.VIEW_PAPERS)
def html(paper_id: int) -> Response:
    """Give the paper as an HTML document of its own."""
    found = queries.paper(paper_id)
    content = content_of(found, day_shown(found, requested_day()))
    page = paper_html(content, stylesheets=[static_url(CONTENT_STYLE)], icon=static_url("favicon.svg"))
    return make_response(page)


@blueprint.route("/papers/<int:paper_id>/header", methods=["GET", "POST"])
@requires(Permission.WRITE_PAPERS)
def edit_paper(paper_id: int) -> ResponseReturnValue:
    """Change a paper's header."""
    found = queries.paper(paper_id)
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
