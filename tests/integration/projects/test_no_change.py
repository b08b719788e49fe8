"""Saying that nothing changed: the last update is said again for the round, for a reason."""

from datetime import date

import pytest

from opprod.accounts import Role
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.core.rag import Rag
from opprod.projects.models import Outcome, Status, Strand, Update
from opprod.projects.queries import updates as queries
from opprod.projects.queries.next_steps import next_step, open_next_steps
from opprod.projects.queries.strands import strand_view
from opprod.projects.services import drafting, unchanged
from opprod.projects.services import updates as services
from opprod.projects.services.next_steps import record_outcome
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_draft, a_round, a_submitted_update, achieved, content, progressed, promised
from tests.integration.projects.in_force import IN_NEXT_ROUND, NEXT_MEETING, TODAY, events, rag, save, status, texts

pytestmark = pytest.mark.usefixtures("programme")

LATER_MEETING = date(2017, 1, 26)
IN_LATER_ROUND = date(2017, 1, 5)
REASON = "The contract is still with the lawyers."


def last_said(strand: Strand | None = None) -> Strand:
    """A strand whose update of the round before says an achievement, some progress and two next steps."""
    strand = strand or a_strand()
    owner = a_user(Role.STAFF)
    said = [achieved(), progressed(), promised(owner, "Sign."), promised(owner, "Build.", date(2016, 12, 31))]
    a_submitted_update(content(*said), strand=strand)
    return strand


def no_change(strand: Strand, *, held_on: date = NEXT_MEETING, reason: str = REASON) -> Update:
    return unchanged.declare_no_change(strand=strand, round=a_round(held_on), reason=reason, actor=a_user(Role.STAFF))


def test_the_last_update_is_said_again_for_this_round_and_waits_for_approval() -> None:
    strand = last_said()
    with clock.pinned_to(IN_NEXT_ROUND):
        update = no_change(strand)

        assert status(update) is Status.SUBMITTED
        assert texts(strand, IN_NEXT_ROUND) == [
            "Signed the contract.",
            "Six trusts have joined.",
            "Sign.",
            "Build.",
        ]
        assert rag(strand, IN_NEXT_ROUND) is Rag.AMBER
        view = strand_view(strand.id, IN_NEXT_ROUND)
        assert view
        assert (view.update_id, view.meeting_held_on) == (update.id, NEXT_MEETING)
        assert (view.submitted_on, view.text_since, view.unchanged_reason) == (IN_NEXT_ROUND, TODAY, REASON)
        assert view.approved_by is None
        # The promises are those there were: none is made anew.
        assert [step.text for step in open_next_steps(IN_NEXT_ROUND, strand_id=strand.id)] == ["Sign.", "Build."]
        services.approve_update(update=update, actor=a_user(Role.EXECUTIVE, name="Ed Exec"))
        approved = strand_view(strand.id, IN_NEXT_ROUND)
        assert approved
        assert (approved.approved_by, approved.approved_on) == ("Ed Exec", IN_NEXT_ROUND)
    assert events(update)[:4] == [
        Event.UPDATE_STARTED,
        Event.UPDATE_SAVED,
        Event.NO_CHANGE_DECLARED,
        Event.UPDATE_SUBMITTED,
    ]
    before = strand_view(strand.id, TODAY)
    assert before
    assert (before.unchanged_reason, before.text_since) == (None, TODAY)


def test_a_step_that_is_closed_is_left_out_and_one_that_slipped_keeps_its_new_day() -> None:
    strand = last_said()
    sign, build = open_next_steps(TODAY, strand_id=strand.id)
    with clock.pinned_to(IN_NEXT_ROUND):
        for step, outcome, note, new_due_on in (
            (sign, Outcome.ACHIEVED, None, None),
            (build, Outcome.SLIPPED, "Rain.", date(2017, 2, 28)),
        ):
            record_outcome(
                next_step=next_step(step.id),
                outcome=outcome,
                note=note,
                new_due_on=new_due_on,
                effective_on=IN_NEXT_ROUND,
                actor=a_user(Role.STAFF),
            )
        update = no_change(strand)
    assert [(s.text, s.due_on) for s in update.statements if s.due_on] == [("Build.", date(2017, 2, 28))]


