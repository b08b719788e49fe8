"""What has changed since the last paper, as short tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from opprod.reports.blocks import Block, BoardOnly, Cell, Column, Heading, Note, Paragraph, Row, Span, Table
from opprod.reports.differences import Change, ChangeKind
from opprod.reports.facts import SectionText, Snapshot, StatementFacts, StrandFacts
from opprod.reports.sections.changes.facts import ChangesFacts
from opprod.reports.writing import narrative_blocks, statement_list

KEY = "changes"
ROWS_OF_A_KIND = 25
"""How many changes of a kind the paper shows; a table of more is for a page."""

FIRST_PAPER = "No earlier paper or meeting of the Board is recorded to compare with."
NOTHING = "Nothing has changed."
_COLUMNS = {
    ChangeKind.STRANDS: (Column("Workstream or project", 35), Column("From", 30), Column("To", 35)),
    ChangeKind.RAG: (
        *(Column("Workstream or project", 25), Column("From", 15), Column("To", 15)),
        Column("Why", 45),
    ),
    ChangeKind.STATEMENTS: (
        *(Column("Workstream or project", 25), Column("Statement", 20)),
        Column("What it says", 55),
    ),
    ChangeKind.OUTCOMES: (
        *(Column("Next step", 40), Column("From", 15), Column("To", 20)),
        Column("Note", 25),
    ),
    ChangeKind.PROMISES: (
        *(Column("Next step", 40), Column("What changed", 20), Column("From", 20)),
        Column("To", 20),
    ),
    ChangeKind.FIGURES: (
        *(Column("Figure", 30), Column("From", 20), Column("To", 20)),
        Column("Source", 30),
    ),
    ChangeKind.CATEGORIES: (Column("Plan", 50), Column("From", 25), Column("To", 25)),
    ChangeKind.SAVINGS: (
        *(Column("Plan", 35), Column("Year and kind", 15), Column("From", 25)),
        Column("To", 25),
    ),
    ChangeKind.WITHDRAWN: (
        *(Column("What", 20), Column("Of", 25), Column("What it said", 30)),
        Column("Why", 25),
    ),
}


def narrative(_snapshot: Snapshot) -> str:
    """Begin with what the tables show."""
    return "The tables show what has changed in the programme since the Board last had a paper on it."


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Put a table for each kind of change after the narrative; what comes of plans is for the Board alone."""
    written = narrative_blocks(text, snapshot.figures)
    facts = snapshot.of(KEY, ChangesFacts)
    if facts is None:
        return (*written, _remark(FIRST_PAPER))
    lead_in = Paragraph((Span(_since(facts)),))
    told = tuple(_tables(_Told(snapshot, text, facts)))
    return (*written, lead_in, *(told or (_remark(NOTHING),)))


def _since(facts: ChangesFacts) -> str:
    meeting = f"meeting on {facts.meeting_on.day} {facts.meeting_on:%B %Y}"
    if facts.reference is None:
        return f"Compared with how things stood on the day of the {meeting}:"
    return f"Compared with the paper for the {meeting} ({facts.reference}):"


