"""The programme as papers see it on a day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.organisations.services import set_up_directorate
from opprod.projects.models import StatementKind, StrandKind
from opprod.projects.queries.updates import status_of
from opprod.projects.services.updates import start_update
from opprod.reports.assembly import content_of, day_of
from opprod.reports.composition import ILLUSTRATIVE
from opprod.reports.evidence import Provenance
from opprod.reports.facts import Snapshot
from opprod.reports.snapshot import take
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand

pytestmark = pytest.mark.usefixtures("programme")

TODAY = date(2016, 9, 26)
DAY_BEFORE = date(2016, 9, 25)
PROGRESS = StatementKind.PROGRESS


@pytest.fixture
def meeting() -> Meeting:
    with unit_of_work():
        return a_meeting()


@contextmanager
def statements_counted() -> Iterator[list[str]]:
    """Collect the SQL statements sent in a ``with`` block."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def texts(snapshot: Snapshot) -> list[str]:
    return [s.text for strand in (*snapshot.workstreams, *snapshot.projects) for s in strand.statements]


def test_what_is_submitted_today_is_in_todays_paper_and_not_in_the_day_befores(meeting: Meeting) -> None:
    with unit_of_work():
        measure = a_measure(key="jobs", unit="jobs")
        a_reading(measure, "c.20", on=DAY_BEFORE)
        a_reading(measure, "c.35", on=TODAY)
        a_published_update(a_strand(), meeting, (PROGRESS, "There are [[jobs]] out to advert."))
        paper = a_paper(meeting)

    assert texts(take(TODAY)) == ["There are [[jobs]] out to advert."]
    assert texts(take(DAY_BEFORE)) == []
    narrative = ["[[jobs]]"]
    assert take(TODAY, narratives=narrative).figures["jobs"].said == "c.35 jobs"
    assert take(DAY_BEFORE, narratives=narrative).figures["jobs"].said == "c.20 jobs"
    assert "c.35 jobs" in str(content_of(paper, TODAY))
    assert "c.35 jobs" not in str(content_of(paper, DAY_BEFORE))


def test_drafts_and_strands_that_have_ended_are_no_part_of_it(meeting: Meeting) -> None:
    with unit_of_work():
        start_update(strand=a_strand(name="Drafting"), round=meeting.round, actor=a_user())
        a_strand(name="Ended", ends_on=DAY_BEFORE)
        a_strand(StrandKind.WORKSTREAM, name="Ending", ends_on=TODAY)

    snapshot = take(TODAY)
    assert [(strand.name, strand.approved) for strand in snapshot.projects] == [("Drafting", None)]
    assert [strand.name for strand in snapshot.workstreams] == ["Ending"]


def test_it_says_whether_an_update_was_approved_by_then(meeting: Meeting) -> None:
    with unit_of_work():
        a_published_update(a_strand(name="Approved"), meeting, (PROGRESS, "x"))
        a_published_update(a_strand(name="Waiting"), meeting, (PROGRESS, "x"), approved=False)

    assert [(strand.name, strand.approved) for strand in take(TODAY).projects] == [
        ("Approved", True),
        ("Waiting", False),
    ]


def test_it_says_who_stands_behind_statements_and_readings(meeting: Meeting) -> None:
    with unit_of_work():
        counter = a_user(name="Cara Counter")
        reading = a_reading(a_measure(key="jobs", unit="jobs"), "c.20", on=DAY_BEFORE, actor=counter)
        update = a_published_update(a_strand(), meeting, (PROGRESS, "5 of [[jobs]]."), source="Team records")

    (strand,) = take(TODAY).projects
    (statement,) = strand.statements
    (figure,) = statement.figures
    assert statement.source == "Team records"
    approval = status_of(update, TODAY)
    assert strand.provenance.recorded_by.startswith("Directorate staff")  # type: ignore[union-attr]
    assert strand.provenance.approved_by.startswith("Executive")  # type: ignore[union-attr]
    assert strand.provenance.approved_at == approval.recorded_at
    assert figure.reading_id == reading.id
    assert figure.provenance == Provenance("Cara Counter", reading.recorded_at)
    assert strand.reported_for == meeting.held_on
    assert (strand.unchanged_since, strand.unchanged_reason) == (None, None)


def test_what_a_paper_does_not_show_is_not_illustrative_in_it() -> None:
    with unit_of_work():
        meeting = a_meeting(round_illustrative="the day the paper is due")
        terms = {"terms_illustrative": "owner and due date"}
        a_published_update(a_strand(), meeting, (StatementKind.NEXT_STEP, "Appoint."), **terms)
        paper = a_paper(meeting)

    assert [s.illustrative for strand in take(TODAY).projects for s in strand.statements] == [None]
    content = content_of(paper, TODAY)
    assert (content.cover.meeting_illustrative, content.notes) == (None, ())


def test_invented_words_and_meetings_are_illustrative_in_a_paper() -> None:
    with unit_of_work():
        meeting = a_meeting(illustrative="the whole meeting")
        invented = {"illustrative": "the whole statement", "terms_illustrative": "owner"}
        a_published_update(a_strand(), meeting, (StatementKind.NEXT_STEP, "Appoint."), **invented)
        paper = a_paper(meeting)

    assert [s.illustrative for strand in take(TODAY).projects for s in strand.statements] == ["the whole statement"]
    content = content_of(paper, TODAY)
    assert (content.cover.meeting_illustrative, content.notes) == ("the whole meeting", (ILLUSTRATIVE,))


def test_an_empty_programme_makes_a_paper_all_the_same(meeting: Meeting) -> None:
    with unit_of_work():
        paper = a_paper(meeting)
    assert "No project has been recorded yet." in str(content_of(paper, TODAY))


def test_the_directorate_names_itself_in_first_narratives_and_on_the_cover(meeting: Meeting) -> None:
    with unit_of_work():
        set_up_directorate(
            name="Patient Flow Directorate",
            body="Healthcare Improvement",
            purpose="Shorten waits.",
            demonstration=False,
            clock_pinned_to=None,
            actor=a_user(),
        )
        paper = a_paper(meeting)

    content = content_of(paper, TODAY)
    assert content.cover.body == "Healthcare Improvement"
    assert "Patient Flow Directorate is being set up within Healthcare Improvement" in str(content)
    assert "Its purpose is to shorten waits." in str(content)


@pytest.mark.parametrize(
    ("held_at", "today", "day"),
    [
        (None, TODAY, TODAY),
        (None, date(2018, 1, 1), date(2016, 9, 29)),
        (date(2016, 9, 20), TODAY, date(2016, 9, 20)),
    ],
)
def test_a_papers_facts_follow_the_records_up_to_its_meeting(
    meeting: Meeting, held_at: date | None, today: date, day: date
) -> None:
    with unit_of_work():
        paper = a_paper(meeting)
        paper.as_at = held_at
    with clock.pinned_to(today):
        assert day_of(paper) == day


def test_a_snapshot_costs_the_same_number_of_statements_however_much_there_is(meeting: Meeting) -> None:
    def cost() -> int:
        db.session.expire_all()
        with statements_counted() as sent:
            take(TODAY, narratives=["[[measure-of-cost]]"])
        db.session.rollback()
        return len(sent)

    def add(strand: Callable[..., Any]) -> None:
        with unit_of_work():
            a_published_update(strand(), meeting, *[(PROGRESS, f"{n} [[measure-of-cost]]") for n in range(5)])

    with unit_of_work():
        a_reading(a_measure(key="measure-of-cost"), "12")
    add(a_strand)
    once = cost()
    for _ in range(4):
        add(a_strand)
    assert cost() == once < 15