def test_said_again_twice_the_words_are_still_as_old_as_they_are() -> None:
    strand = last_said()
    with clock.pinned_to(IN_NEXT_ROUND):
        no_change(strand)
    with clock.pinned_to(IN_LATER_ROUND):
        no_change(strand, held_on=LATER_MEETING)
        view = strand_view(strand.id, IN_LATER_ROUND)
    assert view
    assert (view.submitted_on, view.text_since) == (IN_LATER_ROUND, TODAY)


def test_returned_and_rewritten_it_is_an_update_in_its_own_words_and_history_keeps_what_it_was() -> None:
    strand = last_said()
    with clock.pinned_to(IN_NEXT_ROUND):
        update = no_change(strand)
    day_after = date(2016, 11, 2)
    with clock.pinned_to(day_after):
        services.return_update(update=update, note="Surely something?", actor=a_user(Role.EXECUTIVE))
        assert update.unchanged_reason == REASON
        save(update, content(achieved("Moved in.")))
        assert update.unchanged_reason is None
        services.submit_update(update=update, actor=a_user(Role.STAFF))
        now, then = strand_view(strand.id, day_after), strand_view(strand.id, IN_NEXT_ROUND)
    assert now
    assert then
    assert (now.unchanged_reason, now.text_since) == (None, day_after)
    assert (then.unchanged_reason, then.text_since) == (REASON, TODAY)


def test_returned_and_submitted_as_it_was_it_says_so_again() -> None:
    strand = last_said()
    with clock.pinned_to(IN_NEXT_ROUND):
        update = no_change(strand)
        services.return_update(update=update, note="Are you sure?", actor=a_user(Role.EXECUTIVE))
        save(update, drafting.content_of(update))
        services.submit_update(update=update, actor=a_user(Role.STAFF))
        view = strand_view(strand.id, IN_NEXT_ROUND)
    assert view
    assert view.unchanged_reason == REASON


@pytest.mark.parametrize(
    ("reason", "says"), [("  ", "Enter why nothing has changed"), ("x" * 1001, "1,000 characters or fewer")]
)
def test_it_needs_a_reason_that_fits(reason: str, says: str) -> None:
    strand = last_said()
    with clock.pinned_to(IN_NEXT_ROUND), pytest.raises(InvalidInput, match=says):
        no_change(strand, reason=reason)


def test_there_must_be_an_update_of_an_earlier_round_and_none_in_this() -> None:
    with pytest.raises(WrongState, match="no earlier update"):
        no_change(a_strand(), held_on=date(2016, 9, 29))
    strand = last_said()
    with pytest.raises(WrongState, match="update for the meeting of 29 September 2016 already"):
        no_change(strand, held_on=date(2016, 9, 29))


def test_a_draft_begun_is_gone_on_with_or_discarded_first() -> None:
    strand = last_said()
    with clock.pinned_to(IN_NEXT_ROUND):
        draft = a_draft(strand=strand, held_on=NEXT_MEETING)
        with pytest.raises(WrongState, match="being written already"):
            no_change(strand)
        services.discard_update(update=draft, actor=a_user(Role.STAFF))
        assert no_change(strand).unchanged_since == TODAY


def test_the_round_must_be_open_and_the_strand_running() -> None:
    strand = last_said()
    with pytest.raises(WrongState, match="can be started from 27 October 2016"):
        no_change(strand)
    ended = last_said(a_strand(name="Estates", ends_on=date(2016, 10, 1)))
    with clock.pinned_to(IN_NEXT_ROUND), pytest.raises(WrongState, match="Estates ended on 1 October 2016"):
        no_change(ended)


def test_what_can_no_longer_be_promised_is_refused_with_the_reason_and_leaves_no_draft() -> None:
    strand = a_strand()
    owner = a_user(Role.STAFF)
    a_submitted_update(content(promised(owner)), strand=strand)
    owner.is_active = False
    with clock.pinned_to(IN_NEXT_ROUND):
        with pytest.raises(WrongState, match="can no longer be submitted as it stands"):
            no_change(strand)
        assert queries.open_update(strand.id, IN_NEXT_ROUND) is None
