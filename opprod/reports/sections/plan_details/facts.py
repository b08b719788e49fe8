"""What the section on each plan is composed from."""

from dataclasses import dataclass
from datetime import date

from opprod.reports.standing import PlanFigureStanding, SavingStanding


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something a plan is to deliver; ``due_on`` is None where the plan names no day."""

    text: str
    due_on: date | None
    state: str
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a plan stands where it does: whose word it is, such as a criterion, and what it says."""

    by: str
    said: str


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """A plan at the end of a day. What is None or empty has not been recorded.

    ``others`` is how many organisations beside trusts take part, in words. ``missing`` is what the submission leaves
    out.
    """

    stp: str
    service: str
    region: str
    record: str
    category: str
    since: date | None
    submission: str
    reasons: tuple[Reason, ...] = ()
    functions: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    others: str = ""
    deliverables: tuple[Deliverable, ...] = ()
    savings: tuple[SavingStanding, ...] = ()
    figures: tuple[PlanFigureStanding, ...] = ()
    payback: str | None = None
    missing: tuple[str, ...] = ()
    illustrative: str | None = None


@dataclass(frozen=True, slots=True)
class PlanDetailsFacts:
    """The plans by region, and how many more there are than are told of."""

    plans: tuple[PlanDetail, ...]
    more: int = 0
