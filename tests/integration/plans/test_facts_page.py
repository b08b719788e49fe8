"""The page of the rules."""

from collections.abc import Callable

import pytest

from opprod.accounts import Role
from opprod.plans.rules.register import RULE_SETS
from tests.client import Client


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.STAFF, Role.EXECUTIVE])
def test_whoever_may_see_plans_reads_every_criterion_and_step(signed_in: Callable[..., Client], role: Role) -> None:
    page = signed_in(role).get("/plans/rules").text
    for rules in RULE_SETS:
        for criterion in rules.criteria:
            for text in (criterion.name, criterion.asks, criterion.counts_towards, criterion.basis):
                assert text in page
        assert all(step.when in page for step in rules.steps)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_whoever_may_not_see_plans_is_refused(signed_in: Callable[..., Client], role: Role) -> None:
    assert signed_in(role).get("/plans/rules").status_code == 403
