"""Meetings and rounds in words."""

from datetime import date

import pytest

from opprod.rounds.models import Meeting, ReportingRound
from opprod.rounds.presenters import as_typed, days_to_go, round_state

MEETING = Meeting(
    board="NHS Improvement Board",
    held_on=date(2016, 9, 29),
    paper_due_on=date(2016, 9, 22),
    round=ReportingRound(
        opens_on=date(2016, 9, 1),
        updates_due_on=date(2016, 9, 19),
        updates_reviewed_on=date(2016, 9, 19),
        paper_drafted_on=date(2016, 9, 20),
        paper_approved_on=date(2016, 9, 21),
    ),
)


@pytest.mark.parametrize(
    ("day", "left", "state"),
    [
        (date(2016, 8, 31), "29 days to go", "opens on 1 September 2016. Updates are due on"),
        (date(2016, 9, 1), "28 days to go", "is open. Updates are due on"),
        (
            date(2016, 9, 19),
            "10 days to go",
            "is open. Updates are due on 19 September 2016; the paper is to be issued by",
        ),
        (
            date(2016, 9, 20),
            "9 days to go",
            "is open. Updates were due on 19 September 2016; the paper is to be issued by",
        ),
        (date(2016, 9, 22), "7 days to go", "the paper is to be issued by 22 September 2016."),
        (date(2016, 9, 28), "1 day to go", "the paper was to be issued by 22 September 2016."),
        (date(2016, 9, 29), "Today", "the paper was to be issued by 22 September 2016."),
        (date(2016, 9, 30), "Held", "The reporting round is closed."),
    ],
)
def test_a_meeting_and_its_round_as_a_day_sees_them(day: date, left: str, state: str) -> None:
    assert days_to_go(MEETING, day) == left
    assert state in round_state(MEETING, day)


def test_a_day_left_empty_is_shown_empty_beside_what_was_saved() -> None:
    typed = as_typed(
        {**MEETING.audit_values(), "held_on": None, "illustrative": "the day", "round_illustrative": "two days"}
    )
    assert [(field.label, field.value) for field in typed] == [
        ("Board", "NHS Improvement Board"),
        ("Meeting held on", ""),
        ("Reporting round opens on", "1 September 2016"),
        ("Updates due on", "19 September 2016"),
        ("Updates reviewed by", "19 September 2016"),
        ("Paper drafted by", "20 September 2016"),
        ("Paper approved by", "21 September 2016"),
        ("Paper issued to the Board by", "22 September 2016"),
        ("What of the meeting is invented", "the day"),
        ("What of the round’s days, or the day the paper is issued, is invented", "two days"),
    ]
