"""Papers taken to the Board, for tests."""

from datetime import date
from io import BytesIO
from pathlib import Path

from opprod.accounts import Role, User
from opprod.core import clock
from opprod.files.store import FileStore
from opprod.reports import services
from opprod.reports.models import Paper, PaperIssue
from opprod.reports.queries import section
from opprod.reports.sections import EQUALITY_DUTY
from opprod.reports.services.issuing import DOCUMENTS
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.papers import a_paper

BEFORE_JULYS_MEETING = date(2016, 7, 21)


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


def an_issued_paper(meeting: Meeting, *, store: Path, on: date = BEFORE_JULYS_MEETING, **header: str) -> PaperIssue:
    """A paper of what the records say on a day, its equality statement confirmed, issued on that day."""
    with clock.pinned_to(on):
        return issued(confirmed(a_paper(meeting, **header)), store=store)


def confirmed(paper: Paper) -> Paper:
    """The paper with its equality statement confirmed."""
    version = section(paper, EQUALITY_DUTY).version
    services.confirm_equality_duty(paper=paper, version=version, actor=a_user(Role.EXECUTIVE))
    return paper
