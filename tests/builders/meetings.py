"""Meetings and their rounds for tests."""

from datetime import date

from opprod.accounts import services as accounts
from opprod.rounds import services
from opprod.rounds.models import Meeting

BOARD = "NHS Improvement Board"


def a_meeting(
    held_on: date = date(2016, 9, 29),
    *,
    board: str = BOARD,
    illustrative: str | None = None,
    round_illustrative: str | None = None,
) -> Meeting:
    """A meeting with the usual round of four weeks."""
    return services.create_meeting(
        board=board,
        dates=services.suggested_dates(held_on=held_on),
        illustrative=illustrative,
        round_illustrative=round_illustrative,
        actor=accounts.system_actor(),
    )
