"""What a figure in a paper rests on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

EvidenceKind = Literal["reading", "ledger", "count", "statement", "accepted", "envelope", "post"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who recorded something and who approved it, by name, and when; None for what nobody did."""

    recorded_by: str | None = None
    recorded_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None


UNKNOWN = Provenance()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that figures rest on; a paper numbers each once.

    ``key`` tells it from all others, such as ``reading:12``. ``said`` is the figure as the record has it and ``on``
    the day it is true of. ``source`` is where the record has it from; None for a number that somebody accepted by
    name without one. ``record`` is the path of the record's page in the application.
    """

    key: str
    kind: EvidenceKind
    what: str
    said: str
    on: date | None = None
    source: str | None = None
    provenance: Provenance = UNKNOWN
    record: str | None = None
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class NumberedEvidence:
    """A line of the annex."""

    number: int
    evidence: Evidence
