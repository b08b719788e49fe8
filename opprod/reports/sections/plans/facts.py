"""What the section on STPs' plans is composed from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opprod.reports.evidence import UNKNOWN, Provenance


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
    """The plans that stand elsewhere at the end of a day than they did at that of an earlier one.

    ``provenance`` is of the last decision on any plan.
    """

    since: date
    moves: tuple[PlanMove, ...]
    until: date | None = None
    provenance: Provenance = UNKNOWN


@dataclass(frozen=True, slots=True)
class PlanGain:
    """A plan's gain in words: what it saves a year, when the first of it comes, and when it has paid back.

    ``ledger`` is the path of the plan's savings, ``source`` where they are from, and ``provenance`` who recorded the
    last of them.
    """

    service: str
    stp: str
    yearly: str
    first: str
    payback: str
    illustrative: str | None = None
    ledger: str | None = None
    source: str | None = None
    provenance: Provenance = UNKNOWN


@dataclass(frozen=True, slots=True)
class PlanUnknowns:
    """Of how many of a service's plans something is not known, in words."""

    service: str
    plans: int
    unknown: tuple[str, ...]
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanSaving:
    """What a service's plans save in a year by one kind of saving, in words, from ``low`` to ``high`` pounds.

    ``plans`` state a figure and ``left_out`` state none; without ``low`` and ``high`` there is none that can be said.
    """

    service: str
    year: str
    kind: str
    said: str
    low: Decimal | None
    high: Decimal | None
    plans: int
    left_out: int
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRecords:
    """How many entries a figure of a service's plans is made of, and who recorded the last of them."""

    service: str
    slug: str
    entries: int
    plans: int
    provenance: Provenance = UNKNOWN


@dataclass(frozen=True, slots=True)
class PlansFacts:
    """STPs' plans at the end of a day; ``moves`` is None where no meeting of the Board came before.

    ``standings`` are the categories a plan can stand at, and that it has none yet. ``counting`` are the services,
    each with the functions whose savings count in ``gains``. ``categories`` and ``ledgers`` are what counts and
    savings are made of, a service each.
    """

    standings: tuple[str, ...]
    counts: tuple[PlanCount, ...]
    moves: PlanMoves | None
    counting: tuple[tuple[str, str], ...]
    gains: tuple[PlanGain, ...]
    unknowns: tuple[PlanUnknowns, ...]
    savings: tuple[PlanSaving, ...] = ()
    categories: tuple[PlanRecords, ...] = ()
    ledgers: tuple[PlanRecords, ...] = ()
