"""Nothing of a region's plans reaches the lead of another, whichever way they ask."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.plans.models import Category, NoteKind, Plan, Service
from opprod.plans.services import triage
from tests.builders.accounts import a_user
from tests.builders.plan_records import (
    a_deliverable,
    a_note,
    a_scope,
    a_submission,
    a_trust_category,
    some_deliverables,
    some_figures,
)
from tests.builders.plans import a_plan, a_service, a_trust, an_stp
from tests.builders.savings import a_saving
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round, seen
from tests.builders.uploads import a_document
from tests.client import Client
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import words

WORDS = {Region.NORTH: "Quokka", Region.SOUTH: "Wombat"}
AMOUNTS = {Region.NORTH: "£7.77m", Region.SOUTH: "£3.33m"}
OTHER = {Region.NORTH: Region.SOUTH, Region.SOUTH: Region.NORTH}
FILTERS = (
    "",
    "region={region}",
    "q={word}",
    "q={number}&category=A",
    "by=stp&region={region}",
    "by=region&stp={number}",
    "since=2016-09-01&region={region}",
    "as_at=2016-09-26&region={region}&service=legal",
    "plan={plan}",
    "after={plan}",
)
REGIONS = pytest.mark.parametrize("region", [Region.NORTH, Region.SOUTH], ids=["north", "south"])


@dataclass(frozen=True)
class Known:
    """The keys of a region's records, by the names that addresses have for them."""

    keys: dict[str, Any]
    number: int

    def filled(self, query: str, region: Region) -> str:
        """A part of an address that asks for these records."""
        plan = self.keys["plan_id"]
        return query.format(region=region.value, word=WORDS[region], number=self.number, plan=plan)


@pytest.fixture
def regions(on: On) -> dict[Region, Known]:
    """Two regions, each with an STP and two plans of which everything that can be recorded is."""
    with on():
        services = a_service("Estates"), a_service("Legal")
        a_triage_round()
        return {region: _of_region(region, *services) for region in WORDS}


def _of_region(region: Region, estates: Service, legal: Service) -> Known:
    word = WORDS[region]
    stp = an_stp(region, name=f"{word} Vale")
    trust = a_trust(stp, name=f"{word} Hospital")
    plan, second = a_plan(service=estates, stp=stp), a_plan(service=legal, stp=stp)
    a_submission(plan, source=f"{word} two pages")
    a_scope(plan, trusts=[trust], ccgs=[f"{word} CCG"], local_authorities=[f"{word} Council"])
    a_trust_category(plan, trust, reason=f"{word} went first")
    some_deliverables(plan, a_deliverable(f"{word} hub opens"))
    some_figures(plan, source=f"{word} return", capital=AMOUNTS[region], benchmark_cost=AMOUNTS[region])
    notes = [a_note(plan, f"{word} noted", kind) for kind in NoteKind]
    line = a_saving(plan, AMOUNTS[region], label=f"{word} line", source=f"{word} ledger", function="hr")
    document = a_document(plan, f"{word}.docx")
    a_moderated_plan(plan, Category.A)
    _returned(second, word)
    keys = {
        "plan_id": plan.id,
        "note_id": notes[0].id,
        "line_id": line.id,
        "document_id": document.id,
        "ods_code": trust.ods_code,
    }
    return Known(keys, stp.id)


def _returned(plan: Plan, word: str) -> None:
    a_proposal(plan, Category.B, reason=f"{word} reason")
    triage.return_proposal(plan=plan, question=f"{word} question?", seen=seen(plan), actor=a_user(Role.STAFF))


def rules(app: Flask, *, of_a_plan: bool) -> list[Rule]:
    """The rules of the pages of plans, those of one plan or the others."""
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/plans")]
    assert len(found) > 20
    return [rule for rule in found if ("plan_id" in rule.arguments) is of_a_plan]


def address(app: Flask, rule: Rule, keys: dict[str, Any]) -> str:
    values = {name: keys[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))


def answers(client: Client, rule: Rule, path: str) -> list[int]:
    """The status of each way to use an address."""
    found = [client.get(path).status_code] if "GET" in (rule.methods or ()) else []
    return [*found, client.send(path).status_code] if "POST" in (rule.methods or ()) else found


@REGIONS
def test_every_page_without_a_plan_of_its_own_tells_of_the_lead_s_region_alone(
    app: Flask, lead_of: LeadOf, regions: dict[Region, Known], region: Region
) -> None:
    lead, other = lead_of(region), OTHER[region]
    told = ""
    for rule, query in product(rules(app, of_a_plan=False), FILTERS):
        path = f"{address(app, rule, {})}?{regions[other].filled(query, other)}"
        answer = lead.get(path)
        assert answer.status_code in {200, 400, 403, 404, 422}, path
        # What was typed is shown again in the form it was typed in.
        said = answer.text if answer.mimetype == "text/csv" else words(answer.text)
        assert WORDS[other] not in said, path
        assert AMOUNTS[other].removeprefix("£") not in said, path
        assert f"/plans/{regions[other].keys['plan_id']}" not in answer.text, path
        told += said
    assert WORDS[region] in told
    assert AMOUNTS[region] in told


@REGIONS
def test_no_page_of_another_region_s_plan_is_there(
    app: Flask, lead_of: LeadOf, regions: dict[Region, Known], region: Region
) -> None:
    lead = lead_of(region)
    mine, theirs, nobody_s = regions[region].keys, regions[OTHER[region]].keys, {"plan_id": 999_999}
    for rule in rules(app, of_a_plan=True):
        statuses = answers(lead, rule, address(app, rule, theirs))
        allowed = {403} if rule.endpoint == "plans.moderate" else {404}
        assert set(statuses) == allowed, rule
        assert answers(lead, rule, address(app, rule, {**theirs, **nobody_s})) == statuses, rule
        if len(rule.arguments) > 1:
            # Nor by way of a plan of one's own.
            assert set(answers(lead, rule, address(app, rule, {**theirs, "plan_id": mine["plan_id"]}))) == {404}, rule
    assert lead.get(f"/plans/{mine['plan_id']}").status_code == 200


@REGIONS
def test_a_plan_of_another_region_is_not_told_from_one_that_is_not_there(
    lead_of: LeadOf, regions: dict[Region, Known], region: Region
) -> None:
    lead = lead_of(region)
    theirs = lead.get(f"/plans/{regions[OTHER[region]].keys['plan_id']}").text
    assert words(theirs) == words(lead.get("/plans/999999").text)


@REGIONS
def test_an_stp_leads_to_its_plans_for_those_who_may_see_them(
    lead_of: LeadOf, regions: dict[Region, Known], region: Region
) -> None:
    lead = lead_of(region)
    for of in WORDS:
        page = lead.get(f"/stps/{regions[of].number}").text
        assert (f'href="/plans?q={regions[of].number}"' in page) is (of is region)
