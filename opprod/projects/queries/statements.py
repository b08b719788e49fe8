"""Reading statements with the readings they quote, as of a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from opprod.core import clock
from opprod.db import db
from opprod.history import in_force
from opprod.projects.models import (
    Measure,
    NextStepTerms,
    OutcomeEntry,
    PublishedUpdate,
    Reading,
    Statement,
    Strand,
)
from opprod.projects.queries.dues import effective_due
from opprod.projects.queries.records import QuotedReading, StatementView
from opprod.projects.quoting import quoted_keys, resolve, unknown

_KEYS_AT_ONCE = 1000  # a database takes a limited number of parameters to a statement


def published_statements(day: date, *, strand_id: int | None = None) -> dict[int, list[StatementView]]:
    """What every strand's update in force says on a day, by the strand's key; drafts never are in force.

    A strand without a submitted update is not in it. Two statements of SQL. Give ``strand_id`` for one strand alone.
    """
    query = (
        _statements(day)
        .add_columns(Strand.id)
        .join(
            PublishedUpdate,
            (PublishedUpdate.update_id == Statement.update_id) & (PublishedUpdate.edition == Statement.edition),
        )
        .join(
            Strand,
            (Strand.id == PublishedUpdate.subject_id)
            & (PublishedUpdate.id == in_force(PublishedUpdate, Strand.id, day)),
        )
        .order_by(Strand.kind, Strand.position, Statement.position)
    )
    if strand_id is not None:
        query = query.where(Strand.id == strand_id)
    rows = db.session.execute(query).all()
    by_strand = defaultdict(list)
    for row, view in zip(rows, _views(rows, day), strict=True):
        by_strand[row[-1]].append(view)
    return dict(by_strand)


def statements_of(update_id: int, *, edition: int, day: date, as_written: bool = False) -> list[StatementView]:
    """What an edition of an update says, its quotations as of a day. Two statements of SQL.

    The due days are those that hold on the day or, ``as_written``, those of the update, as suits one not submitted.
    """
    query = (
        _statements(day)
        .where(Statement.update_id == update_id, Statement.edition == edition)
        .order_by(Statement.position)
    )
    return _views(db.session.execute(query).all(), day, as_written=as_written)


def quoted_readings(keys: Iterable[str], day: date) -> dict[str, QuotedReading]:
    """The measures of these keys with their readings in force on a day; a key that is no measure's is left out."""
    wanted = list(dict.fromkeys(keys))
    found: dict[str, QuotedReading] = {}
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        rows = db.session.execute(
            select(Measure, Reading)
            .outerjoin(Reading, Reading.id == in_force(Reading, Measure.id, day))
            .where(Measure.key.in_(wanted[start : start + _KEYS_AT_ONCE]))
        )
        found |= {measure.key: quoted_reading(measure, reading) for measure, reading in rows}
    return found


def quoted_reading(measure: Measure, reading: Reading | None) -> QuotedReading:
    """A measure and its reading in force, as a text quotes them."""
    return QuotedReading(
        measure_id=measure.id,
        key=measure.key,
        name=measure.name,
        unit=measure.unit,
        said=reading.said if reading else None,
        quantity=reading.quantity if reading else None,
        effective_on=reading.effective_on if reading else None,
        source=reading.source if reading else None,
        illustrative=reading.illustrative if reading else None,
    )


def resolve_all(texts: Iterable[str], day: date) -> list[tuple[str, tuple[QuotedReading, ...]]]:
    """Texts with their quotations as of a day, each with the readings it quotes. One statement of SQL.

    Raises ``InvalidInput`` naming a key that is no measure's.
    """
    texts = list(texts)
    keys = quoted_keys(texts)
    readings = quoted_readings(keys, day)
    return [(resolve(text, readings), tuple(readings[key] for key in quoted_keys([text]))) for text in texts]


def check_quotations(texts: Iterable[str]) -> None:
    """Raise ``InvalidInput`` naming the first quotation that is of no measure."""
    keys = quoted_keys(texts)
    known = quoted_readings(keys, clock.today())
    for key in keys:
        if key not in known:
            raise unknown(key)


def _statements(day: date) -> Select[Any]:
    columns: list[Any] = [Statement, NextStepTerms.id, effective_due(), OutcomeEntry.outcome]
    # A statement without a next step has no terms and no outcome: no key is 0.
    step_id = func.coalesce(Statement.next_step_id, 0)
    return (
        select(*columns)
        .select_from(Statement)
        .outerjoin(NextStepTerms, NextStepTerms.id == in_force(NextStepTerms, step_id, day))
        .outerjoin(OutcomeEntry, OutcomeEntry.id == in_force(OutcomeEntry, step_id, day))
    )


def _views(rows: Sequence[Any], day: date, *, as_written: bool = False) -> list[StatementView]:
    texts = resolve_all([row[0].text for row in rows], day)
    return [
        StatementView(
            id=statement.id,
            kind=statement.kind,
            text=text,
            raw=statement.text,
            source=statement.source,
            owner_id=statement.owner_id,
            owner_name=statement.owner.name if statement.owner else None,
            due_on=due_on if terms_id and not as_written else statement.due_on,
            next_step_id=statement.next_step_id,
            outcome=outcome,
            illustrative=statement.illustrative,
            terms_illustrative=statement.terms_illustrative,
            quoted=quoted,
        )
        for (statement, terms_id, due_on, outcome, *_), (text, quoted) in zip(rows, texts, strict=True)
    ]
