"""What many plans say, who takes part in them, and why each stands where it does, as at a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force
from opprod.organisations.models import Trust as TrustRecord
from opprod.organisations.models import TrustName
from opprod.plans.models import (
    Deliverable,
    DeliverableEntry,
    Element,
    Move,
    Plan,
    PlanCategory,
    PlanScope,
    PlanStatus,
    PlanSubmission,
    PlanTrust,
    PlanTrustEntry,
    ServiceFunction,
    StoredSuggestion,
    TriageStep,
)
from opprod.plans.queries.facts import suggestions_of
from opprod.plans.queries.plans import PlanSearch, PlanView, plan_view, plans
from opprod.plans.rules.storage import from_json
from opprod.plans.rules.suggestion import Suggestion
from opprod.web.presenters import plural

_proposal = aliased(TriageStep)
_MOVES = {Move.AGREED: "The centre", Move.OVERRIDDEN: "The centre, in place of what was proposed"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a plan says of its scope and deliverables, and what its submission leaves out."""

    functions: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    others: str = ""
    deliverables: tuple[tuple[str, date | None, str, str | None], ...] = ()
    leaves_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """Why a plan stands where it does: who said what, on which suggestion of the rules, or why it is withdrawn."""

    said: tuple[tuple[str, str], ...] = ()
    suggestion: Suggestion | None = None
    withdrawn: str | None = None


def plans_by_region(day: date, *, limit: int) -> tuple[list[PlanView], int]:
    """Plans by region, STP and service, at most ``limit``, and how many more there are. Two statements."""
    place = case({region: number for number, region in enumerate(Region)}, value=Plan.region)
    query = plans(PlanSearch(), day, scope=None).order_by(None).order_by(place, Plan.stp_id, Plan.service_id)
    found = [plan_view(row) for row in db.session.execute(query.limit(limit))]
    total = db.session.scalars(select(func.count()).select_from(Plan)).one()
    return found, total - len(found)


def suggested_for(plan_ids: Sequence[int], day: date) -> dict[int, Suggestion]:
    """What the rules in force on a day make of each plan."""
    return suggestions_of(list(db.session.scalars(select(Plan).where(Plan.id.in_(plan_ids)))), day)


def decided_on(plan_ids: Sequence[int], day: date) -> dict[int, Decided]:
    """Why each plan that has a category, or was withdrawn, stands where it does. One statement."""
    columns: list[Any] = [
        Plan.id,
        TriageStep.move,
        TriageStep.reason,
        _proposal.reason.label("proposed_because"),
        StoredSuggestion.content,
        PlanStatus.reason.label("withdrawn"),
    ]
    rows = db.session.execute(
        select(*columns)
        .select_from(Plan)
        .outerjoin(PlanCategory, PlanCategory.id == in_force(PlanCategory, Plan.id, day))
        .outerjoin(TriageStep, TriageStep.id == PlanCategory.step_id)
        .outerjoin(_proposal, _proposal.id == TriageStep.proposal_id)
        .outerjoin(
            StoredSuggestion,
            StoredSuggestion.id == func.coalesce(TriageStep.suggestion_id, _proposal.suggestion_id),
        )
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .where(Plan.id.in_(plan_ids))
    )
    return {
        row.id: Decided(
            said=tuple(
                (by, words)
                for by, words in (("The region", row.proposed_because), (_MOVES.get(row.move, ""), row.reason))
                if words
            ),
            suggestion=None if row.content is None else from_json(row.content),
            withdrawn=row.withdrawn,
        )
        for row in rows
    }


def said_by(plan_ids: Sequence[int], day: date) -> dict[int, Said]:
    """What each plan says of its scope, its trusts and its deliverables. Four statements."""
    found = _scopes(plan_ids, day)
    for plan_id, trusts in _trusts(plan_ids, day).items():
        found[plan_id] = replace(found.get(plan_id, Said()), trusts=tuple(trusts))
    for plan_id, deliverables in _deliverables(plan_ids, day).items():
        found[plan_id] = replace(found.get(plan_id, Said()), deliverables=tuple(deliverables))
    return found


def _scopes(plan_ids: Sequence[int], day: date) -> dict[int, Said]:
    named: list[Any] = [ServiceFunction.service_id, ServiceFunction.slug, ServiceFunction.name]
    names = {
        (service_id, slug): name
        for service_id, slug, name in db.session.execute(select(*named).order_by(ServiceFunction.position))
    }
    columns: list[Any] = [Plan.id, Plan.service_id, PlanScope, PlanSubmission.leaves_out]
    rows = db.session.execute(
        select(*columns)
        .select_from(Plan)
        .outerjoin(PlanScope, PlanScope.id == in_force(PlanScope, Plan.id, day))
        .outerjoin(PlanSubmission, PlanSubmission.id == in_force(PlanSubmission, Plan.id, day))
        .where(Plan.id.in_(plan_ids))
    )
    return {
        plan_id: Said(
            functions=tuple(
                name for (of, slug), name in names.items() if scope and of == service_id and slug in scope.functions
            ),
            others=_others(scope) if scope else "",
            leaves_out=tuple(element.label for element in Element if element in (leaves_out or ())),
        )
        for plan_id, service_id, scope, leaves_out in rows
    }


def _others(scope: PlanScope) -> str:
    counts = (
        (len(scope.ccgs), "clinical commissioning group", "clinical commissioning groups"),
        (len(scope.local_authorities), "local authority", "local authorities"),
    )
    return " and ".join(plural(count, one, many) for count, one, many in counts if count)


def _trusts(plan_ids: Sequence[int], day: date) -> dict[int, list[str]]:
    name = func.coalesce(TrustName.name, TrustRecord.ods_code)
    columns: list[Any] = [PlanTrust.plan_id, name]
    rows = db.session.execute(
        select(*columns)
        .select_from(PlanTrust)
        .join(PlanTrustEntry, PlanTrustEntry.id == in_force(PlanTrustEntry, PlanTrust.id, day))
        .join(TrustRecord, TrustRecord.id == PlanTrust.trust_id)
        .outerjoin(TrustName, TrustName.id == in_force(TrustName, TrustRecord.id, day))
        .where(PlanTrust.plan_id.in_(plan_ids), PlanTrustEntry.taking_part)
        .order_by(PlanTrust.plan_id, name)
    )
    found: dict[int, list[str]] = {}
    for plan_id, trust in rows:
        found.setdefault(plan_id, []).append(trust)
    return found


def _deliverables(plan_ids: Sequence[int], day: date) -> dict[int, list[tuple[str, date | None, str, str | None]]]:
    rows = db.session.execute(
        select(Deliverable.plan_id, DeliverableEntry)
        .select_from(Deliverable)
        .join(DeliverableEntry, DeliverableEntry.id == in_force(DeliverableEntry, Deliverable.id, day))
        .where(Deliverable.plan_id.in_(plan_ids))
        .order_by(Deliverable.plan_id, DeliverableEntry.due_on.is_(None), DeliverableEntry.due_on, Deliverable.id)
    )
    found: dict[int, list[tuple[str, date | None, str, str | None]]] = {}
    for plan_id, entry in rows:
        said = (entry.text, entry.due_on, entry.state.label, entry.illustrative)
        found.setdefault(plan_id, []).append(said)
    return found
