"""What a look at a day costs: one seek by key for a day the current row holds, one in an index for any other."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, event, select, text

from opprod.db import db
from opprod.history import in_force, past_entries, series
from opprod.projects.models import Measure, Reading
from tests.builders.measures import a_measure, a_reading
from tests.conftest import TODAY

INDEX = "ix_reading_subject_id_effective_on_id"
BY_KEY = "USING INTEGER PRIMARY KEY (rowid=?)"


def plans(ask: Callable[[], object]) -> list[str]:
    """How the database answers each statement that is sent in asking."""
    sent: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    connection = db.session.connection()
    return [
        row.detail
        for statement, parameters in sent
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


def on_entries(lines: list[str]) -> list[str]:
    return [line for line in lines if " reading" in line]


@pytest.fixture(autouse=True)
def _many_readings(programme: None) -> None:
    for _ in range(3):
        measure = a_measure(unit="%")
        for number in range(40):
            a_reading(measure, f"{number}%", on=TODAY - timedelta(days=number))
    db.session.execute(text("ANALYZE"))


def test_what_is_in_force_for_every_subject_is_found_by_key_and_by_index() -> None:
    day = date(2016, 9, 1)
    joined: Select[Any] = select(Measure.id, Reading.said).outerjoin(
        Reading, Reading.id == in_force(Reading, Measure.id, day)
    )
    lines = plans(lambda: db.session.execute(joined).all())
    held, sought = f"SEARCH reading_held {BY_KEY}", f"SEARCH reading_entry USING INDEX {INDEX}"
    assert any(line.startswith(held) for line in lines), lines
    assert any(line.startswith(f"{sought} (subject_id=? AND effective_on<?)") for line in lines), lines
    assert all(line.startswith("SEARCH") for line in on_entries(lines)), lines
    # The index is in the order wanted: nothing is sorted.
    assert not [line for line in lines if "TEMP B-TREE" in line], lines


def test_a_series_reads_its_own_subject_s_newest_entries_alone() -> None:
    newest = select(Reading.said).where(Reading.id.in_(series(Reading, [1, 2], TODAY, limit=5)))
    lines = plans(lambda: db.session.scalars(newest).all())
    assert all(line.startswith("SEARCH") for line in on_entries(lines)), lines
    assert any(f"{INDEX} (subject_id=? AND effective_on<?)" in line for line in lines), lines
    assert any(f"{INDEX} (subject_id=? AND effective_on=? AND id>?)" in line for line in lines), lines
    assert not [line for line in lines if "TEMP B-TREE" in line], lines


def test_the_past_of_one_subject_is_read_along_the_index() -> None:
    lines = plans(lambda: past_entries(Reading, 1, TODAY, limit=5))
    assert lines == [f"SEARCH reading USING INDEX {INDEX} (subject_id=? AND effective_on<?)"]
