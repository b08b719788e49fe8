"""Picking, wording and grouping what strands say, for one paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.projects.models import StatementKind
from opprod.reports import presenters, queries, services
from opprod.reports.assembly import day_of
from opprod.reports.facts import StatementFacts, StrandFacts
from opprod.reports.forms import statements_form
from opprod.reports.models import Paper, PaperWording
from opprod.reports.permissions import can_write
from opprod.reports.queries.editing import stray_wordings, wording, wordings_by_strand
from opprod.reports.queries.issues import status_of
from opprod.reports.services.wordings import Made, made_of, seen_of
from opprod.reports.snapshot import take
from opprod.reports.views.blueprint import blueprint
from opprod.reports.wordings import lost_quotations, said_by
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import BaseForm, render_form


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement on the page with its part of the form; ``lost`` are the quotations that its wording lacks."""

    key: str
    kind: str
    said: StatementFacts
    form: Any
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A strand on the page, with its form."""

    strand: StrandFacts
    form: BaseForm
    statements: Sequence[Statement]


@blueprint.get("/papers/<int:paper_id>/statements")
@requires(Permission.WRITE_PAPERS)
def statements(paper_id: int) -> ResponseReturnValue:
    """Show every strand's statements, and what the paper makes of them."""
    return _page(queries.paper(paper_id))


@blueprint.post("/papers/<int:paper_id>/statements/<int:strand_id>")
@requires(Permission.WRITE_PAPERS)
def word_statements(paper_id: int, strand_id: int) -> ResponseReturnValue:
    """Record what the paper makes of one strand's statements."""
    paper = queries.paper(paper_id)
    strand = _strand(paper, strand_id)
    form = _form(strand, wordings_by_strand(paper).get(strand_id, []), is_sent=True)
    if form.validate():
        made = [
            Made(key, part.included.data, part.wording.data, part.grouping.data)
            for key, part in ((key, form[key].form) for key in said_by(strand))
            if part.shown.data
        ]
        try:
            services.word_statements(paper=paper, strand=strand, seen=form.seen.data, made=made, actor=signed_in())
        except InvalidInput as error:
            form[str(error.field)].form.wording.errors = [error.message]
        except Conflict:
            return _conflict_page(paper, strand)
        else:
            flash(f"What this paper says of {strand.name} is saved.")
            return redirect(url_for("reports.statements", paper_id=paper_id, _anchor=f"strand-{strand_id}"), 303)
    return _page(paper, {strand_id: form})


@blueprint.post("/papers/<int:paper_id>/wordings/<int:wording_id>/drop")
@requires(Permission.WRITE_PAPERS)
def drop_wording(paper_id: int, wording_id: int) -> ResponseReturnValue:
    """Drop the paper's words for a statement that is no longer said."""
    paper = queries.paper(paper_id)
    services.drop_wording(paper=paper, wording=wording(paper, wording_id), version=_version(), actor=signed_in())
    flash("The paper’s words for it are dropped.")
    return redirect(url_for("reports.statements", paper_id=paper_id), 303)


@blueprint.post("/papers/<int:paper_id>/wordings/<int:wording_id>/move")
@requires(Permission.WRITE_PAPERS)
def move_wording(paper_id: int, wording_id: int) -> ResponseReturnValue:
    """Give the paper's words for a statement that is no longer said to another of the same strand."""
    paper = queries.paper(paper_id)
    held = wording(paper, wording_id)
    services.move_wording(
        paper=paper,
        wording=held,
        version=_version(),
        strand=_strand(paper, held.strand_id),
        to_key=request.form.get("to", ""),
        actor=signed_in(),
    )
    flash("The paper’s words are now for that statement.")
    return redirect(url_for("reports.statements", paper_id=paper_id, _anchor=f"strand-{held.strand_id}"), 303)


def _page(paper: Paper, sent: Mapping[int, BaseForm] | None = None) -> ResponseReturnValue:
    """The page, with the forms that were sent and refused as they were sent."""
    sent = sent or {}
    day = day_of(paper)
    state = status_of(paper).status
    snapshot = take(day)
    held = wordings_by_strand(paper)
    strands = {strand.id or 0: strand for strand in (*snapshot.workstreams, *snapshot.projects) if strand.statements}
    words = [_words(strand, held.get(key, []), sent.get(key)) for key, strand in strands.items()]
    strays = [
        presenters.stray(one, _unmade(strands.get(one.row.strand_id), held.get(one.row.strand_id, [])))
        for one in stray_wordings(paper, day)
    ]
    return render_form(
        "reports/statements.html",
        next(iter(sent.values()), BaseForm(formdata=None)),
        paper=paper,
        day=day,
        state=state,
        may_save=can_write(signed_in(), state),
        words=words,
        sent=frozenset(sent),
        strays=strays,
    )


def _words(strand: StrandFacts, held: Sequence[PaperWording], sent: BaseForm | None) -> Words:
    form = sent if sent is not None else _form(strand, held)
    statements = [
        Statement(
            key=key,
            kind=StatementKind(one.kind).label,
            said=one,
            form=form[key].form,
            lost=lost_quotations(one.text, form[key].form.wording.data or ""),
        )
        for key, one in said_by(strand).items()
    ]
    return Words(strand, form, statements)


def _form(strand: StrandFacts, held: Sequence[PaperWording], *, is_sent: bool = False) -> BaseForm:
    made = {row.key: made_of(row) for row in held}
    return statements_form(
        [made.get(key, Made(key)) for key in said_by(strand)],
        seen_of(strand, held),
        prefix=f"strand-{strand.id}",
        is_sent=is_sent,
    )


def _unmade(strand: StrandFacts | None, held: Sequence[PaperWording]) -> list[tuple[str, str]]:
    """The statements of a strand of which nothing is made yet, each with its key."""
    made = {row.key for row in held if made_of(row) != Made(row.key)}
    return [(key, one.text) for key, one in said_by(strand).items() if key not in made] if strand else []


def _strand(paper: Paper, strand_id: int) -> StrandFacts:
    snapshot = take(day_of(paper))
    for strand in (*snapshot.workstreams, *snapshot.projects):
        if strand.id == strand_id:
            return strand
    raise NotFound("There is no such workstream or project in this paper.")


def _conflict_page(paper: Paper, strand: StrandFacts) -> ResponseReturnValue:
    typed = [
        Typed(name.rpartition("-")[2].capitalize(), value)
        for name, value in request.form.items(multi=True)
        if name.endswith(("-wording", "-grouping")) and value.strip()
    ]
    return conflict_page(
        what=f"What {strand.name} says, or what this paper makes of it,",
        theirs=[presenters.wording_as_saved(row) for row in wordings_by_strand(paper).get(strand.id or 0, [])],
        yours=typed,
        reload_href=url_for("reports.statements", paper_id=paper.id, _anchor=f"strand-{strand.id}"),
    )


def _version() -> int:
    version = request.form.get("version", type=int)
    if version is None:
        raise BadRequest
    return version
