"""The section of STPs' plans in a paper: there when an executive includes it, from the records of the day."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role
from opprod.accounts import services as accounts
from opprod.audit.queries import latest_about, lines
from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.history import record
from opprod.plans.models import (
    Category,
    Deliverable,
    DeliverableEntry,
    DeliverableState,
    Move,
    Plan,
    PlanCategory,
    Service,
    TriageRound,
    TriageStep,
)
from opprod.reports import services
from opprod.reports.assembly import content_of
from opprod.reports.composition import ILLUSTRATIVE
from opprod.reports.models import Paper
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.plans.composing import KEY as PLANS
from opprod.reports.variants import public
from tests.builders.accounts import a_user
from tests.builders.gains import a_line, an_investment, withdrawn
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper
from tests.builders.plans import HR_AND_FINANCE, a_plan, a_service, an_stp
from tests.client import Client
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]
JULY = date(2016, 7, 28)


@contextmanager
def programme(app: Flask) -> Iterator[None]:
    """Do what a test needs done in the programme, and keep it."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        yield


def categorised(plan: Plan, category: Category, on: date = TODAY) -> None:
    """Put a plan at a category from a day."""
    actor = accounts.system_actor()
    found = db.session.scalar(select(TriageRound)) or TriageRound(number=1, name="First", opened_on=on, due_on=on)
    db.session.add(found)
    db.session.flush()
    step = TriageStep(subject_id=plan.id, round_id=found.id, move=Move.AGREED, category=category, effective_on=on)
    record(step, actor=actor)
    decided = PlanCategory(subject_id=plan.id, category=category, round_id=found.id, step_id=step.id, effective_on=on)
    record(decided, actor=actor)


@pytest.fixture
def paper_id(app: Flask) -> int:
    """A paper for September, after a meeting in July, on plans of back office."""
    with programme(app):
        a_meeting(JULY)
        back_office = a_service("Back office", functions=HR_AND_FINANCE)
        leeds, devon, surrey = (
            a_plan(service=back_office, stp=an_stp(region, name=name))
            for region, name in ((Region.NORTH, "Leeds"), (Region.SOUTH, "Devon"), (Region.SOUTH, "Surrey"))
        )
        categorised(leeds, Category.C, on=date(2016, 7, 1))
        categorised(leeds, Category.B, on=date(2016, 9, 1))
        categorised(devon, Category.A, on=date(2016, 7, 1))
        a_line(leeds, "£4-5m", year=2018, on=date(2016, 7, 1))
        an_investment(leeds, capital="£8m", redundancy="£2m")
        a_line(devon, "up to £2m")
        withdrawn(surrey)
        return a_paper(reference="BM/16/89").id


@pytest.fixture
def executive(signed_in: SignIn) -> Client:
    return signed_in(Role.EXECUTIVE)


def include(client: Client, paper_id: int) -> str:
    """Include the section as an executive does, and give the page that comes then."""
    answer = client.send(f"/papers/{paper_id}/sections/{PLANS}/add")
    assert (answer.status_code, answer.location) == (303, f"/papers/{paper_id}#section-{PLANS}")
    return client.get(f"/papers/{paper_id}").text


def section_of(page: str) -> str:
    """The words of the section."""
    found = re.search(r'<section class="paper-section" id="section-plans">(.*?)</section>', page, re.DOTALL)
    words = re.sub(r'<a class="paper-reference"[^>]*>.*?</a>|<[^>]+>', " ", found[1]) if found else ""
    return " ".join(words.split())


def test_nothing_of_plans_reaches_a_paper_until_a_writer_includes_it(
    app: Flask, executive: Client, signed_in: SignIn, paper_id: int
) -> None:
    page = executive.get(f"/papers/{paper_id}").text
    assert "Sections not in this paper" in page
    assert "not for publication" in page
    for shown in (page, executive.get(f"/papers/{paper_id}.html").text):
        assert not any(name in shown for name in ("Leeds", "Devon", "Surrey"))

    lead = signed_in(Role.REGIONAL_LEAD)
    assert lead.send(f"/papers/{paper_id}/sections/{PLANS}/add").status_code == 403

    shown = include(executive, paper_id)
    assert f"/sections/{PLANS}/add" not in shown
    assert "Leeds" in section_of(shown)
    assert "Leeds" in executive.get(f"/papers/{paper_id}.html").text

    executive.send(f"/papers/{paper_id}/sections/{PLANS}/include", {"included": "no"})
    assert "Leeds" not in executive.get(f"/papers/{paper_id}").text


def test_it_counts_moves_ranks_and_says_what_is_not_known(executive: Client, paper_id: int) -> None:
    said = section_of(include(executive, paper_id))
    assert "North 0 1 0 0 1 South 1 0 0 0 1 All regions 1 1 0 0 2 1 plan withdrawn, and left out." in said
    assert "Movement since the meeting on 28 July 2016" in said
    assert "C: No plan B: Needs support 1 Leeds: Back office" in said
    assert "Not yet categorised Withdrawn 1 Surrey: Back office" in said
    assert "for Back office, Finance and HR" in said
    assert "Leeds £4–5m, in 2018/19 30 months, 2018/19 2–2.5 years" in said
    assert "2 have no submission recorded" in said
    assert "1 states a saving that cannot be ranked" in said
    assert "no category yet" not in said


