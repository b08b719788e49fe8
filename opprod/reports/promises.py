"""What a paper promises the Board."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Promise:
    """A next step as a paper states it: whose it is, in which words, and by when; ``next_step_id`` is its record."""

    next_step_id: int
    strand: str
    text: str
    owner: str
    due_on: date
    illustrative: str | None = None
