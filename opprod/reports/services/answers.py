"""Answering for what the last paper promised."""

from datetime import date

from opprod.accounts import User
from opprod.core.errors import InvalidInput, NotFound
from opprod.projects.models import Outcome, OutcomeEntry
from opprod.projects.queries.next_steps import next_step
from opprod.projects.services.next_steps import Seen, record_outcome
from opprod.reports.asked import LastPaper


def answer_promise(
    *,
    last: LastPaper,
    next_step_id: int,
    outcome: Outcome,
    note: str | None,
    new_due_on: date | None,
    effective_on: date,
    actor: User,
    seen: Seen | None = None,
) -> OutcomeEntry:
    """Say what became of a next step that the Board's last paper stated, even if its update was returned since.

    Raises as ``record_outcome`` does; ``NotFound`` for a next step that the paper did not state; and ``InvalidInput``
    for what was so when that paper was written, which the Board knew, unless it closes the next step.
    """
    if not last.states(next_step_id):
        raise NotFound(f"{last.reference} stated no such next step.")
    if effective_on <= last.as_at and not outcome.closes:
        raise InvalidInput(
            f"Enter a day after {last.as_at:%-d %B %Y}: what {last.reference} says stands at that day",
            field="effective_on",
        )
    return record_outcome(
        next_step=next_step(next_step_id),
        outcome=outcome,
        note=note,
        new_due_on=new_due_on,
        effective_on=effective_on,
        actor=actor,
        seen=seen,
        even_if_withdrawn=True,
    )
