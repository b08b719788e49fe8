"""A paper's PDF: made in a process of its own, waited for with progress."""

from flask import Response, current_app, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.config import Settings
from opprod.db import db
from opprod.reports import queries
from opprod.reports.assembly import content_of
from opprod.reports.document import file_name, pdf_source
from opprod.reports.models import Paper
from opprod.reports.rendering import Render, Renderer, RenderState, RenderStatus
from opprod.reports.views.blueprint import blueprint, day_shown
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


@blueprint.get("/papers/<int:paper_id>.pdf")
@requires(Permission.VIEW_PAPERS)
def pdf(paper_id: int) -> ResponseReturnValue:
    """Give the paper as PDF, or lead to where its progress shows if that takes long."""
    paper = queries.paper(paper_id)
    name = file_name(paper.reference, "pdf")
    render = _start(paper)
    # The wait is long for a database connection, and nothing more is read.
    db.session.rollback()
    status = _renderer().wait(render.key, timeout=PATIENCE_SECONDS)
    if status.state is not RenderState.DONE:
        return redirect(_progress_href(paper_id, render.key), 303)
    answer = Response(_renderer().pdf(render.key), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer


@blueprint.post("/papers/<int:paper_id>/pdf")
@requires(Permission.VIEW_PAPERS)
def make_pdf(paper_id: int) -> ResponseReturnValue:
    """Set the PDF going and lead to where its progress shows."""
    return redirect(_progress_href(paper_id, _start(queries.paper(paper_id)).key), 303)


@blueprint.get("/papers/<int:paper_id>/pdf/<key>")
@requires(Permission.VIEW_PAPERS)
def pdf_progress(paper_id: int, key: str) -> ResponseReturnValue:
    """Show how far the PDF is, and offer it when it is done."""
    as_at = requested_day()
    return render_template(
        "reports/pdf_progress.html",
        as_at=as_at,
        paper=queries.paper(paper_id),
        status=_renderer().status(key),
        status_href=url_for("reports.pdf_status", paper_id=paper_id, key=key, as_at=as_at.url_args().get("as_at")),
    )


@blueprint.get("/papers/<int:paper_id>/pdf/<key>/status")
@requires(Permission.VIEW_PAPERS)
def pdf_status(paper_id: int, key: str) -> Response:
    """Say how far the PDF is, for the script on that page."""
    status = _renderer().status(key)
    return jsonify(
        state=STATES[status.state],
        percent=status.percent,
        text=_as_text(status),
        location=_progress_href(paper_id, key) if status.state.is_over else None,
    )


def _renderer() -> Renderer:
    settings: Settings = current_app.extensions["opprod"]
    return Renderer(settings.data_dir / "renders")


def _start(paper: Paper) -> Render:
    html, assets = pdf_source(content_of(paper, day_shown(paper, requested_day())))
    return _renderer().start(html, assets)


def _progress_href(paper_id: int, key: str) -> str:
    as_at = requested_day().url_args().get("as_at")
    return url_for("reports.pdf_progress", paper_id=paper_id, key=key, as_at=as_at)


def _as_text(status: RenderStatus) -> str:
    if status.state is RenderState.DONE and status.pages:
        return f"Ready: {plural(status.pages, 'page')}"
    return status.step
