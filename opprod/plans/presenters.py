"""Plans, their categories and what the rules suggest, in words and tags."""

from dataclasses import dataclass

from opprod.plans.models import Category, Outcome, Waiting
from opprod.plans.rules.suggestion import Result

NOT_RECORDED = "Not recorded"
NOT_CATEGORISED = "Not yet categorised"

_CATEGORY_COLOURS = {Category.A: "green", Category.B: "yellow", Category.C: "red"}
_RESULT_COLOURS = {Result.MET: "green", Result.NOT_MET: "red", Result.EITHER: "purple", Result.NOT_KNOWN: "grey"}
_WAITING_COLOURS = {Waiting.RETURNED: "orange", Waiting.REGION: "blue", Waiting.CENTRE: "aqua-green"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its words, which say all, and its colour, which only repeats them."""

    text: str
    colour: str


def category_tag(category: Category | None) -> Tag:
    """A category by letter and words; None is a plan that has none yet."""
    if category is None:
        return Tag(NOT_CATEGORISED, "white")
    return Tag(f"{category.value}: {category.label}", _CATEGORY_COLOURS[category])


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
