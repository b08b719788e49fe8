"""What moved between two days."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.plans.models import Category
from opprod.plans.queries.plans import plan as find
from opprod.plans.services import triage
from opprod.plans.services.status import reinstate_plan, withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.builders.plans import a_plan, a_service, an_stp, made_up
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round, seen
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import links, tables, words
from tests.statements import statements

SignIn = Callable[..., Client]

JULY, AUGUST, SEPTEMBER = date(2016, 7, 18), date(2016, 8, 15), date(2016, 9, 12)
WHO = "by the centre on 15 August 2016, by Mo Moderator"
SINCE_JULY = f"/plans/movement?since={JULY}"


@pytest.fixture
def plans(on: On) -> list[int]:
    """Four plans for estates: of Ash (A) and Birch (C) in the North, of Cedar (B) and Dogwood (none) in London."""
    with on(JULY):
        service = a_service("Estates")
        a_triage_round()
        named = [("Ash", Region.NORTH), ("Birch", Region.NORTH), ("Cedar", Region.LONDON), ("Dogwood", Region.LONDON)]
        found = [a_plan(service=service, stp=an_stp(region, name=name)) for name, region in named]
        for plan, category in zip(found, (Category.A, Category.C, Category.B), strict=False):
            a_moderated_plan(plan, category)
        return [plan.id for plan in found]


def rows(page: str, caption: str) -> list[list[str]]:
    return next(found for said, found in tables(page).items() if said.startswith(caption))


def test_who_moved_a_plan_and_why_is_told_with_how_many_moved_from_where_to_where(
    on: On, signed_in: SignIn, plans: list[int]
) -> None:
    with on(AUGUST):
        a_triage_round()
        birch, cedar = find(plans[1], scope=None), find(plans[2], scope=None)
        norma = a_user(Role.REGIONAL_LEAD, region=Region.NORTH, name="Norma North")
        a_proposal(birch, Category.B, lead=norma, reason="Both trusts have signed")
        moderator = a_user(Role.STAFF, name="Mo Moderator")
        triage.agree_proposal(plan=birch, seen=seen(birch), actor=moderator, note="Agreed on the call")
        a_proposal(cedar, Category.B, lead=a_user(Role.REGIONAL_LEAD, region=Region.LONDON, name="Lon Don"))
        triage.override_proposal(
            plan=cedar, category=Category.A, reason="Savings are in the contract", seen=seen(cedar), actor=moderator
        )
    page = signed_in().get(f"{SINCE_JULY}&until={SEPTEMBER}").text
    assert rows(page, "2 plans of 4 moved between 18 July 2016 and 12 September 2016") == [
        ["A: Good plan", "1 stayed", "0", "0", "0", "1"],
        ["B: Needs support", "1", "0 stayed", "0", "0", "1"],
        ["C: No plan", "0", "1", "0 stayed", "0", "1"],
        ["Not yet categorised", "0", "0", "0", "1 stayed", "1"],
        ["All on 12 Sep 2016", "2", "1", "0", "1", "4"],
    ]
    assert rows(page, "Plans that moved") == [
        [
            "Birch: Estates North",
            "C: No plan",
            "B: Needs support",
            f"Agreed {WHO} Agreed on the call Proposed by Norma North: Both trusts have signed",
        ],
        [
            "Cedar: Estates London",
            "B: Needs support",
            "A: Good plan",
            f"Overridden {WHO} Savings are in the contract Proposed by Lon Don, as the rules suggested",
        ],
    ]
    assert links(page)["Birch: Estates"] == f"/plans/{plans[1]}"


def test_a_plan_that_is_withdrawn_or_reinstated_moves(on: On, signed_in: SignIn, plans: list[int]) -> None:
    with on(AUGUST):
        withdraw_plan(
            plan=find(plans[0], scope=None), reason="Merged into Birch", actor=a_user(Role.STAFF, name="Di Director")
        )
    client = signed_in()
    page = client.get(f"{SINCE_JULY}&until={AUGUST}").text
    assert rows(page, "1 plan of 4 moved")[0] == ["A: Good plan", "0 stayed", "0", "0", "0", "1", "1"]
    (moved,) = rows(page, "Plans that moved")
    assert moved[2:] == ["Withdrawn", "Withdrawn on 15 August 2016, by Di Director Merged into Birch"]
    with on(SEPTEMBER):
        plan = find(plans[0], scope=None)
        reinstate_plan(plan=plan, reason="The merger fell through", actor=a_user(Role.STAFF, name="Di Director"))
    page = client.get(f"/plans/movement?since={AUGUST}&until={SEPTEMBER}").text
    (moved,) = rows(page, "Plans that moved")
    assert moved[1:3] == ["Withdrawn", "A: Good plan"]
    assert moved[3].startswith("Reinstated on 12 September 2016, by")
    assert "No plan moved between these days." in client.get(f"{SINCE_JULY}&until={SEPTEMBER}").text


def test_the_days_are_the_last_board_meeting_and_today_unless_told(
    on: On, signed_in: SignIn, plans: list[int]
) -> None:
    client = signed_in()
    assert "between 27 August 2016 and 26 September 2016" in words(client.get("/plans/movement").text)
    with on():
        a_meeting(date(2016, 7, 28))
        a_meeting(TODAY)
        a_meeting(date(2016, 11, 24))
    assert "between 28 July 2016 and 26 September 2016" in words(client.get("/plans/movement").text)
    assert plans


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("since=tomorrow", "From the end of must be a real day"),
        ("since=", "Enter the earlier day"),
        ("until=2016-13-01", "To the end of must be a real day"),
        ("until=2016-09-27", "The later day cannot be after today, 26 September 2016"),
        ("since=2016-09-12&until=2016-09-11", "The later day must be the same as the earlier one, or after it"),
    ],
)
def test_days_that_cannot_be_compared_are_refused_and_kept(
    signed_in: SignIn, plans: list[int], query: str, message: str
) -> None:
    answer = signed_in().get(f"/plans/movement?{query}&region=north")
    assert answer.status_code == 422
    assert message in words(answer.text)
    assert 'value="north" selected' in answer.text
    assert tables(answer.text) == {}
    assert plans


def test_the_comparison_is_narrowed_and_a_lead_sees_their_own_region_alone(
    on: On, signed_in: SignIn, lead_of: LeadOf, plans: list[int]
) -> None:
    with on(AUGUST):
        a_triage_round()
        for plan_id in (plans[1], plans[2]):
            made_up(a_moderated_plan(find(plan_id, scope=None), Category.A))
    page = signed_in().get(f"{SINCE_JULY}&region=north").text
    assert [row[0] for row in rows(page, "Plans that moved")] == ["Birch: Estates Illustrative North"]
    assert rows(page, "1 plan of 2 moved between 18 July 2016 and 26 September 2016 Illustrative")
    for query in ("", "&region=north"):
        page = lead_of(Region.LONDON).get(f"{SINCE_JULY}{query}").text
        assert [row[0] for row in rows(page, "Plans that moved")] == ["Cedar: Estates Illustrative"]
        assert rows(page, "1 plan of 2 moved")
        assert "Birch" not in page


def test_movement_costs_the_same_however_many_plans_moved(on: On, app: Flask, signed_in: SignIn) -> None:
    client = signed_in()

    def add(count: int) -> list[str]:
        with on(AUGUST):
            a_triage_round()
            for _ in range(count):
                a_moderated_plan(a_plan())
        with statements(app) as found:
            client.get(SINCE_JULY)
        return found

    assert len(add(2)) == len(add(5))