def test_what_it_counts_and_ranks_rests_on_records_that_the_public_copy_has_not(
    app: Flask, executive: Client, paper_id: int
) -> None:
    include(executive, paper_id)
    with app.app_context(), clock.pinned_to(TODAY):
        content = content_of(db.session.get_one(Paper, paper_id), TODAY)
        plan = db.session.scalars(select(Plan.id).order_by(Plan.id)).first()
    found = [line.evidence for line in content.evidence]
    assert [(one.kind, one.what, one.said) for one in found] == [
        ("count", "Categories of Back office plans", "2 in force"),
        ("count", "Plans that stand elsewhere than they did", "2"),
        ("ledger", "Savings ledgers of Back office plans", "2 lines of 2 plans"),
        ("ledger", "Savings ledger of Leeds, Back office", "£4–5m, in 2018/19"),
    ]
    assert all(one.provenance.recorded_by and one.provenance.recorded_at and one.source for one in found)
    assert found[-1].record == f"/plans/{plan}#savings"
    for one in found:
        assert executive.get(str(one.record)).status_code == 200

    published = public(content)
    assert published.evidence == ()
    assert not any(name in str(published) for name in ("Leeds", "Categories of Back office", "Savings ledger"))


def test_it_stands_as_at_a_day(executive: Client, paper_id: int) -> None:
    include(executive, paper_id)
    july = section_of(executive.get(f"/papers/{paper_id}?as_at=2016-07-15").text)
    assert "No earlier meeting of the Board is recorded." in july
    assert "North 0 0 1 0 1 South 1 0 0 1 2" in july
    assert "No plan stands elsewhere than it did." in section_of(
        executive.get(f"/papers/{paper_id}?as_at=2016-08-15").text
    )


def test_invented_plans_are_marked_and_the_paper_says_so(app: Flask, executive: Client, paper_id: int) -> None:
    with programme(app):
        paper = db.session.get_one(Paper, paper_id)
        services.add_section(paper=paper, key=PLANS, actor=a_user(Role.EXECUTIVE))
        assert content_of(paper, TODAY).notes == ()
        for plan in db.session.scalars(select(Plan)):
            plan.illustrative = "the whole plan"
    with programme(app):
        assert content_of(db.session.get_one(Paper, paper_id), TODAY).notes == (ILLUSTRATIVE,)
    said = section_of(executive.get(f"/papers/{paper_id}").text)
    for row in ("North", "All regions", "C: No plan", "Leeds: Back office", "Leeds", "Back office"):
        assert f"{row} (illustrative: the whole plan)" in said


def test_it_takes_its_place_and_is_added_once(app: Flask, paper_id: int) -> None:
    with programme(app):
        paper, executive = db.session.get_one(Paper, paper_id), a_user(Role.EXECUTIVE)
        services.move_section(section=paper.sections[-1], up=True, actor=executive)
        added = services.add_section(paper=paper, key=PLANS, actor=executive)
        assert [section.key for section in paper.sections] == [
            *("introduction", "promises", "establishment", "progress", "plans", "equality", "support"),
        ]
        assert [section.position for section in paper.sections] == [1, 2, 3, 4, 5, 6, 7]
        (latest,) = lines(latest_about(paper))[:1]
        assert [(change.label, change.before, change.after) for change in latest.changes] == [
            (SECTIONS[PLANS].title, "not in the paper", "included")
        ]
        services.include_section(section=added, included=False, actor=executive)
        assert services.add_section(paper=paper, key=PLANS, actor=executive) is added
        assert added.included
        with pytest.raises(NotFound):
            services.add_section(paper=paper, key="weather", actor=executive)


def test_it_costs_the_same_number_of_statements_however_many_plans_there_are(
    app: Flask, executive: Client, paper_id: int
) -> None:
    before = _cost(app, executive, paper_id)
    include(executive, paper_id)
    once = _cost(app, executive, paper_id)
    with programme(app):
        for number in range(8):
            plan = a_plan(service=db.session.scalars(select(Service)).one(), stp=an_stp(name=f"STP {number}"))
            categorised(plan, Category.B)
            a_line(plan, "£1m")
            deliverable = Deliverable(plan_id=plan.id)
            db.session.add(deliverable)
            db.session.flush()
            record(
                DeliverableEntry(
                    subject_id=deliverable.id,
                    text="One payroll",
                    due_on=date(2017, 3, 31),
                    state=DeliverableState.PLANNED,
                    source="Two-page submission",
                    effective_on=TODAY,
                ),
                actor=accounts.system_actor(),
            )
    assert _cost(app, executive, paper_id) == once
    # What a paper without plans costs is what it cost before there were any.
    assert before < once - 10


def _cost(app: Flask, client: Client, paper_id: int) -> int:
    with statements(app) as sent:
        assert client.get(f"/papers/{paper_id}").status_code == 200
    return len(sent)
