"""What an update puts in force when it is submitted."""

from datetime import date

import pytest
from sqlalchemy import select

from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.core.rag import Rag
from opprod.db import db, unit_of_work
from opprod.history import entry_in_force
from opprod.projects.models import (
    NextStep,
    Outcome,
    RagRating,
    Reading,
    Status,
    Strand,
)
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.services import updates as services
from opprod.projects.services.next_steps import record_outcome
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.builders.updates import (
    DUE,
    a_draft,
    a_next_step,
    a_round,
    a_submitted_update,
    achieved,
    content,
    given,
    progressed,
    promised,
)
from tests.integration.projects.in_force import (
    IN_NEXT_ROUND,
    NEXT_MEETING,
    TODAY,
    YESTERDAY,
    events,
    rag,
    save,
    status,
    texts,
)

pytestmark = pytest.mark.usefixtures("programme")


def test_submitting_puts_all_it_says_in_force_from_today_and_not_before() -> None:
    strand, owner = a_strand(), a_user()
    measure = a_measure(strand, key="visits", unit="trusts")
    a_reading(measure, "20", on=date(2016, 9, 1))
    says = content(progressed("We saw [[visits]]."), promised(owner), rag=Rag.RED, readings=[given(measure)])
    with unit_of_work():
        update = a_submitted_update(says, strand=strand)

    assert status(update) is Status.SUBMITTED
    assert (texts(strand), rag(strand)) == (["We saw c.35 trusts.", "Appoint the lead."], Rag.RED)
    assert [(step.text, step.owner_id, step.due_on) for step in open_next_steps(TODAY)] == [
        ("Appoint the lead.", owner.id, DUE)
    ]
    reading = entry_in_force(Reading, measure.id, TODAY)
    assert reading is not None
    assert (reading.said, reading.source, reading.update_id) == ("c.35 trusts", "Monthly return", update.id)

    assert (texts(strand, YESTERDAY), rag(strand, YESTERDAY)) == ([], None)
    assert open_next_steps(YESTERDAY) == []
    before = entry_in_force(Reading, measure.id, YESTERDAY)
    assert before is not None
    assert before.said == "20 trusts"


def test_each_record_it_touches_is_told_of() -> None:
    strand, owner = a_strand(), a_user()
    measure = a_measure(strand)
    update = a_submitted_update(content(promised(owner), readings=[given(measure)]), strand=strand)
    (step,) = open_next_steps(TODAY)
    assert events(update) == [Event.UPDATE_STARTED, Event.UPDATE_SAVED, Event.UPDATE_SUBMITTED]
    assert events(strand)[-1] is Event.RAG_RATED
    assert events(measure)[-1] is Event.READING_RECORDED
    assert events(db.session.get_one(NextStep, step.id)) == [Event.NEXT_STEP_PROMISED]


def test_an_incomplete_update_is_not_submitted() -> None:
    update = a_draft(content(rag=None))
    with pytest.raises(InvalidInput) as refused:
        services.submit_update(update=update, actor=a_user())
    assert refused.value.field == "rag"


def test_a_measure_without_a_reading_cannot_be_quoted_to_the_board() -> None:
    strand = a_strand()
    a_measure(strand, key="beds")
    update = a_draft(content(progressed("See [[beds]]")), strand=strand)
    with pytest.raises(InvalidInput, match="has no reading yet"):
        services.submit_update(update=update, actor=a_user())


def test_an_update_is_not_submitted_once_its_meeting_was_held() -> None:
    update = a_draft()
    with clock.pinned_to(date(2016, 9, 30)), pytest.raises(WrongState, match="was held on 29 September 2016"):
        services.submit_update(update=update, actor=a_user())


def test_an_update_is_submitted_on_the_day_of_its_meeting() -> None:
    update = a_draft()
    with clock.pinned_to(date(2016, 9, 29)):
        services.submit_update(update=update, actor=a_user())
        assert status(update) is Status.SUBMITTED


def test_a_rating_that_stays_is_not_recorded_again() -> None:
    strand = a_strand()
    first = a_submitted_update(strand=strand)
    second = services.start_update(strand=strand, round=first.round, actor=a_user())
    services.submit_update(update=second, actor=a_user())
    assert len(db.session.scalars(select(RagRating)).all()) == 1


def test_a_new_reason_for_the_same_colour_is_recorded() -> None:
    strand = a_strand()
    first = a_submitted_update(strand=strand)
    second = services.start_update(strand=strand, round=first.round, actor=a_user())
    save(second, content(reason="Three bids are late now."))
    services.submit_update(update=second, actor=a_user())
    rating = entry_in_force(RagRating, strand.id, TODAY)
    assert rating is not None
    assert (rating.rag, rating.reason) == (Rag.AMBER, "Three bids are late now.")


def test_terms_of_a_promise_carried_on_change_only_where_they_were_changed() -> None:
    strand, owner, other = a_strand(), a_user(), a_user()
    first = a_submitted_update(content(promised(owner, "Appoint"), promised(owner, "Sign")), strand=strand)
    appoint, sign = open_next_steps(TODAY)
    second = services.start_update(strand=strand, round=first.round, actor=owner)
    save(
        second,
        content(promised(owner, "Appoint", next_step_id=appoint.id), promised(other, "Sign", next_step_id=sign.id)),
    )
    services.submit_update(update=second, actor=owner)
    assert events(db.session.get_one(NextStep, appoint.id)) == [Event.NEXT_STEP_PROMISED]
    assert events(db.session.get_one(NextStep, sign.id)) == [Event.NEXT_STEP_PROMISED, Event.NEXT_STEP_CHANGED]
    assert {step.id: step.owner_id for step in open_next_steps(TODAY)} == {appoint.id: owner.id, sign.id: other.id}


def test_a_promise_left_out_of_the_next_update_stays_open() -> None:
    strand = a_strand()
    a_submitted_update(content(promised(a_user(), "Appoint")), strand=strand)
    with clock.pinned_to(IN_NEXT_ROUND):
        later = services.start_update(strand=strand, round=a_round(NEXT_MEETING), actor=a_user())
        save(later, content(achieved()))
        services.submit_update(update=later, actor=a_user())
        assert texts(strand, IN_NEXT_ROUND) == ["Signed the contract."]
        (step,) = open_next_steps(IN_NEXT_ROUND, strand_id=strand.id)
        assert (step.text, step.days_overdue) == ("Appoint", 1)


def test_a_slip_is_not_undone_by_stating_the_promise_again() -> None:
    step = a_next_step()
    slip(step, date(2016, 12, 31))
    strand = db.session.get_one(Strand, step.strand_id)
    again = services.start_update(strand=strand, round=a_round(), actor=a_user())
    save(again, content(promised(a_user(), due_on=DUE, next_step_id=step.id)))
    with pytest.raises(InvalidInput, match="slipped to 31 December 2016"):
        services.submit_update(update=again, actor=a_user())


def slip(step: NextStep, to: date) -> None:
    record_outcome(
        next_step=step, outcome=Outcome.SLIPPED, note="Late", new_due_on=to, effective_on=TODAY, actor=a_user()
    )
