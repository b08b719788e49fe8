"""Creating measures, and recording, correcting and withdrawing their readings."""

from datetime import date, timedelta
from typing import Any

import pytest

from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.core.quantity import GBP, Qualifier, parse
from opprod.db import db, unit_of_work
from opprod.projects.models import Measure, Reading
from opprod.projects.queries.measures import readings, view_of
from opprod.projects.queries.statements import quoted_readings
from opprod.projects.services.measures import (
    MOST_OF_A_STRAND,
    Seen,
    change_measure,
    create_measure,
    record_reading,
    withdraw_reading,
)
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

YESTERDAY = TODAY - timedelta(days=1)


def record(measure: Measure, said: str = "12", **changes: Any) -> Reading:
    given = {
        "measure": measure,
        "quantity": parse(said),
        "source": "Monthly return",
        "effective_on": clock.today(),
        "actor": a_user(),
    }
    return record_reading(**{**given, **changes})


def said(measure: Measure, day: date = TODAY) -> str | None:
    reading = view_of(measure, day).reading
    return reading.said if reading else None


def test_a_measure_is_a_strand_s_or_the_directorate_s_own() -> None:
    actor, strand = a_user(), a_strand(name="Estates")
    own = create_measure(strand=None, key="staff", name="Staff", unit="people", actor=actor)
    theirs = create_measure(strand=strand, key="floors", name="Floors", unit="£", actor=actor)
    assert view_of(own, TODAY).strand_name is None
    assert (view_of(theirs, TODAY).strand_name, theirs.unit) == ("Estates", GBP)


def test_without_a_key_one_is_made_from_the_name() -> None:
    actor = a_user()
    keys = [
        create_measure(strand=None, key=None, name=name, unit="%", actor=actor).key
        for name in ("Registered users", "Registered  users", "Registered", "…", "New")
    ]
    assert keys == ["registered-users", "registered-users-2", "registered", "measure", "new-2"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "n" * 161}, "name"),
        ({"key": "taken"}, "key"),
        ({"key": "Two words"}, "key"),
        ({"key": "k" * 61}, "key"),
        ({"unit": ""}, "unit"),
        ({"unit": "12"}, "unit"),
        ({"unit": "<b>trusts</b>"}, "unit"),
    ],
)
def test_what_cannot_be_a_measure_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    a_measure(key="taken")
    given = {"strand": None, "key": "trusts", "name": "Trusts", "unit": "trusts", "actor": a_user()}
    with pytest.raises(InvalidInput) as refused:
        create_measure(**{**given, **changes})
    assert refused.value.field == field


def test_there_is_a_limit_to_a_strand_s_measures() -> None:
    strand, actor = a_strand(), a_user()
    for _ in range(MOST_OF_A_STRAND):
        a_measure(strand, actor=actor)
    with pytest.raises(InvalidInput, match="50 measures at most"):
        a_measure(strand)
    assert a_measure(None)


def test_the_second_of_two_who_rename_a_measure_is_refused() -> None:
    measure = a_measure(name="Trusts")
    version = measure.version
    change_measure(measure=measure, version=version, name="Trusts helped", actor=a_user())
    with pytest.raises(Conflict):
        change_measure(measure=measure, version=version, name="Trusts seen", actor=a_user())
    assert measure.name == "Trusts helped"
    assert latest_about(measure)[0].changes == {"name": ["Trusts", "Trusts helped"]}


def test_a_reading_keeps_what_was_said_and_what_it_bounds() -> None:
    measure = a_measure(unit=GBP)
    reading = record(measure, "£18-20m", effective_on=date(2016, 9, 1))
    db.session.expire(reading)
    assert (reading.said, reading.low, reading.high, reading.qualifier) == (
        "£18–20m",
        18_000_000,
        20_000_000,
        Qualifier.EXACT,
    )
    view = view_of(measure, TODAY).reading
    assert view is not None
    assert view.quantity == parse("£18–20m")
    assert (view.effective_on, view.source) == (date(2016, 9, 1), "Monthly return")


