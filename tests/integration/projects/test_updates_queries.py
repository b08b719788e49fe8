"""Reading updates as at a day, at a cost that does not grow with what they say."""

from datetime import date, timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.db import db, unit_of_work
from opprod.projects.models import Measure, NextStep, Outcome, StatementKind, Status
from opprod.projects.queries import updates as queries
from opprod.projects.queries.next_steps import Filters, State, next_steps, open_next_steps, views
from opprod.projects.queries.statements import (
    check_quotations,
    published_statements,
    quoted_readings,
    resolve_all,
    statements_of,
)
from opprod.projects.services import updates as services
from opprod.projects.services.measures import withdraw_reading
from opprod.projects.services.next_steps import record_outcome
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.builders.updates import (
    a_draft,
    a_next_step,
    a_submitted_update,
    achieved,
    content,
    progressed,
    promised,
)
from tests.statements import statements

TODAY = date(2016, 9, 26)
YESTERDAY = TODAY - timedelta(days=1)

pytestmark = pytest.mark.usefixtures("programme")


def test_a_statement_shows_the_reading_of_the_day_it_is_read() -> None:
    strand = a_strand()
    measure = a_measure(strand, key="users", name="Users", unit="users")
    a_reading(measure, "over 1,200", on=date(2016, 9, 1), source="August return")
    with clock.pinned_to(date(2016, 9, 10)):
        a_submitted_update(content(progressed("There are [[users]].")), strand=strand)
    latest = a_reading(measure, "over 1,400", on=date(2016, 9, 20), illustrative="the value")

    (before,) = published_statements(date(2016, 9, 12))[strand.id]
    (after,) = published_statements(TODAY)[strand.id]
    assert (before.text, after.text) == ("There are over 1,200 users.", "There are over 1,400 users.")
    assert before.raw == after.raw == "There are [[users]]."
    (quoted,) = after.quoted
    assert (quoted.key, quoted.name, quoted.effective_on, quoted.source, quoted.illustrative) == (
        "users",
        "Users",
        date(2016, 9, 20),
        "Monthly return",
        "the value",
    )

    withdraw_reading(reading=latest, reason="Wrong", actor=a_user())
    (again,) = published_statements(TODAY)[strand.id]
    assert again.text == "There are over 1,200 users."


def test_drafts_and_what_is_returned_are_in_no_paper() -> None:
    draft = a_draft()
    returned = a_submitted_update()
    services.return_update(update=returned, note="More", actor=a_user(Role.EXECUTIVE))
    assert published_statements(TODAY) == {}
    assert [view.text for view in statements_of(draft.id, edition=1, day=TODAY)] == ["Signed the contract."]


def test_statements_come_in_their_order_with_what_became_of_promises() -> None:
    strand, owner = a_strand(), a_user(name="Finance lead")
    a_submitted_update(content(promised(owner), achieved(), progressed()), strand=strand)
    (step,) = open_next_steps(TODAY)
    record_outcome(
        next_step=db.session.get_one(NextStep, step.id),
        outcome=Outcome.SLIPPED,
        note="Late",
        new_due_on=date(2016, 12, 31),
        effective_on=TODAY,
        actor=owner,
    )
    first, *others = published_statements(TODAY, strand_id=strand.id)[strand.id]
    assert (first.owner_name, first.due_on, first.outcome, first.next_step_id) == (
        "Finance lead",
        date(2016, 12, 31),
        Outcome.SLIPPED,
        step.id,
    )
    assert [(view.kind, view.outcome) for view in others] == [
        (StatementKind.ACHIEVEMENT, None),
        (StatementKind.PROGRESS, None),
    ]


@pytest.mark.parametrize("size", [10, 300])
def test_reading_statements_and_promises_costs_two_statements_each(app: Flask, size: int) -> None:
    strand, owner = a_strand(), a_user()
    a_reading(a_measure(strand, key="users", unit="users"))
    said = [promised(owner, f"Step {number}, as of [[users]]") for number in range(size)]
    update = a_submitted_update(content(*said), strand=strand)
    strand_id, update_id = strand.id, update.id
    db.session.commit()

    for read, found in (
        (lambda: published_statements(TODAY)[strand_id], size),
        (lambda: statements_of(update_id, edition=1, day=TODAY), size),
        (lambda: open_next_steps(TODAY), size),
        (lambda: published_statements(YESTERDAY), 0),
        (lambda: open_next_steps(YESTERDAY), 0),
    ):
        db.session.expire_all()
        with statements(app) as seen:
            assert len(read()) == found
        asked = [statement for statement in seen if statement.startswith("SELECT")]
        assert len(asked) == (2 if found else 1), asked


