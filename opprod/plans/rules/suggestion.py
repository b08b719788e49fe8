"""What the rules say of a plan."""

from dataclasses import dataclass
from enum import StrEnum

from opprod.plans.models import Outcome


class Result(StrEnum):
    """How a criterion came out."""

    MET = "met"
    NOT_MET = "not-met"
    EITHER = "either"
    """What is recorded points both ways: a range across the threshold, or records that contradict each other."""
    NOT_KNOWN = "not-known"

    @property
    def label(self) -> str:
        """The result in words."""
        return {"either": "Either way"}.get(self.value, self.value.replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion looked at: what it asks, how it came out, the fact that says so and where that fact is from.

    ``decisive`` marks those that the outcome rests on: the criteria that fired.
    """

    criterion: str
    asks: str
    result: Result
    fact: str
    source: str | None
    decisive: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a version of the rules makes of a plan's facts.

    ``because`` says it in a sentence; ``next_up`` what would have to change for the next letter up, or to be found
    out first where too little is recorded.
    """

    version: int
    outcome: Outcome
    because: str
    findings: tuple[Finding, ...]
    next_up: tuple[str, ...]
