"""Meetings and their rounds in words."""

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
    "paper_due_on": "Paper due on",
}


def days_to_go(meeting: Meeting, day: date) -> str:
    """``3 days to go``, ``Today`` or ``Held`` as a day sees it."""
    left = (meeting.held_on - day).days
    if left < 0:
        return "Held"
    return f"{plural(left, 'day')} to go" if left else "Today"


def round_state(meeting: Meeting, day: date) -> str:
    """Where the meeting's round stands on a day, such as ``Open: updates are due on 19 September 2016``."""
    if day < meeting.round.opens_on:
        return f"Opens on {day_as_text(meeting.round.opens_on)}"
    if day > meeting.held_on:
        return "Closed"
    were = "are" if day <= meeting.round.updates_due_on else "were"
    return f"Open: updates {were} due on {day_as_text(meeting.round.updates_due_on)}"


def as_typed(values: dict[str, Any]) -> list[Typed]:
    """A meeting's values by field, as saved or as typed, for the conflict page."""
    said = [Typed("Board", values["board"] or "")]
    said += [Typed(label, day_as_text(values[key]) if values[key] else "") for key, label in DAYS.items()]
    return [*said, Typed("What of this is invented", values["illustrative"])] if values.get("illustrative") else said
