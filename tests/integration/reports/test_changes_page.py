"""The page of what changed: between two days, between two papers, and as a file."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.rag import Rag
from opprod.db import db, unit_of_work
from opprod.plans.models import Plan
from opprod.projects.models import Strand
from opprod.reports.freezing import frozen
from opprod.reports.models import Paper, PaperEdition, PaperIssue
from opprod.reports.queries.standing import take_standing
from opprod.reports.views import changes
from opprod.rounds.models import Meeting
from tests.builders.gains import a_line, withdrawn
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper
from tests.builders.plans import a_plan, a_service, an_stp
from tests.builders.strands import a_strand, an_update
from tests.client import Client
from tests.conftest import TODAY

SignIn = Callable[..., Client]
JULY = date(2016, 7, 20)
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


@contextmanager
def programme(app: Flask, day: date = TODAY) -> Iterator[None]:
    """Do what a test needs done in the programme on a day, and keep it."""
    with app.app_context(), clock.pinned_to(day), unit_of_work():
        yield


@pytest.fixture
def executive(signed_in: SignIn) -> Client:
    return signed_in(Role.EXECUTIVE)


def frozen_paper(paper: Paper) -> PaperEdition:
    """What is frozen of a paper today: only how the programme stands matters here."""
    actor_id = paper.created_by_id
    edition = PaperEdition(
        paper_id=paper.id,
        number=1,
        as_at=clock.today(),
        content="{}",
        content_sha256="0" * 64,
        standing=frozen(take_standing(clock.today())),
        template="1",
        frozen_at=clock.now(),
        frozen_by_id=actor_id,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def issued_paper(paper: Paper) -> PaperIssue:
    """The paper as it went to the Board today."""
    issue = PaperIssue(
        paper_id=paper.id,
        edition_id=frozen_paper(paper).id,
        number=1,
        content="{}",
        content_sha256="0" * 64,
        issued_on=clock.today(),
        issued_at=clock.now(),
        issued_by_id=paper.created_by_id,
    )
    db.session.add(issue)
    db.session.flush()
    return issue


@pytest.fixture
def since_july(app: Flask) -> None:
    """A programme that went to the Board in July, and went on since."""
    with programme(app, JULY):
        meeting = a_meeting(date(2016, 7, 28))
        strand = a_strand(name="Procurement")
        an_update(strand, "Signed the contract with two suppliers.", rag=Rag.AMBER)
        a_reading(a_measure(strand, key="users", name="Registered users", unit="users"), "1,200")
        plan = a_plan(service=a_service("Pathology"), stp=an_stp(name="Leeds"))
        a_line(plan, "£4m", year=2017)
        issued_paper(a_paper(meeting, reference="BM/16/74"))
    with programme(app):
        a_meeting(date(2016, 9, 29))
        strand = db.session.scalars(select(Strand)).one()
        an_update(strand, f"Signed the contract with three suppliers. {HOSTILE}", rag=Rag.GREEN)
        withdrawn(db.session.scalars(select(Plan)).one())


def words(page: str) -> str:
    """The words of a page, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.usefixtures("since_july")
def test_it_begins_with_what_changed_since_the_last_paper(executive: Client) -> None:
    page = executive.get("/changes").text
    said = words(page)
    assert "From BM/16/74 of 28 July 2016 to today, 26 September 2016" in said
    assert "Everything 3" in said
    assert "Procurement Amber Green On course." not in said  # each cell says its column's name on a phone
    assert "<del>two </del><ins>three </ins>suppliers." in page
    assert "Plan withdrawn" in said
    assert "Merged" in said
    assert "<script>alert(1)" not in page
    assert "{{ 7*7 }}" in page


@pytest.mark.usefixtures("since_july")
def test_a_paper_says_what_was_known_when_it_was_frozen(app: Flask, executive: Client) -> None:
    with programme(app):
        strand = a_strand()
        a_reading(a_measure(strand, name="Late figure"), "12", on=date(2016, 7, 1))
    assert "Late figure" in words(executive.get("/changes?papers=1,now").text)
    assert "Late figure" not in words(executive.get("/changes?from=2016-07-28&to=2016-09-26&kind=figures").text)


