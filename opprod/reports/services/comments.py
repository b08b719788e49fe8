"""Remarks on a paper's sections, for those who write it."""

from typing import Any

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.db import db
from opprod.history import lock
from opprod.reports.models import Paper, PaperSection, PaperState, PaperStatus, SectionComment
from opprod.reports.queries.issues import status_of
from opprod.reports.services.common import paper_of

COMMENT_LENGTH = 2_000


def make_comment(*, section: PaperSection, text: str, actor: User) -> SectionComment:
    """Comment on a section.

    Raises ``InvalidInput`` for no text and for one too long, and ``WrongState`` once the paper is issued.
    """
    text = text.strip()
    if not text:
        raise InvalidInput("Enter the comment.", field="text")
    if len(text) > COMMENT_LENGTH:
        raise InvalidInput(
            f"Comment must be {COMMENT_LENGTH:,} characters or fewer; you have {len(text):,}", field="text"
        )
    paper = paper_of(section)
    _ensure_not_issued(paper)
    made = SectionComment(section_id=section.id, text=text, made_at=clock.now(), made_by_id=actor.id)
    db.session.add(made)
    trail.noted(Event.COMMENT_MADE, paper, actor=actor, changes={f"Comment on {section.title}": [None, text]})
    return made


def resolve_comment(*, section: PaperSection, comment: SectionComment, actor: User) -> SectionComment:
    """Say that nothing more is to be done about a comment; one that is resolved stays as it is.

    Raises ``WrongState`` once the paper is issued.
    """
    paper = paper_of(section)
    _ensure_not_issued(paper)
    db.session.refresh(comment, with_for_update=True)
    if comment.resolved_at is None:
        comment.resolved_at = clock.now()
        comment.resolved_by_id = actor.id
        _note(Event.COMMENT_RESOLVED, section, comment, ["open", "resolved"], actor)
    return comment


def reopen_comment(*, section: PaperSection, comment: SectionComment, actor: User) -> SectionComment:
    """Say that something is to be done about a comment after all; an open one stays as it is.

    Raises ``WrongState`` once the paper is issued.
    """
    paper = paper_of(section)
    _ensure_not_issued(paper)
    db.session.refresh(comment, with_for_update=True)
    if comment.resolved_at is not None:
        comment.resolved_at = None
        comment.resolved_by_id = None
        _note(Event.COMMENT_REOPENED, section, comment, ["resolved", "open"], actor)
    return comment


def _ensure_not_issued(paper: Paper) -> None:
    lock(PaperStatus, paper.id)
    status = status_of(paper).status
    if status in {PaperState.ISSUED, PaperState.WITHDRAWN}:
        raise WrongState(f"This paper is {status.label.lower()}, so its comments stay as they are.")


def _note(event: Event, section: PaperSection, comment: SectionComment, change: list[str], actor: User) -> None:
    changes: dict[str, list[Any]] = {f"{section.title}: “{comment.text[:80]}”": [*change]}
    trail.noted(event, paper_of(section), actor=actor, changes=changes)
