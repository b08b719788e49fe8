"""Finding Board meetings and reporting rounds."""

from datetime import date

from sqlalchemy import Select, func, select

from opprod.core.errors import NotFound
from opprod.db import db
from opprod.rounds.models import Meeting, ReportingRound


def meetings() -> Select[Meeting]:
    """All meetings, newest first, for paging."""
    return select(Meeting).order_by(Meeting.held_on.desc(), Meeting.id.desc())


def past_meetings(day: date) -> Select[Meeting]:
    """The meetings held before a day, newest first, for paging."""
    return meetings().where(Meeting.held_on < day)


def coming_meetings(day: date, *, limit: int) -> list[Meeting]:
    """The meetings held on or after a day, soonest first, at most ``limit``."""
    return list(db.session.scalars(_from(day).limit(limit)))


def meeting(meeting_id: int) -> Meeting:
    """A meeting with its round; raises ``NotFound``."""
    found = db.session.get(Meeting, meeting_id)
    if found is None:
        raise NotFound("There is no such meeting.")
    return found


def meeting_held_on(day: date) -> Meeting:
    """The meeting held on a day, the one entered first where two Boards meet; raises ``NotFound``."""
    found = db.session.scalar(select(Meeting).where(Meeting.held_on == day).order_by(Meeting.id).limit(1))
    if found is None:
        raise NotFound(f"No Board meeting is held on {day:%-d %B %Y}.")
    return found


def next_meeting(day: date) -> Meeting | None:
    """The first meeting held on or after a day."""
    return db.session.scalar(_from(day).limit(1))


def current_round(day: date) -> ReportingRound | None:
    """The round that is open on a day, from its opening until its meeting; the sooner of two Boards' rounds."""
    return db.session.scalar(
        select(ReportingRound)
        .join(ReportingRound.meeting)
        .where(ReportingRound.opens_on <= day, Meeting.held_on >= day)
        .order_by(Meeting.held_on, Meeting.id)
        .limit(1)
    )


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The same Board's meeting before this one."""
    return neighbour_before(board=meeting.board, held_on=meeting.held_on)


def latest_meeting() -> Meeting | None:
    """The meeting furthest ahead, or the last one held."""
    return db.session.scalar(meetings().limit(1))


def neighbour_before(*, board: str, held_on: date, but: Meeting | None = None) -> Meeting | None:
    """A Board's last meeting held before a day, leaving one out."""
    earlier = _of_board(board, but).where(Meeting.held_on < held_on)
    return db.session.scalar(earlier.order_by(Meeting.held_on.desc()).limit(1))


def last_meetings(*, board: str, before: date, limit: int) -> list[Meeting]:
    """A Board's last meetings held before a day, the earliest first, at most ``limit``."""
    latest = _of_board(board, None).where(Meeting.held_on < before)
    return list(reversed(db.session.scalars(latest.order_by(Meeting.held_on.desc()).limit(limit)).all()))


def neighbour_on_or_after(*, board: str, held_on: date, but: Meeting | None = None) -> Meeting | None:
    """A Board's first meeting held on or after a day, leaving one out."""
    later = _of_board(board, but).where(Meeting.held_on >= held_on)
    return db.session.scalar(later.order_by(Meeting.held_on).limit(1))


def _from(day: date) -> Select[Meeting]:
    return select(Meeting).where(Meeting.held_on >= day).order_by(Meeting.held_on, Meeting.id)


def _of_board(board: str, but: Meeting | None) -> Select[Meeting]:
    query = select(Meeting).where(func.lower(Meeting.board) == func.lower(board))
    return query if but is None else query.where(Meeting.id != but.id)
