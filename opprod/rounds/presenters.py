"""Meetings and their rounds in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opprod.rounds.models import Meeting
from opprod.web.errors import Typed
from opprod.web.presenters import day as day_as_text
from opprod.web.presenters import plural

DAYS = {
    "held_on": "Meeting held on",
    "opens_on": "Reporting round opens on",
    "updates_due_on": "Updates due on",
    "updates_reviewed_on": "Updates reviewed by",
    "paper_drafted_on": "Paper drafted by",
    "paper_approved_on": "Paper approved by",
    "paper_due_on": "Paper issued to the Board by",
}
INVENTED = {
    "illustrative": "What of the meeting is invented",
    "round_illustrative": "What of the round’s days, or the day the paper is issued, is invented",
}


@dataclass(frozen=True, slots=True)
class RoundDay:
    """A day of a round: what happens by it, and how far off it is, as another day sees it."""

    label: str
    on: date
    when: str
    is_passed: bool


def round_days(meeting: Meeting, day: date) -> list[RoundDay]:
    """The days of a meeting's round in their order, as a day sees them."""
    found = []
    for label, on in (
        ("Round opens", meeting.round.opens_on),
        ("Updates due", meeting.round.updates_due_on),
        ("Updates reviewed", meeting.round.updates_reviewed_on),
        ("Paper drafted", meeting.round.paper_drafted_on),
        ("Paper approved", meeting.round.paper_approved_on),
        ("Paper issued", meeting.paper_due_on),
        ("Board meets", meeting.held_on),
    ):
        left = (on - day).days
        when = {0: "Today", 1: "Tomorrow"}.get(left, f"In {left} days") if left >= 0 else "Passed"
        found.append(RoundDay(label, on, when, is_passed=left < 0))
    return found


def days_to_go(meeting: Meeting, day: date) -> str:
    """``3 days to go``, ``Today`` or ``Held`` as a day sees it."""
    left = (meeting.held_on - day).days
    if left < 0:
        return "Held"
    return f"{plural(left, 'day')} to go" if left else "Today"


def round_state(meeting: Meeting, day: date) -> str:
    """Where the meeting's round stands on a day, in a sentence or two."""
    if day > meeting.held_on:
        return "The reporting round is closed."
    opens_on, updates_due_on = meeting.round.opens_on, meeting.round.updates_due_on
    state = f"opens on {day_as_text(opens_on)}" if day < opens_on else "is open"
    updates = f"Updates {_are_or_were(updates_due_on, day)} due on {day_as_text(updates_due_on)}"
    paper = f"the paper {_is_or_was(meeting.paper_due_on, day)} to be issued by {day_as_text(meeting.paper_due_on)}"
    return f"The reporting round {state}. {updates}; {paper}."


def as_typed(values: dict[str, Any]) -> list[Typed]:
    """A meeting's values by field, as saved or as typed, for the conflict page."""
    said = [Typed("Board", values["board"] or "")]
    said += [Typed(label, day_as_text(values[key]) if values[key] else "") for key, label in DAYS.items()]
    return said + [Typed(label, values[key]) for key, label in INVENTED.items() if values.get(key)]


def _is_or_was(due_on: date, day: date) -> str:
    return "is" if day <= due_on else "was"


def _are_or_were(due_on: date, day: date) -> str:
    return "are" if day <= due_on else "were"