@pytest.mark.parametrize(
    ("unit", "typed", "kept"),
    [("trusts", "c.20", "c.20 trusts"), (GBP, "6.2m", "£6.2m"), ("%", "40", "40%"), ("trusts", "1 trust", "1 trust")],
)
def test_a_bare_figure_takes_the_measure_s_unit(unit: str, typed: str, kept: str) -> None:
    reading = record(a_measure(unit=unit), typed)
    assert (reading.said, reading.unit) == (kept, unit)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity": parse("£5")}, "quantity"),
        ({"quantity": parse("40%")}, "quantity"),
        ({"quantity": parse("5 people")}, "quantity"),
        ({"effective_on": TODAY + timedelta(days=1)}, "effective_on"),
        ({"effective_on": date(216, 9, 1)}, "effective_on"),
        ({"source": "  "}, "source"),
        ({"source": "s" * 301}, "source"),
    ],
)
def test_what_cannot_be_a_reading_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    measure = a_measure(unit="trusts")
    with pytest.raises(InvalidInput) as refused:
        record(measure, **changes)
    assert refused.value.field == field
    assert said(measure) is None


def test_a_later_reading_for_a_day_corrects_and_the_trail_has_both() -> None:
    measure = a_measure(unit="%")
    record(measure, "90%")
    record(measure, "9%", source="Monthly return, corrected")
    assert said(measure) == "9%"
    assert [view.said for view in readings([measure.id], TODAY, limit=5)[measure.id]] == ["9%"]
    values = [event.changes["value"] for event in latest_about(measure) if event.event is Event.READING_RECORDED]
    assert values == [[None, "9%"], [None, "90%"]]


def test_a_correction_begun_from_a_reading_since_corrected_is_refused_even_for_an_earlier_day() -> None:
    measure = a_measure(unit="%")
    old = record(measure, "5%", effective_on=date(2016, 9, 1))
    record(measure, "7%")
    seen = Seen(old.id, on=date(2016, 9, 1))
    record(measure, "6%", effective_on=date(2016, 9, 1), seen=seen)
    with pytest.raises(Conflict):
        record(measure, "4%", effective_on=date(2016, 9, 1), seen=seen)
    assert (said(measure, date(2016, 9, 1)), said(measure)) == ("6%", "7%")


def test_a_reading_withdrawn_today_still_stands_on_the_days_before() -> None:
    measure = a_measure(unit="%")
    record(measure, "5%", effective_on=date(2016, 9, 1))
    wrong = record(measure, "50%", effective_on=date(2016, 9, 10))
    withdraw_reading(reading=wrong, reason=" Another measure’s ", actor=a_user())

    assert [said(measure, day) for day in (date(2016, 9, 5), YESTERDAY, TODAY)] == ["5%", "50%", "5%"]
    newest = latest_about(measure)[0]
    assert newest.event is Event.ENTRY_WITHDRAWN
    assert newest.changes["reading"] == ["50% on 10 September 2016 (Monthly return)", None]
    assert newest.changes["reason"] == [None, "Another measure’s"]
    with pytest.raises(WrongState):
        withdraw_reading(reading=wrong, reason="Again", actor=a_user())


def test_readings_are_found_by_key_as_of_a_day() -> None:
    counted, empty = a_measure(key="counted", unit="%"), a_measure(key="empty")
    a_reading(counted, "5%", on=date(2016, 9, 1), illustrative="the value")
    found = quoted_readings(["counted", "empty", "unknown"], TODAY)
    assert set(found) == {"counted", "empty"}
    assert (found["empty"].said, found["empty"].quantity) == (None, None)
    assert (found["counted"].said, found["counted"].illustrative) == ("5%", "the value")
    assert quoted_readings(["counted"], date(2016, 8, 31))["counted"].said is None
    assert quoted_readings([], TODAY) == {}
    assert empty.version == 1


def test_each_change_is_written_with_its_event() -> None:
    with unit_of_work():  # refuses to commit what the trail does not tell of
        measure = a_measure(a_strand(), unit="%")
        change_measure(measure=measure, version=measure.version, name="Renamed", actor=a_user())
        withdraw_reading(reading=record(measure, "5%"), reason="Mistyped", actor=a_user())
