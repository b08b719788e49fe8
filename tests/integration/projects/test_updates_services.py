"""The life of an update: every step it can take, every one it cannot, and what each puts in force."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from opprod.accounts import Role, User
from opprod.accounts.services import change_account
from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, DomainError, InvalidInput, NotAllowed, WrongState
from opprod.core.rag import Rag
from opprod.db import Base, db, unit_of_work
from opprod.history import entry_in_force
from opprod.projects.models import (
    NextStep,
    Outcome,
    RagRating,
    Reading,
    StatementKind,
    Status,
    Strand,
    Update,
)
from opprod.projects.queries import updates as queries
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.queries.statements import published_statements
from opprod.projects.services import updates as services
from opprod.projects.services.next_steps import record_outcome
from opprod.projects.services.updates import StatementContent, UpdateContent
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

TODAY = date(2016, 9, 26)
YESTERDAY = TODAY - timedelta(days=1)
NEXT_MEETING = date(2016, 11, 24)
IN_NEXT_ROUND = date(2016, 11, 1)

pytestmark = pytest.mark.usefixtures("programme")


def status(update: Update) -> Status:
    return queries.status_of(update, clock.today()).status


def texts(strand: Strand, day: date = TODAY) -> list[str]:
    return [view.text for view in published_statements(day).get(strand.id, [])]


def rag(strand: Strand, day: date = TODAY) -> Rag | None:
    rating = entry_in_force(RagRating, strand.id, day)
    return rating.rag if rating else None


def events(record: Base) -> list[Event]:
    return [event.event for event in reversed(latest_about(record, limit=50))]


def save(update: Update, says: UpdateContent) -> None:
    services.save_update(update=update, content=says, version=update.version, actor=a_user())


# Starting


def test_a_first_update_begins_empty() -> None:
    strand, writer = a_strand(), a_user()
    with unit_of_work():
        update = services.start_update(strand=strand, round=a_round(), actor=writer)
    assert (status(update), update.number, update.rag, update.statements) == (Status.DRAFT, 1, None, [])
    assert events(update) == [Event.UPDATE_STARTED]


def test_starting_again_goes_on_with_the_draft_or_the_one_returned() -> None:
    draft = a_draft()
    assert services.start_update(strand=draft.strand, round=draft.round, actor=a_user()) is draft

    services.submit_update(update=draft, actor=a_user())
    services.return_update(update=draft, note="Say more", actor=a_user(Role.EXECUTIVE))
    assert services.start_update(strand=draft.strand, round=draft.round, actor=a_user()) is draft


@pytest.mark.parametrize("day", [date(2016, 8, 31), date(2016, 9, 30)])
def test_an_update_is_not_started_before_its_round_or_after_its_meeting(day: date) -> None:
    reporting_round, strand = a_round(), a_strand()
    with clock.pinned_to(day), pytest.raises(WrongState, match="1 September 2016 to the day of the meeting"):
        services.start_update(strand=strand, round=reporting_round, actor=a_user())


def test_a_strand_that_has_ended_has_no_more_updates() -> None:
    strand = a_strand(name="Old work", ends_on=YESTERDAY)
    with pytest.raises(WrongState, match="Old work ended on 25 September 2016"):
        services.start_update(strand=strand, round=a_round(), actor=a_user())


def test_in_a_new_round_the_draft_begins_with_the_promises_still_open() -> None:
    strand, owner = a_strand(), a_user()
    a_submitted_update(content(achieved(), promised(owner, "Appoint"), promised(owner, "Sign")), strand=strand)
    kept, done = open_next_steps(TODAY, strand_id=strand.id)
    record_outcome(
        next_step=db.session.get_one(NextStep, done.id),
        outcome=Outcome.ACHIEVED,
        note=None,
        new_due_on=None,
        effective_on=TODAY,
        actor=owner,
    )
    with clock.pinned_to(IN_NEXT_ROUND):
        later = services.start_update(strand=strand, round=a_round(NEXT_MEETING), actor=owner)
        assert [(s.kind, s.text, s.owner_id, s.due_on, s.next_step_id) for s in later.statements] == [
            (StatementKind.NEXT_STEP, "Appoint", owner.id, DUE, kept.id)
        ]
        assert (later.rag, later.rag_reason, later.number) == (None, None, 1)


def test_a_promise_that_slipped_is_carried_on_with_its_new_due_day() -> None:
    step = a_next_step()
    slip(step, date(2016, 12, 31))
    with clock.pinned_to(IN_NEXT_ROUND):
        strand = db.session.get_one(Strand, step.strand_id)
        later = services.start_update(strand=strand, round=a_round(NEXT_MEETING), actor=a_user())
        assert later.statements[0].due_on == date(2016, 12, 31)


def test_a_promise_is_carried_on_without_an_owner_who_has_left() -> None:
    owner = a_user(name="Leaver")
    update = a_submitted_update(content(promised(owner)))
    disable(owner)
    with clock.pinned_to(IN_NEXT_ROUND):
        later = services.start_update(strand=update.strand, round=a_round(NEXT_MEETING), actor=a_user())
        assert [statement.owner_id for statement in later.statements] == [None]


def test_a_revision_in_the_same_round_begins_with_all_that_was_said() -> None:
    strand, owner = a_strand(), a_user()
    measure = a_measure(strand)
    says = content(achieved(), progressed(), promised(owner), rag=Rag.RED, reason="Late", readings=[given(measure)])
    first = a_submitted_update(says, strand=strand)
    services.approve_update(update=first, actor=a_user(Role.EXECUTIVE))

    second = services.start_update(strand=strand, round=first.round, actor=owner)
    assert (second.number, second.rag, second.rag_reason) == (2, Rag.RED, "Late")
    assert [(s.kind, s.text, s.next_step_id) for s in second.statements] == [
        (s.kind, s.text, s.next_step_id) for s in first.statements
    ]
    assert second.readings == []
    assert texts(strand) == [s.text for s in first.statements]


# Saving


def test_a_draft_is_saved_incomplete_and_read_back_as_it_was_typed() -> None:
    strand, owner = a_strand(), a_user()
    measure = a_measure(strand, unit="trusts")
    update = services.start_update(strand=strand, round=a_round(), actor=owner)
    with unit_of_work():
        save(
            update,
            content(
                promised(owner, "", None), progressed(), rag=None, reason="", readings=[given(measure, source="")]
            ),
        )
    assert [(s.text, s.owner_id) for s in update.statements] == [("", owner.id), ("Six trusts have joined.", None)]
    assert [(r.said, r.source) for r in update.readings] == [("c.35 trusts", "")]
    assert texts(strand) == []
    assert entry_in_force(Reading, measure.id, TODAY) is None


def test_saving_what_is_stored_already_writes_nothing_whoever_saved_it() -> None:
    update = a_draft(content(promised(a_user())))
    version, told = update.version, len(events(update))
    services.save_update(update=update, content=stored(update), version=version - 1, actor=a_user())
    assert (update.version, len(events(update))) == (version, told)


@pytest.mark.parametrize(
    "change",
    [
        lambda says, _: UpdateContent(says.rag, says.rag_reason, says.statements[::-1]),
        lambda says, _: UpdateContent(says.rag, says.rag_reason, says.statements[:1]),
        lambda says, other: UpdateContent(says.rag, says.rag_reason, [promised(other), *says.statements[1:]]),
        lambda says, _: UpdateContent(Rag.GREEN, says.rag_reason, says.statements),
        lambda says, _: UpdateContent(says.rag, says.rag_reason),
    ],
    ids=["order", "fewer", "owner", "rating", "none"],
)
def test_every_change_makes_a_new_version_and_is_told(change: Callable[..., UpdateContent]) -> None:
    with unit_of_work():
        update = a_draft(content(promised(a_user()), achieved()))
    version, other = update.version, a_user()
    with unit_of_work():
        save(update, change(stored(update), other))
    assert update.version > version
    assert events(update)[-1] is Event.UPDATE_SAVED


def test_the_second_of_two_writers_meets_a_conflict_and_changes_nothing() -> None:
    update = a_draft()
    version = update.version
    save(update, content(achieved("First")))
    with pytest.raises(Conflict):
        services.save_update(update=update, content=content(achieved("Second")), version=version, actor=a_user())
    assert [statement.text for statement in update.statements] == ["First"]


def test_what_is_malformed_is_refused_at_its_field() -> None:
    update = a_draft()
    with pytest.raises(InvalidInput, match=r"no measure called \[\[nothing\]\]") as refused:
        save(update, content(achieved(), progressed("See [[nothing]]")))
    assert refused.value.field == "statements-1-text"


def test_a_reading_of_another_strands_measure_is_refused() -> None:
    other = a_measure(a_strand())
    update = a_draft()
    with pytest.raises(InvalidInput) as refused:
        save(update, content(readings=[given(other)]))
    assert refused.value.field == "readings-0-quantity"


def test_a_promise_of_another_strand_is_refused() -> None:
    other = a_next_step()
    update = a_draft()
    with pytest.raises(InvalidInput) as refused:
        save(update, content(promised(a_user(), next_step_id=other.id)))
    assert refused.value.field == "statements-0-text"


def test_an_owner_whose_account_is_disabled_is_refused() -> None:
    owner, update = a_user(), a_draft()
    disable(owner)
    with pytest.raises(InvalidInput) as refused:
        save(update, content(promised(owner)))
    assert refused.value.field == "statements-0-owner_id"


# Submitting


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


# Returning, approving, discarding


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


def slip(step: NextStep, to: date) -> None:
    record_outcome(
        next_step=step, outcome=Outcome.SLIPPED, note="Late", new_due_on=to, effective_on=TODAY, actor=a_user()
    )


def disable(user: User) -> None:
    change_account(
        user=user,
        name=user.name,
        role=user.role,
        region=None,
        is_active=False,
        version=user.version,
        actor=a_user(Role.ADMINISTRATOR),
    )


def stored(update: Update) -> UpdateContent:
    return UpdateContent(
        rag=update.rag,
        rag_reason=update.rag_reason,
        statements=[
            StatementContent(s.kind, s.text, s.owner_id, s.due_on, s.next_step_id, s.illustrative)
            for s in update.statements
        ],
    )
