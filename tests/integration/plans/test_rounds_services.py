"""Opening rounds of triage."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from opprod.accounts import Role
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Category, Move, Plan, TriageRound, TriageStep, Waiting
from opprod.plans.queries.rounds import round_views, standings
from opprod.plans.queries.triage import current_round, decision_of
from opprod.plans.services.rounds import open_round
from opprod.plans.services.status import reinstate_plan, withdraw_plan
from opprod.plans.services.triage import agree_proposal, return_proposal
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round, seen
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")


def test_a_round_reopens_what_is_moderated_and_leaves_the_rest_where_it_is() -> None:
    service = a_service()
    first = a_triage_round("Autumn")
    moderated, proposed, returned, waiting, withdrawn = (a_plan(service=service) for _ in range(5))
    a_moderated_plan(moderated, Category.A)
    a_proposal(proposed)
    a_proposal(returned)
    return_proposal(plan=returned, question="Sure?", seen=seen(returned), actor=a_user())
    a_moderated_plan(withdrawn, Category.B)
    withdraw_plan(plan=withdrawn, reason="Merged.", actor=a_lead())

    second = a_triage_round("Winter")
    assert current_round(TODAY) is second
    assert second.number == first.number + 1
    assert [plan.waits_for for plan in (moderated, proposed, returned, waiting, withdrawn)] == [
        Waiting.REGION,
        Waiting.CENTRE,
        Waiting.RETURNED,
        Waiting.REGION,
        Waiting.NOBODY,
    ]
    decision = decision_of(moderated, TODAY)
    assert decision.latest is not None
    assert (decision.latest.move, decision.latest.round) == (Move.REOPENED, "Winter")
    # The letter holds until moderated anew.
    assert decision.category is not None
    assert (decision.category.category, decision.category.round) == (Category.A, "Autumn")
    (event,) = latest_about(second)
    assert event.changes["plans_reopened"] == [None, 1]


def test_what_is_reopened_is_decided_anew() -> None:
    a_triage_round()
    plan = a_moderated_plan(a_plan(), Category.A)
    a_triage_round("Winter")
    a_moderated_plan(plan, Category.C)
    held = decision_of(plan, TODAY).category
    assert held is not None
    assert (held.category, held.round) == (Category.C, "Winter")


def test_opening_costs_the_same_however_many_plans_it_reopens(app: Flask) -> None:
    service = a_service()
    executive = a_user(Role.EXECUTIVE)

    def opening(name: str) -> int:
        db.session.flush()
        with statements(app) as seen_here:
            open_round(name=name, due_on=TODAY, actor=executive)
        # The steps themselves are written one by one, and nothing is read for each.
        return len([statement for statement in seen_here if not statement.startswith("INSERT INTO triage_step ")])

    a_triage_round()
    for _ in range(2):
        a_moderated_plan(a_plan(service=service))
    few = opening("Two plans")
    for plan in (*db.session.scalars(select(Plan)), *(a_plan(service=service) for _ in range(20))):
        a_moderated_plan(plan)
    assert opening("Twenty-two plans") == few
    assert db.session.scalar(select(func.count(TriageStep.id)).where(TriageStep.move == Move.REOPENED)) == 24


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.EXECUTIVE])
def test_only_an_executive_opens_a_round(role: Role) -> None:
    with pytest.raises(NotAllowed):
        open_round(name="Autumn", due_on=TODAY, actor=a_user(role))


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "AUTUMN"])
def test_a_name_that_is_blank_too_long_or_in_use_is_refused(name: str) -> None:
    a_triage_round("Autumn")
    with pytest.raises(InvalidInput) as refused:
        open_round(name=name, due_on=TODAY, actor=a_user(Role.EXECUTIVE))
    assert refused.value.field == "name"


@pytest.mark.parametrize("due_on", [TODAY - timedelta(days=1), date(2106, 10, 14)])
def test_a_due_day_before_today_or_years_on_is_refused(due_on: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        open_round(name="Autumn", due_on=due_on, actor=a_user(Role.EXECUTIVE))
    assert refused.value.field == "due_on"


def test_of_two_who_open_a_round_the_second_is_told() -> None:
    executive = a_user(Role.EXECUTIVE)
    open_round(name="Autumn", due_on=TODAY, actor=executive, seen=0)
    with pytest.raises(Conflict):
        open_round(name="Autumn review", due_on=TODAY, actor=executive, seen=0)
    assert db.session.scalar(select(func.count(TriageRound.id))) == 1


def test_standings_are_those_of_the_day_and_of_the_region() -> None:
    service = a_service()
    a_triage_round()
    london, north, gone = (
        a_plan(service=service, stp=an_stp(region)) for region in (Region.LONDON, Region.NORTH, Region.NORTH)
    )
    a_moderated_plan(london)
    a_proposal(north)
    withdraw_plan(plan=gone, reason="Merged.", actor=a_lead(Region.NORTH))
    with clock.pinned_to(TODAY + timedelta(days=7)):
        agree_proposal(plan=north, seen=seen(north), actor=a_user())

        then, now = standings(TODAY, scope=None), standings(clock.today(), scope=None)
        in_north = standings(TODAY, scope=Region.NORTH)
    assert (then.with_centre, then.moderated, then.withdrawn, then.total) == (1, 1, 1, 2)
    assert (now.with_centre, now.moderated, now.with_regions) == (0, 2, 0)
    assert (in_north.with_centre, in_north.moderated, in_north.withdrawn) == (1, 0, 1)


def test_a_plan_that_was_reinstated_waits_for_its_region_anew() -> None:
    a_triage_round()
    plan = a_moderated_plan(a_plan(Region.NORTH))
    lead = a_lead(Region.NORTH)
    withdraw_plan(plan=plan, reason="Merged.", actor=lead)
    reinstate_plan(plan=plan, reason="It was not.", actor=lead)
    assert plan.waits_for is Waiting.REGION
    assert standings(TODAY, scope=None).waiting[Waiting.REGION] == 1
    with clock.pinned_to(TODAY + timedelta(days=7)):
        assert standings(TODAY, scope=None).waiting[Waiting.REGION] == 1
        a_proposal(plan)
        assert standings(TODAY, scope=None).waiting[Waiting.REGION] == 1
        assert standings(clock.today(), scope=None).with_centre == 1


def test_a_round_tells_on_how_many_plans_each_step_was_taken_in_it() -> None:
    autumn = a_triage_round("Autumn")
    plan = a_plan(Region.LONDON)
    a_proposal(plan)
    return_proposal(plan=plan, question="Sure?", seen=seen(plan), actor=a_user())
    a_moderated_plan(plan)
    winter = a_triage_round("Winter")
    now, before = round_views([winter, autumn], TODAY, scope=None)
    assert now.plans == {Move.REOPENED: 1}
    # Of one plan, however often the step was taken.
    assert before.plans == {Move.PROPOSED: 1, Move.RETURNED: 1, Move.AGREED: 1}
    assert round_views([winter], TODAY, scope=Region.NORTH)[0].plans == {}
