"""Arranging meetings, and finding the round that is open."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from opprod.accounts import services as accounts
from opprod.audit import queries as audit
from opprod.audit.events import Event
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db, unit_of_work
from opprod.rounds import queries, services
from opprod.rounds.models import Meeting
from opprod.rounds.services import Dates
from tests.builders.meetings import BOARD, a_meeting

pytestmark = pytest.mark.usefixtures("programme")

SEPTEMBER = date(2016, 9, 29)
NOVEMBER = date(2016, 11, 24)
DAY = timedelta(days=1)
DATES = Dates(
    opens_on=date(2016, 9, 1),
    updates_due_on=date(2016, 9, 13),
    updates_reviewed_on=date(2016, 9, 15),
    paper_drafted_on=date(2016, 9, 19),
    paper_approved_on=date(2016, 9, 21),
    paper_due_on=date(2016, 9, 22),
    held_on=SEPTEMBER,
)


def create(
    *, board: str = BOARD, illustrative: str | None = None, round_illustrative: str | None = None, **days: date
) -> Meeting:
    with unit_of_work():
        return services.create_meeting(
            board=board,
            dates=replace(DATES, **days),
            illustrative=illustrative,
            round_illustrative=round_illustrative,
            actor=accounts.system_actor(),
        )


def change(
    meeting: Meeting,
    *,
    version: int | None = None,
    illustrative: str | None = None,
    round_illustrative: str | None = None,
    **days: date,
) -> Meeting:
    held = {field.name: meeting.audit_values()[field.name] for field in fields(Dates)}
    with unit_of_work():
        return services.change_meeting(
            meeting=meeting,
            version=version or meeting.version,
            board=meeting.board,
            dates=Dates(**{**held, **days}),
            illustrative=illustrative,
            round_illustrative=round_illustrative,
            actor=accounts.system_actor(),
        )


def all_on(day: date) -> dict[str, date]:
    return {field.name: day for field in fields(Dates)}


def test_a_meeting_makes_a_round_and_both_are_in_the_audit_trail() -> None:
    meeting = create(board="  NHS  Improvement Board ")

    assert meeting.board == BOARD
    (event,) = audit.latest_about(meeting)
    assert event.event is Event.MEETING_CREATED
    assert event.changes["held_on"] == [None, "2016-09-29"]
    assert event.changes["updates_due_on"] == [None, "2016-09-13"]
    assert event.changes["paper_approved_on"] == [None, "2016-09-21"]


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"board": " "}, "board", "Enter the name of the Board"),
        ({"paper_due_on": SEPTEMBER + DAY}, "paper_due_on", "on or before the day of the meeting, 29 September 2016"),
        ({"paper_approved_on": date(2016, 9, 23)}, "paper_approved_on", "the day it is issued, 22 September 2016"),
        ({"paper_drafted_on": date(2016, 9, 22)}, "paper_drafted_on", "the day it is approved, 21 September 2016"),
        (
            {"updates_reviewed_on": date(2016, 9, 20)},
            "updates_reviewed_on",
            "the paper is drafted, 19 September 2016",
        ),
        ({"updates_due_on": date(2016, 9, 16)}, "updates_due_on", "the day they are reviewed, 15 September 2016"),
        ({"opens_on": date(2016, 9, 14)}, "opens_on", "the day updates are due, 13 September 2016"),
        ({"opens_on": date(216, 9, 1)}, "opens_on", "Check the year"),
        ({"held_on": date(2916, 9, 29)}, "held_on", "Check the year"),
    ],
)
def test_days_out_of_order_are_refused_at_their_field(wrong: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refusal:
        create(**wrong)
    assert refusal.value.field == field
    assert queries.next_meeting(date(2000, 1, 1)) is None


def test_all_of_it_may_fall_on_one_day() -> None:
    meeting = create(**all_on(SEPTEMBER))
    assert queries.current_round(SEPTEMBER) is meeting.round


def test_one_board_meets_once_a_day_however_its_name_is_typed() -> None:
    create()
    with pytest.raises(InvalidInput, match="already meets on 29 September 2016") as refusal:
        create(board="nhs improvement board")
    assert refusal.value.field == "held_on"
    assert create(board="Productivity Committee").id


def test_rounds_of_one_board_never_overlap() -> None:
    with unit_of_work():
        a_meeting(SEPTEMBER)
    with pytest.raises(InvalidInput, match="after this Board’s meeting before, which is on 29 September") as refusal:
        create(**{**all_on(NOVEMBER), "opens_on": SEPTEMBER})
    assert refusal.value.field == "opens_on"

    with pytest.raises(InvalidInput, match="29 September 2016 opens on 1 September 2016") as refusal:
        create(**all_on(date(2016, 9, 1)))
    assert refusal.value.field == "held_on"

    opens_on = SEPTEMBER + DAY
    assert create(**{**all_on(NOVEMBER), "opens_on": opens_on}).id


def test_a_change_is_checked_against_other_meetings_and_not_its_own_days() -> None:
    with unit_of_work():
        meeting = a_meeting(SEPTEMBER)
        a_meeting(NOVEMBER)

    moved = change(meeting, held_on=date(2016, 9, 30))
    assert moved.held_on == date(2016, 9, 30)
    with pytest.raises(InvalidInput, match="24 November 2016 opens on 27 October 2016"):
        change(meeting, held_on=date(2016, 10, 27))


def test_a_change_of_the_round_alone_counts_as_a_change_of_the_meeting() -> None:
    with unit_of_work():
        meeting = a_meeting(SEPTEMBER)
    opened_at = meeting.version
    change(meeting, updates_due_on=date(2016, 9, 12))

    with pytest.raises(Conflict):
        change(meeting, version=opened_at, updates_due_on=date(2016, 9, 9))
    assert audit.latest_about(meeting)[0].changes == {"updates_due_on": ["2016-09-13", "2016-09-12"]}


def test_what_of_a_meeting_and_of_its_round_is_invented_is_kept_apart() -> None:
    meeting = create(illustrative="the whole meeting", round_illustrative="every day")
    change(meeting, illustrative=None, round_illustrative="the day updates are due")

    assert (meeting.illustrative, meeting.round.illustrative) == (None, "the day updates are due")
    assert audit.latest_about(meeting)[0].changes == {
        "illustrative": ["the whole meeting", None],
        "round_illustrative": ["every day", "the day updates are due"],
    }


def test_saving_a_meeting_as_it_is_writes_nothing() -> None:
    with unit_of_work():
        meeting = a_meeting(SEPTEMBER)
    version = change(meeting).version
    assert [event.event for event in audit.latest_about(meeting)] == [Event.MEETING_CREATED]
    assert version == 1


def test_the_round_in_hand_runs_from_its_opening_to_the_day_of_the_meeting() -> None:
    with unit_of_work():
        september, november = a_meeting(SEPTEMBER), a_meeting(NOVEMBER)

    assert queries.current_round(date(2016, 8, 31)) is None
    assert queries.current_round(date(2016, 9, 1)) is september.round
    assert queries.current_round(SEPTEMBER) is september.round
    assert queries.current_round(SEPTEMBER + DAY) is None
    assert queries.current_round(date(2016, 10, 27)) is november.round

    assert queries.next_meeting(SEPTEMBER) is september
    assert queries.next_meeting(SEPTEMBER + DAY) is november
    assert queries.next_meeting(NOVEMBER + DAY) is None
    assert queries.previous_meeting(november) is september
    assert queries.previous_meeting(september) is None


def test_lists_of_meetings_run_outward_from_the_day() -> None:
    with unit_of_work():
        july, september, november = (a_meeting(day) for day in (date(2016, 7, 28), SEPTEMBER, NOVEMBER))

    assert list(db.session.scalars(queries.meetings())) == [november, september, july]
    assert list(db.session.scalars(queries.past_meetings(SEPTEMBER))) == [july]
    assert queries.coming_meetings(SEPTEMBER, limit=10) == [september, november]
    assert queries.coming_meetings(SEPTEMBER, limit=1) == [september]


def test_what_is_not_there_is_said_plainly() -> None:
    with pytest.raises(NotFound, match="No Board meeting is held on 29 September 2016"):
        queries.meeting_held_on(SEPTEMBER)
    with pytest.raises(NotFound, match="no such meeting"):
        queries.meeting(7)

    meeting = create()
    assert queries.meeting_held_on(SEPTEMBER) is meeting
