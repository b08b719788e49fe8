"""An address of every endpoint, leading to records of the demonstration programme."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, NoReturn

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from opprod.accounts import User
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db
from opprod.organisations.models import Stp, Trust
from opprod.plans.models import Plan, PlanDocument, PlanNote, PlanTrust, SavingsLine, Service
from opprod.projects.models import (
    Measure,
    NextStep,
    OutcomeEntry,
    Reading,
    Status,
    Strand,
    StrandKind,
    Update,
)
from opprod.projects.queries.updates import status_of
from opprod.reports.models import Paper, PaperSection, SectionComment
from opprod.rounds.models import Meeting
from tests.builders.samples import a_pdf
from tests.client import Client

# A render that was never begun: pages of it say so.
NO_RENDER = "0" * 64
OF_ISSUED_PAPERS = {"reports.paper", "reports.html", "reports.pdf", "reports.docx"}


def address_of(app: Flask, rule: Rule) -> str:
    """A rule's address, its parts filled from the first fitting record."""
    with app.app_context(), clock.pinned_to(None):
        values = {name: _VALUES[name](rule) for name in rule.arguments if name not in (rule.defaults or {})}
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, {**(rule.defaults or {}), **values})


def _first(model: Any) -> Callable[[Rule | None], Any]:
    return lambda _rule: db.session.scalars(select(model.id).order_by(model.id)).first()


def _slug(rule: Rule) -> str:
    if rule.endpoint.startswith("plans."):
        return db.session.scalars(select(Service.slug)).first() or _none("service")
    kind = StrandKind.WORKSTREAM if "workstream" in f"{rule.rule} {rule.defaults}" else StrandKind.PROJECT
    return db.session.scalars(select(Strand.slug).where(Strand.kind == kind)).first() or ""


def begin_work(app: Flask) -> None:
    """Leave the programme with what pages of unfinished work lead to: a draft, a document, a withdrawn plan."""
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in("staff@demo.example")
    assert client.send("/projects/procurement/update").status_code == 303
    with app.app_context(), clock.pinned_to(None):
        first, *_, last = _plans_of_the_lead()
    document = {"documents": [(BytesIO(a_pdf()), "two pages.pdf")]}
    assert client.send(f"/plans/{first}/documents", document).status_code == 303
    assert client.send(f"/plans/{last}/withdraw", {"reason": "Joined with another"}).status_code == 303
    with app.app_context(), clock.pinned_to(None):
        paper_id, key = _paper_called("BM/16/89"), _section_key(None)
    comment = {"text": "Is this still so?"}
    assert client.send(f"/papers/{paper_id}/sections/{key}/comments", comment).status_code == 303


def _plans_of_the_lead() -> list[int]:
    """The plans that the tests' regional lead may open."""
    return list(db.session.scalars(select(Plan.id).where(Plan.region == Region.LONDON).order_by(Plan.id)))


def _plan(rule: Rule) -> int:
    """A plan of the regional lead's that has what the rest of the address leads to."""
    plans = _plans_of_the_lead()
    if rule.endpoint == "plans.reinstate":
        return plans[-1]
    held = {
        "document_id": PlanDocument.subject_id,
        "line_id": SavingsLine.plan_id,
        "note_id": PlanNote.subject_id,
        "ods_code": PlanTrust.plan_id,
    }
    column = next((column for name, column in held.items() if name in rule.arguments), Plan.id)
    query = select(column).where(column.in_(plans[:-1])).order_by(column).limit(1)
    return db.session.scalar(query) or _none(rule.rule)


def _of_the_plan(column: Any, whose: Any) -> Callable[[Rule], Any]:
    return lambda rule: db.session.scalar(select(column).where(whose == _plan(rule)).order_by(column).limit(1))


def _ods_code(rule: Rule) -> str | None:
    trusts = select(Trust.ods_code).order_by(Trust.id)
    if rule.endpoint.startswith("plans."):
        trusts = trusts.join(PlanTrust, PlanTrust.trust_id == Trust.id).where(PlanTrust.plan_id == _plan(rule))
    return db.session.scalar(trusts.limit(1))


def _update(rule: Rule) -> int:
    """A draft for what only a draft allows, otherwise a submitted one."""
    wanted = (
        {Status.SUBMITTED} if rule.endpoint.endswith(("show_update", "return_update", "approve_update")) else None
    )
    for update in db.session.scalars(select(Update).order_by(Update.id)):
        status = status_of(update, clock.today()).status
        if status in (wanted or {Status.DRAFT, Status.RETURNED}):
            return update.id
    raise LookupError(f"The demonstration has no update for {rule.endpoint}.")


def _outcome_of() -> OutcomeEntry:
    return db.session.scalars(select(OutcomeEntry).order_by(OutcomeEntry.id)).first() or _none("outcome")


def _any_step() -> int:
    return db.session.scalars(select(NextStep.id).order_by(NextStep.id)).first() or _none("next step")


def _reading() -> Reading:
    return db.session.scalars(select(Reading).order_by(Reading.id)).first() or _none("reading")


def _none(what: str) -> NoReturn:
    raise LookupError(f"The demonstration has no {what}.")


def _paper(rule: Rule) -> int:
    """The paper that is issued for what everybody may open, otherwise the one that is being written."""
    return _paper_called("BM/16/68" if rule.endpoint in OF_ISSUED_PAPERS else "BM/16/89")


def _paper_called(reference: str) -> int:
    return db.session.scalars(select(Paper.id).where(Paper.reference == reference)).one()


def _section_key(_rule: Rule | None) -> str:
    return (
        db.session.scalars(select(PaperSection.key).order_by(PaperSection.paper_id, PaperSection.position)).first()
        or ""
    )


_VALUES: dict[str, Callable[[Rule], Any]] = {
    "filename": lambda _rule: "opprod.css",
    "key": lambda rule: _of_papers(rule) if rule.rule.startswith("/papers") else _measure_key(rule),
    "kind": lambda rule: "project",
    "meeting_id": _first(Meeting),
    "next_step_id": lambda rule: _outcome_of().subject_id if "outcome_id" in rule.arguments else _any_step(),
    "number": _first(Stp),
    "comment_id": _first(SectionComment),
    "document_id": _of_the_plan(PlanDocument.id, PlanDocument.subject_id),
    "line_id": _of_the_plan(SavingsLine.id, SavingsLine.plan_id),
    "note_id": _of_the_plan(PlanNote.id, PlanNote.subject_id),
    "ods_code": _ods_code,
    "outcome_id": lambda _rule: _outcome_of().id,
    "paper_id": _paper,
    "plan_id": _plan,
    "reading_id": lambda _rule: _reading().id,
    "slug": _slug,
    "update_id": _update,
    "strand_id": _first(Strand),
    "version": lambda _rule: 1,
    "wording_id": lambda _rule: 1,
    "user_id": lambda _rule: db.session.scalar(select(User.id).where(User.email == "viewer@demo.example")),
}


def _of_papers(rule: Rule) -> str:
    return _section_key(rule) if "/sections/" in rule.rule else NO_RENDER


def _measure_key(_rule: Rule) -> str:
    """The measure whose reading ``reading_id`` leads to."""
    return db.session.scalars(select(Measure.key).where(Measure.id == _reading().subject_id)).one()
