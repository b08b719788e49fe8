"""What the demonstration programme holds once it is loaded."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import User
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.db import db
from opprod.demo import ACCOUNTS, TODAY
from opprod.demo.measures import MEASURES, SOURCE
from opprod.demo.projects import PROJECTS
from opprod.demo.shapes import StrandContent
from opprod.demo.workstreams import WORKSTREAMS
from opprod.organisations.queries import directorate
from opprod.projects.models import Status, StrandKind
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.queries.statements import published_statements, quoted_readings
from opprod.projects.queries.strands import strand_called, strands
from opprod.reports.assembly import content_of
from opprod.reports.checks import Stage
from opprod.reports.composition import ILLUSTRATIVE
from opprod.reports.models import PaperState
from opprod.reports.permissions import can_approve
from opprod.reports.queries import paper_with_reference
from opprod.reports.queries.answers import promises_answered
from opprod.reports.queries.issues import last_paper, latest_issue, status_of
from opprod.reports.queries.problems import problems_of
from opprod.reports.services import author_ids, send_for_review
from opprod.reports.services.issuing import DOCUMENTS
from opprod.reports.walking import spans_in
from opprod.rounds.queries import current_round
from tests.client import Client

MEETING_DAY = date(2016, 9, 29)
STRANDS = (*WORKSTREAMS, *PROJECTS)


@pytest.fixture
def demonstration(demo_app: Flask) -> Iterator[None]:
    with demo_app.app_context(), clock.pinned_to(TODAY):
        yield
        db.session.remove()


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.key)
def test_each_account_signs_in_on_the_demonstration_s_day(demo_app: Flask, account) -> None:
    client: Client = demo_app.test_client()

    client.sign_in(account.email)

    assert account.name in client.get("/account").text


@pytest.mark.usefixtures("demonstration")
def test_the_directorate_is_a_demonstration_at_26_september_2016() -> None:
    found = directorate()

    assert found is not None
    assert (found.name, found.body) == ("Operational Productivity Directorate", "NHS Improvement")
    assert found.demonstration
    assert found.clock_pinned_to == date(2016, 9, 26)


@pytest.mark.usefixtures("demonstration")
def test_the_round_for_29_september_is_open() -> None:
    found = current_round(TODAY)

    assert found is not None
    assert found.meeting.held_on == MEETING_DAY
    assert found.updates_due_on >= TODAY
    assert found.illustrative
    assert found.meeting.illustrative is None, "the meeting itself is real"


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(("kind", "contents"), [(StrandKind.WORKSTREAM, WORKSTREAMS), (StrandKind.PROJECT, PROJECTS)])
def test_strands_stand_in_the_order_of_the_paper(kind: StrandKind, contents: tuple[StrandContent, ...]) -> None:
    found = strands(kind, MEETING_DAY)

    assert [(view.slug, view.name) for view in found] == [(content.slug, content.name) for content in contents]
    assert all(view.illustrative for view in found), "no source names an owner"


@pytest.mark.usefixtures("demonstration")
def test_every_strand_has_submitted_and_one_waits_for_approval() -> None:
    status = {view.slug: view.update_status for kind in StrandKind for view in strands(kind, TODAY)}

    assert len(status) == 14
    assert [slug for slug, found in status.items() if found is not Status.APPROVED] == ["doctor-productivity"]
    assert status["doctor-productivity"] is Status.SUBMITTED


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("content", STRANDS, ids=lambda content: content.slug)
def test_statements_say_their_figures_in_words(content: StrandContent) -> None:
    said = {f"[[{measure.key}]]": parse(measure.said, unit=measure.unit).said for measure in MEASURES}

    found = published_statements(MEETING_DAY)[strand_called(content.kind, content.slug).id]

    assert [statement.raw for statement in found] == [line.text for line in content.report.lines]
    for statement in found:
        assert "[[" not in statement.text
        assert statement.illustrative is None, "the paper's own words"
        if any(character.isdigit() for character in re.sub(r"\[\[.*?\]\]", "", statement.raw)):
            assert statement.source == f"{SOURCE}, {content.kind.value} table"
        for quotation, value in said.items():
            assert quotation not in statement.raw or value in statement.text


@pytest.mark.usefixtures("demonstration")
def test_the_figures_of_the_meeting_all_come_from_the_paper() -> None:
    found = quoted_readings({measure.key for measure in MEASURES}, MEETING_DAY)

    assert len(found) == len(MEASURES)
    for reading in found.values():
        assert reading.illustrative is None
        assert reading.source is not None
        assert reading.source.startswith(SOURCE)


@pytest.mark.usefixtures("demonstration")
def test_earlier_figures_are_marked_as_invented() -> None:
    found = quoted_readings({measure.key for measure in MEASURES}, date(2016, 8, 31))

    earlier = [reading for reading in found.values() if reading.said]
    assert {reading.key for reading in earlier} == {measure.key for measure in MEASURES if measure.earlier}
    assert all(reading.illustrative for reading in earlier)


@pytest.mark.usefixtures("demonstration")
def test_most_of_what_july_s_paper_promised_waits_for_an_answer() -> None:
    paper = paper_with_reference("BM/16/89")
    assert paper is not None
    last = last_paper(paper)
    assert last is not None
    assert (last.reference, last.issued_on, last.as_at) == ("BM/16/68", date(2016, 7, 21), date(2016, 7, 19))

    told = promises_answered(last, TODAY)
    assert all(one.promise.illustrative for one in told)
    assert [(one.promise.strand, one.outcome and one.outcome.name, one.slips) for one in told] == [
        ("HR", "Achieved", 1),
        ("Set up of accommodation and IT", "Achieved", 0),
        ("Procurement", None, 0),
        ("Nursing productivity", None, 0),
        ("Doctor productivity", None, 0),
        ("Model Hospital", None, 0),
    ]
    overdue = open_next_steps(TODAY, overdue=True)
    assert {step.strand_name for step in overdue} == {"Procurement", "Nursing productivity", "Model Hospital"}


@pytest.mark.usefixtures("demonstration")
def test_july_s_paper_is_issued_and_september_s_can_be_sent_for_review_and_approved_by_another() -> None:
    july, september = paper_with_reference("BM/16/68"), paper_with_reference("BM/16/89")
    assert july is not None
    assert september is not None
    issue = latest_issue(july)
    assert issue is not None
    assert july.illustrative == "the whole paper"
    assert {(file.variant, file.format) for file in issue.files} == DOCUMENTS
    assert status_of(september).status is PaperState.DRAFT
    content = content_of(september, TODAY)
    stages = {problem.stage for problem in problems_of(september, content, TODAY)}
    assert Stage.REVIEW not in stages
    assert Stage.ISSUE in stages
    executive = db.session.scalars(select(User).where(User.email == "executive@demo.example")).one()
    send_for_review(paper=september, actor=db.session.get_one(User, september.created_by_id))
    assert can_approve(executive, PaperState.IN_REVIEW, author_ids=author_ids(september, status_of(september)))


@pytest.mark.usefixtures("demonstration")
def test_the_paper_holds_every_figure_and_nothing_invented_but_what_july_s_promised() -> None:
    paper = paper_with_reference("BM/16/89")
    assert paper is not None

    content = content_of(paper, MEETING_DAY)

    words = json.dumps(asdict(content), default=str, ensure_ascii=False)
    missing = [measure.key for measure in MEASURES if parse(measure.said, unit=measure.unit).said not in words]
    assert missing == []
    invented = {
        section.key for section in content.sections if any(span.illustrative for span in spans_in(section.blocks))
    }
    assert invented == {"promises"}, "July's paper is"
    assert content.notes == (ILLUSTRATIVE,)
    sections = [asdict(section) for section in content.sections]
    assert [note["text"] for note in notes_in(sections) if not note["preview_only"]] == []


def test_the_paper_waits_for_no_confirmation(demo_app: Flask) -> None:
    with demo_app.app_context():
        paper = paper_with_reference("BM/16/89")
        assert paper is not None
        assert paper.equality_confirmed_by is not None
        assert paper.equality_confirmed_by.name == "Executive"


def notes_in(part: Any) -> Iterator[dict[str, Any]]:
    """Every note within a paper's content."""
    if isinstance(part, dict):
        if part.get("kind") == "note":
            yield part
        for value in part.values():
            yield from notes_in(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from notes_in(value)
