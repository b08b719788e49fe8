"""The current row beside the entries: it agrees with a plain model on every day, whatever was done in what order."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from opprod.accounts import User
from opprod.core import clock
from opprod.core.quantity import Qualifier
from opprod.db import db
from opprod.history import in_force, past_entries, record, series, withdraw
from opprod.projects.models import Reading
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure

pytestmark = pytest.mark.usefixtures("programme")

FIRST = date(2016, 9, 20)
DAYS = [FIRST + timedelta(days=n) for n in range(8)]

days = st.sampled_from(DAYS)
# The clock's day comes first in each step: it can stand still, move on, or be set back.
recordings = st.tuples(st.just("record"), days, days)
withdrawals = st.tuples(st.just("withdraw"), days, days, st.integers(0, 5))
steps = st.lists(st.one_of(recordings, recordings, withdrawals), max_size=8)


@dataclass
class Entry:
    """What the plain model knows of an entry; ``number`` says in what order they were recorded."""

    number: int
    effective_on: date
    withdrawn_on: date | None = None

    def stands(self, day: date) -> bool:
        return self.effective_on <= day and (self.withdrawn_on is None or self.withdrawn_on > day)


class Both:
    """A subject's entries in the plain model and in the database."""

    def __init__(self, actor: User) -> None:
        self.actor = actor
        self.subject_id = a_measure(actor=actor).id
        self.model: list[Entry] = []
        self.kept: list[Reading] = []

    def record(self, clock_day: date, effective_on: date) -> None:
        number = len(self.model)
        reading = Reading(
            subject_id=self.subject_id,
            low=None,
            high=None,
            qualifier=Qualifier.EXACT,
            unit="trusts",
            said=str(number),
            source="Model",
            effective_on=effective_on,
        )
        with clock.pinned_to(clock_day):
            self.kept.append(record(reading, actor=self.actor))
        self.model.append(Entry(number, effective_on))

    def withdraw(self, clock_day: date, on: date, which: int) -> None:
        if which >= len(self.model) or self.model[which].withdrawn_on:
            return
        with clock.pinned_to(clock_day):
            withdraw(self.kept[which], reason="Model", actor=self.actor, on=on)
        self.model[which].withdrawn_on = on

    def expected(self, day: date) -> str | None:
        standing = [entry for entry in self.model if entry.stands(day)]
        return str(max(standing, key=lambda e: (e.effective_on, e.number)).number) if standing else None

    def expected_series(self, day: date) -> list[str]:
        newest: dict[date, Entry] = {entry.effective_on: entry for entry in self.model if entry.stands(day)}
        return [str(newest[effective_on].number) for effective_on in sorted(newest, reverse=True)]

    def found(self) -> list[str | None]:
        """What is in force on each of the days, in one statement."""
        each = (select(Reading.said).where(Reading.id == in_force(Reading, self.subject_id, day)) for day in DAYS)
        return list(db.session.execute(select(*(one.scalar_subquery() for one in each))).one())

    def current(self) -> Row[Any] | None:
        current = Reading.current
        return db.session.execute(
            select(current.c.holds_from, current.c.holds_until, Reading.said)
            .outerjoin(Reading, Reading.id == current.c.entry_id)
            .where(current.c.subject_id == self.subject_id)
        ).one_or_none()


@given(steps=steps)
@settings(
    max_examples=60,
    deadline=None,  # a machine that is busy makes no fault
    # One database serves all examples: each has a subject of its own and is undone after.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_day_agrees_with_a_plain_model(steps: list[Any]) -> None:
    both = Both(a_user())
    try:
        for verb, *details in steps:
            getattr(both, verb)(*details)
            _check_in_force(both)
        _check_past(both)
    finally:
        db.session.rollback()


def _check_in_force(both: Both) -> None:
    expected = [both.expected(day) for day in DAYS]
    assert both.found() == expected
    row = both.current()
    if row is not None:
        held = [row.holds_from <= day and (row.holds_until is None or day < row.holds_until) for day in DAYS]
        assert all(row.said == said for said, holds in zip(expected, held, strict=True) if holds)


def _check_past(both: Both) -> None:
    for day in DAYS:
        keys = series(Reading, [both.subject_id], day, limit=20)
        found = select(Reading.said).where(Reading.id.in_(keys)).order_by(Reading.effective_on.desc())
        assert list(db.session.scalars(found)) == both.expected_series(day), day
        past = past_entries(Reading, both.subject_id, day, limit=20)
        assert {entry.said for entry in past} == {str(entry.number) for entry in both.model if entry.stands(day)}


def test_the_current_row_answers_for_the_day_it_was_written_on_until_the_next_turn() -> None:
    both = Both(a_user())
    today = DAYS[3]
    both.record(today, DAYS[1])
    both.record(today, DAYS[5])
    assert both.current() == (DAYS[1], DAYS[5], "0")

    both.withdraw(today, DAYS[4], 0)
    assert both.current() == (DAYS[1], DAYS[4], "0")

    both.record(DAYS[6], DAYS[6])
    assert both.current() == (DAYS[6], None, "2")
