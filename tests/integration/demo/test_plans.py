"""The plans of the demonstration: as believable in spread as the Board was told, and all marked as invented."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

import pytest
from flask import Flask
from sqlalchemy import func, select

from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db
from opprod.demo import TODAY
from opprod.history import in_force
from opprod.plans.models import (
    Category,
    DeliverableEntry,
    Move,
    Outcome,
    Plan,
    PlanCategory,
    PlanFigureValue,
    PlanNote,
    PlanScope,
    PlanStatus,
    PlanSubmission,
    PlanTrustEntry,
    SavingsValue,
    Service,
    StoredSuggestion,
    SubmissionState,
    TriageRound,
    TriageStep,
    Waiting,
)
from opprod.plans.queries.facts import facts_of, suggestions_of
from opprod.plans.rules.facts import PlanFacts

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture
def demonstration(demo_app: Flask) -> Iterator[None]:
    with demo_app.app_context(), clock.pinned_to(TODAY):
        yield
        db.session.remove()


@pytest.fixture
def plans(demonstration: None) -> list[Plan]:
    return list(db.session.scalars(select(Plan).order_by(Plan.service_id, Plan.stp_id)))


@pytest.fixture
def facts(plans: list[Plan]) -> dict[int, PlanFacts]:
    return facts_of(plans, TODAY)


def letters(day: date) -> dict[int, Category]:
    """The letters in force on a day, by plan."""
    held = select(PlanCategory).join(Plan, Plan.id == PlanCategory.subject_id)
    found = db.session.scalars(held.where(PlanCategory.id == in_force(PlanCategory, Plan.id, day)))
    return {one.subject_id: one.category for one in found}


def test_each_of_44_stps_has_a_plan_for_either_service(plans: list[Plan]) -> None:
    assert Counter(plan.service.name for plan in plans) == {"Pathology": 44, "Back office": 44}
    assert {plan.stp_id for plan in plans} == set(range(1, 45))


def test_the_back_office_is_looked_at_for_hr_and_finance() -> None:
    service = db.session.scalars(select(Service).where(Service.slug == "back-office")).one()
    assert [one.name for one in service.functions if one.in_focus] == ["Finance", "HR"]


def test_every_plan_says_that_it_is_invented(plans: list[Plan]) -> None:
    assert {plan.illustrative for plan in plans} == {"the whole plan"}
    assert all(round_.illustrative for round_ in db.session.scalars(select(TriageRound)))


@pytest.mark.parametrize(
    "kind",
    [
        PlanSubmission,
        PlanScope,
        PlanTrustEntry,
        DeliverableEntry,
        SavingsValue,
        PlanFigureValue,
        PlanNote,
        TriageStep,
        PlanCategory,
    ],
)
def test_every_entry_of_a_plan_says_that_it_is_invented(kind: type[PlanNote]) -> None:
    said = select(kind.illustrative.is_not(None), func.count()).group_by(kind.illustrative.is_not(None))
    ((is_marked, count),) = db.session.execute(said).all()
    assert is_marked
    assert count


def test_every_stp_has_sent_its_two_pages_between_june_and_july(facts: dict[int, PlanFacts]) -> None:
    received = [one.submission for one in facts.values() if one.submission]
    assert len(received) == 88
    assert {one.state for one in received} == {SubmissionState.RECEIVED}
    days = [one.received_on for one in received if one.received_on]
    assert date(2016, 6, 20) <= min(days) < max(days) <= date(2016, 7, 31)


def test_few_say_what_they_save_or_by_when(facts: dict[int, PlanFacts]) -> None:
    quantified = [one for one in facts.values() if any(line.quantity for line in one.savings)]
    dated = [one for one in facts.values() if any(promise.due_on for promise in one.deliverables)]
    blank = [one for one in facts.values() if any(line.quantity is None for line in one.savings)]
    assert 18 <= len(quantified) <= 30
    assert 24 <= len(dated) <= 36
    assert len(blank) >= 10


def test_savings_come_mainly_in_the_two_years_after_this_one(facts: dict[int, PlanFacts]) -> None:
    years = Counter(
        line.year.start for one in facts.values() for line in one.savings if line.quantity and line.cash_releasing
    )
    assert years[2017] + years[2018] > 4 * (years[2016] + years[2019])


def test_the_rules_come_to_every_outcome(plans: list[Plan]) -> None:
    counts = Counter(suggestion.outcome for suggestion in suggestions_of(plans, TODAY).values())
    assert 8 <= counts[Outcome.A] <= 12
    assert 35 <= counts[Outcome.B] <= 55
    assert 8 <= counts[Outcome.C] <= 18
    assert 6 <= counts[Outcome.BOUNDARY] <= 14
    assert 6 <= counts[Outcome.INSUFFICIENT] <= 14


def test_some_good_plans_deliver_too_late_and_some_savings_lie_on_both_sides(plans: list[Plan]) -> None:
    between = [one for one in suggestions_of(plans, TODAY).values() if one.outcome is Outcome.BOUNDARY]
    assert sum("2018/19 and 2019/20 alone" in one.because for one in between) >= 3
    assert sum("both sides" in one.because for one in between) >= 3


def test_the_matrix_differs_on_three_days() -> None:
    first, second, third = (letters(day) for day in (date(2016, 7, 15), date(2016, 8, 25), TODAY))
    assert 15 <= len(first) <= 25
    assert len(first) < len(second) < len(third)
    assert 40 <= len(third) <= 52
    assert set(third.values()) == set(Category)


def test_some_letters_have_moved_since_the_first_look() -> None:
    first, last = letters(date(2016, 7, 15)), letters(TODAY)
    assert sum(last[plan_id] is not letter for plan_id, letter in first.items()) >= 4


def test_every_region_has_plans_that_wait_for_its_lead_and_for_the_centre(plans: list[Plan]) -> None:
    waiting = Counter((plan.region, plan.waits_for) for plan in plans)
    for region in Region:
        assert waiting[region, Waiting.REGION] + waiting[region, Waiting.RETURNED] >= 3
    assert sum(waiting[region, Waiting.CENTRE] for region in Region) >= 10
    assert sum(waiting[region, Waiting.RETURNED] for region in Region) >= 5


def test_who_a_plan_waits_for_is_as_its_last_step_says(plans: list[Plan]) -> None:
    after = {None: Waiting.REGION, Move.REOPENED: Waiting.REGION, Move.PROPOSED: Waiting.CENTRE}
    after |= {Move.RETURNED: Waiting.RETURNED, Move.AGREED: Waiting.NOBODY, Move.OVERRIDDEN: Waiting.NOBODY}
    steps = db.session.scalars(select(TriageStep).order_by(TriageStep.subject_id, TriageStep.id)).all()
    last = {plan_id: list(own)[-1].move for plan_id, own in groupby(steps, key=lambda step: step.subject_id)}
    assert all(plan.waits_for is after[last.get(plan.id)] for plan in plans)


def test_proposals_that_depart_from_the_suggestion_say_why_and_nobody_answers_their_own() -> None:
    rows = db.session.execute(
        select(TriageStep, StoredSuggestion.outcome).join(
            StoredSuggestion, StoredSuggestion.id == TriageStep.suggestion_id
        )
    ).all()
    departing = [step for step, outcome in rows if outcome.category is not step.category]
    assert len(departing) >= 15
    assert all(step.reason for step in departing)
    assert any(not step.reason for step, _ in rows)
    proposed_by = {step.id: step.recorded_by_id for step, _ in rows}
    answers = db.session.scalars(select(TriageStep).where(TriageStep.proposal_id.is_not(None))).all()
    assert {answer.move for answer in answers} == {Move.AGREED, Move.RETURNED, Move.OVERRIDDEN}
    assert all(proposed_by[answer.proposal_id or 0] != answer.recorded_by_id for answer in answers)


def test_one_plan_is_withdrawn_with_its_letter_and_one_saving_is_counted_elsewhere(plans: list[Plan]) -> None:
    (status,) = db.session.scalars(select(PlanStatus))
    assert status.withdrawn
    assert status.reason
    assert status.subject_id in letters(TODAY)
    (shared,) = db.session.scalars(select(SavingsValue).where(SavingsValue.counted_in_id.is_not(None)))
    assert shared.quantity is not None


def test_some_savings_were_put_lower_later_and_some_trusts_have_categories_of_their_own() -> None:
    changed = select(SavingsValue.subject_id).group_by(SavingsValue.subject_id).having(func.count() > 1)
    assert len(db.session.scalars(changed).all()) == 3
    own = db.session.scalars(select(PlanTrustEntry).where(PlanTrustEntry.category.is_not(None))).all()
    assert 3 <= len(own) <= 12
    assert all(entry.reason for entry in own)
