"""Criteria of version 1 that look at what a plan says that it saves."""

from collections.abc import Sequence

from opprod.plans.models import Element
from opprod.plans.rules.facts import PlanFacts, Saving
from opprod.plans.rules.ruleset import Answer, Criterion
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.reading import PAPER, by_year, expected, has_figure, is_stated_zero, not_stated, sources
from opprod.plans.rules.v1.words import count, joined, listed, part_of, year_in_words

STATE_SAVINGS = "State what the plan saves in each financial year, and how much of it releases cash."
SAVE_SOMETHING = "Find something to save: the plan states a saving of nothing."
FIND_SAVINGS = "Find out what the plan saves in each financial year, and how much of it releases cash."
FIND_AMOUNTS = "Find out the amounts of the savings that are recorded without a figure."


def _stated(facts: PlanFacts) -> Answer:
    lines = expected(facts)
    saving = [line for line in lines if has_figure(line) and not is_stated_zero(line)]
    blank = [line for line in lines if not has_figure(line)]
    if saving:
        years = [year_in_words(year) for year in by_year(saving)]
        without = f"; {without_figure(blank)}" if blank else ""
        return Answer(Result.MET, f"Stated for {listed(years)}{without}", sources(saving))
    if lines and not blank:
        return Answer(Result.NOT_MET, "A saving of nothing is stated", sources(lines), SAVE_SOMETHING)
    answer = not_stated(facts, Element.SAVINGS, change=STATE_SAVINGS, find=FIND_SAVINGS)
    if blank and answer.result is Result.NOT_KNOWN:
        return Answer(Result.NOT_KNOWN, f"Only {without_figure(blank)}", sources(blank), FIND_AMOUNTS)
    return answer


def _cash_releasing(facts: PlanFacts) -> Answer:
    lines = expected(facts)
    saving = [line for line in lines if not is_stated_zero(line)]
    if not saving:
        if lines:
            return Answer(Result.NOT_MET, "A saving of nothing is stated", sources(lines), SAVE_SOMETHING)
        return not_stated(facts, Element.SAVINGS, change=STATE_SAVINGS, find=FIND_SAVINGS)
    releasing = [line for line in saving if line.cash_releasing and has_figure(line)]
    if releasing:
        fact = f"Cash released by {part_of(len(releasing), len(saving), 'saving')}"
        return Answer(Result.MET, fact, sources(releasing))
    if all(line.cash_releasing is False for line in saving):
        change = "Find a saving that releases cash: none of those recorded does."
        return Answer(Result.NOT_MET, "None of the savings releases cash", sources(saving), change)
    if any(line.cash_releasing for line in saving):
        fact = "The savings known to release cash have no figure"
        return Answer(Result.NOT_KNOWN, fact, sources(saving), FIND_AMOUNTS)
    unsaid = [line for line in saving if line.cash_releasing is None]
    return Answer(
        Result.NOT_KNOWN,
        f"Not recorded for {part_of(len(unsaid), len(saving), 'saving')}",
        sources(unsaid),
        "Find out which of the savings release cash.",
    )


def without_figure(lines: Sequence[Saving]) -> str:
    """How many lines have no figure, and in which years."""
    years = joined([year_in_words(year) for year in by_year(lines)])
    return f"{count(len(lines), 'saving')} without a figure in {years}"


STATED = Criterion(
    name="Savings by year",
    asks="Does it say what it saves, in which year and how much?",
    counts_towards="A where met, B (ambition) where not",
    basis=f"{PAPER}: a B is to improve its ambition; few submissions include financial benefits.",
    look=_stated,
    shortfall="ambition",
)
CASH_RELEASING = Criterion(
    name="Cash-releasing savings",
    asks="Does at least some of the saving release cash?",
    counts_towards="A where met, B (ambition) where not",
    basis=f"{PAPER}: the savings it speaks of are cashable. Ours: that some must be.",
    look=_cash_releasing,
    shortfall="ambition",
)
