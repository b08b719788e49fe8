"""Recording many entries at once: the same answers as one by one, in few statements."""

from datetime import date, timedelta

import pytest
from flask import Flask

from opprod import history
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.db import db
from opprod.projects.models import Measure, Reading
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")


def _reading(measure: Measure, said: str, on: date) -> Reading:
    quantity = parse(said, unit=measure.unit)
    return Reading(
        subject_id=measure.id,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        said=quantity.said,
        source="Monthly return",
        effective_on=on,
    )


def _in_force(measure: Measure, day: date) -> str | None:
    found = history.entry_in_force(Reading, measure.id, day)
    return found.said if found else None


def test_each_subject_gets_the_entry_in_force_on_any_day() -> None:
    staff = a_user()
    one, two = a_measure(), a_measure()
    history.record(_reading(one, "1 trust", TODAY - timedelta(30)), actor=staff)
    history.record_all(
        [
            _reading(one, "2 trusts", TODAY - timedelta(10)),
            _reading(two, "5 trusts", TODAY - timedelta(5)),
            _reading(two, "6 trusts", TODAY + timedelta(5)),
        ],
        actor=staff,
    )
    for clock_day in (TODAY, TODAY + timedelta(9)):
        with clock.pinned_to(clock_day):
            said = [_in_force(one, TODAY - timedelta(days)) for days in (31, 30, 11, 10, 0)]
            assert said == [None, "1 trust", "1 trust", "2 trusts", "2 trusts"]
            assert [_in_force(two, TODAY + timedelta(days)) for days in (-6, -5, 4, 5)] == [
                None,
                "5 trusts",
                "5 trusts",
                "6 trusts",
            ]


def test_of_two_for_one_day_the_later_given_is_in_force() -> None:
    measure = a_measure()
    history.record_all([_reading(measure, "1 trust", TODAY), _reading(measure, "2 trusts", TODAY)], actor=a_user())
    assert _in_force(measure, TODAY) == "2 trusts"


def test_entries_of_nobody_are_no_fault() -> None:
    history.record_all([], actor=a_user())


def test_bringing_the_current_rows_up_to_date_takes_statements_that_do_not_grow_with_the_entries(app: Flask) -> None:
    staff = a_user()
    measures = [a_measure() for _ in range(40)]
    counts = []
    for some in (measures[:2], measures):
        db.session.flush()
        with statements(app) as seen:
            history.record_all([_reading(measure, "3 trusts", TODAY) for measure in some], actor=staff)
        # SQLite's driver inserts the entries themselves one by one.
        counts.append(len([one for one in seen if not one.startswith("INSERT INTO reading (")]))
    assert counts[0] == counts[1] < 12
