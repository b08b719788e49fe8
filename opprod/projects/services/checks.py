"""Whether what a person wrote in an update can be kept, and whether it can be submitted: pure rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from opprod.core.errors import InvalidInput
from opprod.core.quantity import QuantityError, parse
from opprod.projects.models import StatementKind
from opprod.projects.quoting import quoted_keys, unknown
from opprod.projects.services.content import ReadingContent, StatementContent, UpdateContent

MOST_STATEMENTS = 500
TEXT_LENGTH = 1000
SOURCE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Promise:
    """A next step of the strand: the day it is due, none where its terms are not in force, and any it slipped to."""

    due_on: date | None
    slipped_to: date | None


@dataclass(frozen=True, slots=True)
class Countable:
    """A measure that a statement can quote: its key for readings, unit, and whether a reading is in force."""

    measure_id: int
    unit: str
    has_reading: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What content is checked against."""

    today: date
    owner_ids: frozenset[int]
    """Those of the owners named who can own a next step."""
    measures: Mapping[str, Countable]
    """Those quoted and those of the strand, by key."""
    strand_measure_ids: frozenset[int]
    promises: Mapping[int, Promise]
    """The strand's next steps among those carried on."""


def malformed(content: UpdateContent, known: Known) -> list[InvalidInput]:
    """What keeps the content from being saved even as a draft, each naming its field.

    Fields are named as the form names them: ``rag_reason``, ``statements-3-text``, ``readings-0-quantity``.
    """
    return list(_malformed(content, known))


def incomplete(content: UpdateContent, known: Known) -> list[InvalidInput]:
    """What keeps well-formed content from being submitted."""
    return list(_incomplete(content, known))


def _malformed(content: UpdateContent, known: Known) -> Iterator[InvalidInput]:
    if len(content.rag_reason or "") > TEXT_LENGTH:
        yield InvalidInput(f"Reason must be {TEXT_LENGTH:,} characters or fewer", field="rag_reason")
    if len(content.statements) > MOST_STATEMENTS:
        yield InvalidInput(
            f"An update can have {MOST_STATEMENTS} statements at most; take some out", field="statements"
        )
    carried: set[int] = set()
    for index, statement in enumerate(content.statements):
        yield from _malformed_statement(statement, f"statements-{index}", known, carried)
    for index, reading in enumerate(content.readings):
        yield from _malformed_reading(reading, f"readings-{index}", known)


def _malformed_statement(
    statement: StatementContent, place: str, known: Known, carried: set[int]
) -> Iterator[InvalidInput]:
    if len(statement.text) > TEXT_LENGTH:
        yield InvalidInput(f"Statement must be {TEXT_LENGTH:,} characters or fewer", field=f"{place}-text")
    if len(statement.source or "") > SOURCE_LENGTH:
        yield InvalidInput(f"Source must be {SOURCE_LENGTH} characters or fewer", field=f"{place}-source")
    for key in quoted_keys([statement.text]):
        if key not in known.measures:
            yield InvalidInput(unknown(key).message, field=f"{place}-text")
    if statement.kind is StatementKind.NEXT_STEP:
        yield from _malformed_promise(statement, place, known, carried)
    elif statement.owner_id or statement.due_on or statement.next_step_id or statement.terms_illustrative:
        yield InvalidInput("Only a next step has an owner and a due day", field=f"{place}-text")


def _malformed_promise(
    statement: StatementContent, place: str, known: Known, carried: set[int]
) -> Iterator[InvalidInput]:
    if statement.owner_id and statement.owner_id not in known.owner_ids:
        yield InvalidInput(
            "Choose a member of staff, an executive or a regional lead whose account is in use",
            field=f"{place}-owner_id",
        )
    if statement.next_step_id:
        if statement.next_step_id not in known.promises:
            yield InvalidInput("This next step belongs to another workstream or project", field=f"{place}-text")
        if statement.next_step_id in carried:
            yield InvalidInput("This next step is in the update twice; take one out", field=f"{place}-text")
        carried.add(statement.next_step_id)


def _malformed_reading(reading: ReadingContent, place: str, known: Known) -> Iterator[InvalidInput]:
    if reading.is_blank:
        return
    if reading.measure_id not in known.strand_measure_ids:
        yield InvalidInput("This measure belongs to another workstream or project", field=f"{place}-quantity")
        return
    if len(reading.source) > SOURCE_LENGTH:
        yield InvalidInput(f"Source must be {SOURCE_LENGTH} characters or fewer", field=f"{place}-source")
    if reading.quantity:
        unit = next(m.unit for m in known.measures.values() if m.measure_id == reading.measure_id)
        try:
            parse(reading.quantity.said, unit=unit)
        except QuantityError as error:
            yield InvalidInput(str(error), field=f"{place}-quantity")


def _incomplete(content: UpdateContent, known: Known) -> Iterator[InvalidInput]:
    if content.rag is None:
        yield InvalidInput("Choose red, amber or green", field="rag")
    if not (content.rag_reason or "").strip():
        yield InvalidInput("Enter the reason for the rating", field="rag_reason")
    if all(statement.is_blank for statement in content.statements):
        yield InvalidInput("Add at least one statement", field="statements")
    given = {reading.measure_id for reading in content.readings if reading.quantity}
    for index, statement in enumerate(content.statements):
        if not statement.is_blank:
            yield from _incomplete_statement(statement, f"statements-{index}", known, given)
    for index, reading in enumerate(content.readings):
        if not reading.is_blank:
            yield from _incomplete_reading(reading, f"readings-{index}")


def _incomplete_statement(
    statement: StatementContent, place: str, known: Known, given: set[int]
) -> Iterator[InvalidInput]:
    if not statement.text.strip():
        what = {
            StatementKind.ACHIEVEMENT: "what was achieved",
            StatementKind.PROGRESS: "what progress was made",
            StatementKind.NEXT_STEP: "what will be done",
        }
        yield InvalidInput(f"Enter {what[statement.kind]}, or remove this", field=f"{place}-text")
    for key in quoted_keys([statement.text]):
        measure = known.measures.get(key)
        if measure and not measure.has_reading and measure.measure_id not in given:
            yield InvalidInput(f"[[{key}]] has no reading yet: give one, or take it out", field=f"{place}-text")
    if statement.kind is StatementKind.NEXT_STEP:
        yield from _incomplete_promise(statement, place, known)


def _incomplete_promise(statement: StatementContent, place: str, known: Known) -> Iterator[InvalidInput]:
    if not statement.owner_id:
        yield InvalidInput("Choose who will do it", field=f"{place}-owner_id")
    if not statement.due_on:
        yield InvalidInput("Enter the day it is due", field=f"{place}-due_on")
        return
    promise = known.promises.get(statement.next_step_id or 0, Promise(due_on=None, slipped_to=None))
    if promise.slipped_to and statement.due_on < promise.slipped_to:
        yield InvalidInput(
            f"This slipped to {promise.slipped_to:%-d %B %Y}: enter that day or a later one, "
            "or withdraw that outcome on its own page first",
            field=f"{place}-due_on",
        )
    elif statement.due_on < known.today and statement.due_on != promise.due_on:
        yield InvalidInput(
            f"Enter a due day that has not passed: today, {known.today:%-d %B %Y}, or later", field=f"{place}-due_on"
        )


def _incomplete_reading(reading: ReadingContent, place: str) -> Iterator[InvalidInput]:
    if reading.quantity is None:
        yield InvalidInput("Enter the value, or take the source out", field=f"{place}-quantity")
    if not reading.source.strip():
        yield InvalidInput("Enter where the value comes from", field=f"{place}-source")
