"""What is in force on which day: recording, correcting, withdrawing, and the clock moving on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.db import db
from opprod.history import ensure_in_force, entry_in_force, in_force, past_entries, series, withdraw
from opprod.projects.models import Measure, Reading
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

MONDAY = date(2016, 9, 5)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 3))


def said(measure: Measure, day: date) -> str | None:
    entry = entry_in_force(Reading, measure.id, day)
    return entry.said if entry else None


def series_said(measure: Measure, day: date, *, limit: int = 10) -> list[str]:
    keys = series(Reading, [measure.id], day, limit=limit)
    return list(
        db.session.scalars(select(Reading.said).where(Reading.id.in_(keys)).order_by(Reading.effective_on.desc()))
    )


def test_an_entry_is_in_force_from_its_day_until_the_next() -> None:
    measure = a_measure(unit="%")
    a_reading(measure, "10%", on=MONDAY)
    a_reading(measure, "20%", on=WEDNESDAY)

    days = (MONDAY - timedelta(days=1), MONDAY, TUESDAY, WEDNESDAY, TODAY)
    assert [said(measure, day) for day in days] == [None, "10%", "10%", "20%", "20%"]


def test_an_entry_recorded_late_takes_its_place_among_the_days() -> None:
    measure = a_measure(unit="%")
    a_reading(measure, "20%", on=WEDNESDAY)
    a_reading(measure, "10%", on=MONDAY)

    assert [said(measure, day) for day in (MONDAY, TUESDAY, WEDNESDAY, TODAY)] == ["10%", "10%", "20%", "20%"]


def test_a_later_entry_for_the_same_day_corrects_and_the_earlier_is_kept() -> None:
    measure = a_measure(unit="%")
    wrong = a_reading(measure, "90%", on=MONDAY)
    right = a_reading(measure, "9%", on=MONDAY)

    assert said(measure, MONDAY) == said(measure, TODAY) == "9%"
    assert past_entries(Reading, measure.id, TODAY, limit=10) == [right, wrong]
    assert series_said(measure, TODAY) == ["9%"]


def test_a_withdrawn_entry_stays_in_force_on_the_days_before_and_what_it_replaced_returns() -> None:
    measure = a_measure(unit="%")
    a_reading(measure, "10%", on=MONDAY)
    mistaken = a_reading(measure, "99%", on=TUESDAY)
    withdraw(mistaken, reason="Typed for another measure", actor=a_user(), on=THURSDAY)

    days = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, TODAY)
    assert [said(measure, day) for day in days] == ["10%", "99%", "99%", "10%", "10%"]
    assert series_said(measure, WEDNESDAY) == ["99%", "10%"]
    assert series_said(measure, THURSDAY) == ["10%"]


def test_withdrawing_a_correction_brings_back_what_it_corrected() -> None:
    measure = a_measure(unit="%")
    a_reading(measure, "10%", on=MONDAY)
    withdraw(a_reading(measure, "11%", on=MONDAY), reason="It was right before", actor=a_user())

    assert said(measure, TODAY - timedelta(days=1)) == "11%"
    assert said(measure, TODAY) == "10%"
    assert series_said(measure, TODAY) == ["10%"]


def test_withdrawing_the_only_entry_leaves_none() -> None:
    measure = a_measure(unit="%")
    withdraw(a_reading(measure, "10%", on=MONDAY), reason="Not measured", actor=a_user())

    assert said(measure, TODAY) is None
    assert said(measure, MONDAY) == "10%"


def test_withdrawing_asks_for_a_reason_and_is_done_once() -> None:
    entry = a_reading(a_measure(), on=MONDAY)
    with pytest.raises(InvalidInput) as refused:
        withdraw(entry, reason="  ", actor=a_user())
    assert refused.value.field == "reason"
    assert entry.withdrawn_on is None

    withdraw(entry, reason="Counted twice", actor=a_user())
    with pytest.raises(WrongState):
        withdraw(entry, reason="Counted twice", actor=a_user())


def test_an_entry_says_who_recorded_and_who_withdrew_it_and_when() -> None:
    measure, writer, executive = a_measure(), a_user(), a_user()
    before = clock.now()
    entry = a_reading(measure, on=MONDAY, actor=writer)
    withdraw(entry, reason="Counted twice", actor=executive)
    db.session.expire(entry)

    assert (entry.recorded_by_id, entry.withdrawn_by_id) == (writer.id, executive.id)
    assert before <= entry.recorded_at <= entry.withdrawn_at <= clock.now()
    assert (entry.withdrawn_on, entry.withdrawn_reason) == (TODAY, "Counted twice")


def test_an_entry_for_a_day_to_come_is_in_force_once_the_clock_gets_there() -> None:
    measure = a_measure(unit="%")
    a_reading(measure, "10%", on=MONDAY)
    later = TODAY + timedelta(days=10)
    with clock.pinned_to(later):
        a_reading(measure, "20%", on=later)  # recorded, then the clock set back: the current row must still be true

    assert said(measure, TODAY) == "10%"
    assert said(measure, later - timedelta(days=1)) == "10%"
    assert said(measure, later) == said(measure, date(2018, 1, 1)) == "20%"
    with clock.pinned_to(later), pytest.raises(Conflict):
        ensure_in_force(Reading, measure.id, entry_in_force(Reading, measure.id, TODAY).id)  # type: ignore[union-attr]


def test_each_subject_has_its_own_entry_in_one_statement() -> None:
    measures = [a_measure(unit="%") for _ in range(3)]
    a_reading(measures[0], "10%", on=MONDAY)
    a_reading(measures[2], "30%", on=WEDNESDAY)

    rows = db.session.execute(
        select(Measure.id, Reading.said)
        .outerjoin(Reading, Reading.id == in_force(Reading, Measure.id, TUESDAY))
        .order_by(Measure.id)
    )
    assert [tuple(row) for row in rows] == [(measures[0].id, "10%"), (measures[1].id, None), (measures[2].id, None)]


def test_a_series_has_the_newest_of_each_subject_and_nothing_for_no_subject() -> None:
    one, other = a_measure(unit="%"), a_measure(unit="%")
    for number in range(1, 6):
        a_reading(one, f"{number}%", on=date(2016, number, 1))
    a_reading(other, "50%", on=MONDAY)

    assert series_said(one, TODAY, limit=3) == ["5%", "4%", "3%"]
    assert series_said(one, date(2016, 3, 31), limit=3) == ["3%", "2%", "1%"]
    both = series(Reading, [one.id, other.id], TODAY, limit=2)
    assert set(db.session.scalars(select(Reading.said).where(Reading.id.in_(both)))) == {"5%", "4%", "50%"}
    assert not db.session.scalars(series(Reading, [], TODAY, limit=2)).all()


def test_who_began_from_an_entry_no_longer_in_force_is_refused() -> None:
    measure = a_measure(unit="%")
    ensure_in_force(Reading, measure.id, None)
    first = a_reading(measure, "10%", on=MONDAY)
    ensure_in_force(Reading, measure.id, first.id)
    with pytest.raises(Conflict):
        ensure_in_force(Reading, measure.id, None)

    a_reading(measure, "20%", on=TUESDAY)
    with pytest.raises(Conflict):
        ensure_in_force(Reading, measure.id, first.id)


def test_a_late_entry_that_changes_nothing_today_is_no_conflict() -> None:
    measure = a_measure(unit="%")
    newest = a_reading(measure, "20%", on=WEDNESDAY)
    a_reading(measure, "10%", on=MONDAY)
    ensure_in_force(Reading, measure.id, newest.id)


def test_asking_what_is_in_force_before_anything_is_recorded_does_not_hide_what_comes_after() -> None:
    measure = a_measure(unit="%")
    ensure_in_force(Reading, measure.id, None)
    a_reading(measure, "10%", on=MONDAY)
    assert said(measure, TODAY) == "10%"
