"""Documents attached to plans, for tests."""

from io import BytesIO
from pathlib import Path

from flask import current_app

from opprod.accounts import User
from opprod.config import Settings
from opprod.files import store
from opprod.files.store import FileStore
from opprod.plans.models import Plan, PlanDocument
from opprod.plans.services.documents import Received, attach_document, receive
from tests.builders.accounts import a_user
from tests.builders.samples import a_docx


def the_store() -> FileStore:
    """The application's store of files."""
    settings: Settings = current_app.extensions["opprod"]
    return store.at(settings.files_address)


def received(name: str = "plan.docx", content: bytes | None = None) -> Received:
    """A file in the store; a Word document of its own text unless given."""
    return receive(name=name, content=BytesIO(a_docx(name) if content is None else content), store=the_store())


def a_document(
    plan: Plan, name: str = "plan.docx", *, content: bytes | None = None, actor: User | None = None
) -> PlanDocument:
    """A document attached to a plan today."""
    return attach_document(plan=plan, received=received(name, content), actor=actor or a_user())


def stored_file(document: PlanDocument) -> Path:
    """Where the bytes of a document are."""
    settings: Settings = current_app.extensions["opprod"]
    return settings.data_dir / "files" / document.sha256[:2] / document.sha256[2:]
