"""What the section on previous consideration is composed from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A paper on the same matter that was issued for an earlier meeting; ``purpose`` is what it asked, in words."""

    board: str
    meeting_on: date
    reference: str
    purpose: str | None
    record: str
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class ConsideredFacts:
    """The earlier papers, the latest first, and how many there are before those."""

    papers: tuple[EarlierPaper, ...]
    more: int = 0
