"""The plans of the demonstration: how many, and that each says it is invented."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.db import db
from opprod.plans.models import Plan


@pytest.fixture
def plans(demo_app: Flask) -> list[Plan]:
    with demo_app.app_context():
        found = list(db.session.scalars(select(Plan).order_by(Plan.service_id, Plan.stp_id)))
        db.session.expunge_all()
        db.session.remove()
        return found


def test_each_of_44_stps_has_a_plan_for_either_service(plans: list[Plan]) -> None:
    assert Counter(plan.service.name for plan in plans) == {"Pathology": 44, "Back office": 44}
    assert {plan.stp_id for plan in plans} == set(range(1, 45))


def test_every_plan_says_that_it_is_invented(plans: list[Plan]) -> None:
    assert {plan.illustrative for plan in plans} == {"the whole plan"}
