"""Recording, withdrawing and finding dated entries."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    SelectBase,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from opprod.core import clock
from opprod.core.actors import Actor
from opprod.core.batches import in_batches
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.db import Base, db
from opprod.history.entries import DatedEntry, Entry

BEGINNING = date(1, 1, 1)
SUBJECTS_AT_ONCE = 500


def record(entry: Entry, *, actor: Actor) -> Entry:
    """Append an entry and bring its subject's current row up to date, in this transaction."""
    entry.recorded_at = clock.now()
    entry.recorded_by_id = actor.id
    db.session.add(entry)
    db.session.flush()
    _refresh_current(type(entry), entry.subject_id)
    return entry


def record_all(entries: Sequence[Entry], *, actor: Actor) -> None:
    """Append entries of one kind as ``record`` does, looking at 500 subjects at a time."""
    if not entries:
        return
    kind, moment = type(entries[0]), clock.now()
    for entry in entries:
        entry.recorded_at = moment
        entry.recorded_by_id = actor.id
    db.session.add_all(entries)
    db.session.flush()
    statements = _statements(kind)
    # In one order, so that of two who record many at once neither waits for the other in a ring.
    subjects = sorted({entry.subject_id for entry in entries})
    db.session.execute(statements.insert, [{"subject": subject_id} for subject_id in subjects])
    for chunk in in_batches(subjects, SUBJECTS_AT_ONCE):
        db.session.execute(statements.lock_many, {"subjects": chunk})
        sought = {"subjects": chunk, "day": clock.today()}
        turns = {row.subject_id: row for row in db.session.execute(statements.turns_of_many, sought)}
        db.session.execute(
            statements.fill,
            [{"subject": subject_id, "entry": None, "from": BEGINNING, "until": BEGINNING} for subject_id in chunk],
        )
        found = {row.subject_id: row.entry_id for row in db.session.execute(statements.seek_many, sought)}
        db.session.execute(
            statements.fill,
            [
                {
                    "subject": subject_id,
                    "entry": found[subject_id],
                    "from": turns[subject_id].holds_from or BEGINNING,
                    "until": turns[subject_id].holds_until,
                }
                for subject_id in chunk
            ],
        )


def withdraw(entry: Entry, *, reason: str, actor: Actor, on: date | None = None) -> Entry:
    """Take an entry out of force from a day (today unless given); what was in force before it is so again.

    Raises ``InvalidInput`` without a reason and ``WrongState`` for an entry withdrawn already.
    """
    if not reason.strip():
        raise InvalidInput("Say why this is withdrawn.", field="reason")
    # Of two who withdraw it at once, the second is told.
    db.session.refresh(entry, with_for_update=True)
    if entry.withdrawn_on is not None:
        raise WrongState("This was withdrawn already.")
    entry.withdrawn_on = on or clock.today()
    entry.withdrawn_at = clock.now()
    entry.withdrawn_by_id = actor.id
    entry.withdrawn_reason = reason.strip()
    db.session.flush()
    _refresh_current(type(entry), entry.subject_id)
    return entry


