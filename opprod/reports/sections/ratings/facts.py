"""What the section on the history of ratings is composed from."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Rag = Literal["red", "amber", "green"]


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """A rating, and what of it is invented, if anything is."""

    rag: Rag
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class RatedStrand:
    """A strand with its rating at each meeting; None where it had none yet."""

    name: str
    ratings: tuple[RatingFacts | None, ...]


@dataclass(frozen=True, slots=True)
class RatingsFacts:
    """How strands were rated on days of the Board's meetings, and on the one that the facts stand at, in order."""

    days: tuple[date, ...]
    workstreams: tuple[RatedStrand, ...]
    projects: tuple[RatedStrand, ...]
