"""Taking a snapshot of the programme as at a day, through the queries of the rooms below."""

from collections.abc import Iterable
from datetime import date

from opprod.organisations.queries import directorate
from opprod.projects.models import StatementKind, Status, StrandKind
from opprod.projects.queries.records import QuotedReading, StatementView
from opprod.projects.queries.statements import published_statements, quoted_readings
from opprod.projects.queries.strands import StrandView, strands
from opprod.projects.quoting import quoted_keys
from opprod.reports.facts import Figure, Figures, PlansFacts, Snapshot, StatementFacts, StrandFacts
from opprod.reports.facts import StatementKind as Kind

KINDS: dict[StatementKind, Kind] = {
    StatementKind.ACHIEVEMENT: "achievement",
    StatementKind.PROGRESS: "progress",
    StatementKind.NEXT_STEP: "next-step",
}


def take(
    day: date, *, narratives: Iterable[str] = (), keys: Iterable[str] = (), plans: PlansFacts | None = None
) -> Snapshot:
    """Take the programme as it stood at the end of a day, with the measures that narratives quote or ``keys`` name.

    Strands that had ended by then are left out, and STPs' plans unless they are given. A fixed number of statements.
    """
    found = directorate()
    statements = published_statements(day)
    quoted = quoted_readings({*quoted_keys(narratives), *keys}, day)

    def of(kind: StrandKind) -> tuple[StrandFacts, ...]:
        views = [view for view in strands(kind, day) if not view.is_closed(day)]
        return tuple(_strand(view, statements.get(view.id, [])) for view in views)

    return Snapshot(
        day=day,
        directorate=found.name if found else "directorate",
        body=found.body if found else "the organisation",
        purpose=found.purpose if found else "carry out its programme",
        workstreams=of(StrandKind.WORKSTREAM),
        projects=of(StrandKind.PROJECT),
        figures=_figures(quoted.values()),
        plans=plans,
    )


def _strand(view: StrandView, statements: list[StatementView]) -> StrandFacts:
    return StrandFacts(
        name=view.name,
        reports_to=view.reports_to,
        approved=None if view.update_status is None else view.update_status is Status.APPROVED,
        statements=tuple(map(_statement, statements)),
    )


def _statement(view: StatementView) -> StatementFacts:
    return StatementFacts(
        kind=KINDS[view.kind],
        text=view.raw,
        figures=tuple(_figures(view.quoted).values()),
        outcome=view.outcome.label if view.outcome else None,
        illustrative=view.illustrative,
    )


def _figures(quoted: Iterable[QuotedReading]) -> Figures:
    return {
        reading.key: Figure(
            key=reading.key,
            name=reading.name,
            said=reading.said,
            effective_on=reading.effective_on,
            source=reading.source,
            illustrative=reading.illustrative,
        )
        for reading in quoted
    }
