"""What a person writes in an update, before it is anything of the database's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from opprod.core import illustrative
from opprod.core.quantity import Quantity
from opprod.core.rag import Rag
from opprod.projects.models import StatementKind


@dataclass(frozen=True, slots=True)
class StatementContent:
    """A statement as typed; owner, due day and the promise it carries on are a next step's alone.

    ``source`` says where the figures in its own words come from, None or blank where it does not say.
    ``illustrative`` says what of its words is invented, ``terms_illustrative`` what of its owner and due day.
    """

    kind: StatementKind
    text: str
    owner_id: int | None = None
    due_on: date | None = None
    next_step_id: int | None = None
    illustrative: str | None = None
    terms_illustrative: str | None = None
    source: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it to keep."""
        return not (
            self.text.strip() or self.owner_id or self.due_on or self.next_step_id or (self.source or "").strip()
        )


@dataclass(frozen=True, slots=True)
class ReadingContent:
    """A measure's new value as typed; a draft can lack the value or its source."""

    measure_id: int
    quantity: Quantity | None
    source: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it to keep."""
        return self.quantity is None and not self.source.strip()


@dataclass(frozen=True, slots=True)
class UpdateContent:
    """All that an update says."""

    rag: Rag | None = None
    rag_reason: str | None = None
    statements: Sequence[StatementContent] = ()
    readings: Sequence[ReadingContent] = ()


def tidied(content: UpdateContent) -> UpdateContent:
    """The content without its blank parts and the space round its texts; readings in the order of their measures."""
    return UpdateContent(
        rag=content.rag,
        rag_reason=(content.rag_reason or "").strip() or None,
        statements=tuple(
            replace(statement, text=statement.text.strip(), source=" ".join((statement.source or "").split()) or None)
            for statement in content.statements
            if not statement.is_blank
        ),
        readings=tuple(
            replace(reading, source=" ".join(reading.source.split()))
            for reading in sorted(content.readings, key=lambda reading: reading.measure_id)
            if not reading.is_blank
        ),
    )


def says_the_same(one: UpdateContent, other: UpdateContent) -> bool:
    """Whether tidied contents are alike but for the keys that promises get when they are made."""
    return _without_keys(one) == _without_keys(other)


def changes(
    before: UpdateContent, after: UpdateContent, *, names: Mapping[int, str], measures: Mapping[int, str]
) -> dict[str, list[Any]]:
    """What became of an update's parts, as the audit trail keeps it: of statements and readings, those that changed.

    ``names`` are owners' by key, ``measures`` measures' by key.
    """
    found: dict[str, list[Any]] = {
        field: [was, now]
        for field, was, now in (
            ("rating", before.rag and before.rag.value, after.rag and after.rag.value),
            ("reason", before.rag_reason, after.rag_reason),
        )
        if was != now
    }
    for field, was, now in (
        (
            "statements",
            [_statement_line(statement, names) for statement in before.statements],
            [_statement_line(statement, names) for statement in after.statements],
        ),
        (
            "readings",
            [_reading_line(reading, measures) for reading in before.readings],
            [_reading_line(reading, measures) for reading in after.readings],
        ),
    ):
        if was != now:
            gone, new = _without(was, now), _without(now, was)
            # Only their order changed: say the whole of it.
            found[field] = [gone or None, new or None] if gone or new else [was, now]
    return found


def _without_keys(content: UpdateContent) -> UpdateContent:
    return replace(
        content, statements=tuple(replace(statement, next_step_id=None) for statement in content.statements)
    )


def _without(lines: list[str], others: list[str]) -> list[str]:
    left = Counter(others)
    kept = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            kept.append(line)
    return kept


def _statement_line(statement: StatementContent, names: Mapping[int, str]) -> str:
    invented = illustrative.as_one(statement.illustrative, statement.terms_illustrative)
    details = [
        names.get(statement.owner_id, "") if statement.owner_id else "",
        f"due {statement.due_on:%-d %B %Y}" if statement.due_on else "",
        f"next step {statement.next_step_id}" if statement.next_step_id else "",
        f"source: {statement.source}" if statement.source else "",
        f"illustrative: {invented}" if invented else "",
    ]
    said = ", ".join(detail for detail in details if detail)
    return f"{statement.kind.label}: {statement.text}{f' ({said})' if said else ''}"


def _reading_line(reading: ReadingContent, measures: Mapping[int, str]) -> str:
    return f"{measures.get(reading.measure_id, 'Measure')}: {reading.quantity or 'no value'} ({reading.source})"
