"""Drawing plans for the demonstration: always the same ones."""

import json
import os
import subprocess
import sys
from dataclasses import asdict

import pytest

from opprod.core.quantity import Qualifier
from opprod.demo.amounts import between, dice, money
from opprod.demo.drawing import Footprint, draw_plan
from opprod.demo.plans import BACK_OFFICE, PATHOLOGY, SERVICES
from opprod.plans.models import Element
from opprod.plans.services.bulk import PlanContent

FOOTPRINTS = [Footprint(number, trust_ids=(1, 2, 3), acute=2) for number in range(1, 45)]


def as_text(content: PlanContent) -> str:
    """All that a plan says, in one order."""
    said = asdict(content)
    said["submission"]["leaves_out"] = sorted(said["submission"]["leaves_out"])
    return json.dumps(said, default=str)


def everything() -> str:
    """All that 88 plans say."""
    return "\n".join(as_text(draw_plan(footprint, service)) for service in SERVICES for footprint in FOOTPRINTS)


def test_a_plan_is_drawn_alike_whatever_is_drawn_beside_it() -> None:
    alone = draw_plan(FOOTPRINTS[11], PATHOLOGY)
    draw_plan(FOOTPRINTS[30], BACK_OFFICE)
    assert draw_plan(FOOTPRINTS[11], PATHOLOGY) == alone


@pytest.mark.parametrize("seed", ["0", "1"])
def test_plans_are_drawn_alike_in_every_process(seed: str) -> None:
    program = "from tests.unit.demo.test_drawing import everything; print(everything())"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == everything() + "\n"


def test_plans_differ_from_one_another() -> None:
    said = [as_text(draw_plan(footprint, service)) for service in SERVICES for footprint in FOOTPRINTS]
    assert len(set(said)) == len(said)


def test_what_a_submission_leaves_out_is_not_in_the_plan() -> None:
    for service in SERVICES:
        for footprint in FOOTPRINTS:
            content = draw_plan(footprint, service)
            left_out = content.submission.leaves_out
            assert not (Element.DELIVERABLES in left_out and content.deliverables)
            assert not (Element.SAVINGS in left_out and content.savings)
            assert not (Element.DATES in left_out and any(one.due_on for one in content.deliverables))
            assert not (Element.ORGANISATIONS in left_out and content.trusts)


def test_of_two_trusts_that_run_laboratories_both_can_be_in_a_pathology_plan_and_no_other() -> None:
    drawn = [draw_plan(footprint, PATHOLOGY).trusts for footprint in FOOTPRINTS]
    assert {tuple(trust.trust_id for trust in trusts) for trusts in drawn} == {(), (1, 2)}
    assert any(trust.trust_id == 3 for footprint in FOOTPRINTS for trust in draw_plan(footprint, BACK_OFFICE).trusts)


def test_a_footprint_without_trusts_names_bodies_without_names() -> None:
    drawn = [draw_plan(Footprint(number), PATHOLOGY) for number in range(45, 89)]
    assert all(content.trusts == () for content in drawn)
    assert any(content.scope and content.scope.ccgs == ("All CCGs of the footprint",) for content in drawn)


def test_money_is_said_in_many_ways() -> None:
    said = [money(dice("money", number), 1.37) for number in range(200)]
    assert {quantity.qualifier for quantity in said} == {
        Qualifier.EXACT,
        Qualifier.CIRCA,
        Qualifier.UP_TO,
        Qualifier.OVER,
    }
    assert {"£1.4m", "c.£1.4m", "up to £1.4m", "over £1.4m"} <= {quantity.said for quantity in said}


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (2.1, 3.2, "£2–3m"),
        (0.42, 0.58, "£400–600k"),
        (0.01, 0.02, "£50–100k"),
        (0.9, 1.4, "£900k–1.4m"),
        (5.4, 5.6, "£5.5–6m"),
        (8.2, 12.1, "£8–12m"),
    ],
)
def test_a_range_has_two_ends_whatever_it_is_rounded_to(low: float, high: float, said: str) -> None:
    assert between(low, high).said == said
