"""Finding what was frozen of papers, and what was issued."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select

from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.db import db
from opprod.history import entry_in_force, in_force
from opprod.reports.asked import LastPaper
from opprod.reports.models import (
    DocumentFormat,
    IssuedFile,
    Paper,
    PaperEdition,
    PaperIssue,
    PaperState,
    PaperStatus,
    Variant,
)
from opprod.rounds.models import Meeting


def status_of(paper: Paper, day: date | None = None) -> PaperStatus:
    """Where a paper stands on a day, today unless given; raises ``NotFound`` for one not begun by then."""
    entry = entry_in_force(PaperStatus, paper.id, day or clock.today())
    if entry is None:
        raise NotFound("This paper had not been begun by then.")
    return entry


def statuses_of(papers: Sequence[Paper]) -> dict[int, PaperStatus]:
    """Where each of these papers stands today, by the paper's key. One statement."""
    keys = [paper.id for paper in papers]
    rows = db.session.scalars(
        select(PaperStatus)
        .join(Paper, PaperStatus.id == in_force(PaperStatus, Paper.id, clock.today()))
        .where(Paper.id.in_(keys))
    )
    return {entry.subject_id: entry for entry in rows}


def latest_issue(paper: Paper) -> PaperIssue | None:
    """The version of a paper issued last."""
    return db.session.scalar(_issues_of(paper).limit(1))


def issues_of(paper: Paper, *, limit: int) -> list[PaperIssue]:
    """The versions of a paper that were issued, newest first."""
    return list(db.session.scalars(_issues_of(paper).limit(limit)))


def issue(paper: Paper, number: int) -> PaperIssue:
    """A version of a paper; raises ``NotFound``."""
    found = db.session.scalar(_issues_of(paper).where(PaperIssue.number == number))
    if found is None:
        raise NotFound("There is no such version of this paper.")
    return found


def issued_file(issue: PaperIssue, variant: Variant, kind: DocumentFormat) -> IssuedFile:
    """A document of an issued paper; raises ``NotFound``."""
    found = next((file for file in issue.files if (file.variant, file.format) == (variant, kind)), None)
    if found is None:
        raise NotFound("This version of the paper has no such document.")
    return found


def issued_with(sha256: str) -> tuple[PaperIssue, IssuedFile] | None:
    """The issued paper that a document of this content is of."""
    row = db.session.execute(
        select(PaperIssue, IssuedFile)
        .join(IssuedFile, IssuedFile.issue_id == PaperIssue.id)
        .where(IssuedFile.sha256 == sha256)
        .order_by(IssuedFile.id)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


def edition(edition_id: int) -> PaperEdition:
    """What was frozen of a paper; raises ``NotFound``."""
    found = db.session.get(PaperEdition, edition_id)
    if found is None:
        raise NotFound("There is no such edition.")
    return found


def last_edition(paper: Paper) -> PaperEdition | None:
    """What was frozen of a paper last."""
    return db.session.scalar(
        select(PaperEdition).where(PaperEdition.paper_id == paper.id).order_by(PaperEdition.number.desc()).limit(1)
    )


def issued_on_this_matter(meeting: Meeting, report_on: str) -> PaperIssue | None:
    """The latest paper of this title that the Board had for a meeting or a later one, if it was not withdrawn."""
    return db.session.scalar(
        _before_the_board(meeting.board)
        .where(Meeting.held_on >= meeting.held_on, func.lower(Paper.report_on) == report_on.lower())
        .order_by(Meeting.held_on.desc(), PaperIssue.id.desc())
        .limit(1)
    )


def issued_before(meeting_on: date, report_on: str, *, day: date, limit: int) -> tuple[list[PaperIssue], int]:
    """The papers of a title that were issued by a day for meetings of any Board before another, and how many in all.

    The latest come first, at most ``limit``, each in its latest version by then; those withdrawn are left out. Three
    statements of SQL, with that for their documents.
    """
    newest = (
        select(func.max(PaperIssue.id))
        .where(PaperIssue.paper_id == Paper.id, PaperIssue.issued_on <= day)
        .correlate(Paper)
        .scalar_subquery()
    )
    query = _standing().where(
        PaperIssue.id == newest, Meeting.held_on < meeting_on, func.lower(Paper.report_on) == report_on.lower()
    )
    total = db.session.scalars(
        select(func.count()).select_from(query.with_only_columns(PaperIssue.id).subquery())
    ).one()
    found = db.session.scalars(query.order_by(Meeting.held_on.desc(), PaperIssue.id.desc()).limit(limit))
    return list(found), total


def last_paper(paper: Paper) -> LastPaper | None:
    """The paper issued last for an earlier meeting of the same Board, in its latest version, if it was not withdrawn.

    Where several were issued for that meeting, it is the one with the same title; failing that the last one issued.
    """
    found = db.session.scalar(
        _before_the_board(paper.meeting.board)
        .where(Meeting.held_on < paper.meeting.held_on)
        .order_by(
            Meeting.held_on.desc(),
            (func.lower(Paper.report_on) == paper.report_on.lower()).desc(),
            PaperIssue.id.desc(),
        )
        .limit(1)
    )
    return _last_paper(found) if found else None


def _before_the_board(board: str) -> Select[PaperIssue]:
    return _standing().where(func.lower(Meeting.board) == board.lower())


def _standing() -> Select[PaperIssue]:
    """What was issued of papers that were not withdrawn."""
    return (
        select(PaperIssue)
        .join(Paper, Paper.id == PaperIssue.paper_id)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(PaperStatus, PaperStatus.id == in_force(PaperStatus, Paper.id, clock.today()))
        .where(PaperStatus.status != PaperState.WITHDRAWN)
    )


def _last_paper(issue: PaperIssue) -> LastPaper:
    return LastPaper(
        issue_id=issue.id,
        edition_id=issue.edition_id,
        reference=issue.paper.reference,
        meeting_on=issue.paper.meeting.held_on,
        as_at=issue.edition.as_at,
        issued_on=issue.issued_on,
        promises=tuple(promise.as_stated() for promise in issue.promises),
        illustrative=issue.paper.illustrative or issue.paper.meeting.illustrative,
    )


def _issues_of(paper: Paper) -> Select[PaperIssue]:
    return select(PaperIssue).where(PaperIssue.paper_id == paper.id).order_by(PaperIssue.number.desc())
