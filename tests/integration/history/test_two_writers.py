"""Two people at once, each on a connection of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from opprod.accounts.queries import user
from opprod.core import clock
from opprod.core.errors import Conflict, WrongState
from opprod.core.quantity import parse
from opprod.db import db, unit_of_work
from opprod.history import ensure_in_force, entry_in_force
from opprod.projects.models import Measure, Reading
from opprod.projects.services.measures import Seen, record_reading, withdraw_reading
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.conftest import TODAY

EACH = 15


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def _measure_and_writers(app: Flask) -> tuple[int, tuple[int, int]]:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        measure = a_measure(unit="%")
        a_reading(measure, "1%", on=TODAY - timedelta(days=60))
        return measure.id, (a_user().id, a_user().id)


def _both(app: Flask, write: Callable[[int], str], writers: tuple[int, int]) -> list[str]:
    def run(writer: int) -> str:
        with app.app_context(), clock.pinned_to(TODAY):
            try:
                return write(writer)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(run, writers))


def test_nothing_two_writers_record_is_lost_and_both_agree_on_what_is_in_force(app: Flask) -> None:
    measure_id, writers = _measure_and_writers(app)
    start = Barrier(2)

    def write(writer: int) -> str:
        start.wait(10)
        for number in range(EACH):
            with unit_of_work():
                record_reading(
                    measure=db.session.get_one(Measure, measure_id),
                    quantity=parse(f"{number + writers.index(writer) * 50}%"),
                    source="Two writers",
                    effective_on=TODAY - timedelta(days=EACH - number - 1),
                    actor=user(writer),
                )
        return "done"

    assert _both(app, write, writers) == ["done", "done"]
    with app.app_context():
        entries = Reading.subject_id == measure_id
        assert db.session.scalar(select(func.count()).where(entries)) == 1 + 2 * EACH
        last = db.session.scalar(select(func.max(Reading.id)).where(entries, Reading.effective_on == TODAY))
        held = select(Reading.current.c.entry_id).where(Reading.current.c.subject_id == measure_id)
        assert db.session.scalar(held) == last
        assert entry_in_force(Reading, measure_id, TODAY) is db.session.get(Reading, last)


def test_of_two_who_began_from_the_same_entry_one_is_refused(app: Flask) -> None:
    measure_id, (first, second) = _measure_and_writers(app)
    with app.app_context():
        seen = Seen(entry_in_force(Reading, measure_id, TODAY).id, on=TODAY)  # type: ignore[union-attr]

    def record(writer: int) -> None:
        record_reading(
            measure=db.session.get_one(Measure, measure_id),
            quantity=parse("5%"),
            source="Two writers",
            effective_on=TODAY,
            actor=user(writer),
            seen=seen,
        )

    def write_second() -> str:
        with app.app_context(), clock.pinned_to(TODAY):
            try:
                with unit_of_work():
                    record(second)
            except Conflict:
                return "refused"
            finally:
                db.session.remove()
            return "recorded"

    with ThreadPoolExecutor(max_workers=1) as pool, app.app_context(), clock.pinned_to(TODAY):
        ensure_in_force(Reading, measure_id, seen.reading_id)
        other = pool.submit(write_second)
        # The second gets as far as they can before the first is done: a while is enough, if nothing holds them.
        with pytest.raises(TimeoutError):
            other.result(timeout=1)
        record(first)
        db.session.commit()
        assert other.result(timeout=30) == "refused"
        assert db.session.scalar(select(func.count()).where(Reading.subject_id == measure_id)) == 2


def test_of_two_who_withdraw_an_entry_at_once_the_second_is_told(app: Flask) -> None:
    measure_id, writers = _measure_and_writers(app)
    start = Barrier(2)

    def write(writer: int) -> str:
        reading = entry_in_force(Reading, measure_id, TODAY)
        assert reading
        db.session.rollback()  # seen, as on a page opened a while ago
        start.wait(10)
        try:
            with unit_of_work():
                withdraw_reading(reading=reading, reason=f"Writer {writer}", actor=user(writer))
        except WrongState:
            return "refused"
        return f"Writer {writer}"

    done = _both(app, write, writers)
    assert done.count("refused") == 1
    with app.app_context():
        (kept,) = db.session.scalars(select(Reading.withdrawn_reason).where(Reading.subject_id == measure_id))
        assert kept in done
