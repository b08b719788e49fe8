"""What the rules see of a plan: its facts on a day, each with its source."""

from dataclasses import dataclass
from datetime import date

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import Quantity
from opprod.plans.models import Confidence, Element, SavingKind, SubmissionState


@dataclass(frozen=True, slots=True)
class Submission:
    """The two-page submission, or the STP's word that it has no plan. ``leaves_out`` is known to be missing."""

    state: SubmissionState
    received_on: date | None
    leaves_out: frozenset[Element]
    source: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What and whom the plan covers; functions by name."""

    functions: tuple[str, ...]
    trusts: int
    ccgs: int
    local_authorities: int
    source: str

    @property
    def organisations(self) -> int:
        """How many organisations take part."""
        return self.trusts + self.ccgs + self.local_authorities


@dataclass(frozen=True, slots=True)
class Promise:
    """A deliverable that has not been dropped; ``due_on`` is None where the plan names no date."""

    text: str
    due_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Saving:
    """A line of the savings ledger that is counted in this plan; a blank quantity is not zero."""

    year: FinancialYear
    kind: SavingKind
    function: str | None
    quantity: Quantity | None
    cash_releasing: bool | None
    confidence: Confidence | None
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A single figure with its source."""

    quantity: Quantity
    source: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All that the rules know of a plan at the end of ``day``. What is None or empty has not been recorded."""

    day: date
    submission: Submission | None = None
    scope: Scope | None = None
    deliverables: tuple[Promise, ...] = ()
    savings: tuple[Saving, ...] = ()
    benchmark_cost: Figure | None = None
    benchmark_attainable: Figure | None = None
    capital: Figure | None = None
    redundancy: Figure | None = None
    lead_in: Figure | None = None