@pytest.mark.usefixtures("since_july")
def test_two_days_are_compared_and_one_kind_shown_alone(executive: Client) -> None:
    said = words(executive.get("/changes?from=19 July 2016&to=2016-07-20").text)
    assert "From 19 July 2016 to 20 July 2016" in said
    assert "Registered users" in said
    alone = executive.get("/changes?from=2016-07-19&to=2016-07-20&kind=figures").text
    assert 'id="changes-figures"' in alone
    assert 'id="changes-strands"' not in alone
    assert "Nothing changed." in executive.get("/changes?from=2016-09-26&to=2016-09-26").text
    assert "Nothing of this kind changed." in executive.get("/changes?papers=1,now&kind=outcomes").text
    assert "Nothing changed." in executive.get("/changes?papers=1,1").text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=2016-09-26&to=2016-09-20", "The later day must be the same as the earlier one, or after it"),
        ("from=2016-09-01&to=2017-01-01", "The later day cannot be after today, 26 September 2016"),
        ("from=when&to=2016-09-20", "must be a real day"),
        ("from=&to=2016-09-20", "Enter the earlier day"),
        ("papers=99,now", "must be one of the choices shown"),
        ("papers=1,x", "must be one of the choices shown"),
        ("earlier=&later=now", "Choose the earlier paper"),
        ("papers=edition-99999999999,now", "must be one of the choices shown"),
    ],
)
@pytest.mark.usefixtures("since_july")
def test_what_cannot_be_compared_is_said_so(executive: Client, query: str, message: str) -> None:
    answer = executive.get(f"/changes?{query}")
    assert answer.status_code == 422
    assert message in answer.text
    assert executive.get(f"/changes.csv?{query}").status_code == 400


@pytest.mark.usefixtures("since_july")
def test_a_later_paper_comes_after_an_earlier_one(app: Flask, executive: Client) -> None:
    with programme(app):
        later = issued_paper(a_paper(db.session.get_one(Meeting, 2), reference="BM/16/89")).id
    assert "cannot be of a day before" in executive.get(f"/changes?papers={later},1").text
    said = words(executive.get(f"/changes?papers=1,{later}").text)
    assert "From BM/16/74 of 28 July 2016 to BM/16/89 of 29 September 2016" in said
    assert "From BM/16/89 of 29 September 2016, not issued" in words(
        executive.get("/changes?papers=edition-2,now").text
    )


@pytest.mark.usefixtures("since_july")
def test_long_lists_are_cut_short_and_say_so(executive: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SHOWN_OF_EACH_KIND", 1)
    monkeypatch.setattr(changes, "SHOWN_OF_ONE_KIND", 1)
    days = "from=2016-07-19&to=2016-07-20"
    assert "And 1 more: show figures alone" not in words(executive.get(f"/changes?{days}").text)
    monkeypatch.setattr(changes, "SHOWN_OF_EACH_KIND", 0)
    assert "And 1 more: show figures alone" in words(executive.get(f"/changes?{days}").text)
    monkeypatch.setattr(changes, "MOST_ROWS", 0)
    assert executive.get(f"/changes.csv?{days}").status_code == 400


@pytest.mark.usefixtures("since_july")
def test_a_file_has_all_or_one_kind_and_no_formula(app: Flask, executive: Client) -> None:
    with programme(app):
        a_strand(name="=1+1")
    answer = executive.get("/changes.csv?papers=1,now")
    assert answer.headers["Content-Disposition"] == "attachment; filename=changes-2016-07-20-to-2016-09-26.csv"
    lines = answer.text.splitlines()
    assert lines[0].endswith("Record,Illustrative")
    assert any(line.startswith("Workstreams and projects,New,'=1+1,") for line in lines)
    assert sum("Plan withdrawn" in line for line in lines) == 1
    assert len(executive.get("/changes.csv?papers=1,now&kind=strands").text.splitlines()) == 2
    assert executive.get("/changes.csv?kind=weather").status_code == 400


def test_without_papers_it_begins_at_the_last_meeting(app: Flask, executive: Client) -> None:
    assert "From 27 August 2016 to 26 September 2016" in words(executive.get("/changes").text)
    with programme(app):
        a_meeting(date(2016, 7, 28))
    page = executive.get("/changes").text
    assert "From 28 July 2016 to 26 September 2016" in words(page)
    assert "Compare two papers" not in page
    assert "Nothing changed." in page
    assert 'href="/changes"' in executive.get("/papers").text


def test_only_those_of_the_centre_who_see_papers_see_it(signed_in: SignIn) -> None:
    for role in (Role.VIEWER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR):
        assert signed_in(role).get("/changes").status_code == 403
