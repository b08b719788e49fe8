"""Taking a step of triage on many plans at once: the same as one by one, in few statements."""

import pytest
from flask import Flask

from opprod.accounts import Role, User
from opprod.audit.queries import latest_about, lines
from opprod.core.errors import InvalidInput, NotAllowed, WrongState
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Category, Move, Outcome, Plan, Waiting
from opprod.plans.queries.triage import Decision, decision_of
from opprod.plans.rules.suggestion import Suggestion
from opprod.plans.services.bulk_triage import StepContent, record_decisions
from opprod.plans.services.status import withdraw_plan
from opprod.plans.services.triage import agree_proposal, override_proposal, propose_category, return_proposal
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service
from tests.builders.triage import a_proposal, a_suggestion, a_triage_round, seen
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")

AGREED = StepContent(Move.AGREED)
RETURNED = StepContent(Move.RETURNED, None, "Who signed?")
OVERRIDDEN = StepContent(Move.OVERRIDDEN, Category.C, "Nobody leads it")


@pytest.fixture
def lead() -> User:
    """The lead of London, with a round under way."""
    a_triage_round("Autumn")
    return a_lead(Region.LONDON)


@pytest.fixture
def staff() -> User:
    """One of the centre."""
    return a_user(Role.STAFF)


def some_plans(number: int) -> list[Plan]:
    """Plans of London for one service."""
    service = a_service()
    return [a_plan(service=service) for _ in range(number)]


def suggested(plans: list[Plan], outcome: Outcome = Outcome.B) -> dict[int, Suggestion]:
    """What the rules might make of plans."""
    return {plan.id: a_suggestion(outcome) for plan in plans}


def told(plan: Plan) -> tuple[object, ...]:
    """What was decided on a plan, and what its history says of it."""
    decision: Decision = decision_of(plan, TODAY)
    steps = [
        (step.move, step.category, step.reason, step.round, step.by, step.suggestion, step.on)
        for step in decision.steps
    ]
    category = decision.category
    in_force = category and (category.category, category.since, category.how, category.proposed, category.reason)
    history = [
        (line.summary, [(change.label, change.before, change.after) for change in line.changes])
        for line in lines(latest_about(plan), with_confidential=True)
        if line.summary != "Plan opened"
    ]
    return plan.waits_for, steps, in_force, history


def test_proposals_taken_together_are_those_taken_one_by_one(lead: User) -> None:
    alone, together = some_plans(2)
    suggestions = suggested([alone, together], Outcome.BOUNDARY)
    suggestion = suggestions[alone.id]
    propose_category(
        plan=alone, category=Category.A, reason="As firm as any", seen=None, actor=lead, suggestion=suggestion
    )
    step = StepContent(Move.PROPOSED, Category.A, "As firm as any")
    record_decisions([(together, step)], actor=lead, suggestions=suggestions)
    assert told(together) == told(alone)
    assert together.waits_for is Waiting.CENTRE


def test_answers_taken_together_are_those_taken_one_by_one(lead: User, staff: User) -> None:
    plans = some_plans(6)
    for plan in plans:
        a_proposal(plan, lead=lead)
    alone, together = plans[:3], plans[3:]
    agree_proposal(plan=alone[0], seen=seen(alone[0]), actor=staff)
    return_proposal(plan=alone[1], question=RETURNED.reason, seen=seen(alone[1]), actor=staff)
    override_proposal(plan=alone[2], category=Category.C, reason=OVERRIDDEN.reason, seen=seen(alone[2]), actor=staff)
    steps = (AGREED, RETURNED, OVERRIDDEN)
    record_decisions(list(zip(together, steps, strict=True)), actor=staff)
    assert [told(plan) for plan in together] == [told(plan) for plan in alone]
    assert [plan.waits_for for plan in together] == [Waiting.NOBODY, Waiting.RETURNED, Waiting.NOBODY]


def test_without_suggestions_the_rules_are_asked(lead: User) -> None:
    (plan,) = some_plans(1)
    with pytest.raises(InvalidInput, match="the recorded facts suggest none"):
        record_decisions([(plan, StepContent(Move.PROPOSED, Category.B))], actor=lead)
    record_decisions([(plan, StepContent(Move.PROPOSED, Category.B, "We have met them"))], actor=lead)
    (step,) = decision_of(plan, TODAY).steps
    assert step.suggestion is not None
    assert step.suggestion.outcome is Outcome.INSUFFICIENT


