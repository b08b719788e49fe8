"""Proposing categories and moderating proposals."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from opprod.accounts import Role, User
from opprod.accounts import services as accounts
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import entry_in_force
from opprod.plans.models import (
    Category,
    Move,
    Outcome,
    Plan,
    PlanCategory,
    StoredSuggestion,
    TriageStep,
    Waiting,
)
from opprod.plans.queries.triage import STEPS_SHOWN, decision_of
from opprod.plans.services.status import withdraw_plan
from opprod.plans.services.triage import (
    agree_proposal,
    override_proposal,
    propose_category,
    return_proposal,
)
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan
from tests.builders.triage import a_moderated_plan, a_proposal, a_suggestion, a_triage_round, seen
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

# What looks like a reason and is none.
BLANKS = ["", "   ", "\n\t ", "\u00a0", "\u200b\u200b"]


@pytest.fixture
def plan() -> Plan:
    """A plan of London, in a round."""
    a_triage_round("Autumn")
    return a_plan(Region.LONDON)


@pytest.fixture
def lead() -> User:
    """The lead of London."""
    return a_lead(Region.LONDON)


@pytest.fixture
def staff() -> User:
    """One of the centre."""
    return a_user(Role.STAFF)


def test_a_proposal_waits_for_the_centre_with_the_suggestion_of_its_moment(plan: Plan, lead: User) -> None:
    suggestion = a_suggestion(Outcome.B, version=4)
    propose_category(plan=plan, category=Category.B, reason="", seen=None, actor=lead, suggestion=suggestion)
    assert plan.waits_for is Waiting.CENTRE
    decision = decision_of(plan, TODAY)
    assert decision.category is None
    assert decision.proposal is decision.latest
    step = decision.proposal
    assert step is not None
    assert (step.category, step.reason, step.by, step.on, step.round) == (
        Category.B,
        None,
        lead.name,
        TODAY,
        "Autumn",
    )
    assert step.suggestion == suggestion
    assert "category-proposed" in {event.event.value for event in latest_about(plan)}


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("blank", BLANKS, ids=repr)
def test_a_reason_is_needed_wherever_the_rules_do_not_say_the_same(
    plan: Plan, lead: User, outcome: Outcome, category: Category, blank: str
) -> None:
    suggestion = a_suggestion(outcome)
    if outcome.category is category:
        propose_category(plan=plan, category=category, reason=blank, seen=None, actor=lead, suggestion=suggestion)
        return
    with pytest.raises(InvalidInput) as refused:
        propose_category(plan=plan, category=category, reason=blank, seen=None, actor=lead, suggestion=suggestion)
    assert refused.value.field == "reason"
    assert plan.waits_for is Waiting.REGION
    assert decision_of(plan, TODAY).steps == ()
    propose_category(plan=plan, category=category, reason="It is so.", seen=None, actor=lead, suggestion=suggestion)
    assert decision_of(plan, TODAY).steps[0].reason == "It is so."


def test_the_rules_are_asked_at_the_moment_of_proposing(plan: Plan, lead: User) -> None:
    with pytest.raises(InvalidInput, match="suggest none"):
        propose_category(plan=plan, category=Category.A, reason="", seen=None, actor=lead)
    propose_category(plan=plan, category=Category.A, reason="We know them.", seen=None, actor=lead)
    stored = db.session.scalars(select(StoredSuggestion)).one()
    assert (stored.outcome, stored.as_at, stored.plan_id) == (Outcome.INSUFFICIENT, TODAY, plan.id)


def test_a_reason_too_long_to_keep_is_refused(plan: Plan, lead: User) -> None:
    with pytest.raises(InvalidInput, match="2,000 characters"):
        propose_category(plan=plan, category=Category.A, reason="x" * 2001, seen=None, actor=lead)


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.ADMINISTRATOR, Role.VIEWER])
def test_only_a_lead_proposes(plan: Plan, role: Role) -> None:
    with pytest.raises(NotAllowed):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=None, actor=a_user(role))


@pytest.mark.parametrize("region", [one for one in Region if one is not Region.LONDON])
def test_no_lead_of_another_region_proposes(plan: Plan, region: Region) -> None:
    with pytest.raises(NotAllowed):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=None, actor=a_lead(region))


def test_nothing_is_proposed_before_the_first_round(lead: User) -> None:
    plan = a_plan(Region.LONDON)
    with pytest.raises(WrongState, match="No round is under way"):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=None, actor=lead)


def test_nothing_is_proposed_while_the_centre_has_it_or_once_it_is_moderated(plan: Plan, lead: User) -> None:
    a_proposal(plan)
    with pytest.raises(WrongState):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=seen(plan), actor=lead)
    agree_proposal(plan=plan, seen=seen(plan), actor=a_user())
    with pytest.raises(WrongState):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=seen(plan), actor=lead)


def test_nothing_is_decided_on_a_withdrawn_plan_whose_history_stays(plan: Plan, lead: User, staff: User) -> None:
    a_moderated_plan(plan, Category.A)
    a_triage_round()
    a_proposal(plan, Category.B)
    withdraw_plan(plan=plan, reason="Merged with its neighbour.", actor=lead)
    before = decision_of(plan, TODAY)
    with pytest.raises(WrongState, match="withdrawn"):
        agree_proposal(plan=plan, seen=seen(plan), actor=staff)
    with pytest.raises(WrongState, match="withdrawn"):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=seen(plan), actor=lead)
    assert decision_of(plan, TODAY) == before
    assert before.category is not None
    assert before.category.category is Category.A


def test_agreeing_puts_the_letter_in_force(plan: Plan, lead: User, staff: User) -> None:
    a_proposal(plan, Category.A, lead=lead, reason="They have signed.")
    agree_proposal(plan=plan, seen=seen(plan), actor=staff, note="Well done.")
    assert plan.waits_for is Waiting.NOBODY
    decision = decision_of(plan, TODAY)
    held = decision.category
    assert held is not None
    assert (held.category, held.since, held.how, held.by) == (Category.A, TODAY, Move.AGREED, staff.name)
    assert (held.reason, held.round) == ("Well done.", "Autumn")
    assert (held.proposed, held.proposed_by, held.proposed_reason) == (Category.A, lead.name, "They have signed.")
    assert [step.move for step in decision.steps] == [Move.AGREED, Move.PROPOSED]
    assert "proposal-agreed" in {event.event.value for event in latest_about(plan)}


def test_overriding_puts_the_centres_letter_in_force(plan: Plan, staff: User) -> None:
    a_proposal(plan, Category.A)
    override_proposal(plan=plan, category=Category.C, reason="Nothing is dated.", seen=seen(plan), actor=staff)
    held = decision_of(plan, TODAY).category
    assert held is not None
    assert (held.category, held.how, held.reason, held.proposed) == (
        Category.C,
        Move.OVERRIDDEN,
        "Nothing is dated.",
        Category.A,
    )
    assert plan.waits_for is Waiting.NOBODY


@pytest.mark.parametrize("blank", BLANKS, ids=repr)
def test_an_override_without_a_reason_and_a_return_without_a_question_are_refused(
    plan: Plan, staff: User, blank: str
) -> None:
    a_proposal(plan, Category.A)
    with pytest.raises(InvalidInput) as refused:
        override_proposal(plan=plan, category=Category.C, reason=blank, seen=seen(plan), actor=staff)
    assert refused.value.field == "reason"
    with pytest.raises(InvalidInput) as refused:
        return_proposal(plan=plan, question=blank, seen=seen(plan), actor=staff)
    assert refused.value.field == "question"
    assert plan.waits_for is Waiting.CENTRE


def test_overriding_with_what_is_proposed_is_refused(plan: Plan, staff: User) -> None:
    a_proposal(plan, Category.A)
    with pytest.raises(InvalidInput) as refused:
        override_proposal(plan=plan, category=Category.A, reason="I say so.", seen=seen(plan), actor=staff)
    assert refused.value.field == "category"


def test_a_returned_proposal_asks_the_region_and_leaves_the_letter_in_force(plan: Plan, staff: User) -> None:
    a_moderated_plan(plan, Category.A)
    a_triage_round("Winter")
    a_proposal(plan, Category.C)
    return_proposal(plan=plan, question="Since when?", seen=seen(plan), actor=staff)
    assert plan.waits_for is Waiting.RETURNED
    decision = decision_of(plan, TODAY)
    assert decision.question is not None
    assert (decision.question.reason, decision.question.category) == ("Since when?", None)
    assert decision.category is not None
    assert decision.category.category is Category.A
    a_proposal(plan, Category.B)
    assert plan.waits_for is Waiting.CENTRE


def test_nobody_moderates_a_proposal_of_their_own(plan: Plan, lead: User) -> None:
    a_proposal(plan, Category.A, lead=lead)
    accounts.change_account(
        user=lead, name=lead.name, role=Role.STAFF, region=None, is_active=True, version=lead.version, actor=a_user()
    )
    for decide in (
        lambda: agree_proposal(plan=plan, seen=seen(plan), actor=lead),
        lambda: return_proposal(plan=plan, question="Why?", seen=seen(plan), actor=lead),
        lambda: override_proposal(plan=plan, category=Category.C, reason="No.", seen=seen(plan), actor=lead),
    ):
        with pytest.raises(NotAllowed, match="You proposed this yourself"):
            decide()
    agree_proposal(plan=plan, seen=seen(plan), actor=a_user())


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.ADMINISTRATOR, Role.VIEWER])
def test_only_the_centre_moderates(plan: Plan, role: Role) -> None:
    a_proposal(plan)
    with pytest.raises(NotAllowed):
        agree_proposal(plan=plan, seen=seen(plan), actor=a_user(role))


def test_what_does_not_wait_for_the_centre_is_not_moderated(plan: Plan, staff: User) -> None:
    with pytest.raises(WrongState):
        agree_proposal(plan=plan, seen=None, actor=staff)


def test_whoever_comes_second_is_told(plan: Plan, lead: User, staff: User) -> None:
    before = seen(plan)
    a_proposal(plan)
    with pytest.raises(Conflict):
        propose_category(plan=plan, category=Category.A, reason="Yes.", seen=before, actor=lead)
    before = seen(plan)
    agree_proposal(plan=plan, seen=before, actor=a_user())
    with pytest.raises(Conflict):
        return_proposal(plan=plan, question="Why?", seen=before, actor=staff)


def test_the_decision_reads_as_it_stood_on_any_day(plan: Plan) -> None:
    a_moderated_plan(plan, Category.A)
    with clock.pinned_to(TODAY + timedelta(days=30)):
        a_triage_round("Winter")
        a_proposal(plan, Category.C)
        agree_proposal(plan=plan, seen=seen(plan), actor=a_user())

    first = decision_of(plan, TODAY)
    assert first.category is not None
    assert (first.category.category, first.category.round, len(first.steps)) == (Category.A, "Autumn", 2)
    later = decision_of(plan, TODAY + timedelta(days=30))
    assert later.category is not None
    assert (later.category.category, later.category.since) == (Category.C, TODAY + timedelta(days=30))
    moves = [step.move for step in later.steps]
    assert moves == [Move.AGREED, Move.PROPOSED, Move.REOPENED, Move.AGREED, Move.PROPOSED]
    assert decision_of(plan, TODAY - timedelta(days=1)).steps == ()


def test_a_suggestion_keeps_the_version_it_was_made_by(plan: Plan) -> None:
    a_proposal(plan, version=1)
    return_proposal(plan=plan, question="Sure?", seen=seen(plan), actor=a_user())
    a_proposal(plan, version=2)
    versions = [step.suggestion.version for step in decision_of(plan, TODAY).steps if step.suggestion]
    assert versions == [2, 1]


def test_a_long_history_is_bounded_and_says_so(plan: Plan, lead: User, staff: User) -> None:
    for _ in range(STEPS_SHOWN // 2):
        a_proposal(plan, lead=lead)
        return_proposal(plan=plan, question="Sure?", seen=seen(plan), actor=staff)
    assert not decision_of(plan, TODAY).has_more
    a_proposal(plan, lead=lead)
    decision = decision_of(plan, TODAY)
    assert len(decision.steps) == STEPS_SHOWN
    assert decision.has_more
    assert decision.proposal is not None


def test_a_refused_step_leaves_nothing_half_done(plan: Plan, staff: User) -> None:
    a_proposal(plan, Category.A)
    with pytest.raises(InvalidInput):
        override_proposal(plan=plan, category=Category.C, reason=" ", seen=seen(plan), actor=staff)
    assert db.session.scalar(select(func.count(TriageStep.id))) == 1
    assert entry_in_force(PlanCategory, plan.id, TODAY) is None
