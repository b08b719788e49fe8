"""What the last paper promised, and how records answer it: through the services that people use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.errors import WrongState
from opprod.db import db
from opprod.projects.models import NextStep, Outcome, OutcomeEntry, StatementKind, Update
from opprod.projects.queries.outcomes import DueDays, due_days
from opprod.projects.services.next_steps import record_outcome, withdraw_outcome
from opprod.projects.services.updates import return_update
from opprod.reports import services
from opprod.reports.answers import AnsweredPromise, slips_in_words
from opprod.reports.assembly import content_of
from opprod.reports.composition import PaperContent
from opprod.reports.models import Paper, PaperIssue
from opprod.reports.queries import section
from opprod.reports.queries.answers import promises_answered, unanswered
from opprod.reports.queries.issues import last_paper
from opprod.reports.sections.promises.composing import FIRST_PAPER
from opprod.reports.variants import public
from opprod.reports.walking import spans_in
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.issues import BEFORE_JULYS_MEETING, an_issued_paper, approved, confirmed, issued
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")

JULY = date(2016, 7, 28)
REPORTED_ON = date(2016, 7, 14)
TODAY = date(2016, 9, 26)
OCTOBER = date(2016, 10, 31)
ANSWERED_ON = date(2016, 8, 20)


Issue = Callable[..., PaperIssue]


@pytest.fixture
def july() -> Meeting:
    return a_meeting(JULY)


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    """Issue a paper for a meeting, that of July a week before unless told."""
    return partial(an_issued_paper, store=tmp_path)


def an_update_of(july: Meeting, *texts: str, approved: bool = True) -> Update:
    with clock.pinned_to(REPORTED_ON):
        said = ((StatementKind.NEXT_STEP, text) for text in texts)
        return a_published_update(a_strand(), july, *said, approved=approved)


def promised_in(update: Update) -> list[NextStep]:
    return [db.session.get_one(NextStep, one.next_step_id) for one in update.statements]


def promised(july: Meeting, *texts: str) -> list[NextStep]:
    """Next steps of July's round, each due on the day of its meeting."""
    return promised_in(an_update_of(july, *texts))


def answer(
    step: NextStep, outcome: Outcome, *, on: date = ANSWERED_ON, note: str | None = None, to: date | None = None
) -> OutcomeEntry:
    return record_outcome(
        next_step=step,
        outcome=outcome,
        note=note,
        new_due_on=to,
        effective_on=on,
        actor=a_user(Role.STAFF),
        even_if_withdrawn=True,
    )


def texts_unanswered(paper: Paper, day: date = TODAY) -> list[str]:
    return [promise.text for promise in unanswered(paper, day)]


def told(paper: Paper) -> list[AnsweredPromise]:
    last = last_paper(paper)
    assert last
    return promises_answered(last, TODAY)


def said(content: PaperContent) -> str:
    return " ".join(
        span.text for part in content.sections if part.key == "promises" for span in spans_in(part.blocks)
    )


def test_of_two_papers_in_a_row_the_second_answers_for_the_first(july: Meeting, issue: Issue, app: Flask) -> None:
    achieved, partly, slipped, dropped, going_on, _silent = promised(
        july, "Achieve it.", "Do part of it.", "Slip it.", "Drop it.", "Go on with it.", "Say nothing of it."
    )
    issue(july, reference="BM/16/68")
    paper = a_paper()
    assert len(texts_unanswered(paper)) == 6

    answer(achieved, Outcome.ACHIEVED)
    answer(partly, Outcome.PARTLY_ACHIEVED, note="Some sites have moved.")
    answer(slipped, Outcome.SLIPPED, note="The bid was late.", to=OCTOBER)
    answer(dropped, Outcome.DROPPED, note="No longer needed.")
    answer(going_on, Outcome.CONTINUING)

    assert texts_unanswered(paper) == ["Say nothing of it."]
    assert len(texts_unanswered(paper, date(2016, 8, 19))) == 6
    content = content_of(paper, TODAY)
    for words in (
        "28 July 2016 (BM/16/68)",
        "Achieved",
        "Partly achieved",
        "Some sites have moved.",
        "Slipped to 31 October 2016",
        "The bid was late.",
        "Slipped once; first due 28 July 2016",
        "Dropped",
        "Continuing",
        "Not yet answered",
    ):
        assert words in said(content)
    due = {promise.next_step_id: promise.due_on for promise in content.promises}
    assert due[slipped.id] == OCTOBER
    assert due.keys().isdisjoint({achieved.id, dropped.id})

    last = last_paper(paper)
    assert last
    with statements(app) as asked:
        promises_answered(last, TODAY)
    assert len(asked) == 5


def test_a_promise_that_slipped_twice_says_so_and_names_its_first_day(july: Meeting, issue: Issue) -> None:
    (step,) = promised(july, "Appoint the lead.")
    issue(july)
    answer(step, Outcome.SLIPPED, note="Late.", to=date(2016, 9, 10))
    answer(step, Outcome.SLIPPED, on=date(2016, 9, 12), note="Later still.", to=OCTOBER)
    (one,) = told(a_paper())
    assert slips_in_words(one) == "Slipped twice; first due 28 July 2016"
    assert (one.promise.due_on, one.due_on) == (JULY, OCTOBER)
    assert one.outcome
    assert one.outcome.note == "Later still."


