"""Choosing and ordering a paper's sections, and confirming the equality duty."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.reports import queries, services
from opprod.reports.sections import EQUALITY_DUTY
from opprod.reports.views.blueprint import blueprint


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


def _one_of(name: str, meanings: dict[str, bool]) -> bool:
    sent = request.form.get(name, "")
    if sent not in meanings:
        raise BadRequest
    return meanings[sent]
