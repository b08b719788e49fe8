"""Saying what became of a next step, correcting it, and taking it back."""

from datetime import date, timedelta
from typing import Any

import pytest

from opprod.accounts import Role
from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.db import db, unit_of_work
from opprod.projects.models import NextStep, Outcome, OutcomeEntry, Update
from opprod.projects.queries import next_steps as queries
from opprod.projects.queries.outcomes import outcomes_standing
from opprod.projects.queries.records import NextStepView
from opprod.projects.services.next_steps import Seen, record_outcome, withdraw_outcome
from opprod.projects.services.updates import return_update
from tests.builders.accounts import a_user
from tests.builders.updates import DUE, a_next_step

TODAY = date(2016, 9, 26)
PROMISED_ON = date(2016, 9, 12)
LATER = date(2016, 12, 31)

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def step(programme: None) -> NextStep:
    """A promise made two weeks ago, due on 31 October."""
    with clock.pinned_to(PROMISED_ON):
        return a_next_step()


def answer(step: NextStep, outcome: Outcome = Outcome.ACHIEVED, **changes: Any) -> OutcomeEntry:
    values = {"note": None, "new_due_on": None, "effective_on": TODAY, "actor": a_user(), **changes}
    return record_outcome(next_step=step, outcome=outcome, **values)


def slip(step: NextStep, to: date = LATER, **changes: Any) -> OutcomeEntry:
    return answer(step, Outcome.SLIPPED, note="Late", new_due_on=to, **changes)


def on(step: NextStep, day: date = TODAY) -> NextStepView:
    view = queries.next_step_on(step, day)
    assert view is not None
    return view


@pytest.mark.parametrize("outcome", [Outcome.ACHIEVED, Outcome.DROPPED])
def test_some_outcomes_close_it_from_their_day(step: NextStep, outcome: Outcome) -> None:
    with unit_of_work():
        answer(step, outcome, note="Done elsewhere")
    assert (on(step).is_open, on(step).outcome) == (False, outcome)
    assert on(step, TODAY - timedelta(days=1)).is_open
    assert queries.open_next_steps(TODAY) == []


@pytest.mark.parametrize("outcome", [Outcome.PARTLY_ACHIEVED, Outcome.CONTINUING])
def test_others_leave_it_open(step: NextStep, outcome: Outcome) -> None:
    answer(step, outcome)
    assert on(step).is_open
    assert on(step).outcome is outcome


def test_a_slip_moves_the_due_day_from_its_own_day(step: NextStep) -> None:
    slip(step)
    assert (on(step).due_on, on(step).promised_due_on) == (LATER, DUE)
    assert on(step, TODAY - timedelta(days=1)).due_on == DUE


def test_the_day_it_slipped_to_holds_after_later_outcomes(step: NextStep) -> None:
    slip(step, effective_on=date(2016, 9, 20))
    answer(step, Outcome.CONTINUING)
    assert on(step).due_on == LATER


def test_a_second_slip_is_later_than_the_first(step: NextStep) -> None:
    slip(step, effective_on=date(2016, 9, 20))
    with pytest.raises(InvalidInput, match="after 31 December 2016") as refused:
        slip(step, date(2016, 12, 31))
    assert refused.value.field == "new_due_on"
    slip(step, date(2017, 1, 31))
    assert on(step).due_on == date(2017, 1, 31)


def test_a_later_entry_for_the_same_day_corrects(step: NextStep) -> None:
    slip(step, LATER)
    slip(step, date(2016, 11, 30))
    assert on(step).due_on == date(2016, 11, 30)
    answer(step, Outcome.CONTINUING)
    assert (on(step).outcome, on(step).due_on) == (Outcome.CONTINUING, DUE)


def test_an_answer_can_open_it_again(step: NextStep) -> None:
    answer(step, effective_on=date(2016, 9, 20))
    answer(step, Outcome.CONTINUING, note="Not done after all")
    assert on(step).is_open


def test_overdue_is_counted_from_the_day_that_holds(step: NextStep) -> None:
    day = date(2016, 11, 5)
    assert (on(step, day).days_overdue, on(step, DUE).days_overdue) == (5, 0)
    slip(step)
    assert on(step, day).days_overdue == 0
    answer(step)
    assert on(step, date(2017, 2, 1)).days_overdue == 0


