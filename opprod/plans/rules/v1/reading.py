"""How version 1 reads the facts: what is known to be missing, and which lines of the ledger count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from opprod.plans.models import Element, SavingKind
from opprod.plans.rules.facts import PlanFacts, Promise, Saving
from opprod.plans.rules.ruleset import Answer
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.ranges import Range
from opprod.plans.rules.v1.words import lower_first, sources_of

PAPER: Final = "BM/16/89"
"""The Board paper of 29 September 2016; what is quoted stands in its project table, by pathology consolidation."""


def left_out(facts: PlanFacts, element: Element) -> bool:
    """Whether the submission was found to leave an element out, so that it is known to be missing."""
    return facts.submission is not None and element in facts.submission.leaves_out


def not_stated(facts: PlanFacts, element: Element, *, change: str, find: str) -> Answer:
    """The answer where nothing is recorded: not met if the submission leaves the element out, else not known."""
    if facts.submission is not None and left_out(facts, element):
        fact = f"The submission leaves out {lower_first(element.label)}"
        return Answer(Result.NOT_MET, fact, facts.submission.source, change)
    return Answer(Result.NOT_KNOWN, "Not recorded", change=find)


def lines_of(facts: PlanFacts) -> list[Saving]:
    """Lines of the ledger that say what the plan saves; what was in fact saved is no part of a plan."""
    return [line for line in facts.savings if line.kind is not SavingKind.ACTUAL]


def is_stated_zero(line: Saving) -> bool:
    """Whether a line says that nothing is saved. A blank says no such thing."""
    amount = Range.of(line.quantity)
    return amount is not None and amount.is_nothing


def has_figure(line: Saving) -> bool:
    """Whether a line states an amount of money, be it nothing."""
    return Range.of(line.quantity) is not None


def by_year(lines: Sequence[Saving]) -> Mapping[int, list[Saving]]:
    """Lines by the year in which their financial year starts, in order."""
    years: dict[int, list[Saving]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.year.start):
        years[line.year.start].append(line)
    return years


def expected(facts: PlanFacts) -> list[Saving]:
    """The lines that say what is now expected: where a year has a forecast with a figure, its forecasts alone."""
    return [line for lines in by_year(lines_of(facts)).values() for line in _expected_of_a_year(lines)]


def _expected_of_a_year(lines: Sequence[Saving]) -> Sequence[Saving]:
    forecasts = [line for line in lines if line.kind is SavingKind.FORECAST]
    planned = [line for line in lines if line.kind is SavingKind.PLAN]
    # A forecast without a figure takes no planned figure's place.
    return forecasts if any(has_figure(line) for line in forecasts) else planned or forecasts


def sources(*groups: Sequence[Promise | Saving]) -> str | None:
    """What these deliverables and savings are known from."""
    return sources_of(line.source for group in groups for line in group)
