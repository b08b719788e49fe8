"""Plans, their categories and what the rules suggest, in words and tags."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from opprod.core.quantity import GBP, Qualifier, Quantity
from opprod.core.regions import Region
from opprod.plans.models import Category, FigureKind, Outcome, SubmissionState, Waiting
from opprod.plans.queries.matrix import Count, Movement, Transition
from opprod.plans.queries.plans import Standing
from opprod.plans.queries.recorded import FigureView, PlanRecord
from opprod.plans.rules.suggestion import Result
from opprod.web.presenters import day as day_in_words
from opprod.web.presenters import short_day

NOT_RECORDED = "Not recorded"

_STANDING_COLOURS = {Standing.A: "green", Standing.B: "yellow", Standing.C: "red"}
_RESULT_COLOURS = {Result.MET: "green", Result.NOT_MET: "red", Result.EITHER: "purple", Result.NOT_KNOWN: "grey"}
_WAITING_COLOURS = {Waiting.RETURNED: "orange", Waiting.REGION: "blue", Waiting.CENTRE: "aqua-green"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its words, which say all, and its colour, which only repeats them."""

    text: str
    colour: str


def standing_tag(standing: Standing) -> Tag:
    """Where a plan stands: its category by letter and words, or why there is none."""
    return Tag(standing.label, _STANDING_COLOURS.get(standing, "white"))


def category_tag(category: Category | None) -> Tag:
    """A category by letter and words; None is a plan that has none yet."""
    return standing_tag(Standing(category.value) if category else Standing.NONE)


def outcome_tag(outcome: Outcome) -> Tag:
    """What the rules make of a plan."""
    if outcome.category is not None:
        return category_tag(outcome.category)
    return Tag(outcome.label, "purple" if outcome is Outcome.BOUNDARY else "grey")


def result_tag(result: Result) -> Tag:
    """How a criterion came out."""
    return Tag(result.label, _RESULT_COLOURS[result])


def waiting_tag(waiting: Waiting) -> Tag:
    """Whom a plan waits for."""
    return Tag(waiting.label, _WAITING_COLOURS.get(waiting, "white"))


def stp_title(number: int, name: str | None) -> str:
    """An STP's name, or its number on a day before any name of it is known."""
    return name or f"STP {number}"


def plan_title(number: int, name: str | None, service: str) -> str:
    """``Black Country: Pathology``."""
    return f"{stp_title(number, name)}: {service}"


def submission_in_words(state: SubmissionState | None, received_on: date | None) -> str:
    """``Received 12 Sep 2016``, that the STP says it has no plan, or that nothing is recorded."""
    if state is None:
        return NOT_RECORDED
    return f"{state.label} {short_day(received_on)}" if received_on else state.label


def by_region(rows: Iterable[Row[Any]]) -> list[tuple[Region, list[Row[Any]]]]:
    """Rows that come by region, under the region each is of."""
    return [(region, list(found)) for region, found in groupby(rows, key=lambda row: row.region)]


def plans_at(counts: Iterable[Count], service_id: int, *, region: Region | None = None) -> dict[Standing, int]:
    """How many of a service's plans stand at each thing, in one region or in all."""
    found = [one for one in counts if one.service_id == service_id and region in {None, one.region}]
    return {standing: sum(one.plans for one in found if one.standing is standing) for standing in Standing}


def plans_at_in_words(found: Mapping[Standing, int]) -> str:
    """``4 A, 5 B, 2 C, 1 none``: what there is none of is left out."""
    return ", ".join(f"{plans:,} {standing.value}" for standing, plans in found.items() if plans) or "No plans"


class MovementTable:
    """How many plans stood where on a day, and where they stand on a later one."""

    def __init__(self, transitions: Sequence[Transition]) -> None:
        self._plans = {(one.before, one.after): one.plans for one in transitions}
        self.illustrative = any(one.illustrative for one in transitions)
        seen = {standing for pair in self._plans for standing in pair}
        # Few plans are ever withdrawn: a row and a column of noughts would only be in the way.
        self.standings = [one for one in Standing if one is not Standing.WITHDRAWN or one in seen]

    def plans(self, *, before: Standing | None = None, after: Standing | None = None) -> int:
        """How many stood at ``before`` and stand at ``after``; None is anything."""
        return sum(n for (was, now), n in self._plans.items() if before in {None, was} and after in {None, now})

    @property
    def moved(self) -> int:
        """How many stand elsewhere."""
        return sum(n for (was, now), n in self._plans.items() if was is not now)


def figures(record: PlanRecord) -> list[tuple[FigureKind, FigureView | None]]:
    """Every single figure there can be, with what is recorded of it."""
    return [(kind, record.figures.get(kind)) for kind in FigureKind]


def opportunity(record: PlanRecord) -> str:
    """What a year costs less what it could cost, by national data, or why that cannot be said."""
    cost, attainable = (
        figure.quantity if (figure := record.figures.get(kind)) else None
        for kind in (FigureKind.BENCHMARK_COST, FigureKind.BENCHMARK_ATTAINABLE)
    )
    if cost is None or attainable is None:
        return "Not known: it takes both costs"
    low = None if cost.low is None or attainable.high is None else cost.low - attainable.high
    high = None if cost.high is None or attainable.low is None else cost.high - attainable.low
    if low is None and high is None:
        return "Cannot be said: both costs are open at one end"
    if Qualifier.CIRCA in {cost.qualifier, attainable.qualifier}:
        qualifier = Qualifier.CIRCA
    elif low is None:
        qualifier = Qualifier.UP_TO
    else:
        qualifier = Qualifier.EXACT if high is not None else Qualifier.AT_LEAST
    return Quantity.of(low, high, qualifier, GBP).said


def next_up_heading(outcome: Outcome) -> str:
    """What stands over what would have to change."""
    if outcome is Outcome.INSUFFICIENT:
        return "What to find out first"
    return {Outcome.B: "What would make it an A", Outcome.C: "What would make it a B"}.get(
        outcome, "What would have to change"
    )


def moved_in_words(moved: Movement) -> str:
    """When a plan came to stand where it does, and by whose step."""
    when = f" on {day_in_words(moved.on)}" if moved.on else ""
    if moved.how is not None:
        return f"{moved.how.label}{when}, by {moved.by}"
    if moved.after is Standing.WITHDRAWN:
        return f"Withdrawn{when}, by {moved.by}"
    if moved.before is Standing.WITHDRAWN:
        return f"Reinstated{when}, by {moved.by}"
    return "The decision was taken back"


def categories() -> list[tuple[Tag, str]]:
    """The tag of each category with what it means, for a key."""
    return [(category_tag(one), one.meaning) for one in Category]
