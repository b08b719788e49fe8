"""Rounds of triage, proposals and decisions for tests."""

from datetime import date, timedelta
from itertools import count

from opprod.accounts import Role, User
from opprod.core import clock
from opprod.history import entry_in_force
from opprod.plans.models import Category, Outcome, Plan, TriageRound, TriageStep
from opprod.plans.rules.suggestion import Finding, Result, Suggestion
from opprod.plans.services import rounds, triage
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead

_numbers = count(1)


def a_triage_round(name: str | None = None, *, due_on: date | None = None) -> TriageRound:
    """A new round, opened by a new executive; due in two weeks unless told."""
    return rounds.open_round(
        name=name or f"Round of triage {next(_numbers)}",
        due_on=due_on or clock.today() + timedelta(days=14),
        actor=a_user(Role.EXECUTIVE),
    )


def a_suggestion(outcome: Outcome = Outcome.B, *, version: int = 1) -> Suggestion:
    """What rules of a version might make of a plan."""
    finding = Finding(
        criterion="Savings next year",
        asks="Does the plan save anything in the year after this?",
        result=Result.NOT_MET,
        fact="Nothing is planned before 2018/19",
        source="Two-page submission",
        decisive=True,
    )
    return Suggestion(version, outcome, "It delivers too late.", (finding,), ("Deliver in 2017/18",))


def seen(plan: Plan) -> int | None:
    """The key of the plan's latest step, as a person sees it who opens its page now."""
    latest = entry_in_force(TriageStep, plan.id, clock.today())
    return latest.id if latest else None


def a_proposal(
    plan: Plan, category: Category = Category.B, *, lead: User | None = None, reason: str = "", version: int = 1
) -> TriageStep:
    """A proposal by a lead of the plan's region: as the rules suggest, unless there is a reason."""
    outcome = Outcome.BOUNDARY if reason else Outcome(category.value)
    return triage.propose_category(
        plan=plan,
        category=category,
        reason=reason,
        seen=seen(plan),
        actor=lead or a_lead(plan.region),
        suggestion=a_suggestion(outcome, version=version),
    )


def a_moderated_plan(plan: Plan, category: Category = Category.B) -> Plan:
    """The plan with a category that a region proposed and the centre agreed."""
    a_proposal(plan, category)
    triage.agree_proposal(plan=plan, seen=seen(plan), actor=a_user(Role.STAFF))
    return plan