class _Told:
    """What is told of the changes in a paper."""

    def __init__(self, snapshot: Snapshot, text: SectionText, facts: ChangesFacts) -> None:
        self.facts = facts
        self._text = text
        self._strands = {strand.id: strand for strand in (*snapshot.workstreams, *snapshot.projects)}

    def row(self, change: Change) -> Row | None:
        """A change under the columns of its kind; None for a statement that the paper leaves out."""
        match change.kind:
            case ChangeKind.STATEMENTS:
                return self._statement(change)
            case ChangeKind.OUTCOMES | ChangeKind.PROMISES:
                return _promise(change)
            case ChangeKind.FIGURES:
                return self._figure(change)
            case _:
                return _plain(change)

    def _statement(self, change: Change) -> Row | None:
        said: tuple[Block, ...] = (_paragraph(change.before or ""),)
        if change.stated is not None:
            said = self._as_the_paper_puts_it(change)
            if not said:
                return None
        if change.how == "Reworded":
            said = (*said, Paragraph((Span(f"Before: {change.before}", emphasis=True),)))
        how = "no longer said" if change.how == "Gone" else change.how.lower()
        name = Span(change.of, record=change.record, illustrative=None if change.stated else change.illustrative)
        return Row((_cell((name,)), _cell((Span(f"{change.about}: {how}"),)), Cell(said)))

    def _as_the_paper_puts_it(self, change: Change) -> tuple[Block, ...]:
        """A statement in the words that its editor gave it, its figures marked; nothing for one left out."""
        found = self._found(change)
        if found is None:
            return (_paragraph(change.after or "", change.illustrative),)
        strand, statement = found
        alone = replace(strand, statements=(statement,))
        return statement_list(alone, statement.kind, text=self._text)

    def _found(self, change: Change) -> tuple[StrandFacts, StatementFacts] | None:
        strand, stated = self._strands.get(change.strand_id), change.stated
        if strand is None or stated is None:
            return None
        said = (one for one in strand.said(stated.kind) if one.text == stated.words)
        statement = next(said, None)
        return None if statement is None else (strand, statement)

    def _figure(self, change: Change) -> Row:
        evidence = None if change.of_plan else self.facts.evidence.get(change.record)
        about = f", {change.about[:1].lower()}{change.about[1:]}" if change.about else ""
        name = Span(f"{change.of}{about}", record=change.record, illustrative=change.illustrative)
        return _cells(
            *((name,), (Span(_side(change.before)),), (Span(_side(change.after), evidence=evidence),)),
            (Span(change.source or ""),),
        )


def _tables(told: _Told) -> Iterator[Block]:
    for kind in ChangeKind:
        changes = told.facts.found.of(kind)
        for of_plan in (False, True):
            rows = [row for change in changes if change.of_plan is of_plan and (row := told.row(change))]
            if rows:
                yield from _table(kind, rows, of_plan=of_plan)


def _table(kind: ChangeKind, rows: Sequence[Row], *, of_plan: bool) -> Iterator[Block]:
    name = kind.label
    if of_plan and kind in {ChangeKind.FIGURES, ChangeKind.WITHDRAWN}:
        name = f"{name}: STPs’ plans"
    blocks: list[Block] = [Heading((Span(name),)), Table(name, _COLUMNS[kind], tuple(rows[:ROWS_OF_A_KIND]))]
    more = len(rows) - ROWS_OF_A_KIND
    if more > 0:
        blocks.append(Note("left-out", f"{more:,} more are left out here. They are on the page of what changed."))
    if of_plan:
        yield BoardOnly(tuple(blocks))
    else:
        yield from blocks


def _promise(change: Change) -> Row:
    name = Span(change.about or "", record=change.record, illustrative=change.illustrative)
    whose = Paragraph((Span(change.of, emphasis=True),))
    sides = (_side(change.before), _side(change.after))
    words = (*sides, change.why or "") if change.kind is ChangeKind.OUTCOMES else (change.how, *sides)
    return Row((Cell((Paragraph((name,)), whose)), *(_cell((Span(one),)) for one in words)))


def _plain(change: Change) -> Row:
    """A change whose cells are words alone."""
    name = Span(change.of, record=change.record, illustrative=change.illustrative)
    sides = _side(change.before), _side(change.after)
    words: tuple[str, ...] = sides
    match change.kind:
        case ChangeKind.RAG:
            words = (*sides, change.why or "")
        case ChangeKind.SAVINGS:
            words = (change.about or "", *sides)
        case ChangeKind.WITHDRAWN:
            name = replace(name, text=change.how)
            words = (change.of, change.before or "", change.why or "")
    return _cells((name,), *((Span(one),) for one in words))


def _cells(*cells: tuple[Span, ...]) -> Row:
    return Row(tuple(map(_cell, cells)))


def _cell(spans: tuple[Span, ...]) -> Cell:
    return Cell((Paragraph(spans),) if any(span.text for span in spans) else ())


def _side(words: str | None) -> str:
    return words or "–"


def _paragraph(words: str, illustrative: str | None = None) -> Paragraph:
    return Paragraph((Span(words, illustrative=illustrative),))


def _remark(words: str) -> Paragraph:
    return Paragraph((Span(words, emphasis=True),))