@pytest.mark.parametrize(
    ("outcome", "changes", "field"),
    [
        (Outcome.SLIPPED, {"new_due_on": LATER}, "note"),
        (Outcome.DROPPED, {"note": "  "}, "note"),
        (Outcome.SLIPPED, {"note": "Late"}, "new_due_on"),
        (Outcome.SLIPPED, {"note": "Late", "new_due_on": DUE}, "new_due_on"),
        (Outcome.ACHIEVED, {"new_due_on": LATER}, "new_due_on"),
        (Outcome.ACHIEVED, {"note": "x" * 1001}, "note"),
        (Outcome.ACHIEVED, {"effective_on": TODAY + timedelta(days=1)}, "effective_on"),
        (Outcome.ACHIEVED, {"effective_on": PROMISED_ON - timedelta(days=1)}, "effective_on"),
    ],
)
def test_what_is_missing_or_impossible_is_refused_at_its_field(
    step: NextStep, outcome: Outcome, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        answer(step, outcome, **changes)
    assert refused.value.field == field
    assert on(step).outcome is None


def test_an_overdue_step_slips_to_a_day_after_it_slips(step: NextStep) -> None:
    with clock.pinned_to(date(2016, 11, 20)):
        with pytest.raises(InvalidInput) as refused:
            slip(step, date(2016, 11, 10), effective_on=date(2016, 11, 20))
        assert refused.value.field == "new_due_on"


def test_it_is_answered_from_the_day_it_was_promised(step: NextStep) -> None:
    answer(step, effective_on=PROMISED_ON)
    assert not on(step, PROMISED_ON).is_open


def test_an_outcome_is_not_slid_in_before_the_one_that_stands(step: NextStep) -> None:
    answer(step, Outcome.CONTINUING, effective_on=date(2016, 9, 20))
    with pytest.raises(InvalidInput, match="stands from 20 September 2016"):
        answer(step, effective_on=date(2016, 9, 19))


def test_saying_the_same_twice_is_saying_it_once(step: NextStep) -> None:
    first = answer(step, note="Done")
    assert answer(step, note=" Done ") is first


def test_the_second_of_two_answers_meets_a_conflict(step: NextStep) -> None:
    nothing = Seen(None)
    answer(step, Outcome.CONTINUING, seen=nothing)
    with pytest.raises(Conflict):
        answer(step, seen=nothing)


def test_withdrawing_lets_the_outcome_before_stand_again(step: NextStep) -> None:
    slip(step, effective_on=date(2016, 9, 20))
    entry = answer(step)
    with unit_of_work():
        withdraw_outcome(entry=entry, reason="Wrong one", actor=a_user())
    assert (on(step).outcome, on(step).due_on) == (Outcome.SLIPPED, LATER)
    assert latest_about(step)[0].event is Event.ENTRY_WITHDRAWN


def test_outcomes_are_withdrawn_from_the_last(step: NextStep) -> None:
    first = slip(step, effective_on=date(2016, 9, 20))
    answer(step, Outcome.CONTINUING)
    with pytest.raises(WrongState):
        withdraw_outcome(entry=first, reason="Wrong", actor=a_user())


def test_withdrawing_takes_a_reason_and_happens_once(step: NextStep) -> None:
    entry = answer(step)
    for reason in (" ", "x" * 1001):
        with pytest.raises(InvalidInput) as refused:
            withdraw_outcome(entry=entry, reason=reason, actor=a_user())
        assert refused.value.field == "reason"
    withdraw_outcome(entry=entry, reason="Wrong", actor=a_user())
    with pytest.raises(WrongState):
        withdraw_outcome(entry=entry, reason="Wrong", actor=a_user())


def test_a_promise_that_was_taken_back_is_answered_only_where_the_board_was_told_of_it(step: NextStep) -> None:
    update = db.session.get_one(Update, on(step).update_id)
    return_update(update=update, note="Not this", actor=a_user(Role.EXECUTIVE))
    assert queries.next_step_on(step, TODAY) is None
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(WrongState):
            answer(step, effective_on=day)

    with pytest.raises(InvalidInput, match="after 31 October 2016, when it was due"):
        slip(step, DUE, even_if_withdrawn=True)
    with pytest.raises(InvalidInput, match="from 12 September 2016, when this was promised"):
        answer(step, effective_on=date(2016, 9, 11), even_if_withdrawn=True)
    slip(step, even_if_withdrawn=True)
    standing = outcomes_standing([step.id], TODAY)[step.id]
    assert (standing.outcome, standing.new_due_on) == (Outcome.SLIPPED, LATER)
