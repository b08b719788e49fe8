"""Starting an update and saving its drafts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from opprod.accounts import Role, User
from opprod.accounts.services import change_account
from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.core.rag import Rag
from opprod.db import db, unit_of_work
from opprod.history import entry_in_force
from opprod.projects.models import (
    NextStep,
    Outcome,
    Reading,
    StatementKind,
    Status,
    Strand,
    Update,
)
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.services import updates as services
from opprod.projects.services.next_steps import record_outcome
from opprod.projects.services.updates import StatementContent, UpdateContent
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure
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
    save,
    status,
    texts,
)

pytestmark = pytest.mark.usefixtures("programme")


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


def test_a_promise_is_carried_on_with_what_of_its_words_and_of_its_terms_is_invented() -> None:
    strand, owner = a_strand(), a_user()
    notes = {"illustrative": "the whole statement", "terms_illustrative": "owner"}
    a_submitted_update(content(replace(promised(owner), **notes)), strand=strand)
    (step,) = open_next_steps(TODAY, strand_id=strand.id)
    assert step.invented == "the whole statement; owner"
    with clock.pinned_to(IN_NEXT_ROUND):
        (carried,) = services.start_update(strand=strand, round=a_round(NEXT_MEETING), actor=owner).statements
    assert (carried.illustrative, carried.terms_illustrative) == ("the whole statement", "owner")


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


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_an_owner_who_could_not_answer_for_it_is_refused(role: Role) -> None:
    update = a_draft()
    with pytest.raises(InvalidInput, match="a member of staff, an executive or a regional lead") as refused:
        save(update, content(promised(a_user(role))))
    assert refused.value.field == "statements-0-owner_id"


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.REGIONAL_LEAD])
def test_whoever_can_answer_for_it_can_own_it(role: Role) -> None:
    owner, update = a_user(role), a_draft()
    save(update, content(promised(owner)))
    assert update.statements[0].owner_id == owner.id


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
            StatementContent(
                s.kind, s.text, s.owner_id, s.due_on, s.next_step_id, s.illustrative, s.terms_illustrative
            )
            for s in update.statements
        ],
    )


def test_a_revision_keeps_the_note_of_an_invented_rating_until_a_person_rates() -> None:
    strand = a_strand()
    invented = a_draft(strand=strand, illustrative="the rating")
    services.submit_update(update=invented, actor=a_user())
    revision = services.start_update(strand=strand, round=invented.round, actor=a_user())
    save(revision, content(progressed()))
    assert revision.illustrative == "the rating"
    save(revision, content(progressed(), reason="Rated by hand."))
    assert revision.illustrative is None
    assert latest_about(revision)[0].changes["illustrative"] == ["the rating", None]


def test_what_is_promised_and_counted_beside_an_invented_rating_is_real() -> None:
    strand, owner = a_strand(), a_user()
    measure = a_measure(strand)
    says = content(promised(owner), readings=[given(measure)])
    services.submit_update(update=a_draft(says, strand=strand, illustrative="the rating"), actor=owner)
    reading = entry_in_force(Reading, measure.id, TODAY)
    assert reading is not None
    assert reading.illustrative is None
    assert [step.invented for step in open_next_steps(TODAY)] == [None]
