"""Two people at one pound, each on a connection of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from opprod.accounts import User
from opprod.accounts.queries import user
from opprod.core import clock
from opprod.core.errors import DomainError
from opprod.db import db, unit_of_work
from opprod.history import entry_in_force
from opprod.plans.models import Plan, SavingsLine, SavingsValue
from opprod.plans.queries.ledger import Ledger
from opprod.plans.queries.savings import ledger_of
from opprod.plans.services.savings import change_saving, withdraw_saving
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan
from tests.builders.savings import a_saving, what_it_says
from tests.conftest import TODAY

Write = Callable[[User], object]


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def at_once(app: Flask, *writes: Write) -> list[str]:
    """What becomes of two writes that begin together."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        writers = [a_user().id for _ in writes]
    start = Barrier(len(writes))

    def run(write: Write, writer: int) -> str:
        with app.app_context(), clock.pinned_to(TODAY):
            start.wait(10)
            try:
                with unit_of_work():
                    write(user(writer))
            except DomainError:
                return "refused"
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(max_workers=len(writes)) as pool:
        return list(pool.map(run, writes, writers))


def plan(plan_id: int) -> Plan:
    return db.session.get_one(Plan, plan_id)


def line(line_id: int) -> SavingsLine:
    return db.session.get_one(SavingsLine, line_id)


def seen(line_id: int) -> int:
    value = entry_in_force(SavingsValue, line_id, TODAY)
    assert value
    return value.id


def ledger(app: Flask, plan_id: int) -> Ledger:
    with app.app_context(), clock.pinned_to(TODAY):
        return ledger_of(plan(plan_id), TODAY, scope=None)


@pytest.fixture
def plans(app: Flask) -> tuple[int, int]:
    """Two plans."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        return a_plan().id, a_plan().id


def a_line(app: Flask, plan_id: int, label: str) -> tuple[int, int]:
    """A line of a plan, and the value that both people see."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        line_id = a_saving(plan(plan_id), label=label).id
        return line_id, seen(line_id)


def test_of_two_lines_alike_one_is_recorded(app: Flask, plans: tuple[int, int]) -> None:
    def add(actor: User) -> object:
        return a_saving(plan(plans[0]), actor=actor)

    assert sorted(at_once(app, add, add)) == ["done", "refused"]
    assert len(ledger(app, plans[0]).lines) == 1


def test_of_one_by_function_and_one_of_the_whole_service_one_is_recorded(app: Flask, plans: tuple[int, int]) -> None:
    def split(actor: User) -> object:
        return a_saving(plan(plans[0]), function="hr", actor=actor)

    def whole(actor: User) -> object:
        return a_saving(plan(plans[0]), actor=actor)

    assert sorted(at_once(app, split, whole)) == ["done", "refused"]
    assert len(ledger(app, plans[0]).lines) == 1


def test_two_lines_are_not_counted_in_each_other(app: Flask, plans: tuple[int, int]) -> None:
    (one, saw_one), (other, saw_other) = a_line(app, plans[0], "One"), a_line(app, plans[1], "Other")

    def count_one_in_other(actor: User) -> object:
        return change_saving(line=line(one), said=what_it_says(counted_in_id=other), seen=saw_one, actor=actor)

    def count_other_in_one(actor: User) -> object:
        return change_saving(line=line(other), said=what_it_says(counted_in_id=one), seen=saw_other, actor=actor)

    assert sorted(at_once(app, count_one_in_other, count_other_in_one)) == ["done", "refused"]
    counted = [found.counted_in for plan_id in plans for found in ledger(app, plan_id).lines]
    assert len([reference for reference in counted if reference]) == 1


@pytest.mark.parametrize("whole_plan", [False, True])
def test_pounds_are_not_counted_in_a_line_that_is_being_withdrawn(
    whole_plan: bool, app: Flask, plans: tuple[int, int]
) -> None:
    (one, saw_one), (target, saw_target) = a_line(app, plans[0], "One"), a_line(app, plans[1], "Target")

    def count(actor: User) -> object:
        return change_saving(line=line(one), said=what_it_says(counted_in_id=target), seen=saw_one, actor=actor)

    def take_away(actor: User) -> object:
        if whole_plan:
            return withdraw_plan(plan=plan(plans[1]), reason="Merged", actor=actor)
        return withdraw_saving(line=line(target), reason="Wrong", seen=saw_target, actor=actor)

    assert sorted(at_once(app, count, take_away)) == ["done", "refused"]


def test_of_two_who_change_and_withdraw_a_line_one_is_told(app: Flask, plans: tuple[int, int]) -> None:
    one, saw = a_line(app, plans[0], "One")

    def change(actor: User) -> object:
        return change_saving(line=line(one), said=what_it_says("£5m"), seen=saw, actor=actor)

    def withdraw(actor: User) -> object:
        return withdraw_saving(line=line(one), reason="Wrong", seen=saw, actor=actor)

    assert sorted(at_once(app, change, withdraw)) == ["done", "refused"]
