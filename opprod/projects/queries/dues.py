"""SQL for when a next step is due, and whether anything is owed on it still."""

from datetime import date

from sqlalchemy import ColumnElement, case, or_

from opprod.projects.models import NextStepTerms, Outcome, OutcomeEntry

_CLOSING = [outcome for outcome in Outcome if outcome.closes]


def effective_due() -> ColumnElement[date]:
    """The day that holds, of the terms and the outcome in force that a query joins: a slip moves a day back only."""
    return case((OutcomeEntry.new_due_on > NextStepTerms.due_on, OutcomeEntry.new_due_on), else_=NextStepTerms.due_on)


def is_closed() -> ColumnElement[bool]:
    """Whether the outcome in force that a query joins ends what is owed."""
    return OutcomeEntry.outcome.in_(_CLOSING)


def is_open() -> ColumnElement[bool]:
    """Whether something is owed still: there is no outcome in force, or none that ends it."""
    return or_(OutcomeEntry.outcome.is_(None), OutcomeEntry.outcome.not_in(_CLOSING))
