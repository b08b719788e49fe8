"""How strands were rated on several days, and what a paper takes of it."""

from datetime import date

import pytest
from flask import Flask

from opprod.accounts import services as accounts
from opprod.core.rag import Rag
from opprod.history import record, withdraw
from opprod.projects.models import RagRating, Strand, StrandKind
from opprod.projects.queries.ratings import ratings_on
from opprod.reports.asked import Asked
from opprod.reports.sections.ratings.facts import RatedStrand, RatingFacts
from opprod.reports.sections.ratings.gathering import gather
from tests.builders.meetings import BOARD, a_meeting
from tests.builders.strands import a_strand
from tests.conftest import TODAY
from tests.statements import statements

JULY, AUGUST = date(2016, 7, 28), date(2016, 8, 15)
DAYS = (JULY, AUGUST, TODAY)

pytestmark = pytest.mark.usefixtures("programme")


def rated(strand: Strand, rag: Rag, on: date, *, illustrative: str | None = None) -> RagRating:
    entry = RagRating(subject_id=strand.id, rag=rag, reason="So", effective_on=on, illustrative=illustrative)
    return record(entry, actor=accounts.system_actor())


def found(app: Flask) -> dict[str, list[Rag | None]]:
    with statements(app) as sent:
        answer = ratings_on(DAYS, TODAY)
    assert len(sent) == 1
    return {one.name: [rating and rating.rag for rating in one.ratings] for one in answer}


def test_each_day_has_the_rating_in_force_on_it(app: Flask) -> None:
    finance, procurement = a_strand(StrandKind.WORKSTREAM, name="Finance"), a_strand(name="Procurement")
    rated(finance, Rag.RED, date(2016, 6, 1))
    rated(finance, Rag.GREEN, AUGUST)
    rated(procurement, Rag.AMBER, date(2016, 9, 1))
    assert found(app) == {"Finance": [Rag.RED, Rag.GREEN, Rag.GREEN], "Procurement": [None, None, Rag.AMBER]}


def test_what_was_corrected_or_withdrawn_is_not_in_it(app: Flask) -> None:
    finance = a_strand(StrandKind.WORKSTREAM, name="Finance")
    rated(finance, Rag.RED, date(2016, 6, 1))
    rated(finance, Rag.AMBER, date(2016, 6, 1))
    mistaken = rated(finance, Rag.GREEN, AUGUST)
    withdraw(mistaken, reason="Wrong strand", actor=accounts.system_actor(), on=AUGUST)
    assert found(app) == {"Finance": [Rag.AMBER, Rag.AMBER, Rag.AMBER]}


def test_strands_that_have_ended_are_left_out_and_workstreams_come_first(app: Flask) -> None:
    a_strand(name="Procurement")
    a_strand(StrandKind.WORKSTREAM, name="HR")
    a_strand(name="Over", starts_on=date(2016, 1, 1), ends_on=date(2016, 9, 1))
    assert list(found(app)) == ["HR", "Procurement"]


def test_a_paper_has_those_of_its_own_boards_last_meetings_and_of_its_day(app: Flask) -> None:
    for held_on, board in ((JULY, BOARD), (date(2016, 9, 29), BOARD), (AUGUST, "Another Board")):
        a_meeting(held_on, board=board)
    rated(a_strand(name="Procurement"), Rag.RED, JULY, illustrative="the rating")
    with statements(app) as sent:
        facts = gather(Asked(day=TODAY, board=BOARD, meeting_on=date(2016, 9, 29)))
    assert len(sent) == 2
    assert facts.days == (JULY, TODAY)
    assert facts.projects == (RatedStrand("Procurement", (RatingFacts("red", "the rating"),) * 2),)
