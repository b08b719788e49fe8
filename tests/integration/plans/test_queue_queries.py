"""The order of a queue, and its counts."""

import pytest
from flask import Flask

from opprod.accounts import Role, User
from opprod.accounts import services as accounts
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan, Service, Waiting
from opprod.plans.queries.queue import Place, next_in_queue, place_of, queue_counts, waiting_for
from opprod.plans.services.status import withdraw_plan
from opprod.plans.services.triage import return_proposal
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round, seen
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")


def returned(plan: Plan) -> Plan:
    a_proposal(plan)
    return_proposal(plan=plan, question="Sure?", seen=seen(plan), actor=a_user())
    return plan


def walk(user: User, *, service: Service | None = None, steps: int) -> list[Plan]:
    """The plans that a person sees who passes over each."""
    seen_here: list[Plan] = []
    after: Place | None = None
    for _ in range(steps):
        plan = next_in_queue(user, service=service, after=after)
        assert plan is not None
        seen_here.append(plan)
        after = place_of(plan)
    return seen_here


def test_a_lead_meets_what_was_returned_first_then_the_rest_by_service_and_stp_and_again_from_the_start() -> None:
    pathology, back_office = a_service("Pathology"), a_service("Back office")
    stps = [an_stp(Region.NORTH) for _ in range(3)]
    a_triage_round()
    by_service = [a_plan(service=service, stp=stp) for service in (pathology, back_office) for stp in stps]
    first, second, third, fourth, fifth, sixth = by_service
    returned(third)
    returned(fifth)
    a_proposal(second)
    a_plan(Region.SOUTH, service=pathology)

    lead = a_lead(Region.NORTH)
    assert walk(lead, steps=6) == [third, fifth, first, fourth, sixth, third]
    assert walk(lead, service=back_office, steps=4) == [fifth, fourth, sixth, fifth]
    counts = queue_counts(lead)
    assert (counts.total, counts.to_go, counts.returned, counts.with_regions) == (6, 5, 2, 5)
    assert [(one.name, counts.to_go_of(one)) for one in counts.services] == [("Pathology", 2), ("Back office", 3)]
    assert waiting_for(lead) == 5


def test_a_plan_just_saved_is_followed_by_the_one_after_it() -> None:
    service = a_service()
    a_triage_round()
    plans = [a_plan(Region.NORTH, service=service) for _ in range(3)]
    lead = a_lead(Region.NORTH)
    skipped_to = place_of(plans[1])
    a_proposal(plans[1], lead=lead)
    assert next_in_queue(lead, after=skipped_to) is plans[2]
    skipped_to = place_of(plans[2])
    a_proposal(plans[2], lead=lead)
    # What was passed over comes round again.
    assert next_in_queue(lead, after=skipped_to) is plans[0]


def test_the_centre_meets_proposals_of_every_region_but_none_of_ones_own() -> None:
    service = a_service()
    a_triage_round()
    mine, theirs, _waiting = (
        a_plan(region, service=service) for region in (Region.NORTH, Region.LONDON, Region.SOUTH)
    )
    lead = a_lead(Region.NORTH)
    a_proposal(mine, lead=lead)
    a_proposal(theirs)
    accounts.change_account(
        user=lead, name=lead.name, role=Role.STAFF, region=None, is_active=True, version=lead.version, actor=a_user()
    )
    assert walk(lead, steps=2) == [theirs, theirs]
    assert walk(a_user(Role.EXECUTIVE), steps=3) == [mine, theirs, mine]
    counts = queue_counts(a_user())
    assert (counts.total, counts.to_go, counts.with_regions) == (3, 2, 1)


def test_a_withdrawn_plan_is_in_no_queue_and_in_no_count() -> None:
    service = a_service()
    a_triage_round()
    plan, gone = (a_plan(Region.NORTH, service=service) for _ in range(2))
    lead = a_lead(Region.NORTH)
    a_moderated_plan(plan)
    withdraw_plan(plan=gone, reason="Merged.", actor=lead)
    assert next_in_queue(lead) is None
    counts = queue_counts(lead)
    assert (counts.total, counts.to_go, counts.moderated) == (1, 0, 1)


@pytest.mark.parametrize("region", Region)
def test_a_lead_is_told_of_the_plans_of_the_own_region_alone(region: Region) -> None:
    service = a_service()
    a_triage_round()
    own = [a_plan(region, service=service) for _ in range(2)]
    for other in set(Region) - {region}:
        returned(a_plan(other, service=service))
        a_moderated_plan(a_plan(other, service=service))
        a_proposal(a_plan(other, service=service))
    lead = a_lead(region)
    assert walk(lead, steps=3) == [*own, own[0]]
    counts = queue_counts(lead)
    assert (counts.region, counts.total, counts.to_go, counts.returned) == (region, 2, 2, 0)


def test_picking_and_counting_read_the_index_of_the_queue_and_no_plan_beside_it(app: Flask) -> None:
    service = a_service()
    a_triage_round()
    for _ in range(2):
        a_proposal(a_plan(Region.NORTH, service=service))
    lead, staff = a_lead(Region.NORTH), a_user()
    place = Place(Waiting.REGION, service.id, 1)
    with statements(app) as asked:
        for user in (lead, staff):
            next_in_queue(user, service=service, after=place)
            next_in_queue(user)
            queue_counts(user)
            waiting_for(user)
    plans = [one for one in asked if one.startswith("SELECT") and '"plan"' in one]
    assert len(plans) >= 10
    for statement in plans:
        steps = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", tuple([1] * statement.count("?"))
        )
        told = [row[3] for row in steps]
        assert not [line for line in told if "TEMP B-TREE FOR ORDER BY" in line], (statement, told)
        assert not [line for line in told if line in {"SCAN plan", "SCAN triage_step"}], (statement, told)