def stands(entry: Any, day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """SQL for whether an entry took effect by a day and was not withdrawn by then; a later one may overrule it.

    ``entry`` is a kind of entry, an alias of one, or the columns of either.
    """
    return and_(entry.effective_on <= day, or_(entry.withdrawn_on.is_(None), entry.withdrawn_on > day))


def in_force(
    kind: type[Entry],
    subject_id: InstrumentedAttribute[int] | ColumnElement[int] | int,
    day: date | ColumnElement[date],
) -> ColumnElement[int | None]:
    """SQL for the key of the entry in force for a subject on a day, for use as a join's condition.

    ``select(Measure, Reading).outerjoin(Reading, Reading.id == in_force(Reading, Measure.id, day))``
    """
    current, entry, _ = _names(kind.__tablename__)
    held = (
        select(current.c.entry_id)
        .where(
            current.c.subject_id == subject_id,
            current.c.holds_from <= day,
            or_(current.c.holds_until.is_(None), current.c.holds_until > day),
        )
        .correlate_except(current)
        .scalar_subquery()
    )
    sought = (
        select(entry.c.id)
        .where(entry.c.subject_id == subject_id, stands(entry.c, day))
        .order_by(entry.c.effective_on.desc(), entry.c.id.desc())
        .limit(1)
        .correlate_except(entry)
        .scalar_subquery()
    )
    return func.coalesce(held, sought)


def entry_in_force(kind: type[Entry], subject_id: int, day: date) -> Entry | None:
    """The entry in force for one subject on a day."""
    return db.session.scalar(select(kind).where(kind.id == in_force(kind, subject_id, day)))


def corrected(entry: Any, later: Any, day: date) -> ColumnElement[bool]:
    """SQL for whether an entry was overruled by a later one for the same day that stands on ``day``.

    ``later`` is another alias of the same kind.
    """
    return exists().where(
        later.subject_id == entry.subject_id,
        later.effective_on == entry.effective_on,
        later.id > entry.id,
        stands(later, day),
    )


def series(kind: type[Entry], subject_ids: Collection[int], day: date, *, limit: int) -> SelectBase:
    """SQL for the keys of each subject's newest entries as known on a day, at most ``limit`` of each subject.

    Each was in force on the day it is effective on: an entry corrected by a later one for that day is left out, and
    so is one withdrawn by ``day``. ``select(Reading).where(Reading.id.in_(series(Reading, [1, 2], day, limit=12)))``
    """
    _, entry, later = _names(kind.__tablename__)
    newest = (
        select(entry.c.id)
        .where(stands(entry.c, day), ~corrected(entry.c, later.c, day))
        .order_by(entry.c.effective_on.desc(), entry.c.id.desc())
        .limit(limit)
    )
    if not subject_ids:
        return select(entry.c.id).where(false())
    # One seek in the index a subject; a window over the whole history would read every entry.
    return union_all(
        *(select(newest.where(entry.c.subject_id == subject_id).subquery().c.id) for subject_id in subject_ids)
    )


def past_entries(kind: type[Entry], subject_id: int, day: date, *, limit: int) -> list[Entry]:
    """A subject's entries up to a day that were not withdrawn by then, newest first, at most ``limit``."""
    return list(
        db.session.scalars(
            select(kind)
            .where(kind.subject_id == subject_id, stands(kind, day))
            .order_by(kind.effective_on.desc(), kind.id.desc())
            .limit(limit)
        )
    )


def ensure_in_force(kind: type[Entry], subject_id: int, expected_id: int | None, *, on: date | None = None) -> None:
    """Raise ``Conflict`` unless the entry a person began from is still the one in force on a day, or today."""
    lock(kind, subject_id)
    entry = entry_in_force(kind, subject_id, on or clock.today())
    if (entry.id if entry else None) != expected_id:
        raise Conflict("Someone else changed this while you had it open.")


def lock(kind: type[Entry], subject_id: int) -> None:
    """Make one writer at a time decide what is in force for a subject, until its transaction ends."""
    statements = _statements(kind)
    db.session.execute(statements.insert, {"subject": subject_id})
    db.session.execute(statements.lock, {"subject": subject_id})


@cache
def _names(table: str) -> tuple[FromClause, FromClause, FromClause]:
    """Names by which a query looks at a kind's current rows, its entries, and its entries once more.

    Kept, since making them costs more than the query.
    """
    entries, current = Base.metadata.tables[table], Base.metadata.tables[f"{table}_current"]
    return current.alias(f"{table}_held"), entries.alias(f"{table}_entry"), entries.alias(f"{table}_later")


def _refresh_current(kind: type[Entry], subject_id: int) -> None:
    lock(kind, subject_id)
    statements = _statements(kind)
    sought = {"subject": subject_id, "day": clock.today()}
    holds_from, holds_until = db.session.execute(statements.turns, sought).one()
    # The row is out of the way while the entry is sought, or it would answer for itself.
    db.session.execute(statements.fill, {"subject": subject_id, "entry": None, "from": BEGINNING, "until": BEGINNING})
    found = {"entry": db.session.scalar(statements.seek, sought)}
    span = {"from": holds_from or BEGINNING, "until": holds_until}
    db.session.execute(statements.fill, {"subject": subject_id, **found, **span})


class _Statements(NamedTuple):
    """What brings a current row up to date: built once a kind, since building costs more than running."""

    insert: Any
    lock: Any
    turns: Any
    seek: Any
    fill: Any
    lock_many: Any
    turns_of_many: Any
    seek_many: Any


def _statements(kind: type[Entry]) -> _Statements:
    return _built(kind, db.engine.dialect.name)  # type: ignore[arg-type] # a class is hashable


@cache
def _built(kind: type[DatedEntry], dialect: str) -> _Statements:
    subject, day = bindparam("subject", type_=Integer), bindparam("day", type_=Date)
    current = kind.current
    mine = current.c.subject_id == subject
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    turns = union_all(
        select(kind.effective_on.label("day")).where(kind.subject_id == subject),
        select(kind.withdrawn_on.label("day")).where(kind.subject_id == subject, kind.withdrawn_on.is_not(None)),
    ).subquery()
    subjects = bindparam("subjects", expanding=True, type_=Integer)
    among = current.c.subject_id.in_(subjects)
    turns_of_many = union_all(
        select(kind.subject_id, kind.effective_on.label("day")).where(kind.subject_id.in_(subjects)),
        select(kind.subject_id, kind.withdrawn_on.label("day")).where(
            kind.subject_id.in_(subjects), kind.withdrawn_on.is_not(None)
        ),
    ).subquery()
    return _Statements(
        # A row that holds for no day: it stands for the lock alone until the refresh fills it.
        insert=insert(current)
        .values(subject_id=subject, holds_from=BEGINNING, holds_until=BEGINNING)
        .on_conflict_do_nothing(),
        lock=select(current).where(mine).with_for_update(),
        turns=select(
            func.max(turns.c.day).filter(turns.c.day <= day),
            func.min(turns.c.day).filter(turns.c.day > day),
        ),
        seek=select(in_force(kind, subject, day)),
        fill=update(current)
        .where(mine)
        .values(
            entry_id=bindparam("entry"),
            holds_from=bindparam("from"),
            holds_until=bindparam("until"),
        ),
        lock_many=select(current).where(among).order_by(current.c.subject_id).with_for_update(),
        turns_of_many=select(
            turns_of_many.c.subject_id,
            func.max(turns_of_many.c.day).filter(turns_of_many.c.day <= day).label("holds_from"),
            func.min(turns_of_many.c.day).filter(turns_of_many.c.day > day).label("holds_until"),
        ).group_by(turns_of_many.c.subject_id),
        seek_many=select(current.c.subject_id, in_force(kind, current.c.subject_id, day).label("entry_id")).where(
            among
        ),
    )
