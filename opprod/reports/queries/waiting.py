"""Papers that wait for somebody to take them further."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from opprod.accounts import Permission, User
from opprod.core import clock
from opprod.db import db
from opprod.history import in_force
from opprod.reports.models import Paper, PaperState, PaperStatus
from opprod.rounds.models import Meeting


@dataclass(frozen=True, slots=True)
class PaperWaiting:
    """A paper in the hands of its writers or of those who approve it, since when and by whom."""

    id: int
    reference: str
    report_on: str
    meeting_on: date
    status: PaperState
    since: date
    by: str


def papers_waiting(user: User, *, limit: int) -> list[PaperWaiting]:
    """The papers that a person can take further today, those for the soonest meeting first. One statement."""
    sender = aliased(User)
    states = []
    if user.can(Permission.WRITE_PAPERS):
        states += [PaperState.DRAFT, PaperState.RETURNED]
    if user.can(Permission.APPROVE_PAPERS):
        states += [PaperState.IN_REVIEW, PaperState.APPROVED]
    rows = db.session.execute(
        select(
            Paper.id,
            Paper.reference,
            Paper.report_on,
            Meeting.held_on,
            PaperStatus.status,
            PaperStatus.effective_on,
            sender.name,
        )
        .select_from(Paper)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(PaperStatus, PaperStatus.id == in_force(PaperStatus, Paper.id, clock.today()))
        .join(sender, sender.id == PaperStatus.recorded_by_id)
        .where(PaperStatus.status.in_(states))
        .order_by(Meeting.held_on, Paper.id)
        .limit(limit)
    )
    return [PaperWaiting(*row) for row in rows]
