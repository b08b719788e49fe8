"""Plans, their categories and what the rules suggest, in words and tags."""

from dataclasses import dataclass
from datetime import date

from opprod.plans.models import Category, Outcome, SubmissionState, Waiting
from opprod.plans.queries.plans import Standing
from opprod.plans.rules.suggestion import Result
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
