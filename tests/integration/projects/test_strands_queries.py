"""How strands stood on a day."""

from datetime import date, timedelta

import pytest

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.core.rag import Rag
from opprod.projects.models import Outcome, Status, Strand, StrandKind, Update
from opprod.projects.queries.next_steps import next_step, open_next_steps
from opprod.projects.queries.strands import StrandView, rag_history, strand_called, strand_view, strands
from opprod.projects.queries.strands import strand as strand_by_key
from opprod.projects.services.next_steps import record_outcome
from opprod.projects.services.updates import approve_update, return_update
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.builders.strands import a_strand, an_update
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

DAYS = [date(2016, 9, day) for day in (20, 21, 22, 23)]


def on(strand: Strand, day: date) -> StrandView:
    view = strand_view(strand.id, day)
    assert view is not None
    return view


def submitted(strand: Strand, day: date, rag: Rag = Rag.GREEN, reason: str = "On course.") -> Update:
    with clock.pinned_to(day):
        return an_update(strand, "Something was done.", rag=rag, reason=reason)


@pytest.fixture
def strand() -> Strand:
    a_meeting(date(2016, 9, 29))
    with clock.pinned_to(date(2016, 9, 1)):
        return a_strand()


def test_before_anything_is_said_there_is_no_rating_and_no_update(strand: Strand) -> None:
    view = on(strand, TODAY)
    assert (view.rag, view.rag_since, view.update_id, view.update_status) == (None, None, None, None)
    assert (view.open_steps, view.overdue_steps) == (0, 0)


def test_a_colour_counts_since_it_began_whatever_reasons_followed(strand: Strand) -> None:
    submitted(strand, DAYS[0], Rag.RED, "Late.")
    submitted(strand, DAYS[1], Rag.AMBER, "Better.")
    submitted(strand, DAYS[3], Rag.AMBER, "Much the same.")

    found = [(view.rag, view.rag_reason, view.rag_since) for view in (on(strand, day) for day in (*DAYS, TODAY))]
    assert found == [
        (Rag.RED, "Late.", DAYS[0]),
        (Rag.AMBER, "Better.", DAYS[1]),
        (Rag.AMBER, "Better.", DAYS[1]),
        (Rag.AMBER, "Much the same.", DAYS[1]),
        (Rag.AMBER, "Much the same.", DAYS[1]),
    ]


def test_a_colour_that_comes_back_counts_since_it_came_back(strand: Strand) -> None:
    for day, rag in zip(DAYS, (Rag.RED, Rag.GREEN, Rag.RED, Rag.RED), strict=True):
        submitted(strand, day, rag, f"{rag} on {day}")
    assert on(strand, TODAY).rag_since == DAYS[2]


def test_a_colour_put_right_on_its_own_day_interrupts_nothing(strand: Strand) -> None:
    submitted(strand, DAYS[0], Rag.GREEN)
    submitted(strand, DAYS[1], Rag.RED, "Pressed the wrong one.")
    submitted(strand, DAYS[1], Rag.GREEN)
    assert (on(strand, TODAY).rag, on(strand, TODAY).rag_since) == (Rag.GREEN, DAYS[0])
    assert [(entry.rag, entry.effective_on) for entry in rag_history(strand.id, TODAY, limit=5)] == [
        (Rag.GREEN, DAYS[1]),
        (Rag.GREEN, DAYS[0]),
    ]


def test_a_returned_update_speaks_on_the_days_before_its_return_alone(strand: Strand) -> None:
    first = submitted(strand, DAYS[0], Rag.GREEN)
    second = submitted(strand, DAYS[1], Rag.RED)
    executive = a_user(Role.EXECUTIVE)
    with clock.pinned_to(DAYS[2]):
        return_update(update=second, note="Say why.", actor=executive)

    assert [on(strand, day).update_id for day in DAYS] == [first.id, second.id, first.id, first.id]
    assert [on(strand, day).rag for day in DAYS] == [Rag.GREEN, Rag.RED, Rag.GREEN, Rag.GREEN]


def test_who_said_it_and_whether_it_is_approved_is_told_as_of_the_day(strand: Strand) -> None:
    update = submitted(strand, DAYS[0])
    executive = a_user(Role.EXECUTIVE, name="The Executive")
    with clock.pinned_to(DAYS[1]):
        approve_update(update=update, actor=executive)

    before, after = on(strand, DAYS[0]), on(strand, DAYS[1])
    assert (before.update_status, before.submitted_on) == (Status.SUBMITTED, DAYS[0])
    assert (after.update_status, after.update_status_on, after.update_status_by) == (
        Status.APPROVED,
        DAYS[1],
        "The Executive",
    )
    assert before.submitted_by == after.submitted_by
    assert after.meeting_held_on == date(2016, 9, 29)


def test_open_and_overdue_next_steps_are_counted_as_of_the_day(strand: Strand) -> None:
    with clock.pinned_to(DAYS[0]):
        steps = [("Soon", DAYS[1]), ("Later", DAYS[2]), ("Last", date(2016, 12, 1))]
        actor = a_user()
        an_update(strand, next_steps=steps, actor=actor)
    with clock.pinned_to(DAYS[3]):
        soon, later, _ = (next_step(view.id) for view in open_next_steps(DAYS[3], strand_id=strand.id))
        record_outcome(
            next_step=soon, outcome=Outcome.ACHIEVED, note=None, new_due_on=None, effective_on=DAYS[3], actor=actor
        )
        record_outcome(
            next_step=later,
            outcome=Outcome.SLIPPED,
            note="Waiting for others.",
            new_due_on=date(2016, 10, 7),
            effective_on=DAYS[3],
            actor=actor,
        )

    counts = [(view.open_steps, view.overdue_steps) for view in (on(strand, day) for day in DAYS)]
    assert counts == [(3, 0), (3, 0), (3, 1), (2, 0)]
    for day in (*DAYS, TODAY, date(2016, 10, 8), date(2016, 12, 2)):
        steps_then = open_next_steps(day, strand_id=strand.id)
        counted = (len(steps_then), sum(step.is_overdue for step in steps_then))
        assert (on(strand, day).open_steps, on(strand, day).overdue_steps) == counted
        (listed,) = strands(StrandKind.PROJECT, day)
        assert listed == on(strand, day)


def test_a_list_has_its_own_kind_alone_and_the_closed_ones_too() -> None:
    a_strand(StrandKind.WORKSTREAM, name="Finance")
    a_strand(name="Running", ends_on=TODAY)
    a_strand(name="Closed", ends_on=TODAY - timedelta(days=1))
    found = strands(StrandKind.PROJECT, TODAY)
    assert [(view.name, view.is_closed(TODAY)) for view in found] == [("Running", False), ("Closed", True)]


def test_a_strand_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        strand_by_key(1)
    with pytest.raises(NotFound):
        strand_called(StrandKind.PROJECT, "estates")
