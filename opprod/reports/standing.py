"""How the programme stood at the end of a day: all that is compared to say what changed, as plain frozen data.

It is stored with what is frozen of a paper, so that a later paper can say what changed since, whatever was recorded
for earlier days in between.
"""

from dataclasses import dataclass
from datetime import date

from opprod.reports.facts import StatementKind


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement in force; ``written`` is its text as typed, where it quotes readings."""

    kind: StatementKind
    text: str
    written: str | None = None
    next_step_id: int | None = None
    illustrative: str | None = None

    @property
    def words(self) -> str:
        """Its own words, in which a quotation is the same whatever the reading."""
        return self.written or self.text


@dataclass(frozen=True, slots=True)
class StrandStanding:
    """A workstream or project that had not ended, how it is rated and why, and what it says.

    ``record`` is the path of its page.
    """

    id: int
    kind: str
    name: str
    record: str
    rag: str | None = None
    rag_reason: str | None = None
    rag_illustrative: str | None = None
    statements: tuple[Stated, ...] = ()
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """A next step, the day it is due, and what had become of it, from a day and in whose words."""

    next_step_id: int
    strand: str
    text: str
    owner: str
    due_on: date
    outcome: str | None = None
    outcome_on: date | None = None
    outcome_note: str | None = None
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingStanding:
    """A measure's reading in force; without one, ``said`` and what follows are None."""

    key: str
    name: str
    said: str | None = None
    effective_on: date | None = None
    source: str | None = None
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class SavingStanding:
    """What a plan saves in a financial year by its lines of one kind, in words, and how much of that is cash."""

    year: str
    kind: str
    said: str
    cash: str
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanFigureStanding:
    """A single figure of a plan, such as the capital it needs; one that was cleared is none."""

    name: str
    said: str
    source: str
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """An STP's plan for a service: where it stands, and what it says it saves and costs.

    ``category`` is the category in force or that there is none; ``withdrawn`` says why a withdrawn plan is.
    """

    id: int
    name: str
    region: str
    category: str
    withdrawn: str | None = None
    savings: tuple[SavingStanding, ...] = ()
    figures: tuple[PlanFigureStanding, ...] = ()
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something withdrawn by the day: what sort of thing, of what, what it said, since when and why.

    ``key`` tells it from all others. ``plan_id`` and ``next_step_id`` are the plan or the promise it was part of, and
    ``record`` is the path of the page where it was.
    """

    key: str
    what: str
    of: str
    said: str
    on: date
    why: str
    record: str
    plan_id: int | None = None
    next_step_id: int | None = None
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The programme at the end of a day, with everything that had been withdrawn by then."""

    day: date
    strands: tuple[StrandStanding, ...] = ()
    promises: tuple[PromiseStanding, ...] = ()
    readings: tuple[ReadingStanding, ...] = ()
    plans: tuple[PlanStanding, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
