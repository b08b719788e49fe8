"""Criteria of version 1 that look at what a plan covers, and what it delivers by when."""

from collections.abc import Callable, Sequence
from datetime import date

from opprod.plans.models import Element
from opprod.plans.rules.facts import PlanFacts, Promise
from opprod.plans.rules.ruleset import Answer, Criterion
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.reading import PAPER, left_out, not_stated, sources
from opprod.plans.rules.v1.words import count, day_in_words, joined, listed, part_of, year_in_words, year_of

FIND_DELIVERABLES = "Find out what the plan is to deliver, and by when."


def _functions(facts: PlanFacts) -> Answer:
    if facts.scope is None or not facts.scope.functions:
        return not_stated(
            facts,
            Element.FUNCTIONS,
            change="Name the functions that the plan covers.",
            find="Find out which functions the plan covers.",
        )
    return Answer(Result.MET, listed(facts.scope.functions), facts.scope.source)


def _scale(facts: PlanFacts) -> Answer:
    scope = facts.scope
    if scope is None or scope.organisations == 0:
        return not_stated(
            facts,
            Element.ORGANISATIONS,
            change="Name the organisations that take part, at least two of them.",
            find="Find out which organisations take part.",
        )
    kinds = (
        (scope.trusts, "trust", "trusts"),
        (scope.ccgs, "CCG", "CCGs"),
        (scope.local_authorities, "local authority", "local authorities"),
    )
    fact = joined([count(number, one, many) for number, one, many in kinds if number])
    if scope.organisations == 1:
        change = "Bring in at least one more organisation: only one takes part."
        return Answer(Result.NOT_MET, f"{fact} alone", scope.source, change)
    return Answer(Result.MET, fact, scope.source)


def _dated(facts: PlanFacts) -> Answer:
    if not facts.deliverables:
        return _no_deliverables(facts, "Name deliverables, each with a date.")
    undated = [promise for promise in facts.deliverables if promise.due_on is None]
    if not undated:
        fact = f"A date for {part_of(len(facts.deliverables), len(facts.deliverables), 'deliverable')}"
        return Answer(Result.MET, fact, sources(facts.deliverables))
    return Answer(
        Result.NOT_MET,
        f"No date for {part_of(len(undated), len(facts.deliverables), 'deliverable')}",
        sources(undated),
        f"Give a date to {_named(undated)}.",
    )


def _due_in(years_on: int) -> Callable[[PlanFacts], Answer]:
    def look(facts: PlanFacts) -> Answer:
        year = year_of(facts.day) + years_on
        in_words = year_in_words(year)
        change = f"Bring a deliverable into {in_words}, or add one."
        if not facts.deliverables:
            return _no_deliverables(facts, change)
        due = _due(facts.deliverables, year)
        if not due:
            fact = f"None due in {in_words}{_nearest(facts.deliverables, year)}"
            return Answer(Result.NOT_MET, fact, sources(facts.deliverables), change)
        first = min(day for day, _ in due)
        of_these = f"on {day_in_words(first)}" if len(due) == 1 else f"the first on {day_in_words(first)}"
        fact = f"{count(len(due), 'deliverable')} due in {in_words}, {of_these}"
        return Answer(Result.MET, fact, sources([promise for _, promise in due]))

    return look


def _due(deliverables: Sequence[Promise], year: int) -> list[tuple[date, Promise]]:
    return [(one.due_on, one) for one in deliverables if one.due_on is not None and year_of(one.due_on) == year]


def _nearest(deliverables: Sequence[Promise], year: int) -> str:
    """When the next deliverable after a year is due, or else when the last one before it was."""
    dates = [one.due_on for one in deliverables if one.due_on is not None]
    after = [day for day in dates if year_of(day) > year]
    if after:
        return f"; the next is due on {day_in_words(min(after))}"
    return f"; the last was due on {day_in_words(max(dates))}" if dates else ""


def _no_deliverables(facts: PlanFacts, change: str) -> Answer:
    # Dates that are left out are missing whether or not anyone copied out the deliverables they belong to.
    element = Element.DELIVERABLES if left_out(facts, Element.DELIVERABLES) else Element.DATES
    return not_stated(facts, element, change=change, find=FIND_DELIVERABLES)


def _named(promises: Sequence[Promise]) -> str:
    return listed(sorted({f"“{promise.text}”" for promise in promises}))


FUNCTIONS = Criterion(
    name="Functions in scope",
    asks="Does it name the functions that it covers?",
    counts_towards="A where met, B (scale) where not",
    basis=f"{PAPER}: a B is to improve its scale; in back office, scope varies from plan to plan.",
    look=_functions,
    shortfall="scale",
)
ORGANISATIONS = Criterion(
    name="Organisations taking part",
    asks="Do at least two organisations take part?",
    counts_towards="A where met, B (scale) where not",
    basis=f"{PAPER}: a B is to improve its scale. Ours: at least two, since one alone has nothing to join.",
    look=_scale,
    shortfall="scale",
)
DATED = Criterion(
    name="Dates of deliverables",
    asks="Are there deliverables, each with a date?",
    counts_towards="A where met, B (timelines) where not",
    basis=f"{PAPER}: a B is to improve its timelines; few submissions include any.",
    look=_dated,
    shortfall="timelines",
)
DUE_THIS_YEAR = Criterion(
    name="Deliverables this year",
    asks="Is a deliverable due in this financial year?",
    counts_towards="A where met, boundary where only this is missing",
    basis=f"{PAPER}: an A has deliverables in both years, at the time 2016/17 and 2017/18.",
    look=_due_in(0),
)
DUE_NEXT_YEAR = Criterion(
    name="Deliverables next year",
    asks="Is a deliverable due in the next financial year?",
    counts_towards="A where met, boundary where only this is missing",
    basis=f"{PAPER}: as for this year.",
    look=_due_in(1),
)
