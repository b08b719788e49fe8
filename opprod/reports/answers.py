"""What became of what the Board was told last: pure functions of frozen facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opprod.reports.promises import Promise

TIMES = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What had become of a next step, from a day: the outcome in words, and whether it ends what is owed.

    ``new_due_on`` is the day it slipped to, now or before.
    """

    name: str
    closes: bool
    slipped: bool
    effective_on: date
    note: str | None = None
    new_due_on: date | None = None
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweredPromise:
    """A next step that the last paper stated, and how it is answered; ``outcome`` is None where it is not.

    ``due_on`` is the day that holds now, and ``first_due_on`` the one it was first promised for. ``public`` says
    whether the copy for publication stated it. ``record`` is the path of its page, None where it has none to show.
    """

    promise: Promise
    outcome: Outcome | None
    slips: int
    first_due_on: date
    due_on: date
    public: bool = True
    record: str | None = None

    @property
    def still_promised(self) -> Promise | None:
        """What is promised from here on, in the same words; None for what is closed or not answered."""
        if self.outcome is None or self.outcome.closes:
            return None
        said = self.promise
        return Promise(said.next_step_id, said.strand, said.text, said.owner, self.due_on, said.illustrative)


def answers(outcome: Outcome | None, *, since: date) -> bool:
    """Whether an outcome answers for what a paper stated whose facts stood at ``since``.

    One that took effect by then was known to the Board, unless it closes the next step.
    """
    return outcome is not None and (outcome.closes or outcome.effective_on > since)


def unanswered(promises: Iterable[AnsweredPromise]) -> list[Promise]:
    """The promises without an answer, in the paper's order."""
    return [one.promise for one in promises if one.outcome is None]


def outcome_in_words(answered: AnsweredPromise) -> str:
    """``Achieved``, ``Slipped to 31 October 2016`` or ``Not yet answered``."""
    outcome = answered.outcome
    if outcome is None:
        return "Not yet answered"
    if outcome.slipped and outcome.new_due_on:
        return f"{outcome.name} to {day_in_words(outcome.new_due_on)}"
    return outcome.name


def slips_in_words(answered: AnsweredPromise) -> str:
    """``Slipped twice; first due 31 August 2016``, or that no slip is recorded."""
    first = f"first due {day_in_words(answered.first_due_on)}"
    if answered.slips:
        return f"Slipped {TIMES.get(answered.slips) or f'{answered.slips} times'}; {first}"
    if answered.due_on > answered.first_due_on:
        return f"No slip recorded, but {first}"
    return "No slip recorded"


def day_in_words(day: date) -> str:
    """``31 August 2016``."""
    return f"{day.day} {day:%B %Y}"
