"""The criterion of version 1 that sets what a plan saves against what national data says could be saved."""

from collections.abc import Sequence

from opprod.core.quantity import QuantityError
from opprod.core.quantity import total as total_said
from opprod.plans.models import Element
from opprod.plans.rules.facts import PlanFacts, Saving
from opprod.plans.rules.ruleset import Answer, Criterion
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.ranges import Range, largest, money, total
from opprod.plans.rules.v1.reading import PAPER, by_year, expected, has_figure, not_stated
from opprod.plans.rules.v1.savings import FIND_AMOUNTS, FIND_SAVINGS, without_figure
from opprod.plans.rules.v1.words import sources_of, year_in_words

BY_NATIONAL_DATA = "that national data says could be saved in a year"


def _ambition(facts: PlanFacts) -> Answer:
    opportunity = _opportunity(facts)
    if opportunity is None:
        return Answer(
            Result.NOT_KNOWN,
            "No national benchmark in pounds, of cost now and cost attainable, is recorded; an A can do without",
            change="Record the national benchmark, to judge the ambition by.",
            needed=False,
        )
    benchmark = [figure.source for figure in (facts.benchmark_cost, facts.benchmark_attainable) if figure]
    if opportunity.is_nothing:
        return Answer(Result.MET, "National data shows nothing more to save", sources_of(benchmark))
    lines = expected(facts)
    if any(has_figure(line) for line in lines):
        return _set_against(opportunity, lines, benchmark)
    change = f"State a yearly saving of {_goal(opportunity)}."
    answer = not_stated(facts, Element.SAVINGS, change=change, find=FIND_AMOUNTS if lines else FIND_SAVINGS)
    fact = "No saving with an amount to set against the national benchmark"
    return Answer(answer.result, fact, answer.source or sources_of(benchmark), answer.change)


def _set_against(opportunity: Range, lines: Sequence[Saving], benchmark: Sequence[str]) -> Answer:
    with_figure = [line for line in lines if has_figure(line)]
    blank = [line for line in lines if not has_figure(line)]
    saving, said = _largest_year(with_figure)
    goal = _goal(opportunity)
    source = sources_of([*benchmark, *(line.source for line in with_figure)])
    fact = f"The largest yearly saving is {said}, where half of what could be saved is {_half(opportunity)}"
    result = reaches_half(saving, opportunity)
    if result is Result.MET:
        return Answer(result, fact, source)
    if result is Result.EITHER and saving.low == saving.high:
        change = f"Raise the yearly saving from {said} to {goal}, or narrow the national benchmark."
        return Answer(result, fact, source, change)
    if result is Result.EITHER:
        change = f"State the yearly saving closely enough to show that it is {goal}; it is now {said}."
        return Answer(result, fact, source, change)
    if blank:
        # A blank is not zero: with its figure the saving may be large enough.
        find = f"Find out the amount of {without_figure(blank)}: without it, the yearly saving is not {goal}."
        return Answer(Result.NOT_KNOWN, f"{fact}, but there is {without_figure(blank)}", source, find)
    return Answer(result, fact, source, f"Raise the yearly saving from {said} to {goal}.")


def reaches_half(saving: Range, opportunity: Range) -> Result:
    """Whether a saving is at least half of an opportunity: for certain, for certain not, or perhaps."""
    if saving.low is not None and opportunity.high is not None and 2 * saving.low >= opportunity.high:
        return Result.MET
    if saving.high is not None and opportunity.low is not None:
        short = opportunity.low - 2 * saving.high
        if short > 0 or (short == 0 and (saving.below or opportunity.above)):
            return Result.NOT_MET
    return Result.EITHER


def _opportunity(facts: PlanFacts) -> Range | None:
    cost = Range.of(facts.benchmark_cost.quantity) if facts.benchmark_cost else None
    attainable = Range.of(facts.benchmark_attainable.quantity) if facts.benchmark_attainable else None
    return None if cost is None or attainable is None else cost - attainable


def _largest_year(lines: Sequence[Saving]) -> tuple[Range, str]:
    """The largest total of a year, and how to say it: with its year, where one year is plainly the largest."""
    years = by_year(lines)
    totals = {
        year: total([amount for line in of_year if (amount := Range.of(line.quantity))])
        for year, of_year in years.items()
    }
    whole = largest(list(totals.values()))
    for year, amount in totals.items():
        if amount == whole:
            return whole, f"{_said(years[year], amount)} in {year_in_words(year)}"
    return whole, str(whole)


def _said(lines: Sequence[Saving], amount: Range) -> str:
    try:
        said = total_said(line.quantity for line in lines if line.quantity is not None)
    except QuantityError:
        return str(amount)
    return str(said)


def _goal(opportunity: Range) -> str:
    if opportunity.high is None:
        return f"at least half of the amount {BY_NATIONAL_DATA} ({opportunity})"
    half = money(_halved(opportunity.high))
    if opportunity.low == opportunity.high:
        return f"at least {half}, half of the {opportunity} {BY_NATIONAL_DATA}"
    return f"at least {half}, half of the most {BY_NATIONAL_DATA} ({opportunity})"


def _half(opportunity: Range) -> str:
    low = None if opportunity.low is None else _halved(opportunity.low)
    high = None if opportunity.high is None else _halved(opportunity.high)
    return str(Range(low, high, above=opportunity.above, below=opportunity.below, near=opportunity.near))


def _halved(bound: int) -> int:
    # Up to the next ten-thousandth of a pound, so that what is asked for is never less than half.
    return -(-bound // 2)


AMBITION = Criterion(
    name="Ambition",
    asks="Is the largest yearly saving at least half of what national data says could be saved in a year?",
    counts_towards="A where met, B (ambition) where not, boundary where the range lies on both sides",
    basis=(
        f"{PAPER}: a B is to improve its ambition; plans are scrutinised with nationally available data. "
        "Ours: the half, since no source gives a share; that a year’s forecasts take the place of what was planned "
        "for it; and that an A can do without where no benchmark is recorded."
    ),
    look=_ambition,
    shortfall="ambition",
)
