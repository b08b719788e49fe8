"""Attaching documents to a plan, and withdrawing them."""

from dataclasses import dataclass
from typing import IO, Any

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.db import db
from opprod.files import kinds, names
from opprod.files.store import FileStore
from opprod.plans.models import DocumentKind, Plan, PlanDocument
from opprod.plans.queries.documents import MOST_OF_A_PLAN, standing
from opprod.plans.services.status import ensure_recordable

LARGEST_IN_MB = 20
LARGEST = LARGEST_IN_MB * 1024 * 1024
"""The size of the largest document, in bytes."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is in the store, and to which no plan refers yet."""

    name: str
    kind: DocumentKind
    size: int
    sha256: str


def receive(*, name: str, content: IO[bytes], store: FileStore) -> Received:
    """Judge a file by its content and store it, whatever it is called; the database has no part in it.

    Raises ``InvalidInput``, naming the file, for one that is too large or of a kind that is not taken, and
    ``DomainError`` where the store cannot be used.
    """
    called = names.tidied(name)
    content.seek(0, 2)
    if content.tell() > LARGEST:
        raise InvalidInput(f"{called} is larger than {LARGEST_IN_MB} MB. Attach a smaller file.")
    judged = kinds.judge(content, called=called)
    stored = store.put(content)
    return Received(
        name=names.named_for(called, judged),
        kind=DocumentKind(judged.value),
        size=stored.size,
        sha256=stored.sha256,
    )


def attach_document(*, plan: Plan, received: Received, actor: User, illustrative: str | None = None) -> PlanDocument:
    """Attach a file that was received to a plan, from today.

    Raises ``InvalidInput``, naming the file, where the plan has the same content already, or 50 documents;
    ``NotAllowed`` for a person who may not, and ``WrongState`` while the plan is withdrawn.
    """
    ensure_recordable(plan, actor)
    held = standing(plan)
    if received.sha256 in held:
        same = held[received.sha256]
        called = "" if same == received.name else f": {same} has the same content"
        raise InvalidInput(f"{received.name} is attached already{called}.")
    if len(held) >= MOST_OF_A_PLAN:
        most = f"A plan can have {MOST_OF_A_PLAN} documents at most. Withdraw one first."
        raise InvalidInput(f"{received.name} is not attached. {most}")
    document = PlanDocument(
        subject_id=plan.id,
        name=received.name,
        kind=received.kind,
        size=received.size,
        sha256=received.sha256,
        effective_on=clock.today(),
        illustrative=illustrative,
    )
    history.record(document, actor=actor)
    trail.added(Event.DOCUMENT_ADDED, document, actor=actor, about=plan)
    return document


def withdraw_document(*, document: PlanDocument, reason: str, actor: User) -> PlanDocument:
    """Take a document from its plan from today on: it stays listed with the reason, and is served no more.

    Raises ``InvalidInput`` without a reason, ``NotAllowed`` for a person who may not, and ``WrongState`` where it is
    withdrawn already or the plan is.
    """
    plan = db.session.get_one(Plan, document.subject_id)
    ensure_recordable(plan, actor)
    history.withdraw(document, reason=reason, actor=actor)
    changes: dict[str, list[Any]] = {
        "document": [document.name, None],
        "kind": [document.kind.value, None],
        "size": [document.size, None],
        "reason": [None, document.withdrawn_reason],
    }
    trail.noted(Event.ENTRY_WITHDRAWN, plan, actor=actor, changes=changes)
    return document
