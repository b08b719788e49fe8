"""Papers taken to the Board, for tests."""

from io import BytesIO
from pathlib import Path

from opprod.accounts import Role, User
from opprod.files.store import FileStore
from opprod.reports import services
from opprod.reports.models import Paper, PaperIssue
from opprod.reports.services.issuing import DOCUMENTS
from tests.builders.accounts import a_user


def sent(paper: Paper, *, actor: User | None = None) -> Paper:
    """The paper in review, sent by a new member of staff unless told."""
    services.send_for_review(paper=paper, actor=actor or a_user(Role.STAFF))
    return paper


def approved(paper: Paper, *, actor: User | None = None) -> Paper:
    """The paper sent by one person and approved by another."""
    services.approve_paper(paper=sent(paper), actor=actor or a_user(Role.EXECUTIVE))
    return paper


def issued(paper: Paper, *, store: Path, changes: str = "", actor: User | None = None) -> PaperIssue:
    """The paper sent, approved and issued, with documents that stand for real ones."""
    approved(paper)
    content = services.content_to_issue(paper=paper, changes=changes)
    files = FileStore(store.as_uri())
    documents = {
        (variant, kind): files.put(BytesIO(f"{paper.reference} {variant} {kind} {content.issued}".encode()))
        for variant, kind in DOCUMENTS
    }
    return services.issue_paper(
        paper=paper, content=content, documents=documents, actor=actor or a_user(Role.EXECUTIVE)
    )
