"""The page on which what the last paper promised is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.projects.models import NextStep, Outcome, StatementKind
from opprod.projects.services.next_steps import record_outcome
from opprod.reports.models import Paper
from opprod.reports.views import answers
from tests.builders.accounts import a_user
from tests.builders.issues import an_issued_paper
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.client import Client
from tests.integration.projects.update_forms import errors, fields_at

SignIn = Callable[..., Client]
TODAY = date(2016, 9, 26)
JULY = date(2016, 7, 28)
HOSTILE = "<script>alert('here')</script>\"'><img src=x onerror=alert('here')> {{ here }}"
TEXTS = ("Appoint the lead.", "Sign the lease.", HOSTILE)


@contextmanager
def programme(app: Flask) -> Iterator[None]:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        yield


@pytest.fixture
def paper_id(app: Flask, tmp_path: Path) -> int:
    """The paper of September, before which that of July stated three next steps."""
    with programme(app):
        july = a_meeting(JULY)
        said = ((StatementKind.NEXT_STEP, text) for text in TEXTS)
        with clock.pinned_to(date(2016, 7, 14)):
            a_published_update(a_strand(name="Pathology"), july, *said)
        an_issued_paper(july, store=tmp_path, reference="BM/16/68")
        return a_paper(reference="BM/16/89").id


@pytest.fixture
def staff(signed_in: SignIn) -> Client:
    return signed_in(Role.STAFF)


def page(paper_id: int, query: str = "") -> str:
    return f"/papers/{paper_id}/answers{query}"


def step_ids(app: Flask, paper_id: int) -> list[int]:
    with app.app_context():
        assert db.session.get(Paper, paper_id)
        return [step.id for step in db.session.query(NextStep).order_by(NextStep.id)]


def answered(client: Client, paper_id: int, step: int, query: str = "", **typed: str) -> Any:
    """Send one promise's form as it stands on the page, with what is typed."""
    prefix = f"answer-{step}-"
    held = {
        name: value for name, value in fields_at(client, page(paper_id, query)).items() if name.startswith(prefix)
    }
    return client.send(
        f"{page(paper_id)}/{step}{query}", {**held, **{f"{prefix}{name}": value for name, value in typed.items()}}
    )


def test_each_promise_is_answered_with_a_form_of_its_own(app: Flask, staff: Client, paper_id: int) -> None:
    first, _second, _third = step_ids(app, paper_id)
    shown = staff.get(page(paper_id)).text
    assert "0 of 3" in shown
    assert "BM/16/89 cannot be issued" in shown
    assert "<script>alert('here')" not in shown
    assert staff.get(f"/papers/{paper_id}").text.count(page(paper_id)) > 1

    answer = answered(staff, paper_id, first, outcome="slipped", note="Late.", new_due_on="31 October 2016")
    assert (answer.status_code, answer.location) == (303, f"{page(paper_id)}#promise-{first}")
    shown = staff.get(page(paper_id)).text
    for words in ("1 of 3", "Slipped to 31 October 2016", "Late.", "Slipped once; first due 28 July 2016"):
        assert words in shown
    rest = staff.get(page(paper_id, "?show=unanswered")).text
    assert f'id="promise-{first}"' not in rest
    assert "Sign the lease." in rest
    earlier = staff.get(page(paper_id, "?as_at=2016-09-25")).text
    assert "0 of 3" in earlier
    assert "Record the answer" not in earlier


def test_a_refused_answer_keeps_what_was_typed_and_names_the_field(app: Flask, staff: Client, paper_id: int) -> None:
    first, second, _ = step_ids(app, paper_id)
    refused = answered(
        staff, paper_id, second, "?show=unanswered", outcome="slipped", new_due_on="1 July 2016", note="A"
    )
    assert refused.status_code == 422
    assert errors(refused.text) == ["Enter a new due day after 28 July 2016, when it was due"]
    assert f'href="#answer-{second}-new_due_on"' in refused.text
    assert 'value="1 July 2016"' in refused.text
    assert refused.text.count('<details class="nhsuk-details" open>') == 1
    assert f'id="promise-{first}"' in refused.text

    early = answered(staff, paper_id, second, outcome="continuing", effective_on="21 July 2016")
    assert errors(early.text) == ["Enter a day after 21 July 2016: what BM/16/68 says stands at that day"]
    assert errors(answered(staff, paper_id, second).text) == ["Choose an outcome"]
    assert "0 of 3" in staff.get(page(paper_id)).text


def test_who_answers_second_is_shown_both_answers(app: Flask, staff: Client, paper_id: int) -> None:
    first, *_ = step_ids(app, paper_id)
    typed = fields_at(staff, page(paper_id))
    with programme(app):
        record_outcome(
            next_step=db.session.get_one(NextStep, first),
            outcome=Outcome.ACHIEVED,
            note="Done in August.",
            new_due_on=None,
            effective_on=date(2016, 8, 30),
            actor=a_user(name="Ann"),
        )
    prefix = f"answer-{first}-"
    sent = {name: value for name, value in typed.items() if name.startswith(prefix)}
    answer = staff.send(
        f"{page(paper_id)}/{first}", {**sent, f"{prefix}outcome": "dropped", f"{prefix}note": "No longer wanted."}
    )
    assert answer.status_code == 409
    for words in ("Done in August.", "Ann", "No longer wanted."):
        assert words in answer.text


def test_only_what_the_last_paper_stated_is_answered_here(app: Flask, staff: Client, paper_id: int) -> None:
    assert staff.send(f"{page(paper_id)}/999999", {"answer-999999-outcome": "achieved"}).status_code == 404
    with programme(app):
        first_of_its_board = a_paper(a_meeting(board="Audit Committee")).id
    assert "no earlier paper on this matter" in staff.get(page(first_of_its_board)).text
    step, *_ = step_ids(app, paper_id)
    assert staff.send(f"{page(first_of_its_board)}/{step}").status_code == 404


def test_many_promises_come_in_pages_and_the_last_page_stays_when_it_empties(
    app: Flask, staff: Client, paper_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PROMISES_TO_A_PAGE", 2)
    *_, third = step_ids(app, paper_id)
    second_page = "?show=unanswered&page=2"
    assert f'id="promise-{third}"' in staff.get(page(paper_id, second_page)).text
    assert answered(staff, paper_id, third, second_page, outcome="achieved").status_code == 303
    shown = staff.get(page(paper_id, second_page)).text
    assert "1 of 3" in shown
    assert "Sign the lease." in shown
