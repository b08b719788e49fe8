"""Reading the documents of a plan as at a day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from opprod.accounts import User
from opprod.core.errors import NotFound
from opprod.db import db
from opprod.history import stands
from opprod.plans.models import DocumentKind, Plan, PlanDocument

MOST_OF_A_PLAN = 50
"""How many documents can stand on a plan at once."""

WITHDRAWN_SHOWN = 50


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as a page lists it; ``size`` is in bytes.

    ``withdrawn_on``, with its reason, is there for one withdrawn by now, even where it stood on the day shown:
    its file is served no more.
    """

    id: int
    name: str
    kind: DocumentKind
    size: int
    sha256: str
    recorded_at: datetime
    recorded_by: str
    illustrative: str | None
    withdrawn_on: date | None
    withdrawn_reason: str | None


def documents_of(plan: Plan, day: date) -> tuple[DocumentView, ...]:
    """The documents that stood on a plan on a day, newest first: at most 50. One statement."""
    return _views(plan, stands(PlanDocument, day), limit=MOST_OF_A_PLAN)


def withdrawn_documents_of(plan: Plan, day: date) -> tuple[DocumentView, ...]:
    """The documents withdrawn from a plan by a day, newest first, at most 50 of them. One statement."""
    return _views(plan, PlanDocument.withdrawn_on <= day, limit=WITHDRAWN_SHOWN)


def document(plan: Plan, document_id: int) -> PlanDocument:
    """A document of a plan; raises ``NotFound`` for any other, and for one that is withdrawn."""
    found = db.session.get(PlanDocument, document_id)
    if found is None or found.subject_id != plan.id or found.withdrawn_on is not None:
        raise NotFound("There is no such document on this plan. It may have been withdrawn.")
    return found


def standing(plan: Plan) -> dict[str, str]:
    """The name of each document that stands on a plan, by its content's SHA-256."""
    rows = db.session.execute(
        select(PlanDocument.sha256, PlanDocument.name).where(
            PlanDocument.subject_id == plan.id, PlanDocument.withdrawn_on.is_(None)
        )
    )
    return {row.sha256: row.name for row in rows}


def _views(plan: Plan, which: ColumnElement[bool], *, limit: int) -> tuple[DocumentView, ...]:
    rows = db.session.execute(
        select(
            PlanDocument.id,
            PlanDocument.name,
            PlanDocument.kind,
            PlanDocument.size,
            PlanDocument.sha256,
            PlanDocument.recorded_at,
            User.name.label("recorded_by"),
            PlanDocument.illustrative,
            PlanDocument.withdrawn_on,
            PlanDocument.withdrawn_reason,
        )
        .join(User, User.id == PlanDocument.recorded_by_id)
        .where(PlanDocument.subject_id == plan.id, which)
        .order_by(PlanDocument.effective_on.desc(), PlanDocument.id.desc())
        .limit(limit)
    )
    return tuple(DocumentView(**row._mapping) for row in rows)  # noqa: SLF001 SQLAlchemy's own name for it
