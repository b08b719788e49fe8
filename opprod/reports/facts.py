"""What a paper's sections are composed from: the programme on a day, as plain frozen data.

Sections see this and nothing else, so that a paper says the same whenever it is composed from the same facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

StatementKind = Literal["achievement", "progress", "next-step"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's reading in force on the day; without one, the last four are None.

    ``illustrative`` here and below says what is invented for a demonstration, if anything is.
    """

    key: str
    name: str
    said: str | None
    effective_on: date | None
    source: str | None
    illustrative: str | None = None


Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """One thing a strand says; ``[[key]]`` in its text stands for the figure of that key."""

    kind: StatementKind
    text: str
    figures: tuple[Figure, ...] = ()
    outcome: str | None = None
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class StrandFacts:
    """A workstream or project with what its update in force says; ``approved`` is none where there is no update."""

    name: str
    reports_to: str | None
    approved: bool | None
    statements: tuple[StatementFacts, ...]

    def said(self, *kinds: StatementKind) -> tuple[StatementFacts, ...]:
        """The statements of these kinds, in the order they were written."""
        return tuple(statement for statement in self.statements if statement.kind in kinds)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The programme at the end of a day. ``figures`` are those a narrative can quote."""

    day: date
    directorate: str
    body: str
    purpose: str
    workstreams: tuple[StrandFacts, ...]
    projects: tuple[StrandFacts, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a section's text for this paper, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SectionText:
    """What a section's editor wrote; the narrative is Markdown."""

    title: str
    narrative: str
    confirmation: Confirmation | None = None
