"""Rounds of triage, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, distinct, func, select

from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force, stands
from opprod.plans.models import Move, Plan, PlanStatus, TriageRound, TriageStep, Waiting
from opprod.plans.permissions import waits_after


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round, and of how many plans each step was taken in it by the day of the page."""

    number: int
    name: str
    opened_on: date
    due_on: date
    illustrative: str | None
    plans: dict[Move, int]


@dataclass(frozen=True, slots=True)
class Standings:
    """How many plans wait for whom on a day, and how many are withdrawn, which wait for nobody."""

    waiting: dict[Waiting, int]
    withdrawn: int

    @property
    def moderated(self) -> int:
        """How many are moderated, so that a new round would reopen them."""
        return self.waiting[Waiting.NOBODY]

    @property
    def with_regions(self) -> int:
        """How many wait for a region."""
        return self.waiting[Waiting.REGION] + self.waiting[Waiting.RETURNED]

    @property
    def with_centre(self) -> int:
        """How many wait for the centre."""
        return self.waiting[Waiting.CENTRE]

    @property
    def total(self) -> int:
        """How many plans stand."""
        return sum(self.waiting.values())


def rounds(day: date) -> Select[TriageRound]:
    """The rounds opened by a day, newest first, for paging."""
    return select(TriageRound).where(TriageRound.opened_on <= day).order_by(TriageRound.number.desc())


def round_views(found: Sequence[TriageRound], day: date, *, scope: Region | None) -> list[RoundView]:
    """Rounds with what was done in them by a day, to the plans of a region or of all; one statement."""
    counted = (
        select(TriageStep.round_id, TriageStep.move, func.count(distinct(TriageStep.subject_id)))
        .where(TriageStep.round_id.in_([one.id for one in found]), stands(TriageStep, day))
        .group_by(TriageStep.round_id, TriageStep.move)
    )
    if scope is not None:
        counted = counted.join(Plan, Plan.id == TriageStep.subject_id).where(Plan.region == scope)
    plans: dict[int, dict[Move, int]] = {one.id: {} for one in found}
    for round_id, move, count in db.session.execute(counted):
        plans[round_id][move] = count
    return [
        RoundView(one.number, one.name, one.opened_on, one.due_on, one.illustrative, plans[one.id]) for one in found
    ]


def standings(day: date, *, scope: Region | None) -> Standings:
    """How many plans of a region, or of all, waited for whom at the end of a day; one statement.

    Today it is what is kept with each plan; on an earlier day it follows from the latest step, and a plan that was
    reinstated after it waited for its region anew.
    """
    waits_for: list[Any] = [Plan.waits_for]
    if day != clock.today():
        waits_for = [TriageStep.move, PlanStatus.recorded_at > TriageStep.recorded_at]
    query = (
        select(PlanStatus.withdrawn, func.count(), *waits_for)
        .select_from(Plan)
        .outerjoin(TriageStep, TriageStep.id == in_force(TriageStep, Plan.id, day))
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .group_by(PlanStatus.withdrawn, *waits_for)
    )
    if scope is not None:
        query = query.where(Plan.region == scope)
    waiting, withdrawn = dict.fromkeys(Waiting, 0), 0
    for is_withdrawn, count, *told in db.session.execute(query):
        if is_withdrawn:
            withdrawn += count
        else:
            waiting[_waiting(*told)] += count
    return Standings(waiting, withdrawn)


def _waiting(kept: Waiting | Move | None, is_reinstated: bool | None = None) -> Waiting:
    if isinstance(kept, Waiting):
        return kept
    return waits_after(None if is_reinstated else kept)


def withdrawn_plans(day: date) -> Select[int]:
    """The keys of the plans that are withdrawn on a day."""
    return select(PlanStatus.subject_id).where(
        PlanStatus.id == in_force(PlanStatus, PlanStatus.subject_id, day), PlanStatus.withdrawn
    )
