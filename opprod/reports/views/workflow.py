"""Taking a paper from its writers to the Board."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import InvalidInput
from opprod.reports import services
from opprod.reports.composition import PaperContent
from opprod.reports.forms import IssueForm, ReturnForm, SeenForm, WithdrawForm
from opprod.reports.making import renderer, start_pdf, store_documents, variants
from opprod.reports.models import Paper, PaperState, Variant
from opprod.reports.queries import issues
from opprod.reports.queries.problems import problems_of
from opprod.reports.rendering import RenderState, RenderStatus
from opprod.reports.views.access import find_paper
from opprod.reports.views.blueprint import blueprint
from opprod.reports.views.documents import PATIENCE_SECONDS
from opprod.web.forms import add_error, render_form
from opprod.web.uploads import let_go_of_the_database


@blueprint.post("/papers/<int:paper_id>/review")
@requires(Permission.WRITE_PAPERS)
def send_for_review(paper_id: int) -> ResponseReturnValue:
    """Freeze the paper and hand it to those who approve it."""
    paper = find_paper(paper_id)
    services.send_for_review(paper=paper, actor=signed_in(), seen=_seen())
    flash("The paper is in review. It stays as it is until it is approved, returned or taken back.")
    return _back(paper)


@blueprint.post("/papers/<int:paper_id>/take-back")
@requires(Permission.WRITE_PAPERS)
def take_back(paper_id: int) -> ResponseReturnValue:
    """Make a draft of the paper again."""
    paper = find_paper(paper_id)
    services.take_back(paper=paper, actor=signed_in(), seen=_seen())
    flash("The paper is a draft again, and follows the records.")
    return _back(paper)


@blueprint.post("/papers/<int:paper_id>/approve")
@requires(Permission.APPROVE_PAPERS)
def approve_paper(paper_id: int) -> ResponseReturnValue:
    """Approve the paper as it was sent for review."""
    paper = find_paper(paper_id)
    services.approve_paper(paper=paper, actor=signed_in(), seen=_seen())
    flash("The paper is approved. It can be issued now.")
    return _back(paper)


@blueprint.route("/papers/<int:paper_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE_PAPERS)
def return_paper(paper_id: int) -> ResponseReturnValue:
    """Send the paper back to its writers with a note."""
    paper = find_paper(paper_id)
    form = ReturnForm(data={"seen": issues.status_of(paper).id})
    if form.validate_on_submit():
        services.return_paper(paper=paper, note=form.note.data, actor=signed_in(), seen=services.Seen(form.seen.data))
        flash("The paper is returned to those who write it.")
        return _back(paper)
    return render_form("reports/return_paper.html", form, paper=paper)


@blueprint.route("/papers/<int:paper_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.APPROVE_PAPERS)
def withdraw_paper(paper_id: int) -> ResponseReturnValue:
    """Take an issued paper out of force, for a reason."""
    paper = find_paper(paper_id)
    form = WithdrawForm(data={"seen": issues.status_of(paper).id})
    if form.validate_on_submit():
        services.withdraw_paper(
            paper=paper, reason=form.note.data, actor=signed_in(), seen=services.Seen(form.seen.data)
        )
        flash("The paper is withdrawn. What was issued stays on record.", "important")
        return _back(paper)
    return render_form("reports/withdraw_paper.html", form, paper=paper)


@blueprint.post("/papers/<int:paper_id>/revise")
@requires(Permission.WRITE_PAPERS)
def revise_paper(paper_id: int) -> ResponseReturnValue:
    """Write an issued paper anew, to be issued as its next version."""
    paper = find_paper(paper_id)
    services.revise_paper(paper=paper, actor=signed_in(), seen=_seen())
    flash("You are writing the paper anew. The Board keeps the version it has until you issue the next.")
    return _back(paper)


@blueprint.route("/papers/<int:paper_id>/issue", methods=["GET", "POST"])
@requires(Permission.APPROVE_PAPERS)
def issue_paper(paper_id: int) -> ResponseReturnValue:
    """Issue the approved paper; where its documents take long to make, show how far they are and go on from there."""
    paper = find_paper(paper_id)
    form = IssueForm(data={"seen": issues.status_of(paper).id})
    if form.validate_on_submit():
        seen = services.Seen(form.seen.data)
        try:
            content = services.content_to_issue(paper=paper, changes=form.changes.data or "", seen=seen)
        except InvalidInput as error:
            add_error(form, error)
        else:
            return _issue(paper, form, content, seen)
    return _issue_page(paper, form)


def _issue(paper: Paper, form: IssueForm, content: PaperContent, seen: services.Seen) -> ResponseReturnValue:
    paper_id, version = paper.id, services.approved_edition(paper).template
    renders = {variant: start_pdf(said, version=version).key for variant, said in variants(content).items()}
    # Nothing is changed yet, and others can write while the documents are made.
    let_go_of_the_database()
    statuses = {
        variant: renderer().wait(key, timeout=PATIENCE_SECONDS / len(renders)) for variant, key in renders.items()
    }
    if any(status.state is not RenderState.DONE for status in statuses.values()):
        return _progress_page(paper_id, form, statuses)
    pdfs = {variant: renderer().pdf(key) for variant, key in renders.items()}
    documents = store_documents(content, pdfs, version=version)
    paper = find_paper(paper_id)
    issue = services.issue_paper(paper=paper, content=content, documents=documents, actor=signed_in(), seen=seen)
    flash(f"Version {issue.number} of the paper is issued. Nothing in it will change.")
    return _back(paper)


def _issue_page(paper: Paper, form: IssueForm) -> ResponseReturnValue:
    entry = issues.status_of(paper)
    content = None
    problems = []
    if entry.edition_id is not None:
        edition = issues.edition(entry.edition_id)
        content = services.content_of_edition(edition)
        problems = problems_of(paper, content, edition.as_at)
    return render_form(
        "reports/issue_paper.html",
        form,
        paper=paper,
        status=entry,
        content=content,
        problems=problems,
        before=issues.latest_issue(paper),
        may_issue=entry.status is PaperState.APPROVED and not problems,
    )


def _progress_page(paper_id: int, form: IssueForm, statuses: dict[Variant, RenderStatus]) -> ResponseReturnValue:
    failed = next((status for status in statuses.values() if status.state is RenderState.FAILED), None)
    slowest = min(statuses.values(), key=lambda status: status.percent)
    page = render_template(
        "reports/issue_progress.html",
        form=form,
        paper=find_paper(paper_id),
        failed=failed,
        status=slowest,
        status_href=url_for("reports.pdf_status", paper_id=paper_id, key=slowest.key),
    )
    return page, HTTPStatus.ACCEPTED


def _seen() -> services.Seen:
    form = SeenForm()
    form.validate()
    return services.Seen(form.seen.data)


def _back(paper: Paper) -> ResponseReturnValue:
    return redirect(url_for("reports.paper", paper_id=paper.id), HTTPStatus.SEE_OTHER)
