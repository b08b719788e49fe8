"""Who said what a paper rests on, who approved it, and what became of what was promised."""

from datetime import date

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.projects.models import NextStep, Outcome
from opprod.projects.queries.outcomes import outcomes_standing, slips
from opprod.projects.queries.provenance import of_readings, of_updates
from opprod.projects.services.next_steps import record_outcome, withdraw_outcome
from opprod.projects.services.updates import approve_update
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.builders.updates import a_draft, a_next_step, a_submitted_update, content, given
from tests.statements import statements

TODAY = date(2016, 9, 26)
TOMORROW = date(2016, 9, 27)

pytestmark = pytest.mark.usefixtures("programme")


def slip(step: NextStep, to: date, on: date = TODAY) -> None:
    record_outcome(
        next_step=step, outcome=Outcome.SLIPPED, note="Late", new_due_on=to, effective_on=on, actor=a_user(name="Ann")
    )


def test_an_update_tells_who_submitted_and_who_approved_it_as_at_a_day() -> None:
    strand, silent = a_strand(), a_strand()
    a_draft(strand=silent)
    update = a_submitted_update(strand=strand, writer=a_user(name="Ann"))
    with clock.pinned_to(TOMORROW):
        approve_update(update=update, actor=a_user(Role.EXECUTIVE, name="Ed"))

    before, after = of_updates(TODAY), of_updates(TOMORROW)
    assert set(before) == set(after) == {strand.id}
    assert (before[strand.id].update_id, before[strand.id].submitted_by) == (update.id, "Ann")
    assert (before[strand.id].approved_by, before[strand.id].approved_at) == (None, None)
    assert after[strand.id].submitted_at.date() == TODAY
    approved_at = after[strand.id].approved_at
    assert approved_at
    assert (after[strand.id].approved_by, approved_at.date()) == ("Ed", TOMORROW)


def test_a_reading_tells_who_recorded_it_and_who_approved_the_update_it_came_with(app: Flask) -> None:
    strand = a_strand()
    alone, reported = a_measure(key="alone"), a_measure(strand, key="reported")
    a_measure(key="unread")
    a_reading(alone, "12", actor=a_user(name="Ann"), source="Log")
    a_reading(reported, "30", on=date(2016, 9, 1))
    update = a_submitted_update(content(readings=[given(reported, "c.35")]), strand=strand, writer=a_user(name="Bob"))
    approve_update(update=update, actor=a_user(Role.EXECUTIVE, name="Ed"))

    with statements(app) as asked:
        found = of_readings(["alone", "reported", "unread", "none", "alone"], TODAY)
    assert len(asked) == 1
    assert set(found) == {"alone", "reported"}
    assert (found["alone"].said, found["alone"].source, found["alone"].recorded_by) == ("12 trusts", "Log", "Ann")
    assert (found["alone"].update_id, found["alone"].approved_by) == (None, None)
    assert (found["reported"].said, found["reported"].recorded_by) == ("c.35 trusts", "Bob")
    assert (found["reported"].update_id, found["reported"].approved_by) == (update.id, "Ed")
    assert of_readings(["reported"], date(2016, 9, 1))["reported"].said == "30 trusts"


def test_slips_are_counted_but_not_those_corrected_or_withdrawn(app: Flask) -> None:
    step, kept = a_next_step(), a_next_step()
    slip(step, date(2016, 11, 1))
    slip(step, date(2016, 11, 8))
    with clock.pinned_to(TOMORROW):
        slip(step, date(2016, 12, 1), TOMORROW)

    ids = [step.id, kept.id]
    with statements(app) as asked:
        assert slips(ids, TODAY) == {step.id: 1, kept.id: 0}
    assert len(asked) == 1
    assert slips(ids, TOMORROW) == {step.id: 2, kept.id: 0}
    standing = outcomes_standing(ids, TOMORROW)
    assert set(standing) == {step.id}
    assert (standing[step.id].recorded_by, standing[step.id].note) == ("Ann", "Late")
    assert (standing[step.id].outcome, standing[step.id].new_due_on) == (Outcome.SLIPPED, date(2016, 12, 1))
    assert outcomes_standing(ids, TODAY)[step.id].new_due_on == date(2016, 11, 8)

    with clock.pinned_to(TOMORROW):
        entry = record_outcome(
            next_step=kept,
            outcome=Outcome.DROPPED,
            note="No",
            new_due_on=None,
            effective_on=TOMORROW,
            actor=a_user(),
        )
        withdraw_outcome(entry=entry, reason="Wrong", actor=a_user())
    assert set(outcomes_standing(ids, TOMORROW)) == {step.id}
    assert (outcomes_standing([], TODAY), slips([], TODAY)) == ({}, {})
