"""Arranging Board meetings, each with its reporting round.

A round runs from the day it opens until its meeting is held. One Board's rounds never overlap: a round opens after
that Board's meeting before it, so that an update always answers one round.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm.attributes import flag_modified

from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core.actors import Actor
from opprod.core.errors import Conflict, InvalidInput
from opprod.core.working_days import working_days_before
from opprod.db import db
from opprod.rounds import queries
from opprod.rounds.models import Meeting, ReportingRound

EARLIEST = date(2000, 1, 1)
LATEST = date(2099, 12, 31)
USUAL_INTERVAL = timedelta(weeks=8)

# Working days before the meeting.
ROUND_OPENS = 20
UPDATES_DUE = 12
UPDATES_REVIEWED = 10
PAPER_DRAFTED = 8
PAPER_APPROVED = 6
PAPER_DUE = 5


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a meeting and its round, in the order in which they come."""

    opens_on: date
    updates_due_on: date
    updates_reviewed_on: date
    paper_drafted_on: date
    paper_approved_on: date
    paper_due_on: date
    held_on: date


# Each day that must not come after another: its field, what happens on it, the other's field, and what happens then.
_IN_ORDER = (
    ("paper_due_on", "The paper must be issued", "held_on", "the day of the meeting"),
    ("paper_approved_on", "The paper must be approved", "paper_due_on", "the day it is issued"),
    ("paper_drafted_on", "The paper must be drafted", "paper_approved_on", "the day it is approved"),
    ("updates_reviewed_on", "Updates must be reviewed", "paper_drafted_on", "the day the paper is drafted"),
    ("updates_due_on", "Updates must be due", "updates_reviewed_on", "the day they are reviewed"),
    ("opens_on", "The round must open", "updates_due_on", "the day updates are due"),
)


def suggested_dates(*, held_on: date, after: Meeting | None = None) -> Dates:
    """What is usual for a meeting, counted back from it in working days.

    The round opens no sooner than the day after the meeting ``after``.
    """
    usual = working_days_before(held_on, ROUND_OPENS)
    updates_due_on = working_days_before(held_on, UPDATES_DUE)
    opens_on = max(usual, after.held_on + timedelta(days=1)) if after else usual
    return Dates(
        opens_on=min(opens_on, updates_due_on),
        updates_due_on=updates_due_on,
        updates_reviewed_on=working_days_before(held_on, UPDATES_REVIEWED),
        paper_drafted_on=working_days_before(held_on, PAPER_DRAFTED),
        paper_approved_on=working_days_before(held_on, PAPER_APPROVED),
        paper_due_on=working_days_before(held_on, PAPER_DUE),
        held_on=held_on,
    )


def suggested_next(*, latest: Meeting | None, day: date) -> Dates:
    """The usual dates of the meeting to arrange next: every eight weeks from the latest, and not before a day."""
    held_on = (latest.held_on if latest else day) + USUAL_INTERVAL
    missed = max(0, -(-(day - held_on) // USUAL_INTERVAL))
    return suggested_dates(held_on=held_on + missed * USUAL_INTERVAL, after=latest)


def create_meeting(
    *,
    board: str,
    dates: Dates,
    actor: Actor,
    illustrative: str | None = None,
    round_illustrative: str | None = None,
) -> Meeting:
    """Arrange a meeting and the round it makes.

    ``illustrative`` says what of the meeting itself is invented, ``round_illustrative`` what of the round's days and
    of the day the paper is issued.

    Raises ``InvalidInput``, naming the field, for days out of order, a day on which the Board meets already and a
    round that overlaps another of the same Board.
    """
    board = _checked_board(board)
    _check(board, dates)
    meeting = Meeting(
        board=board,
        held_on=dates.held_on,
        paper_due_on=dates.paper_due_on,
        illustrative=illustrative,
        round=ReportingRound(
            opens_on=dates.opens_on,
            updates_due_on=dates.updates_due_on,
            updates_reviewed_on=dates.updates_reviewed_on,
            paper_drafted_on=dates.paper_drafted_on,
            paper_approved_on=dates.paper_approved_on,
            illustrative=round_illustrative,
        ),
    )
    trail.added(Event.MEETING_CREATED, meeting, actor=actor)
    return meeting


def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    board: str,
    dates: Dates,
    actor: Actor,
    illustrative: str | None = None,
    round_illustrative: str | None = None,
) -> Meeting:
    """Change a meeting and its round, as a whole.

    Raises ``Conflict`` when the meeting changed since version ``version``, and as ``create_meeting`` does.
    """
    db.session.refresh(meeting, with_for_update=True)
    if meeting.version != version:
        raise Conflict("Someone else changed this meeting while you had it open.")
    board = _checked_board(board)
    _check(board, dates, but=meeting)
    with trail.changing(Event.MEETING_CHANGED, meeting, actor=actor):
        meeting.board = board
        meeting.held_on = dates.held_on
        meeting.paper_due_on = dates.paper_due_on
        meeting.illustrative = illustrative
        meeting.round.opens_on = dates.opens_on
        meeting.round.updates_due_on = dates.updates_due_on
        meeting.round.updates_reviewed_on = dates.updates_reviewed_on
        meeting.round.paper_drafted_on = dates.paper_drafted_on
        meeting.round.paper_approved_on = dates.paper_approved_on
        meeting.round.illustrative = round_illustrative
        if db.session.is_modified(meeting.round):
            # The round has no version of its own: its meeting's is for both.
            flag_modified(meeting, "held_on")
    return meeting


def _checked_board(board: str) -> str:
    board = " ".join(board.split())
    if not board:
        raise InvalidInput("Enter the name of the Board.", field="board")
    return board


def _check(board: str, dates: Dates, *, but: Meeting | None = None) -> None:
    _check_years(dates)
    _check_order(dates)
    _check_neighbours(board, dates, but)


def _check_years(dates: Dates) -> None:
    for field in ("held_on", "opens_on"):
        if not EARLIEST <= getattr(dates, field) <= LATEST:
            raise InvalidInput(f"Check the year: it must be from {EARLIEST.year} to {LATEST.year}.", field=field)


def _check_order(dates: Dates) -> None:
    for field, what, other, then in _IN_ORDER:
        if getattr(dates, field) > getattr(dates, other):
            raise InvalidInput(f"{what} on or before {then}, {_said(getattr(dates, other))}.", field=field)


def _check_neighbours(board: str, dates: Dates, but: Meeting | None) -> None:
    following = queries.neighbour_on_or_after(board=board, held_on=dates.held_on, but=but)
    if following and following.held_on == dates.held_on:
        raise InvalidInput(f"The {_plain(board)} already meets on {_said(dates.held_on)}.", field="held_on")
    if following and following.round.opens_on <= dates.held_on:
        raise InvalidInput(
            f"The round for this Board’s meeting of {_said(following.held_on)} opens on "
            f"{_said(following.round.opens_on)}. Choose a day before that, or change that round first.",
            field="held_on",
        )
    before = queries.neighbour_before(board=board, held_on=dates.held_on, but=but)
    if before and dates.opens_on <= before.held_on:
        raise InvalidInput(
            f"The round must open after this Board’s meeting before, which is on {_said(before.held_on)}.",
            field="opens_on",
        )


def _said(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _plain(board: str) -> str:
    return board.removeprefix("The ").removeprefix("the ")
