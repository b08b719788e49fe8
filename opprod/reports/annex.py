"""The annex: what each figure of a paper rests on, numbered as the text numbers it."""

from collections.abc import Iterable
from datetime import datetime

from opprod.reports.blocks import Block, Cell, Column, Paragraph, Row, Span, Table
from opprod.reports.evidence import Evidence, NumberedEvidence
from opprod.web.presenters import day as day_in_words

COLUMNS = (
    Column("No.", 10),
    Column("Figure", 30),
    Column("Source", 30),
    Column("Recorded and approved", 30),
)
NO_SOURCE = "No source is recorded"


def evidence_table(lines: Iterable[NumberedEvidence]) -> Table | None:
    """What figures rest on, a row each; None where there are no figures."""
    rows = tuple(map(_row, lines))
    return Table("What the figures rest on", COLUMNS, rows) if rows else None


def anchor(number: int) -> str:
    """Where a figure's number leads within the paper."""
    return f"evidence-{number}"


def _row(line: NumberedEvidence) -> Row:
    evidence = line.evidence
    return Row(
        (
            _cell(Span(str(line.number))),
            Cell(tuple(_figure(evidence))),
            Cell(tuple(_source(evidence))),
            Cell(tuple(_people(evidence))),
        ),
        anchor=anchor(line.number),
    )


def _figure(evidence: Evidence) -> Iterable[Block]:
    on = (Span(f", {day_in_words(evidence.on)}"),) if evidence.on else ()
    said = Span(evidence.said, strong=True, illustrative=evidence.illustrative)
    yield Paragraph((Span(evidence.what, record=evidence.record), Span(": "), said, *on))


def _source(evidence: Evidence) -> Iterable[Block]:
    if evidence.source:
        yield Paragraph((Span(evidence.source),))
    else:
        yield Paragraph((Span(NO_SOURCE, emphasis=True),))


def _people(evidence: Evidence) -> Iterable[Block]:
    found = evidence.provenance
    recorded = "Accepted without a source" if evidence.kind == "accepted" else "Recorded"
    if found.recorded_by:
        yield Paragraph((Span(f"{recorded} by {found.recorded_by}{_at(found.recorded_at)}"),))
    if found.approved_by:
        yield Paragraph((Span(f"Approved by {found.approved_by}{_at(found.approved_at)}"),))


def _cell(span: Span) -> Cell:
    return Cell((Paragraph((span,)),))


def _at(moment: datetime | None) -> str:
    return f" on {day_in_words(moment)}" if moment else ""
