"""What the demonstration programme holds once it is loaded."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from flask import Flask

from opprod.core import clock
from opprod.core.quantity import parse
from opprod.db import db
from opprod.demo import ACCOUNTS, TODAY
from opprod.demo.measures import MEASURES, SOURCE
from opprod.demo.projects import PROJECTS
from opprod.demo.shapes import StrandContent
from opprod.demo.workstreams import WORKSTREAMS
from opprod.organisations.queries import directorate
from opprod.projects.models import Outcome, Status, StrandKind
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.queries.statements import published_statements, quoted_readings
from opprod.projects.queries.strands import strand_called, strands
from opprod.reports.assembly import content_of
from opprod.reports.queries import paper_with_reference
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
def test_one_promise_of_july_is_overdue_and_one_has_slipped() -> None:
    overdue = open_next_steps(TODAY, overdue=True)
    slipped = [step for step in open_next_steps(TODAY) if step.outcome is Outcome.SLIPPED]

    assert [(step.strand_name, step.invented) for step in overdue] == [("Model Hospital", "the whole statement")]
    assert [(step.strand_name, step.due_on) for step in slipped] == [("Doctor productivity", date(2016, 10, 14))]


@pytest.mark.usefixtures("demonstration")
def test_the_paper_holds_every_figure_and_nothing_invented() -> None:
    paper = paper_with_reference("BM/16/89")
    assert paper is not None

    content = content_of(paper, MEETING_DAY)

    words = json.dumps(asdict(content), default=str, ensure_ascii=False)
    missing = [measure.key for measure in MEASURES if parse(measure.said, unit=measure.unit).said not in words]
    assert missing == []
    assert content.notes == ()
    assert [note["text"] for note in notes_in(asdict(content)) if not note["preview_only"]] == []


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
