"""What a paper's sections are composed from: the programme on a day, as plain frozen data.

Sections see this and nothing else, so that a paper says the same whenever it is composed from the same facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from opprod.reports.evidence import UNKNOWN, Provenance
from opprod.reports.promises import Promise

StatementKind = Literal["achievement", "progress", "next-step"]

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's reading in force on the day; without one, ``said`` and what follows are None.

    ``illustrative`` here and below says what is invented for a demonstration, if anything is. ``reading_id`` is the
    reading's own key.
    """

    key: str
    name: str
    said: str | None
    effective_on: date | None
    source: str | None
    illustrative: str | None = None
    reading_id: int | None = None
    provenance: Provenance = UNKNOWN


Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """One thing a strand says; ``[[key]]`` in its text stands for the figure of that key.

    ``source`` is where the figures in its own words come from, and ``promise`` what it promises, where it is a next
    step.
    """

    kind: StatementKind
    text: str
    figures: tuple[Figure, ...] = ()
    outcome: str | None = None
    illustrative: str | None = None
    source: str | None = None
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class StrandFacts:
    """A workstream or project with what its update in force says; ``approved`` is none where there is no update.

    ``reported_for`` is the meeting whose round the update answers. ``unchanged_since`` is the day its words were
    first submitted, where the round's update says that nothing has changed. ``record`` is the path of its page.
    """

    name: str
    reports_to: str | None
    approved: bool | None
    statements: tuple[StatementFacts, ...]
    id: int | None = None
    kind: Literal["workstream", "project"] = "project"
    rag: str | None = None
    rag_reason: str | None = None
    rag_illustrative: str | None = None
    reported_for: date | None = None
    unchanged_since: date | None = None
    unchanged_reason: str | None = None
    provenance: Provenance = UNKNOWN
    record: str | None = None

    def said(self, *kinds: StatementKind) -> tuple[StatementFacts, ...]:
        """The statements of these kinds, in the order they were written."""
        return tuple(statement for statement in self.statements if statement.kind in kinds)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The programme at the end of a day. ``figures`` are those a narrative can quote.

    ``meeting_on`` is the day of the meeting that the paper is for. ``facts`` are what each section asked for besides,
    by the section's key.
    """

    day: date
    directorate: str
    body: str
    purpose: str
    workstreams: tuple[StrandFacts, ...]
    projects: tuple[StrandFacts, ...]
    figures: Figures
    meeting_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def of(self, key: str, kind: type[Facts]) -> Facts | None:
        """What the section of a key asked for; None where it was not gathered."""
        found = self.facts.get(key)
        return found if isinstance(found, kind) else None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a section's text for this paper, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in somebody's own words for which a writer of the paper answers: by a source, or by accepting it.

    ``source`` is None for one that was accepted by name without a source. ``record`` is the path of where it is
    settled.
    """

    key: str
    said: str
    source: str | None
    by: str
    at: datetime
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What the paper's editor made of a statement: left out, put in other words, or set under a group's name.

    ``figures`` are those that its text quotes.
    """

    included: bool = True
    text: str | None = None
    group: str | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionText:
    """What a section's editor wrote; the narrative is Markdown.

    ``claims`` are those settled in the paper, by key, and ``wordings`` its editors' changes to statements, by
    ``wordings.key_of`` the statement. ``evidence_page`` is the path of the page where claims are settled.
    """

    title: str
    narrative: str
    confirmation: Confirmation | None = None
    board_only: bool = False
    claims: Mapping[str, Claim] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    evidence_page: str | None = None
