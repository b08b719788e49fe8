"""For which paper, and as at which day, the facts of sections are gathered."""

from dataclasses import dataclass
from datetime import date

from opprod.reports.promises import Promise


@dataclass(frozen=True, slots=True)
class LastPaper:
    """The paper that the Board had before: which version, what it said as at which day, and what it promised.

    ``illustrative`` says what of it, or of its meeting, is invented.
    """

    issue_id: int
    edition_id: int
    reference: str
    meeting_on: date
    as_at: date
    issued_on: date
    promises: tuple[Promise, ...]
    illustrative: str | None = None

    def states(self, next_step_id: int) -> bool:
        """Whether the paper stated this next step."""
        return any(promise.next_step_id == next_step_id for promise in self.promises)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a section's facts are gathered for; ``last`` is the Board's issued paper that this one answers.

    ``report_on`` is the paper's title, and ``purpose`` what it asks of the Board in a word, such as ``decision``.
    """

    day: date
    board: str
    meeting_on: date
    last: LastPaper | None = None
    report_on: str = ""
    purpose: str | None = None
