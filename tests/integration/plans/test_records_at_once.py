"""Two people at one plan, each on a connection of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import User
from opprod.accounts.queries import user
from opprod.core import clock
from opprod.core.errors import Conflict, WrongState
from opprod.core.quantity import parse
from opprod.db import db, unit_of_work
from opprod.organisations.models import Trust
from opprod.plans.models import FigureKind, NoteKind, Plan, SubmissionState, Waiting
from opprod.plans.queries.recorded import PlanRecord
from opprod.plans.services.deliverables import record_deliverables
from opprod.plans.services.figures import record_figures
from opprod.plans.services.notes import add_note
from opprod.plans.services.records import record_scope, record_submission
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plan_records import a_deliverable, now
from tests.builders.plans import a_plan, a_trust, an_stp
from tests.conftest import TODAY

Write = Callable[[Plan, PlanRecord, User], object]
"""Write to a plan as a person who saw this record of it."""


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def withdraw(plan: Plan, saw: PlanRecord, actor: User) -> object:
    return withdraw_plan(plan=plan, reason="Merged", actor=actor)


def note(plan: Plan, saw: PlanRecord, actor: User) -> object:
    return add_note(plan=plan, kind=NoteKind.COMMENT, text=f"From {actor.id}", actor=actor)


def submission(plan: Plan, saw: PlanRecord, actor: User) -> object:
    return record_submission(
        plan=plan,
        state=SubmissionState.NO_PLAN,
        received_on=None,
        leaves_out=[],
        source=f"From {actor.id}",
        seen=saw.submission.id if saw.submission else None,
        actor=actor,
    )


def figures(plan: Plan, saw: PlanRecord, actor: User) -> object:
    said = {FigureKind.CAPITAL: (parse("£2m"), f"From {actor.id}")}
    return record_figures(plan=plan, figures=said, seen=saw.figures_version, actor=actor)


def deliverables(plan: Plan, saw: PlanRecord, actor: User) -> object:
    content = [a_deliverable(f"From {actor.id}")]
    return record_deliverables(
        plan=plan, deliverables=content, source="x", seen=saw.deliverables_version, actor=actor
    )


def scope(plan: Plan, saw: PlanRecord, actor: User) -> object:
    return record_scope(
        plan=plan,
        functions=["hr"],
        ccgs=[f"From {actor.id}"],
        local_authorities=[],
        trust_ids=[db.session.scalars(select(Trust.id)).one()],
        source="x",
        seen=saw.scope_version,
        actor=actor,
    )


def _plan_and_people(app: Flask) -> tuple[PlanRecord, int, int]:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        stp = an_stp()
        a_trust(stp)
        return now(a_plan(stp=stp)), a_user().id, a_user().id


def _first_then_second(app: Flask, first: Write, second: Write) -> tuple[int, Exception | None]:
    """Have two people write to one plan, the second while the first has yet to commit.

    Return the plan's key, and how the second was refused, if they were.
    """
    saw, one, other = _plan_and_people(app)

    def write_second() -> Exception | None:
        with app.app_context(), clock.pinned_to(TODAY):
            try:
                with unit_of_work():
                    second(db.session.get_one(Plan, saw.plan_id), saw, user(other))
            except (Conflict, WrongState) as refusal:
                return refusal
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(max_workers=1) as pool, app.app_context(), clock.pinned_to(TODAY):
        first(db.session.get_one(Plan, saw.plan_id), saw, user(one))
        writing = pool.submit(write_second)
        # The second gets as far as they can before the first is done: a while is enough, if nothing holds them.
        with pytest.raises(TimeoutError):
            writing.result(timeout=1)
        db.session.commit()
        return saw.plan_id, writing.result(timeout=30)


@pytest.mark.parametrize("write", [note, submission, figures, withdraw])
def test_nothing_is_recorded_of_a_plan_that_is_being_withdrawn(app: Flask, write: Write) -> None:
    plan_id, refusal = _first_then_second(app, withdraw, write)
    assert isinstance(refusal, WrongState)
    assert "This plan was withdrawn on 26 September 2016" in refusal.message
    with app.app_context(), clock.pinned_to(TODAY):
        record = now(db.session.get_one(Plan, plan_id))
        assert (record.withdrawn, record.notes, record.submission, record.figures) == (True, (), None, {})


def test_what_is_being_recorded_is_kept_when_the_plan_is_withdrawn_meanwhile(app: Flask) -> None:
    plan_id, refusal = _first_then_second(app, note, withdraw)
    assert refusal is None
    with app.app_context(), clock.pinned_to(TODAY):
        plan = db.session.get_one(Plan, plan_id)
        assert (len(now(plan).notes), now(plan).withdrawn, plan.waits_for) == (1, True, Waiting.NOBODY)


@pytest.mark.parametrize("write", [submission, scope, deliverables, figures])
def test_of_two_who_record_the_first_of_a_kind_at_once_the_second_is_told(app: Flask, write: Write) -> None:
    plan_id, refusal = _first_then_second(app, write, write)
    assert isinstance(refusal, Conflict)
    with app.app_context(), clock.pinned_to(TODAY):
        record = now(db.session.get_one(Plan, plan_id))
        assert len([*filter(None, (record.submission, record.scope)), *record.deliverables, *record.figures]) == 1
