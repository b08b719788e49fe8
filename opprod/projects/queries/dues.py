"""SQL for when a next step is due."""

from datetime import date

from sqlalchemy import ColumnElement, case

from opprod.projects.models import NextStepTerms, OutcomeEntry


def effective_due() -> ColumnElement[date]:
    """The day that holds, of the terms and the outcome in force that a query joins: a slip moves a day back only."""
    return case((OutcomeEntry.new_due_on > NextStepTerms.due_on, OutcomeEntry.new_due_on), else_=NextStepTerms.due_on)