def test_a_later_decision_takes_the_place_of_the_one_before(lead: User, staff: User) -> None:
    (plan,) = some_plans(1)
    for category in (Category.B, Category.C):
        step = StepContent(Move.PROPOSED, category, "Seen again")
        record_decisions([(plan, step)], actor=lead, suggestions=suggested([plan]))
        record_decisions([(plan, AGREED)], actor=staff)
        a_triage_round()
    decision = decision_of(plan, TODAY)
    assert decision.category is not None
    assert decision.category.category is Category.C
    assert [step.move for step in decision.steps].count(Move.REOPENED) == 2


def test_steps_are_marked_as_invented_where_they_are(lead: User) -> None:
    (plan,) = some_plans(1)
    step = StepContent(Move.PROPOSED, Category.B)
    record_decisions([(plan, step)], actor=lead, suggestions=suggested([plan]), illustrative="the whole plan")
    assert decision_of(plan, TODAY).steps[0].illustrative == "the whole plan"


def test_but_for_the_new_rows_it_takes_statements_that_do_not_grow_with_the_plans(
    app: Flask, lead: User, staff: User
) -> None:
    counts = []
    for number in (2, 12):
        plans = some_plans(number)
        db.session.flush()
        with statements(app) as run:
            step = StepContent(Move.PROPOSED, Category.B, "We have met them")
            record_decisions([(plan, step) for plan in plans], actor=lead)
            record_decisions([(plan, AGREED) for plan in plans], actor=staff)
        counts.append(sum(not statement.startswith("INSERT") for statement in run))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (StepContent(Move.PROPOSED), "Choose the category to propose"),
        (StepContent(Move.PROPOSED, Category.A), "another category than B"),
        (StepContent(Move.PROPOSED, Category.A, " \u200b "), "another category than B"),
    ],
)
def test_a_proposal_without_what_it_needs_is_refused(lead: User, step: StepContent, message: str) -> None:
    (plan,) = some_plans(1)
    with pytest.raises(InvalidInput, match=message):
        record_decisions([(plan, step)], actor=lead, suggestions=suggested([plan]))


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (StepContent(Move.RETURNED, None, " "), "Enter the question"),
        (StepContent(Move.OVERRIDDEN, Category.A, ""), "Enter why the centre sets"),
        (StepContent(Move.OVERRIDDEN, None, "Because"), "Choose the category"),
        (StepContent(Move.OVERRIDDEN, Category.B, "Because"), "choose another"),
    ],
)
def test_an_answer_without_what_it_needs_is_refused(lead: User, staff: User, step: StepContent, message: str) -> None:
    (plan,) = some_plans(1)
    a_proposal(plan, lead=lead)
    with pytest.raises(InvalidInput, match=message):
        record_decisions([(plan, step)], actor=staff)


def test_nobody_takes_a_step_that_is_not_theirs(lead: User, staff: User) -> None:
    service = a_service()
    mine, other = a_plan(Region.LONDON, service=service), a_plan(Region.SOUTH, service=service)
    proposal = StepContent(Move.PROPOSED, Category.B)
    suggestions = suggested([mine, other])
    for actor, plan, step in (
        (lead, other, proposal),
        (staff, mine, proposal),
        (staff, mine, AGREED),
        (a_user(Role.VIEWER), mine, proposal),
    ):
        with pytest.raises(NotAllowed):
            record_decisions([(plan, step)], actor=actor, suggestions=suggestions)
    record_decisions([(mine, proposal)], actor=lead, suggestions=suggestions)
    for actor, step in ((lead, AGREED), (lead, proposal)):
        with pytest.raises(NotAllowed):
            record_decisions([(mine, step)], actor=actor, suggestions=suggestions)


def test_a_withdrawn_plan_is_refused_and_so_is_any_between_rounds(staff: User) -> None:
    plan, gone = some_plans(2)
    step, lead = StepContent(Move.PROPOSED, Category.B), a_lead(Region.LONDON)
    with pytest.raises(WrongState, match="No round is under way"):
        record_decisions([(plan, step)], actor=lead, suggestions=suggested([plan]))
    a_triage_round()
    withdraw_plan(plan=gone, reason="Joined another", actor=staff)
    with pytest.raises(WrongState, match="1 of these plans"):
        record_decisions([(plan, step), (gone, step)], actor=lead, suggestions=suggested([plan, gone]))
    assert decision_of(plan, TODAY).steps == ()
