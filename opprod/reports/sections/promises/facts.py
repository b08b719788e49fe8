"""What the section on what we said we would do is composed from."""

from dataclasses import dataclass
from datetime import date

from opprod.reports.answers import AnsweredPromise


@dataclass(frozen=True, slots=True)
class PromisesFacts:
    """The paper that the Board had last, and each next step it stated; ``illustrative`` says what is invented."""

    reference: str
    meeting_on: date
    promises: tuple[AnsweredPromise, ...]
    illustrative: str | None = None
