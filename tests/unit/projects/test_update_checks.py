"""What keeps an update from being saved, and from being submitted."""

from datetime import date
from typing import Any

import pytest

from opprod.core.quantity import Quantity, parse
from opprod.core.rag import Rag
from opprod.projects.models import StatementKind
from opprod.projects.services.checks import Countable, Known, Promise, incomplete, malformed
from opprod.projects.services.content import ReadingContent, StatementContent, UpdateContent

TODAY = date(2016, 9, 26)
KNOWN = Known(
    today=TODAY,
    owner_ids=frozenset({1}),
    measures={"users": Countable(5, "users", has_reading=True), "beds": Countable(6, "beds", has_reading=False)},
    strand_measure_ids=frozenset({5, 6}),
    promises={7: Promise(date(2016, 8, 1), None), 8: Promise(date(2016, 8, 1), date(2016, 12, 1))},
)


def says(text: str, kind: StatementKind = StatementKind.PROGRESS) -> StatementContent:
    return StatementContent(kind, text)


def step(**changes: Any) -> StatementContent:
    values = {"text": "Appoint the lead", "owner_id": 1, "due_on": date(2016, 10, 31), **changes}
    return StatementContent(StatementKind.NEXT_STEP, **values)


def update(*statements: StatementContent, **changes: Any) -> UpdateContent:
    return UpdateContent(**{"rag": Rag.GREEN, "rag_reason": "On course", "statements": statements, **changes})


def value(said: str | None, *, measure_id: int = 5, source: str = "Return") -> ReadingContent:
    quantity: Quantity | None = parse(said) if said else None
    return ReadingContent(measure_id, quantity, source)


def fields(content: UpdateContent, *, submitting: bool = True) -> list[str | None]:
    faults = [*malformed(content, KNOWN), *(incomplete(content, KNOWN) if submitting else ())]
    return [fault.field for fault in faults]


def test_a_complete_update_can_be_submitted() -> None:
    whole = update(says("There are [[users]]."), step(), readings=(value("c.35"),))
    assert fields(whole) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (update(says("x" * 1001)), "statements-0-text"),
        (update(says("[[nothing]]")), "statements-0-text"),
        (update(rag_reason="x" * 1001), "rag_reason"),
        (update(*[says("x")] * 501), "statements"),
        (update(step(), step(owner_id=2)), "statements-1-owner_id"),
        (update(step(next_step_id=99)), "statements-0-text"),
        (update(step(next_step_id=7), step(next_step_id=7)), "statements-1-text"),
        (update(StatementContent(StatementKind.PROGRESS, "x", owner_id=1)), "statements-0-text"),
        (update(StatementContent(StatementKind.PROGRESS, "x", terms_illustrative="owner")), "statements-0-text"),
        (update(StatementContent(StatementKind.PROGRESS, "x", source="x" * 301)), "statements-0-source"),
        (update(readings=(value("£5m"),)), "readings-0-quantity"),
        (update(readings=(value("5", measure_id=99),)), "readings-0-quantity"),
        (update(readings=(value("5", source="x" * 301),)), "readings-0-source"),
    ],
)
def test_what_is_malformed_cannot_even_be_saved(content: UpdateContent, field: str) -> None:
    assert fields(content, submitting=False) == [field]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (update(says("x"), rag=None), "rag"),
        (update(says("x"), rag_reason=" "), "rag_reason"),
        (update(), "statements"),
        (update(step(text=" ")), "statements-0-text"),
        (update(step(owner_id=None)), "statements-0-owner_id"),
        (update(step(due_on=None)), "statements-0-due_on"),
        (update(step(due_on=date(2016, 9, 25))), "statements-0-due_on"),
        (update(step(next_step_id=7, due_on=date(2016, 8, 2))), "statements-0-due_on"),
        (update(says("[[beds]]")), "statements-0-text"),
        (update(says("x"), readings=(value("5", source=" "),)), "readings-0-source"),
        (update(says("x"), readings=(value(None),)), "readings-0-quantity"),
    ],
)
def test_what_is_incomplete_can_be_saved_and_not_submitted(content: UpdateContent, field: str) -> None:
    assert fields(content, submitting=False) == []
    assert fields(content) == [field]


def test_due_today_is_in_time() -> None:
    assert fields(update(step(due_on=TODAY))) == []


def test_a_promise_carried_on_keeps_a_due_day_that_has_passed() -> None:
    assert fields(update(step(next_step_id=7, due_on=date(2016, 8, 1)))) == []


def test_a_promise_that_slipped_cannot_be_due_before_the_day_it_slipped_to() -> None:
    assert fields(update(step(next_step_id=8, due_on=date(2016, 11, 30)))) == ["statements-0-due_on"]
    assert fields(update(step(next_step_id=8, due_on=date(2016, 12, 1)))) == []


def test_a_measure_can_be_quoted_once_the_update_gives_its_first_reading() -> None:
    assert fields(update(says("[[beds]]"), readings=(value("12", measure_id=6),))) == []


def test_blank_rows_are_no_fault() -> None:
    blank = StatementContent(StatementKind.NEXT_STEP, " ")
    assert fields(update(blank, says("x"), readings=(value(None, source=" "),))) == []


def test_each_fault_is_told() -> None:
    found = fields(update(step(owner_id=None, due_on=None), says("[[beds]]"), rag=None))
    assert found == ["rag", "statements-0-owner_id", "statements-0-due_on", "statements-1-text"]
