"""The facts of plans on a day, as the rules see them, and what the rules make of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import Quantity
from opprod.db import db
from opprod.history import in_force
from opprod.plans.models import (
    Deliverable,
    DeliverableEntry,
    DeliverableState,
    Element,
    FigureKind,
    Plan,
    PlanFigure,
    PlanFigureValue,
    PlanScope,
    PlanSubmission,
    PlanTrust,
    PlanTrustEntry,
    SavingKind,
    SavingsLine,
    SavingsValue,
    ServiceFunction,
)
from opprod.plans.rules import register
from opprod.plans.rules.facts import Figure, PlanFacts, Promise, Saving, Scope, Submission
from opprod.plans.rules.suggestion import Suggestion
from opprod.web.presenters import day as day_in_words

TRUSTS_RECORDED = "Trusts recorded as taking part"


def suggestion_of(plan: Plan, day: date) -> Suggestion:
    """What the rules in force on a day make of a plan as at its end."""
    return suggestions_of([plan], day)[plan.id]


def suggestions_of(plans: Sequence[Plan], day: date) -> dict[int, Suggestion]:
    """What the rules make of each plan, by its key."""
    return {plan_id: register.suggest(facts) for plan_id, facts in facts_of(plans, day).items()}


def facts_of(plans: Sequence[Plan], day: date) -> dict[int, PlanFacts]:
    """What is recorded of each plan as at the end of a day, by its key, in seven statements however many there are.

    Deliverables that were dropped are left out, and lines of the ledger that are counted elsewhere or were made.
    """
    if not plans:
        return {}
    plan_ids = [plan.id for plan in plans]
    submissions = _submissions(plan_ids, day)
    scopes = _scopes(plans, day)
    deliverables = _deliverables(plan_ids, day)
    savings = _savings(plan_ids, day)
    figures = _figures(plan_ids, day)
    return {
        plan_id: PlanFacts(
            day=day,
            submission=submissions.get(plan_id),
            scope=scopes.get(plan_id),
            deliverables=tuple(deliverables[plan_id]),
            savings=tuple(savings[plan_id]),
            benchmark_cost=figures[plan_id].get(FigureKind.BENCHMARK_COST),
            benchmark_attainable=figures[plan_id].get(FigureKind.BENCHMARK_ATTAINABLE),
            capital=figures[plan_id].get(FigureKind.CAPITAL),
            redundancy=figures[plan_id].get(FigureKind.REDUNDANCY),
            lead_in=figures[plan_id].get(FigureKind.LEAD_IN),
        )
        for plan_id in plan_ids
    }


def _submissions(plan_ids: Collection[int], day: date) -> dict[int, Submission]:
    query = (
        select(
            PlanSubmission.subject_id,
            PlanSubmission.state,
            PlanSubmission.received_on,
            PlanSubmission.leaves_out,
            PlanSubmission.source,
        )
        .select_from(Plan)
        .join(PlanSubmission, PlanSubmission.id == in_force(PlanSubmission, Plan.id, day))
        .where(Plan.id.in_(plan_ids))
    )
    return {
        row.subject_id: Submission(
            state=row.state,
            received_on=row.received_on,
            leaves_out=frozenset(Element(element) for element in row.leaves_out),
            source=_submission_source(row.source, row.received_on),
        )
        for row in db.session.execute(query)
    }


def _submission_source(source: str, received_on: date | None) -> str:
    """The source as recorded, with the day the submission came where the source does not say it itself."""
    if received_on is None or "received" in source.lower():
        return source
    return f"{source}, received {day_in_words(received_on)}"


def _scopes(plans: Sequence[Plan], day: date) -> dict[int, Scope]:
    """Where neither a scope nor a trust is recorded, there is none."""
    plan_ids = [plan.id for plan in plans]
    names = _function_names({plan.service_id for plan in plans})
    trusts = _trusts(plan_ids, day)
    query = (
        select(
            PlanScope.subject_id, PlanScope.functions, PlanScope.ccgs, PlanScope.local_authorities, PlanScope.source
        )
        .select_from(Plan)
        .join(PlanScope, PlanScope.id == in_force(PlanScope, Plan.id, day))
        .where(Plan.id.in_(plan_ids))
    )
    services = {plan.id: plan.service_id for plan in plans}
    scopes = {plan_id: Scope((), count, 0, 0, TRUSTS_RECORDED) for plan_id, count in trusts.items()}
    for row in db.session.execute(query):
        scopes[row.subject_id] = Scope(
            functions=tuple(names.get((services[row.subject_id], slug), slug) for slug in row.functions),
            trusts=trusts.get(row.subject_id, 0),
            ccgs=len(row.ccgs),
            local_authorities=len(row.local_authorities),
            source=row.source,
        )
    return scopes


def _function_names(service_ids: Collection[int]) -> dict[tuple[int, str], str]:
    query = select(ServiceFunction.service_id, ServiceFunction.slug, ServiceFunction.name).where(
        ServiceFunction.service_id.in_(service_ids)
    )
    return {(row.service_id, row.slug): row.name for row in db.session.execute(query)}


def _trusts(plan_ids: Collection[int], day: date) -> dict[int, int]:
    """How many trusts take part in each plan that has any."""
    query = (
        select(PlanTrust.plan_id, func.count().label("trusts"))
        .join(PlanTrustEntry, PlanTrustEntry.id == in_force(PlanTrustEntry, PlanTrust.id, day))
        .where(PlanTrust.plan_id.in_(plan_ids), PlanTrustEntry.taking_part)
        .group_by(PlanTrust.plan_id)
    )
    return {row.plan_id: row.trusts for row in db.session.execute(query)}


def _deliverables(plan_ids: Collection[int], day: date) -> defaultdict[int, list[Promise]]:
    query = (
        select(Deliverable.plan_id, DeliverableEntry.text, DeliverableEntry.due_on, DeliverableEntry.source)
        .join(DeliverableEntry, DeliverableEntry.id == in_force(DeliverableEntry, Deliverable.id, day))
        .where(Deliverable.plan_id.in_(plan_ids), DeliverableEntry.state != DeliverableState.DROPPED)
        .order_by(Deliverable.plan_id, DeliverableEntry.due_on.is_(None), DeliverableEntry.due_on, Deliverable.id)
    )
    found: defaultdict[int, list[Promise]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row.plan_id].append(Promise(text=row.text, due_on=row.due_on, source=row.source))
    return found


def _savings(plan_ids: Collection[int], day: date) -> defaultdict[int, list[Saving]]:
    query = (
        select(
            SavingsLine.plan_id,
            SavingsLine.financial_year,
            SavingsLine.kind,
            ServiceFunction.name.label("function"),
            SavingsValue.cash_releasing,
            SavingsValue.confidence,
            SavingsValue.source,
            *_quantity_of(SavingsValue),
        )
        .select_from(SavingsLine)
        .join(SavingsValue, SavingsValue.id == in_force(SavingsValue, SavingsLine.id, day))
        .outerjoin(ServiceFunction, ServiceFunction.id == SavingsLine.function_id)
        .where(
            SavingsLine.plan_id.in_(plan_ids),
            SavingsLine.kind.in_([SavingKind.PLAN, SavingKind.FORECAST]),
            # Counted in another line, it would be counted twice.
            SavingsValue.counted_in_id.is_(None),
        )
        .order_by(SavingsLine.plan_id, SavingsLine.financial_year, SavingsLine.id)
    )
    found: defaultdict[int, list[Saving]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row.plan_id].append(
            Saving(
                year=FinancialYear(row.financial_year),
                kind=row.kind,
                function=row.function,
                quantity=_quantity(row),
                cash_releasing=row.cash_releasing,
                confidence=row.confidence,
                source=row.source,
            )
        )
    return found


def _figures(plan_ids: Collection[int], day: date) -> defaultdict[int, dict[FigureKind, Figure]]:
    """Each plan's figures; one that was cleared is none."""
    query = (
        select(
            PlanFigure.plan_id,
            PlanFigure.kind,
            PlanFigureValue.source,
            *_quantity_of(PlanFigureValue),
        )
        .select_from(PlanFigure)
        .join(PlanFigureValue, PlanFigureValue.id == in_force(PlanFigureValue, PlanFigure.id, day))
        .where(PlanFigure.plan_id.in_(plan_ids))
    )
    found: defaultdict[int, dict[FigureKind, Figure]] = defaultdict(dict)
    for row in db.session.execute(query):
        quantity = _quantity(row)
        if quantity is not None:
            found[row.plan_id][row.kind] = Figure(quantity=quantity, source=row.source)
    return found


def _quantity_of(kind: type[SavingsValue | PlanFigureValue]) -> list[Any]:
    return [kind.low, kind.high, kind.qualifier, kind.unit, kind.said]


def _quantity(row: Row[Any]) -> Quantity | None:
    if row.said is None:
        return None
    return Quantity(low=row.low, high=row.high, qualifier=row.qualifier, unit=row.unit, said=row.said)
