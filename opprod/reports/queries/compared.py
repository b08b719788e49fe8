"""The papers that can be compared, and how the programme stood in each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from opprod.core import clock
from opprod.db import db
from opprod.history import in_force
from opprod.reports.freezing import thawed
from opprod.reports.models import Paper, PaperEdition, PaperIssue, PaperState, PaperStatus
from opprod.reports.queries.standing import take_standing
from opprod.reports.standing import Standing
from opprod.rounds.models import Meeting

_EDITION = "edition-"
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Comparable:
    """A paper as it was issued or frozen; ``key`` names it in addresses, and ``number`` its version once issued."""

    key: str
    edition_id: int
    paper_id: int
    reference: str
    meeting_on: date
    as_at: date
    number: int | None

    @property
    def label(self) -> str:
        """``BM/16/74 of 28 July 2016``, and which version it is where it is not the first."""
        which = ", not issued" if self.number is None else f", version {self.number}" if self.number > 1 else ""
        return f"{self.reference} of {self.meeting_on.day} {self.meeting_on:%B %Y}{which}"


def issued_papers(*, limit: int) -> list[Comparable]:
    """What was issued, that for the latest meeting first."""
    return [_comparable(row) for row in db.session.execute(_issued().limit(limit))]


def last_issued() -> Comparable | None:
    """What was issued last for the latest meeting, of the papers that were not withdrawn."""
    row = db.session.execute(
        _issued()
        .join(PaperStatus, PaperStatus.id == in_force(PaperStatus, Paper.id, clock.today()))
        .where(PaperStatus.status != PaperState.WITHDRAWN)
        .limit(1)
    ).first()
    return None if row is None else _comparable(row)


def comparable(key: str) -> Comparable | None:
    """The issue of a key, such as ``12``, or what was frozen, such as ``edition-7``; None for one there is not."""
    digits = key.removeprefix(_EDITION)
    if not digits.isascii() or not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    query = _issued().where(PaperIssue.id == int(digits))
    if key != digits:
        query = _frozen().where(PaperEdition.id == int(digits))
    row = db.session.execute(query).first()
    return None if row is None else _comparable(row)


def standing_in(edition_id: int) -> Standing:
    """How the programme stood when a paper was frozen, whatever was recorded for that day since."""
    columns: list[Any] = [PaperEdition.standing, PaperEdition.as_at]
    text, as_at = db.session.execute(select(*columns).where(PaperEdition.id == edition_id)).one()
    return thawed(text, Standing) if text else take_standing(as_at)


def _issued() -> Select[Any]:
    return (
        _frozen(PaperIssue.id.label("issue_id"), PaperIssue.number)
        .join(PaperIssue, PaperIssue.edition_id == PaperEdition.id)
        .order_by(Meeting.held_on.desc(), PaperIssue.id.desc())
    )


def _frozen(*columns: Any) -> Select[Any]:
    # What was frozen is long: it is not read to choose from.
    of: list[Any] = [
        PaperEdition.id.label("edition_id"),
        PaperEdition.as_at,
        PaperEdition.paper_id,
        Paper.reference,
        Meeting.held_on,
    ]
    return (
        select(*of, *columns)
        .select_from(PaperEdition)
        .join(Paper, Paper.id == PaperEdition.paper_id)
        .join(Meeting, Meeting.id == Paper.meeting_id)
    )


def _comparable(row: Row[Any]) -> Comparable:
    issue_id = row._mapping.get("issue_id")  # noqa: SLF001 a row's own way to its names
    return Comparable(
        key=str(issue_id) if issue_id else f"{_EDITION}{row.edition_id}",
        edition_id=row.edition_id,
        paper_id=row.paper_id,
        reference=row.reference,
        meeting_on=row.held_on,
        as_at=row.as_at,
        number=row.number if issue_id else None,
    )
