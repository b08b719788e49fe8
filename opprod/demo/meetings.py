"""The directorate, and the Board meetings around 29 September 2016."""

from datetime import date

from opprod.demo.shapes import MeetingDates

DIRECTORATE_NAME = "Operational Productivity Directorate"
DIRECTORATE_BODY = "NHS Improvement"
DIRECTORATE_PURPOSE = (
    "See that acute trusts put into practice what Lord Carter’s report recommends on unwarranted variation."
)
DIRECTORATE_FACTS = ("F-008",)

BOARD = "NHS Improvement Board"

JULY = MeetingDates(
    held_on=date(2016, 7, 28),
    opens_on=date(2016, 7, 1),
    updates_due_on=date(2016, 7, 15),
    paper_due_on=date(2016, 7, 21),
    illustrative="the whole meeting",
    round_illustrative="the whole round, and the day the paper is due",
)
SEPTEMBER = MeetingDates(
    held_on=date(2016, 9, 29),
    opens_on=date(2016, 9, 1),
    # Later than is usual, so that the round is open on the demonstration's day.
    updates_due_on=date(2016, 9, 27),
    paper_due_on=date(2016, 9, 28),
    round_illustrative="the days the round opens, and updates and paper are due",
    facts=("F-002",),
)
NOVEMBER = MeetingDates(
    held_on=date(2016, 11, 24),
    opens_on=date(2016, 10, 27),
    updates_due_on=date(2016, 11, 14),
    paper_due_on=date(2016, 11, 17),
    illustrative="the whole meeting",
    round_illustrative="the whole round, and the day the paper is due",
)
MEETINGS = (JULY, SEPTEMBER, NOVEMBER)