def test_an_outcome_taken_back_leaves_the_promise_unanswered_again(july: Meeting, issue: Issue) -> None:
    (step,) = promised(july, "Appoint the lead.")
    issue(july)
    paper = a_paper()
    entry = answer(step, Outcome.ACHIEVED)
    assert texts_unanswered(paper) == []
    withdraw_outcome(entry=entry, reason="Not so.", actor=a_user(Role.STAFF))
    assert texts_unanswered(paper) == ["Appoint the lead."]


def test_what_was_known_when_the_last_paper_was_written_answers_only_if_it_closes(
    july: Meeting, issue: Issue
) -> None:
    known, closed = promised(july, "Begin.", "End.")
    issue(july)
    paper = a_paper()
    answer(known, Outcome.CONTINUING, on=date(2016, 7, 21))
    answer(closed, Outcome.ACHIEVED, on=date(2016, 7, 15))
    assert texts_unanswered(paper) == ["Begin."]
    answer(known, Outcome.CONTINUING, on=date(2016, 7, 22))
    assert texts_unanswered(paper) == []


def test_a_promise_whose_update_was_returned_since_is_still_to_be_answered(july: Meeting, issue: Issue) -> None:
    promised(july, "Sign the lease.")
    issue(july)
    update = an_update_of(july, "Appoint the lead.", approved=False)
    (step,) = promised_in(update)
    assert due_days([step.id], TODAY) == {step.id: DueDays(first=JULY, now=JULY)}
    return_update(update=update, note="Say more.", actor=a_user(Role.EXECUTIVE))
    assert due_days([step.id], TODAY) == {step.id: DueDays(first=None, now=None)}

    last = last_paper(a_paper())
    assert last
    last = replace(last, promises=(replace(last.promises[0], next_step_id=step.id),))
    (one,) = promises_answered(last, TODAY)
    assert (one.outcome, one.first_due_on, one.record) == (None, JULY, None)
    answer(step, Outcome.SLIPPED, note="Late.", to=OCTOBER)
    (one,) = promises_answered(last, TODAY)
    assert one.outcome
    assert one.still_promised
    assert one.still_promised.due_on == OCTOBER


def test_issuing_is_refused_while_a_promise_is_unanswered_and_says_which(
    july: Meeting, issue: Issue, tmp_path: Path
) -> None:
    step, _other = promised(july, "Appoint the lead.", "Sign the lease.")
    issue(july)
    answer(step, Outcome.ACHIEVED)
    paper = approved(confirmed(a_paper()))
    with pytest.raises(WrongState, match=r"“Sign the lease\.” \(.*, by 28 July 2016\)") as refusal:
        services.content_to_issue(paper=paper, changes="")
    assert "Appoint the lead." not in str(refusal.value)

    answer(_other, Outcome.CONTINUING)
    services.take_back(paper=paper, actor=a_user(Role.STAFF))
    assert issued(paper, store=tmp_path).promises


def test_each_board_is_answered_for_what_it_was_told_itself(july: Meeting, issue: Issue) -> None:
    promised(july, "Appoint the lead.")
    issue(july)
    elsewhere = a_paper(a_meeting(board="Audit Committee"))
    assert texts_unanswered(elsewhere) == []
    assert FIRST_PAPER in said(content_of(elsewhere, TODAY))
    assert texts_unanswered(a_paper()) == ["Appoint the lead."]


def test_of_a_paper_issued_again_the_latest_version_is_answered_for(
    july: Meeting, issue: Issue, tmp_path: Path
) -> None:
    promised(july, "Appoint the lead.")
    first = issue(july)
    promised(july, "Sign the lease.")
    paper = a_paper()
    assert texts_unanswered(paper) == ["Appoint the lead."]
    with clock.pinned_to(date(2016, 7, 25)):
        services.revise_paper(paper=first.paper, actor=a_user(Role.STAFF))
        issued(first.paper, changes="Tells of the lease too.", store=tmp_path)
    assert texts_unanswered(paper) == ["Appoint the lead.", "Sign the lease."]


def test_a_withdrawn_paper_leaves_the_one_before_it_to_be_answered_for(july: Meeting, issue: Issue) -> None:
    (step,) = promised(july, "Appoint the lead.")
    issue(july, reference="BM/16/68")
    answer(step, Outcome.CONTINUING)
    september = issue(a_meeting(), on=TODAY)
    november = a_paper(a_meeting(date(2016, 11, 24)))
    assert texts_unanswered(november) == ["Appoint the lead."]
    services.withdraw_paper(paper=september.paper, reason="Wrong figures.", actor=a_user(Role.EXECUTIVE))
    found = last_paper(november)
    assert found
    assert found.reference == "BM/16/68"
    assert texts_unanswered(november) == []


def test_what_the_last_paper_told_the_board_alone_is_in_no_public_copy(july: Meeting, tmp_path: Path) -> None:
    (step,) = promised(july, "Close the site.")
    with clock.pinned_to(BEFORE_JULYS_MEETING):
        first = confirmed(a_paper(july))
        services.restrict_section(section=section(first, "progress"), board_only=True, actor=a_user(Role.EXECUTIVE))
        issued(first, store=tmp_path)
    paper = a_paper()
    services.restrict_section(section=section(paper, "progress"), board_only=True, actor=a_user(Role.EXECUTIVE))
    answer(step, Outcome.CONTINUING)
    content = content_of(paper, TODAY)
    assert "Close the site." in said(content)
    assert "Close the site." not in said(public(content))
    assert public(content).promises == ()
