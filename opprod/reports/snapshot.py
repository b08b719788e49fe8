"""Taking a snapshot of the programme as at a day, through the queries of the rooms below."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from opprod.organisations.queries import directorate
from opprod.projects.models import StatementKind, Status, StrandKind
from opprod.projects.queries import provenance
from opprod.projects.queries.provenance import ReadingProvenance, UpdateProvenance
from opprod.projects.queries.records import QuotedReading, StatementView
from opprod.projects.queries.statements import published_statements, quoted_readings
from opprod.projects.queries.strands import StrandView, strands
from opprod.projects.quoting import quoted_keys
from opprod.reports.asked import Asked
from opprod.reports.evidence import UNKNOWN, Provenance
from opprod.reports.facts import Figure, Figures, Snapshot, StatementFacts, StrandFacts
from opprod.reports.facts import StatementKind as Kind
from opprod.reports.promises import Promise
from opprod.reports.sections import Section

Readings = Mapping[str, ReadingProvenance]

KINDS: dict[StatementKind, Kind] = {
    StatementKind.ACHIEVEMENT: "achievement",
    StatementKind.PROGRESS: "progress",
    StatementKind.NEXT_STEP: "next-step",
}


def take_for(asked: Asked, kinds: Iterable[Section], *, narratives: Iterable[str] = ()) -> Snapshot:
    """Take the programme with what each of these sections asks for besides."""
    facts = {kind.key: kind.gather(asked) for kind in kinds}
    return replace(take(asked.day, narratives=narratives), meeting_on=asked.meeting_on, facts=facts)


def take(day: date, *, narratives: Iterable[str] = (), keys: Iterable[str] = ()) -> Snapshot:
    """Take the programme as it stood at the end of a day, with the measures that narratives quote or ``keys`` name.

    Strands that had ended by then are left out. A fixed number of statements.
    """
    found = directorate()
    statements = published_statements(day)
    quoted = quoted_readings({*quoted_keys(narratives), *keys}, day)
    updates = provenance.of_updates(day)
    readings = provenance.of_readings(_keys(quoted, statements), day)

    def of(kind: StrandKind) -> tuple[StrandFacts, ...]:
        views = [view for view in strands(kind, day) if not view.is_closed(day)]
        return tuple(_strand(view, statements.get(view.id, []), updates, readings) for view in views)

    return Snapshot(
        day=day,
        directorate=found.name if found else "directorate",
        body=found.body if found else "the organisation",
        purpose=found.purpose if found else "carry out its programme",
        workstreams=of(StrandKind.WORKSTREAM),
        projects=of(StrandKind.PROJECT),
        figures=_figures(quoted.values(), readings),
    )


def _keys(quoted: Mapping[str, QuotedReading], statements: Mapping[int, list[StatementView]]) -> set[str]:
    """The keys of every measure quoted."""
    said = (reading.key for views in statements.values() for view in views for reading in view.quoted)
    return {*quoted, *said}


def _strand(
    view: StrandView, statements: list[StatementView], updates: Mapping[int, UpdateProvenance], readings: Readings
) -> StrandFacts:
    update = updates.get(view.id)
    return StrandFacts(
        name=view.name,
        reports_to=view.reports_to,
        approved=None if view.update_status is None else view.update_status is Status.APPROVED,
        statements=tuple(_statement(view, statement, readings) for statement in statements),
        id=view.id,
        kind="workstream" if view.kind is StrandKind.WORKSTREAM else "project",
        rag=view.rag.value if view.rag else None,
        rag_reason=view.rag_reason,
        rag_illustrative=view.rag_illustrative,
        reported_for=view.meeting_held_on,
        unchanged_since=view.unchanged_since,
        unchanged_reason=view.unchanged_reason,
        provenance=UNKNOWN
        if update is None
        else Provenance(update.submitted_by, update.submitted_at, update.approved_by, update.approved_at),
        record=f"/{view.kind.value}s/{view.slug}",
    )


def _statement(strand: StrandView, view: StatementView, readings: Readings) -> StatementFacts:
    return StatementFacts(
        kind=KINDS[view.kind],
        text=view.raw,
        figures=tuple(_figures(view.quoted, readings).values()),
        outcome=view.outcome.label if view.outcome else None,
        illustrative=view.illustrative,
        source=view.source,
        promise=_promise(strand, view),
    )


def _promise(strand: StrandView, view: StatementView) -> Promise | None:
    """What a statement promises still; None for one whose outcome ended it."""
    if view.next_step_id is None or view.due_on is None or (view.outcome and view.outcome.closes):
        return None
    return Promise(
        next_step_id=view.next_step_id,
        strand=strand.name,
        text=view.text,
        owner=view.owner_name or "",
        due_on=view.due_on,
        illustrative=view.invented,
    )


def _figures(quoted: Iterable[QuotedReading], readings: Readings) -> Figures:
    return {reading.key: _figure(reading, readings.get(reading.key)) for reading in quoted}


def _figure(reading: QuotedReading, found: ReadingProvenance | None) -> Figure:
    return Figure(
        key=reading.key,
        name=reading.name,
        said=reading.said,
        effective_on=reading.effective_on,
        source=reading.source,
        illustrative=reading.illustrative,
        reading_id=found.reading_id if found else None,
        provenance=Provenance(found.recorded_by, found.recorded_at, found.approved_by, found.approved_at)
        if found
        else UNKNOWN,
    )
