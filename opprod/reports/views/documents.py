"""A paper's documents: the web page, PDF and Word file; what was issued comes from its stored bytes."""

from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.db import db
from opprod.reports.document import content_policy, file_name, media_type, web_page
from opprod.reports.docx import paper_docx
from opprod.reports.making import renderer, start_pdf
from opprod.reports.models import DocumentFormat
from opprod.reports.rendering import Render, RenderState, RenderStatus
from opprod.reports.verification import issued_bytes
from opprod.reports.views.access import Shown, find_paper, shown
from opprod.reports.views.blueprint import blueprint
from opprod.web.as_at import requested_day
from opprod.web.presenters import plural

# Well within the time a server in front of this one allows for an answer.
PATIENCE_SECONDS = 20
STATES = {
    RenderState.QUEUED: "running",
    RenderState.RENDERING: "running",
    RenderState.DONE: "done",
    RenderState.FAILED: "failed",
}


@blueprint.get("/papers/<int:paper_id>.html")
@requires(Permission.VIEW_PROGRAMME)
def html(paper_id: int) -> Response:
    """Give the paper as an HTML document of its own."""
    found = shown(paper_id)
    if found.issue is not None:
        return _issued(found, DocumentFormat.HTML)
    return _answer(found, DocumentFormat.HTML, web_page(found.content(requested_day())).encode())


@blueprint.get("/papers/<int:paper_id>.pdf")
@requires(Permission.VIEW_PROGRAMME)
def pdf(paper_id: int) -> ResponseReturnValue:
    """Give the paper as PDF, or lead to where its progress shows if that takes long."""
    found = shown(paper_id)
    if found.issue is not None:
        return _issued(found, DocumentFormat.PDF)
    render = _start(found)
    name, address = _name(found, DocumentFormat.PDF), _progress_href(paper_id, render.key)
    # The wait is long for a database connection, and nothing more is read.
    db.session.rollback()
    status = renderer().wait(render.key, timeout=PATIENCE_SECONDS)
    if status.state is not RenderState.DONE:
        return redirect(address, 303)
    answer = Response(renderer().pdf(render.key), mimetype=media_type(DocumentFormat.PDF))
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer


@blueprint.get("/papers/<int:paper_id>.docx")
@requires(Permission.VIEW_PROGRAMME)
def docx(paper_id: int) -> Response:
    """Give the paper as a Word document, for a secretariat to edit."""
    found = shown(paper_id)
    if found.issue is not None:
        return _issued(found, DocumentFormat.DOCX)
    return _answer(found, DocumentFormat.DOCX, paper_docx(found.content(requested_day())))


@blueprint.post("/papers/<int:paper_id>/pdf")
@requires(Permission.VIEW_PAPERS)
def make_pdf(paper_id: int) -> ResponseReturnValue:
    """Set the PDF going and lead to where its progress shows; what was issued is there already."""
    found = shown(paper_id)
    if found.issue is not None:
        return redirect(url_for("reports.pdf", paper_id=paper_id, **_asked()), 303)
    return redirect(_progress_href(paper_id, _start(found).key), 303)


@blueprint.get("/papers/<int:paper_id>/pdf/<key>")
@requires(Permission.VIEW_PAPERS)
def pdf_progress(paper_id: int, key: str) -> ResponseReturnValue:
    """Show how far the PDF is, and offer it when it is done."""
    as_at = requested_day()
    return render_template(
        "reports/pdf_progress.html",
        as_at=as_at,
        paper=find_paper(paper_id),
        asked=_asked(),
        status=renderer().status(key),
        status_href=url_for("reports.pdf_status", paper_id=paper_id, key=key, **_asked()),
    )


@blueprint.get("/papers/<int:paper_id>/pdf/<key>/status")
@requires(Permission.VIEW_PAPERS)
def pdf_status(paper_id: int, key: str) -> Response:
    """Say how far the PDF is, for the script on that page."""
    status = renderer().status(key)
    return jsonify(
        state=STATES[status.state],
        percent=status.percent,
        text=as_text(status),
        location=_progress_href(paper_id, key) if status.state.is_over else None,
    )


def as_text(status: RenderStatus) -> str:
    """How far a render is, for the person who waits."""
    if status.state is RenderState.DONE and status.pages:
        return f"Ready: {plural(status.pages, 'page')}"
    return status.step


def _start(found: Shown) -> Render:
    return start_pdf(found.content(requested_day()))


def _issued(found: Shown, kind: DocumentFormat) -> Response:
    """Give the stored bytes of an issued document."""
    assert found.issue is not None  # noqa: S101 asked by the caller
    return _answer(found, kind, issued_bytes(found.issue, found.variant, kind))


def _answer(found: Shown, kind: DocumentFormat, content: bytes) -> Response:
    answer = Response(content, mimetype=media_type(kind))
    if kind is DocumentFormat.HTML:
        answer.headers["Content-Security-Policy"] = content_policy(content.decode())
    else:
        how = "inline" if kind is DocumentFormat.PDF else "attachment"
        answer.headers.set("Content-Disposition", how, filename=_name(found, kind))
    return answer


def _name(found: Shown, kind: DocumentFormat) -> str:
    number = found.issue.number if found.issue else None
    return file_name(found.paper.reference, kind.value, number=number, variant=found.variant if number else None)


def _asked() -> dict[str, Any]:
    """What the address asks for besides the paper, for a link to the same."""
    return {name: value for name in ("as_at", "variant", "version") if (value := request.args.get(name))}


def _progress_href(paper_id: int, key: str) -> str:
    return url_for("reports.pdf_progress", paper_id=paper_id, key=key, **_asked())
