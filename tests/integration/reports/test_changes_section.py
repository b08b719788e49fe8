"""The section of what has changed, gathered from the records: since the last paper, or the last meeting."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from opprod.core import clock
from opprod.core.rag import Rag
from opprod.db import db, unit_of_work
from opprod.projects.models import Strand
from opprod.reports.asked import Asked, LastPaper
from opprod.reports.differences import ChangeKind
from opprod.reports.freezing import frozen
from opprod.reports.models import PaperEdition
from opprod.reports.queries.standing import take_standing
from opprod.reports.sections.changes.gathering import gather
from opprod.rounds.models import Meeting
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import BOARD, a_meeting
from tests.builders.papers import a_paper
from tests.builders.strands import a_strand, an_update
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")
JULY = date(2016, 7, 28)
SEPTEMBER = date(2016, 9, 29)


@pytest.fixture
def strand() -> Iterator[Strand]:
    """A project that was amber in July, and is green now."""
    with clock.pinned_to(JULY), unit_of_work():
        a_meeting(JULY)
        a_meeting(SEPTEMBER)
        made = a_strand(name="Procurement")
        an_update(made, rag=Rag.AMBER)
        a_reading(a_measure(made, key="users", unit="users"), "1,200")
    with clock.pinned_to(TODAY - timedelta(days=5)), unit_of_work():
        an_update(made, rag=Rag.GREEN, reason="It goes well.")
    return made


def test_without_an_issued_paper_it_compares_with_the_last_meeting(strand: Strand) -> None:
    found = gather(Asked(TODAY, BOARD, SEPTEMBER))
    assert found is not None
    assert (found.meeting_on, found.reference) == (JULY, None)
    assert [(one.kind, one.of, one.before, one.after) for one in found.found.changes] == [
        (ChangeKind.RAG, strand_name(strand), "Amber", "Green")
    ]


def test_it_compares_with_what_was_frozen_of_the_last_paper(strand: Strand) -> None:
    with unit_of_work():
        paper = a_paper(db.session.scalars(select(Meeting)).first(), reference="BM/16/74")
        edition = PaperEdition(
            paper_id=paper.id,
            number=1,
            as_at=JULY,
            content="{}",
            content_sha256="0" * 64,
            standing=frozen(take_standing(JULY)),
            template="1",
            frozen_at=clock.now(),
            frozen_by_id=paper.created_by_id,
        )
        db.session.add(edition)
        a_reading(a_measure(strand, key="late", name="Late figure", unit="trusts"), "12", on=JULY)
    last = LastPaper(1, edition.id, "BM/16/74", JULY, JULY, JULY, ())
    found = gather(Asked(TODAY, BOARD, SEPTEMBER, last))
    assert found is not None
    assert found.reference == "BM/16/74"
    (figure,) = found.found.of(ChangeKind.FIGURES)
    evidence = found.evidence[figure.record]
    assert (figure.after, evidence.said, evidence.what) == ("12 trusts", "12 trusts", "Late figure")
    assert evidence.provenance.recorded_by


def test_a_first_paper_before_any_meeting_has_nothing_to_compare_with() -> None:
    assert gather(Asked(TODAY, BOARD, SEPTEMBER)) is None


def strand_name(strand: Strand) -> str:
    (found,) = (one for one in take_standing(TODAY).strands if one.id == strand.id)
    return found.name
