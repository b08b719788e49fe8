"""Everything that had been withdrawn by a day, in words, and why."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from opprod.core.illustrative import as_one
from opprod.db import db
from opprod.history import DatedEntry, in_force
from opprod.organisations.models import StpName
from opprod.plans.models import (
    Deliverable,
    DeliverableEntry,
    Plan,
    PlanDocument,
    PlanNote,
    SavingsLine,
    SavingsValue,
    Service,
    ServiceFunction,
)
from opprod.projects.models import Measure, NextStep, NextStepTerms, OutcomeEntry, Reading, StrandProfile
from opprod.projects.queries.statements import resolve_all
from opprod.reports.standing import Withdrawn

_terms = aliased(NextStepTerms)

SAID_LENGTH = 300
"""How much of a long text is kept, in characters."""


def withdrawn_by(day: date) -> tuple[Withdrawn, ...]:
    """What had been withdrawn by the end of a day, the latest last. A fixed number of statements.

    A line of savings or a deliverable is withdrawn with all that it ever said, and is here once.
    """
    found = [*_readings(day), *_promises(day), *_savings(day), *_deliverables(day), *_notes(day), *_documents(day)]
    return tuple(sorted(found, key=lambda one: one.on))


def _readings(day: date) -> Iterator[Withdrawn]:
    columns: list[Any] = [Reading, Measure.key, Measure.name]
    query = select(*columns).join(Measure, Measure.id == Reading.subject_id)
    for entry, key, name in db.session.execute(_gone(query, Reading, day)):
        yield _item(
            entry, "reading", name, f"{entry.said}, {entry.effective_on:%-d %B %Y}", record=f"/measures/{key}"
        )


def _promises(day: date) -> Iterator[Withdrawn]:
    """Promises taken back, and what was recorded of promises and taken back."""
    columns: list[Any] = [NextStepTerms, StrandProfile.name]
    promised = (
        select(*columns)
        .join(NextStep, NextStep.id == NextStepTerms.subject_id)
        .outerjoin(StrandProfile, StrandProfile.id == in_force(StrandProfile, NextStep.strand_id, day))
    )
    terms = db.session.execute(_gone(promised, NextStepTerms, day)).all()
    # The promise may itself have been taken back.
    last = select(func.max(_terms.id)).where(_terms.subject_id == OutcomeEntry.subject_id)
    columns = [OutcomeEntry, NextStepTerms.text]
    recorded = select(*columns).join(NextStepTerms, NextStepTerms.id == last.scalar_subquery())
    outcomes = db.session.execute(_gone(recorded, OutcomeEntry, day)).all()
    texts = [entry.text for entry, _ in terms] + [text for _, text in outcomes]
    words = iter(text for text, _ in resolve_all(texts, day))
    for entry, strand in terms:
        yield _step(entry, "next step", strand or "", next(words))
    for entry, _ in outcomes:
        note = f": {entry.note}" if entry.note else ""
        yield _step(entry, "outcome", next(words), f"{entry.outcome.label}{note}")


def _savings(day: date) -> Iterator[Withdrawn]:
    columns: list[Any] = [SavingsValue, SavingsLine, ServiceFunction.name.label("function")]
    query = (
        _in_plans(day, *columns)
        .join(SavingsLine, SavingsLine.plan_id == Plan.id)
        .join(SavingsValue, SavingsValue.subject_id == SavingsLine.id)
        .outerjoin(ServiceFunction, ServiceFunction.id == SavingsLine.function_id)
    )
    for row in _once(query, SavingsValue, day):
        value, line = row.SavingsValue, row.SavingsLine
        parts = (str(line.year), line.kind.label, row.function, line.label)
        name = ", ".join(part for part in parts if part)
        yield _of_plan(row, value, "saving", f"{name}: {value.said or 'Not stated'}")


def _deliverables(day: date) -> Iterator[Withdrawn]:
    query = (
        _in_plans(day, DeliverableEntry)
        .join(Deliverable, Deliverable.plan_id == Plan.id)
        .join(DeliverableEntry, DeliverableEntry.subject_id == Deliverable.id)
    )
    for row in _once(query, DeliverableEntry, day):
        yield _of_plan(row, row.DeliverableEntry, "deliverable", row.DeliverableEntry.text)


def _notes(day: date) -> Iterator[Withdrawn]:
    query = _in_plans(day, PlanNote).join(PlanNote, PlanNote.subject_id == Plan.id)
    for row in db.session.execute(_gone(query, PlanNote, day)):
        yield _of_plan(row, row.PlanNote, row.PlanNote.kind.label.lower(), row.PlanNote.text)


def _documents(day: date) -> Iterator[Withdrawn]:
    query = _in_plans(day, PlanDocument).join(PlanDocument, PlanDocument.subject_id == Plan.id)
    for row in db.session.execute(_gone(query, PlanDocument, day)):
        yield _of_plan(row, row.PlanDocument, "document", row.PlanDocument.name)


def _in_plans(day: date, *columns: Any) -> Select[Any]:
    """What is sought of plans, with the plan that each is of; join it to ``Plan``."""
    of: list[Any] = [
        Plan.id.label("plan_id"),
        Plan.stp_id,
        Plan.illustrative.label("plan_illustrative"),
        StpName.name.label("stp_name"),
        Service.name.label("service"),
    ]
    return (
        select(*columns, *of)
        .select_from(Plan)
        .join(Service, Service.id == Plan.service_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Plan.stp_id, day))
    )


def _gone(query: Select[Any], kind: type[DatedEntry], day: date) -> Select[Any]:
    """The query of entries, of those alone that were withdrawn by a day."""
    return query.where(kind.withdrawn_on <= day).order_by(kind.id)


def _once(query: Select[Any], kind: type[DatedEntry], day: date) -> Iterable[Row[Any]]:
    """The newest entry of each subject that was withdrawn for one reason on one day."""
    found = {}
    for row in db.session.execute(_gone(query, kind, day)):
        entry: DatedEntry = getattr(row, kind.__name__)
        found[entry.subject_id, entry.withdrawn_on, entry.withdrawn_reason] = row
    return found.values()


def _of_plan(row: Row[Any], entry: DatedEntry, what: str, said: str) -> Withdrawn:
    return _item(
        entry,
        what,
        f"{row.stp_name or f'STP {row.stp_id}'}: {row.service}",
        said,
        record=f"/plans/{row.plan_id}",
        plan_id=row.plan_id,
        illustrative=as_one(*dict.fromkeys((row.plan_illustrative, entry.illustrative))),
    )


def _step(entry: NextStepTerms | OutcomeEntry, what: str, of: str, said: str) -> Withdrawn:
    return _item(entry, what, of, said, record=f"/next-steps/{entry.subject_id}", next_step_id=entry.subject_id)


def _item(
    entry: DatedEntry,
    what: str,
    of: str,
    said: str,
    *,
    record: str,
    plan_id: int | None = None,
    next_step_id: int | None = None,
    illustrative: str | None = None,
) -> Withdrawn:
    assert entry.withdrawn_on is not None  # noqa: S101 no other entry is sought
    return Withdrawn(
        key=f"{entry.__tablename__}:{entry.id}",
        what=what,
        of=_cut(of),
        said=_cut(said),
        on=entry.withdrawn_on,
        why=entry.withdrawn_reason or "",
        record=record,
        plan_id=plan_id,
        next_step_id=next_step_id,
        illustrative=illustrative or entry.illustrative,
    )


def _cut(text: str) -> str:
    return text if len(text) <= SAID_LENGTH else f"{text[: SAID_LENGTH - 1]}…"
