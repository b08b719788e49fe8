"""The directorate, and the Board meetings around 29 September 2016."""

from datetime import date

from opprod.demo.shapes import MeetingContent
from opprod.rounds.services import Dates, suggested_dates

DIRECTORATE_NAME = "Operational Productivity Directorate"
DIRECTORATE_BODY = "NHS Improvement"
DIRECTORATE_PURPOSE = (
    "See that acute trusts put into practice what Lord Carter’s report recommends on unwarranted variation."
)
DIRECTORATE_FACTS = ("F-008",)

BOARD = "NHS Improvement Board"

JULY = MeetingContent(
    dates=Dates(
        opens_on=date(2016, 7, 1),
        updates_due_on=date(2016, 7, 15),
        updates_reviewed_on=date(2016, 7, 18),
        paper_drafted_on=date(2016, 7, 19),
        paper_approved_on=date(2016, 7, 20),
        paper_due_on=date(2016, 7, 21),
        held_on=date(2016, 7, 28),
    ),
    illustrative="the whole meeting",
    round_illustrative="the whole round, and the day the paper is issued",
)
SEPTEMBER = MeetingContent(
    # Later than is usual, so that the round is open on the demonstration's day.
    dates=Dates(
        opens_on=date(2016, 9, 1),
        updates_due_on=date(2016, 9, 27),
        updates_reviewed_on=date(2016, 9, 27),
        paper_drafted_on=date(2016, 9, 27),
        paper_approved_on=date(2016, 9, 28),
        paper_due_on=date(2016, 9, 28),
        held_on=date(2016, 9, 29),
    ),
    round_illustrative="every day but that of the meeting",
    facts=("F-002",),
)
NOVEMBER = MeetingContent(
    dates=suggested_dates(held_on=date(2016, 11, 24)),
    illustrative="the whole meeting",
    round_illustrative="the whole round, and the day the paper is issued",
)
MEETINGS = (JULY, SEPTEMBER, NOVEMBER)
