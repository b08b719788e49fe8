"""Who may decide on a plan, and whom it waits for after each step."""

import pytest

from opprod.accounts import Role, User
from opprod.core.regions import Region
from opprod.plans.models import Move, Plan, Waiting
from opprod.plans.permissions import can_moderate, can_propose, waits_after


def person(role: Role, region: Region | None = None) -> User:
    return User(id=1, role=role, region=region, is_active=True)


def plan(waits_for: Waiting) -> Plan:
    return Plan(region=Region.NORTH, waits_for=waits_for)


@pytest.mark.parametrize(
    ("move", "waiting"),
    [
        (None, Waiting.REGION),
        (Move.REOPENED, Waiting.REGION),
        (Move.PROPOSED, Waiting.CENTRE),
        (Move.RETURNED, Waiting.RETURNED),
        (Move.AGREED, Waiting.NOBODY),
        (Move.OVERRIDDEN, Waiting.NOBODY),
    ],
)
def test_each_step_says_whom_the_plan_waits_for_next(move: Move | None, waiting: Waiting) -> None:
    assert waits_after(move) is waiting


@pytest.mark.parametrize("waits_for", Waiting)
def test_only_the_lead_of_the_region_proposes_and_only_while_asked(waits_for: Waiting) -> None:
    asked = waits_for in {Waiting.REGION, Waiting.RETURNED}
    assert can_propose(person(Role.REGIONAL_LEAD, Region.NORTH), plan(waits_for)) is asked
    assert not can_propose(person(Role.REGIONAL_LEAD, Region.SOUTH), plan(waits_for))
    for role in set(Role) - {Role.REGIONAL_LEAD}:
        assert not can_propose(person(role), plan(waits_for))


@pytest.mark.parametrize("waits_for", Waiting)
def test_only_the_centre_moderates_and_never_a_proposal_of_ones_own(waits_for: Waiting) -> None:
    for role in Role:
        region = Region.NORTH if role is Role.REGIONAL_LEAD else None
        may = role in {Role.STAFF, Role.EXECUTIVE} and waits_for is Waiting.CENTRE
        assert can_moderate(person(role, region), plan(waits_for), proposed_by_id=2) is may
        assert not can_moderate(person(role, region), plan(waits_for), proposed_by_id=1)
