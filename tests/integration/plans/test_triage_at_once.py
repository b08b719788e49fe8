"""Two at once at one plan, each on a connection of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from opprod.accounts import Role, User
from opprod.accounts.queries import user
from opprod.core import clock
from opprod.core.errors import Conflict
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.plans.models import Category, Plan, PlanCategory, TriageRound, TriageStep, Waiting
from opprod.plans.queries.queue import next_in_queue, place_of, queue_counts
from opprod.plans.queries.rounds import round_views, standings
from opprod.plans.queries.triage import current_round, decision_of
from opprod.plans.services.rounds import open_round
from opprod.plans.services.status import withdraw_plan
from opprod.plans.services.triage import agree_proposal, override_proposal, propose_category
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round, seen
from tests.conftest import TODAY


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def make(app: Flask, what: Callable[[], list[int]]) -> list[int]:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        return what()


def at_once(app: Flask, *tries: Callable[[], object]) -> list[str]:
    """Do what two people set out to do at one moment; for each, whether it was done or refused."""
    start = Barrier(len(tries))

    def run(attempt: Callable[[], object]) -> str:
        with app.app_context(), clock.pinned_to(TODAY):
            try:
                start.wait(10)
                with unit_of_work():
                    attempt()
            except (Conflict, IntegrityError):
                return "refused"
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(max_workers=len(tries)) as pool:
        return sorted(pool.map(run, tries))


def plan_of(plan_id: int) -> Plan:
    return db.session.get_one(Plan, plan_id)


def test_of_two_moderators_at_once_one_is_told_and_one_letter_is_in_force(app: Flask) -> None:
    def begin() -> list[int]:
        a_triage_round()
        plan = a_plan()
        step = a_proposal(plan, Category.B)
        return [plan.id, step.id, a_user().id, a_user(Role.EXECUTIVE).id]

    plan_id, step_id, one, two = make(app, begin)
    done = at_once(
        app,
        lambda: agree_proposal(plan=plan_of(plan_id), seen=step_id, actor=user(one)),
        lambda: override_proposal(
            plan=plan_of(plan_id), category=Category.C, reason="No.", seen=step_id, actor=user(two)
        ),
    )
    assert done == ["done", "refused"]
    with app.app_context():
        plan = plan_of(plan_id)
        decision = decision_of(plan, TODAY)
        assert len(decision.steps) == 2
        assert decision.category is not None
        assert decision.latest is not None
        assert decision.category.category is decision.latest.category
        assert plan.waits_for is Waiting.NOBODY
        assert db.session.scalar(select(func.count(PlanCategory.id))) == 1


def test_of_two_leads_who_propose_at_once_one_is_told(app: Flask) -> None:
    def begin() -> list[int]:
        a_triage_round()
        return [a_plan(Region.NORTH).id, a_lead(Region.NORTH).id, a_lead(Region.NORTH).id]

    plan_id, one, two = make(app, begin)

    def propose(lead: int, category: Category) -> None:
        propose_category(plan=plan_of(plan_id), category=category, reason="Yes.", seen=None, actor=user(lead))

    assert at_once(app, lambda: propose(one, Category.A), lambda: propose(two, Category.C)) == ["done", "refused"]
    with app.app_context():
        assert db.session.scalar(select(func.count(TriageStep.id))) == 1
        assert plan_of(plan_id).waits_for is Waiting.CENTRE


def test_of_two_who_open_a_round_at_once_one_is_told(app: Flask) -> None:
    one, two = make(app, lambda: [a_user(Role.EXECUTIVE).id, a_user(Role.EXECUTIVE).id])

    def open_as(executive: int, name: str) -> None:
        open_round(name=name, due_on=TODAY, actor=user(executive), seen=0)

    assert at_once(app, lambda: open_as(one, "Autumn"), lambda: open_as(two, "October")) == ["done", "refused"]
    with app.app_context():
        assert db.session.scalar(select(func.count(TriageRound.id))) == 1


def test_a_round_opened_while_a_plan_is_withdrawn_leaves_it_waiting_for_nobody(app: Flask) -> None:
    def begin() -> list[int]:
        a_triage_round()
        plan = a_moderated_plan(a_plan(Region.NORTH))
        return [plan.id, a_lead(Region.NORTH).id, a_user(Role.EXECUTIVE).id]

    plan_id, lead, executive = make(app, begin)
    done = at_once(
        app,
        lambda: withdraw_plan(plan=plan_of(plan_id), reason="Merged.", actor=user(lead)),
        lambda: open_round(name="Winter", due_on=TODAY, actor=user(executive)),
    )
    assert done == ["done", "done"]
    with app.app_context():
        assert plan_of(plan_id).waits_for is Waiting.NOBODY
        assert standings(TODAY, scope=None).withdrawn == 1


def test_the_queue_and_the_rounds_read_the_same_on_both_databases(app: Flask) -> None:
    def begin() -> list[int]:
        service = a_service()
        a_triage_round("Autumn")
        plans = [a_plan(Region.NORTH, service=service) for _ in range(4)]
        a_moderated_plan(plans[0])
        a_triage_round("Winter")
        a_proposal(plans[1])
        return [a_lead(Region.NORTH).id, a_user().id, *(plan.id for plan in plans)]

    lead_id, staff_id, *plan_ids = make(app, begin)
    with app.app_context(), clock.pinned_to(TODAY):
        lead, staff = user(lead_id), user(staff_id)
        assert walked(lead, 4) == [plan_ids[0], plan_ids[2], plan_ids[3], plan_ids[0]]
        assert walked(staff, 2) == [plan_ids[1], plan_ids[1]]
        assert queue_counts(lead).to_go == 3
        assert queue_counts(staff).to_go == 1
        assert standings(TODAY, scope=Region.NORTH).with_regions == 3
        in_round = current_round(TODAY)
        assert in_round is not None
        assert {move.value: plans for move, plans in round_views([in_round], TODAY, scope=None)[0].plans.items()} == {
            "reopened": 1,
            "proposed": 1,
        }
        assert seen(plan_of(plan_ids[1])) == decision_of(plan_of(plan_ids[1]), TODAY).steps[0].id


def walked(person: User, steps: int) -> list[int]:
    keys, after = [], None
    for _ in range(steps):
        plan = next_in_queue(person, after=after)
        assert plan is not None
        keys.append(plan.id)
        after = place_of(plan)
    return keys
