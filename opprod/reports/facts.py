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
class PlanCount:
    """How many plans for a service in a region stand alike; ``standing`` is None for those that are withdrawn."""

    service: str
    region: str
    standing: str | None
    plans: int
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """A plan by its name."""

    name: str
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanMove:
    """How many plans went from one category to another; where they are many, only the first have their names here."""

    before: str
    after: str
    plans: int
    named: tuple[NamedPlan, ...]
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanMoves:
    """The plans that stand elsewhere than they did at the end of a day."""

    since: date
    moves: tuple[PlanMove, ...]


@dataclass(frozen=True, slots=True)
class PlanGain:
    """A plan's gain in words: what it saves a year, when the first of it comes, and when it has paid back."""

    service: str
    stp: str
    yearly: str
    first: str
    payback: str
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanUnknowns:
    """Of how many of a service's plans something is not known, in words."""

    service: str
    plans: int
    unknown: tuple[str, ...]
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlansFacts:
    """STPs' plans at the end of a day; ``moves`` is None where no meeting of the Board came before.

    ``standings`` are the categories a plan can stand at, and that it has none yet. ``counting`` are the services,
    each with the functions whose savings count in ``gains``.
    """

    standings: tuple[str, ...]
    counts: tuple[PlanCount, ...]
    moves: PlanMoves | None
    counting: tuple[tuple[str, str], ...]
    gains: tuple[PlanGain, ...]
    unknowns: tuple[PlanUnknowns, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The programme at the end of a day. ``figures`` are those a narrative can quote.

    ``plans`` is None unless a section of them was asked for: they are not for publication.
    """

    day: date
    directorate: str
    body: str
    purpose: str
    workstreams: tuple[StrandFacts, ...]
    projects: tuple[StrandFacts, ...]
    figures: Figures
    plans: PlansFacts | None = None


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
