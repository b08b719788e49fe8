"""What a version of the rules is made of: criteria, each looked at alone, and steps; the first that fits decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opprod.plans.models import Outcome
from opprod.plans.rules.facts import PlanFacts
from opprod.plans.rules.suggestion import Finding, Result, Suggestion


@dataclass(frozen=True, slots=True)
class Answer:
    """How a criterion came out, the fact that says so, and where that fact is from.

    ``change`` is a sentence: what would make it met, or what to find out where it is not known. ``needed`` is False
    where an A can do without the answer.
    """

    result: Result
    fact: str
    source: str | None = None
    change: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that the rules look at, in the words of the page of rules.

    ``basis`` is where it comes from, ``shortfall`` what a plan lacks that is known not to meet it, where that alone
    makes it a B.
    """

    name: str
    asks: str
    counts_towards: str
    basis: str
    look: Callable[[PlanFacts], Answer]
    shortfall: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A plan's facts, and the answer to each criterion by its name."""

    facts: PlanFacts
    answers: Mapping[str, Answer]

    def __getitem__(self, criterion: Criterion) -> Answer:
        return self.answers[criterion.name]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a step decides: the criteria it rests on, the reason in a sentence, and what would change it."""

    rests_on: tuple[Criterion, ...]
    because: str
    next_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step towards the outcome: ``decide`` gives None where it does not apply, and ``when`` says when it does."""

    outcome: Outcome
    when: str
    decide: Callable[[Case], Verdict | None]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the rules. It never changes once it has been in force; the last of its steps always applies."""

    version: int
    in_force_from: date
    about: str
    criteria: tuple[Criterion, ...]
    steps: tuple[Step, ...]

    def suggest(self, facts: PlanFacts) -> Suggestion:
        """What this version makes of a plan's facts: the same for the same facts, and never an error."""
        case = Case(facts, {criterion.name: criterion.look(facts) for criterion in self.criteria})
        outcome, verdict = next(
            (step.outcome, verdict) for step in self.steps if (verdict := step.decide(case)) is not None
        )
        return Suggestion(
            version=self.version,
            outcome=outcome,
            because=verdict.because,
            findings=tuple(
                Finding(
                    criterion=criterion.name,
                    asks=criterion.asks,
                    result=case[criterion].result,
                    fact=case[criterion].fact,
                    source=case[criterion].source,
                    decisive=criterion in verdict.rests_on,
                )
                for criterion in self.criteria
            ),
            next_up=verdict.next_up,
        )
