"""What a change is: one record for every kind of thing that can change."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opprod.reports.differences.matching import Piece
from opprod.reports.standing import Stated


class ChangeKind(StrEnum):
    """What sort of thing changed, in the order that pages and papers tell of them."""

    STRANDS = "strands"
    RAG = "rag"
    STATEMENTS = "statements"
    OUTCOMES = "outcomes"
    PROMISES = "promises"
    FIGURES = "figures"
    CATEGORIES = "categories"
    SAVINGS = "savings"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The kind as a heading."""
        return _KINDS[self]


_KINDS = {
    ChangeKind.STRANDS: "Workstreams and projects",
    ChangeKind.RAG: "RAG ratings",
    ChangeKind.STATEMENTS: "Statements",
    ChangeKind.OUTCOMES: "Outcomes of next steps",
    ChangeKind.PROMISES: "Due days and owners",
    ChangeKind.FIGURES: "Figures",
    ChangeKind.CATEGORIES: "Categories of plans",
    ChangeKind.SAVINGS: "Savings",
    ChangeKind.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    ``how`` says in a word or two what happened to it and ``of`` whose it is: a strand, measure or plan. ``about``
    tells which thing of theirs it is, where they have several. ``before`` and ``after`` are what it said; None where
    it was not there. ``words`` are what changed word by word, where it was reworded. ``why`` is the reason recorded,
    ``source`` where a figure is from, ``on`` the day it is true of. ``of_plan`` marks what comes of an STP's plan,
    which is not for publication. ``strand_id`` and ``stated`` are the strand and the statement that it says now.
    """

    kind: ChangeKind
    how: str
    of: str
    record: str
    about: str | None = None
    before: str | None = None
    after: str | None = None
    words: tuple[Piece, ...] = ()
    why: str | None = None
    source: str | None = None
    on: date | None = None
    of_plan: bool = False
    illustrative: str | None = None
    strand_id: int | None = None
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed between the ends of two days, by kind."""

    since: date
    until: date
    changes: tuple[Change, ...]

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of a kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    def counts(self) -> dict[ChangeKind, int]:
        """How many changes there are of each kind that has any."""
        found = {kind: len(self.of(kind)) for kind in ChangeKind}
        return {kind: count for kind, count in found.items() if count}
