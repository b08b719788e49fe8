"""Returning, approving and discarding an update, and every step it cannot take."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from opprod.accounts import Role
from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.core import clock
from opprod.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, WrongState
from opprod.core.rag import Rag
from opprod.db import db, unit_of_work
from opprod.history import entry_in_force
from opprod.projects.models import (
    Reading,
    Status,
    Update,
)
from opprod.projects.queries import updates as queries
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.services import updates as services
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure
from tests.builders.strands import a_strand
from tests.builders.updates import (
    a_draft,
    a_submitted_update,
    achieved,
    content,
    given,
    promised,
)
from tests.integration.projects.in_force import TODAY, YESTERDAY, events, rag, save, status, texts

pytestmark = pytest.mark.usefixtures("programme")


def test_returning_puts_back_what_was_in_force_before_but_for_the_readings() -> None:
    strand, owner, executive = a_strand(), a_user(), a_user(Role.EXECUTIVE)
    measure = a_measure(strand)
    first = a_submitted_update(content(achieved("Before"), promised(owner, "Kept"), rag=Rag.GREEN), strand=strand)
    (kept,) = open_next_steps(TODAY)
    second = services.start_update(strand=strand, round=first.round, actor=owner)
    save(
        second,
        content(
            promised(owner, "Changed", next_step_id=kept.id),
            promised(owner, "New"),
            rag=Rag.RED,
            readings=[given(measure)],
        ),
    )
    services.submit_update(update=second, actor=owner)
    with unit_of_work():
        services.return_update(update=second, note="Not yet", actor=executive)

    assert (texts(strand), rag(strand)) == (["Before", "Kept"], Rag.GREEN)
    assert [step.text for step in open_next_steps(TODAY)] == ["Kept"]
    assert entry_in_force(Reading, measure.id, TODAY) is not None
    latest = queries.status_history(second, TODAY)[0]
    assert (latest.status, latest.note, latest.by_name) == (Status.RETURNED, "Not yet", executive.name)
    assert Event.ENTRY_WITHDRAWN in events(strand)


def test_what_a_returned_update_said_until_then_stays_as_it_was() -> None:
    strand = a_strand()
    with clock.pinned_to(date(2016, 9, 20)):
        update = a_submitted_update(content(achieved("As first said")), strand=strand)
    services.return_update(update=update, note="Say more", actor=a_user(Role.EXECUTIVE))
    save(update, content(achieved("As said better"), rag=Rag.RED))
    services.submit_update(update=update, actor=a_user())

    assert (texts(strand, YESTERDAY), rag(strand, YESTERDAY)) == (["As first said"], Rag.AMBER)
    assert (texts(strand), rag(strand)) == (["As said better"], Rag.RED)


def test_a_returned_update_is_submitted_again_with_the_same_promises_and_no_second_reading() -> None:
    strand = a_strand()
    measure = a_measure(strand)
    update = a_submitted_update(content(promised(a_user()), readings=[given(measure)]), strand=strand)
    (before,) = open_next_steps(TODAY)
    services.return_update(update=update, note="Check the date", actor=a_user(Role.EXECUTIVE))
    services.submit_update(update=update, actor=a_user())
    (after,) = open_next_steps(TODAY)
    assert (after.id, after.text) == (before.id, before.text)
    assert len(db.session.scalars(select(Reading)).all()) == 1


def test_returning_needs_a_note() -> None:
    update = a_submitted_update()
    for note in ("  ", "x" * 1001):
        with pytest.raises(InvalidInput) as refused:
            services.return_update(update=update, note=note, actor=a_user(Role.EXECUTIVE))
        assert refused.value.field == "note"


def test_another_executive_approves_and_the_one_who_submitted_does_not() -> None:
    writer = a_user(Role.EXECUTIVE)
    update = a_submitted_update(writer=writer)
    with pytest.raises(NotAllowed):
        services.approve_update(update=update, actor=writer)
    with pytest.raises(NotAllowed):
        services.approve_update(update=update, actor=a_user(Role.STAFF))
    with unit_of_work():
        services.approve_update(update=update, actor=a_user(Role.EXECUTIVE))
    assert status(update) is Status.APPROVED
    assert events(update)[-1] is Event.UPDATE_APPROVED


def test_an_update_that_changed_since_it_was_read_is_neither_approved_nor_returned() -> None:
    update = a_submitted_update()
    seen = services.Seen(queries.status_of(update, TODAY).id)
    executive = a_user(Role.EXECUTIVE)
    services.return_update(update=update, note="More", actor=executive, seen=seen)
    services.submit_update(update=update, actor=a_user())
    with pytest.raises(Conflict):
        services.approve_update(update=update, actor=executive, seen=seen)
    with pytest.raises(Conflict):
        services.return_update(update=update, note="More", actor=executive, seen=seen)


def test_an_update_that_was_replaced_is_neither_approved_nor_returned() -> None:
    first = a_submitted_update()
    second = services.start_update(strand=first.strand, round=first.round, actor=a_user())
    services.submit_update(update=second, actor=a_user())
    for decide in (approve, return_):
        with pytest.raises(WrongState, match="later update"):
            decide(first)


def test_a_discarded_draft_stays_on_record_and_makes_way() -> None:
    update = a_draft()
    with unit_of_work():
        services.discard_update(update=update, actor=a_user())
    assert status(update) is Status.DISCARDED
    assert [statement.text for statement in update.statements] == ["Signed the contract."]
    another = services.start_update(strand=update.strand, round=update.round, actor=a_user())
    assert (another.number, another.statements) == (2, [])


def approve(update: Update) -> None:
    services.approve_update(update=update, actor=a_user(Role.EXECUTIVE))


def return_(update: Update) -> None:
    services.return_update(update=update, note="More", actor=a_user(Role.EXECUTIVE))


def discard(update: Update) -> None:
    services.discard_update(update=update, actor=a_user())


def submit(update: Update) -> None:
    services.submit_update(update=update, actor=a_user())


def write(update: Update) -> None:
    save(update, content(achieved("Something else")))


def reach(wanted: Status) -> Update:
    update = a_draft()
    if wanted is Status.DISCARDED:
        discard(update)
    elif wanted is not Status.DRAFT:
        submit(update)
        if wanted is Status.RETURNED:
            return_(update)
        elif wanted is Status.APPROVED:
            approve(update)
    return update


ALLOWED = {
    Status.DRAFT: {write, submit, discard},
    Status.RETURNED: {write, submit, discard},
    Status.SUBMITTED: {approve, return_},
    Status.APPROVED: set(),
    Status.DISCARDED: set(),
}


@pytest.mark.parametrize("verb", [write, submit, discard, approve, return_])
@pytest.mark.parametrize("start", Status)
def test_each_state_allows_its_steps_and_no_other(start: Status, verb: Callable[[Update], None]) -> None:
    update = reach(start)
    before = (start, [statement.text for statement in update.statements], texts(update.strand))
    if verb in ALLOWED[start]:
        verb(update)
        return
    with pytest.raises(DomainError) as refused:
        verb(update)
    assert isinstance(refused.value, WrongState)
    assert (status(update), [s.text for s in update.statements], texts(update.strand)) == before


def test_nothing_is_ever_written_without_a_trace() -> None:
    with unit_of_work():
        update = reach(Status.APPROVED)
    told = db.session.scalars(select(AuditEvent.event).where(AuditEvent.subject_type == "update")).all()
    assert list(told) == [
        Event.UPDATE_STARTED,
        Event.UPDATE_SAVED,
        Event.UPDATE_SUBMITTED,
        Event.UPDATE_APPROVED,
    ]
    assert [line.status for line in queries.status_history(update, TODAY)] == [
        Status.APPROVED,
        Status.SUBMITTED,
        Status.DRAFT,
    ]