def test_checking_what_was_written_costs_the_same_for_10_statements_and_for_300(app: Flask) -> None:
    costs = []
    for size in (10, 300):
        strand, owner = a_strand(), a_user()
        update = a_draft(content(*[promised(owner, f"Step {n}") for n in range(size)]), strand=strand)
        says = content(*[promised(owner, f"Step {n}") for n in range(size)])
        db.session.commit()
        with statements(app) as seen:
            services.save_update(update=update, content=says, version=update.version, actor=owner)
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_texts_of_any_kind_are_resolved_together_and_an_unknown_key_is_named() -> None:
    a_reading(a_measure(a_strand(), key="beds", unit="beds"), "40")
    (one, quoted), (two, none) = resolve_all(["[[beds]] here", "none there"], TODAY)
    assert (one, two, none) == ("40 beds here", "none there", ())
    assert [reading.said for reading in quoted] == ["40 beds"]
    with pytest.raises(InvalidInput, match="nothing"):
        resolve_all(["[[nothing]]"], TODAY)
    with pytest.raises(InvalidInput, match="nothing"):
        check_quotations(["[[beds]]", "[[nothing]]"])
    check_quotations(["[[beds]]"])


def test_a_measure_without_a_reading_is_known_without_a_value() -> None:
    measure: Measure = a_measure(a_strand(), key="beds")
    assert quoted_readings(["beds", "nothing"], TODAY)["beds"].said is None
    assert quoted_readings(["beds", "nothing"], TODAY).keys() == {measure.key}


# Owed, awaiting approval, past


def test_what_waits_for_approval_is_what_speaks() -> None:
    first = a_submitted_update()
    second = services.start_update(strand=first.strand, round=first.round, actor=a_user())
    assert [line.id for line in queries.awaiting_approval(TODAY)] == [first.id]
    services.submit_update(update=second, actor=a_user())
    assert [line.id for line in queries.awaiting_approval(TODAY)] == [second.id]
    services.approve_update(update=second, actor=a_user(Role.EXECUTIVE))
    assert queries.awaiting_approval(TODAY) == []
    assert queries.awaiting_approval(YESTERDAY) == []


def test_a_strands_updates_are_listed_newest_first_and_drafts_only_where_asked_for() -> None:
    first = a_submitted_update()
    second = services.start_update(strand=first.strand, round=first.round, actor=a_user())

    def listed(day: date, *, with_drafts: bool) -> list[tuple[int, Status, bool]]:
        query = queries.updates_of(first.strand_id, day, with_drafts=with_drafts)
        lines = [queries.update_line(row) for row in db.session.execute(query)]
        return [(line.id, line.status, line.is_current) for line in lines]

    assert listed(TODAY, with_drafts=True) == [
        (second.id, Status.DRAFT, False),
        (first.id, Status.SUBMITTED, True),
    ]
    assert listed(TODAY, with_drafts=False) == [(first.id, Status.SUBMITTED, True)]
    assert listed(YESTERDAY, with_drafts=True) == []


# Next steps


def test_next_steps_are_found_by_state_strand_and_owner() -> None:
    with clock.pinned_to(date(2016, 9, 12)), unit_of_work():
        late = a_next_step(text="Late", due_on=date(2016, 9, 20))
        coming = a_next_step(text="Coming")
        done = a_next_step(text="Done")
        record_outcome(
            next_step=done,
            outcome=Outcome.ACHIEVED,
            note=None,
            new_due_on=None,
            effective_on=date(2016, 9, 12),
            actor=a_user(),
        )

    def found(**filters: object) -> list[str]:
        rows = db.session.execute(next_steps(TODAY, Filters(**filters))).all()  # type: ignore[arg-type]
        return [view.text for view in views(rows, TODAY)]

    assert found() == ["Late", "Coming", "Done"]
    assert found(state=State.OPEN) == ["Late", "Coming"]
    assert found(state=State.OVERDUE) == ["Late"]
    assert found(state=State.CLOSED) == ["Done"]
    assert found(strand_id=coming.strand_id) == ["Coming"]
    owner = open_next_steps(TODAY, strand_id=late.strand_id)[0].owner_id
    assert found(owner_id=owner) == ["Late"]
    assert [step.text for step in open_next_steps(TODAY, overdue=True)] == ["Late"]
    assert [step.text for step in open_next_steps(TODAY, limit=1)] == ["Late"]
