"""Dated entries: the one mechanism behind everything that changes.

An entry says what is true of its subject from a day (``effective_on``), and when and by whom it was recorded. The
entry in force on a day is the latest effective on or before it that was not withdrawn by then; of two for one
day, the one recorded last. Nothing is deleted or overwritten.

Beside each table of entries stands a table of current rows: for each subject the entry in force, and the span of
days for which that answer holds. A query for a day inside the span costs one seek by key, for any other day one
seek in the index of entries. The two are one SQL expression, ``in_force``, so the present has no code of its own.
"""

from opprod.history.entries import DatedEntry, dated, subject
from opprod.history.mechanism import (
    corrected,
    ensure_in_force,
    entry_in_force,
    in_force,
    lock,
    past_entries,
    record,
    record_all,
    series,
    stands,
    withdraw,
)

__all__ = [
    "DatedEntry",
    "corrected",
    "dated",
    "ensure_in_force",
    "entry_in_force",
    "in_force",
    "lock",
    "past_entries",
    "record",
    "record_all",
    "series",
    "stands",
    "subject",
    "withdraw",
]
