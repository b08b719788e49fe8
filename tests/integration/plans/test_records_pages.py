"""Pages that record a plan's submission and scope, and trusts' own categories."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select

from opprod.accounts import Role
from opprod.audit.models import AuditEvent
from opprod.core.regions import Region
from opprod.db import db
from opprod.organisations.models import Stp, Trust
from opprod.plans.models import Category, Element, Plan, SubmissionState
from opprod.plans.services.status import withdraw_plan
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
from tests.client import Client
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import words
from tests.integration.plans.recording import HOSTILE, errors, form_at, form_on, recorded
from tests.statements import statements

SignIn = Callable[..., Client]


@dataclass(frozen=True)
class Made:
    """What a test begins with: a plan of London with two trusts, one of which takes part."""

    plan_id: int
    path: str
    inside: int
    inside_code: str
    outside: int
    elsewhere: int
    elsewhere_code: str


@pytest.fixture
def made(on: On) -> Made:
    with on():
        stp = an_stp(Region.LONDON, name="North London")
        plan = a_plan(service=a_service("Back office"), stp=stp)
        inside, outside = a_trust(stp, name="Royal Free"), a_trust(stp, name="Whittington")
        elsewhere = a_trust(an_stp(Region.SOUTH), name="Dorset County")
        a_submission(plan, leaves_out=[Element.DATES])
        a_scope(plan, functions=["hr"], trusts=[inside], ccgs=["NHS Barnet CCG"], local_authorities=["Barnet"])
        some_deliverables(plan, a_deliverable("One payroll"))
        some_figures(plan, capital="£2m")
        a_note(plan)
        return Made(
            plan.id,
            f"/plans/{plan.id}",
            inside.id,
            inside.ods_code,
            outside.id,
            elsewhere.id,
            elsewhere.ods_code,
        )


@pytest.fixture
def lead(lead_of: LeadOf) -> Client:
    return lead_of(Region.LONDON)


def events(on: On) -> int:
    with on():
        return db.session.scalars(select(func.count()).select_from(AuditEvent)).one()


def test_the_first_submission_is_recorded(on: On, lead: Client) -> None:
    with on():
        plan_id = a_plan(Region.LONDON).id
    path = f"/plans/{plan_id}/submission"
    fresh = form_at(lead, path)
    assert fresh == {"seen": "0", "received_on": "", "leaves_out": [], "source": ""}
    refused = lead.send(path, fresh)
    assert refused.status_code == 422
    assert errors(refused.text) == ["Choose whether the two pages have been received", "Enter where this comes from"]

    sent = {
        "state": "received",
        "received_on": "15/7/2016",
        "leaves_out": ["savings", "dates"],
        "source": "Two pages",
    }
    answer = lead.send(path, fresh | sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan_id}#submission")
    assert "The submission is saved." in lead.get(f"/plans/{plan_id}").text
    with on():
        held = recorded(plan_id).submission
        assert held
        assert (held.state, str(held.received_on)) == (SubmissionState.RECEIVED, "2016-07-15")
        assert (held.leaves_out, held.source) == ((Element.DATES, Element.SAVINGS), "Two pages")


def test_a_form_opens_on_what_is_recorded_and_to_save_it_as_it_is_records_nothing(
    on: On, lead: Client, made: Made
) -> None:
    submission = form_at(lead, f"{made.path}/submission")
    assert (submission["state"], submission["received_on"]) == ("received", "15 July 2016")
    assert submission["leaves_out"] == ["dates"]
    scope = form_at(lead, f"{made.path}/scope")
    assert (scope["functions"], scope["trusts"], scope["ccgs"]) == (["hr"], [str(made.inside)], "NHS Barnet CCG")
    trust = form_at(lead, f"{made.path}/trusts/{made.inside_code}")
    assert trust["category"] == ""

    before = events(on)
    for name, sent in (("submission", submission), ("scope", scope), (f"trusts/{made.inside_code}", trust)):
        answer = lead.send(f"{made.path}/{name}", sent, follow_redirects=True)
        assert "Nothing was changed, so nothing was recorded." in answer.text, name
    assert events(on) == before


def test_a_refused_submission_keeps_what_was_typed(on: On, lead: Client, made: Made) -> None:
    path = f"{made.path}/submission"
    sent = form_at(lead, path) | {"received_on": "31 October 2016", "leaves_out": ["savings"], "source": HOSTILE}
    refused = lead.send(path, sent)
    assert refused.status_code == 422
    assert errors(refused.text) == ["Enter a day up to today, 26 September 2016"]
    assert '<a href="#received_on">' in refused.text
    assert form_on(refused.text) == sent
    assert "<script>alert" not in refused.text

    for bad in ("soon", "30 February 2016"):
        refused = lead.send(path, sent | {"received_on": bad})
        assert errors(refused.text) == ["Received on must be a real day, like 29 September 2016 or 29/9/2016"]
        assert form_on(refused.text)["received_on"] == bad
    for stray in ({"state": "lost"}, {"leaves_out": ["everything"]}):
        refused = lead.send(path, sent | stray)
        assert refused.status_code == 422
        assert "must be one of the choices shown" in refused.text
    with on():
        held = recorded(made.plan_id).submission
        assert held
        assert held.source == "Two-page submission"


def test_the_stp_can_say_that_it_has_no_plan(on: On, lead: Client, made: Made) -> None:
    path = f"{made.path}/submission"
    lead.send(path, form_at(lead, path) | {"state": "no-plan", "source": "Letter"})
    with on():
        held = recorded(made.plan_id).submission
        assert held
        assert (held.state, held.received_on, held.leaves_out) == (SubmissionState.NO_PLAN, None, ())


def test_the_scope_is_changed_and_other_trusts_join_by_their_codes(on: On, lead: Client, made: Made) -> None:
    path = f"{made.path}/scope"
    sent = form_at(lead, path)
    page = words(lead.get(path).text)
    assert f"Royal Free ({made.inside_code})" in page
    assert "Dorset County" not in page
    changed = {
        "functions": ["finance", "hr"],
        "trusts": [str(made.outside)],
        "other_trusts": f" {made.elsewhere_code.lower()};{made.elsewhere_code}",
        "ccgs": "NHS Camden CCG\r\n\r\n  NHS  Barnet CCG \r\nnhs camden ccg",
        "local_authorities": "",
        "source": "Page 1",
    }
    answer = lead.send(path, sent | changed)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{made.path}#scope")
    with on():
        record = recorded(made.plan_id)
        assert {trust.name for trust in record.trusts} == {"Whittington", "Dorset County"}
        assert record.scope
        assert [function.name for function in record.scope.functions] == ["Finance", "HR"]
        assert record.scope.ccgs == ("NHS Camden CCG", "NHS Barnet CCG")
        assert record.scope.local_authorities == ()
    assert f"Dorset County ({made.elsewhere_code})" in words(lead.get(path).text)


def test_unknown_trusts_are_named_and_nothing_typed_is_lost(on: On, lead: Client, made: Made) -> None:
    path = f"{made.path}/scope"
    sent = form_at(lead, path) | {
        "other_trusts": f"{made.elsewhere_code}, rxx nosuch",
        "ccgs": HOSTILE,
        "local_authorities": "Camden\nBarnet",
    }
    refused = lead.send(path, sent)
    assert refused.status_code == 422
    assert errors(refused.text) == ["No trust of 2016/17 has the ODS code RXX or NOSUCH"]
    assert form_on(refused.text) == sent
    assert "<script>alert" not in refused.text
    refused = lead.send(path, sent | {"other_trusts": "", "ccgs": "\n".join(map(str, range(61)))})
    assert errors(refused.text) == ["Enter 60 at most; you have 61"]
    for stray in ({"functions": ["estates"]}, {"trusts": ["x"]}, {"trusts": [str(made.elsewhere)]}):
        assert lead.send(path, sent | {"other_trusts": ""} | stray).status_code == 422, stray
    with on():
        assert [trust.name for trust in recorded(made.plan_id).trusts] == ["Royal Free"]


def test_a_trust_is_given_a_category_of_its_own(on: On, lead: Client, made: Made) -> None:
    path = f"{made.path}/trusts/{made.inside_code}"
    page = words(lead.get(path).text)
    assert "Category of Royal Free" in page
    assert "the centre does not moderate it" in page
    sent = form_at(lead, path) | {"category": "C"}
    refused = lead.send(path, sent | {"reason": " \n "})
    assert refused.status_code == 422
    assert errors(refused.text) == ["Enter the reason for the category"]
    assert form_on(refused.text)["category"] == "C"
    answer = lead.send(path, sent | {"reason": "No board agrees"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{made.path}#scope")
    with on():
        (trust,) = recorded(made.plan_id).trusts
        assert (trust.category, trust.reason) == (Category.C, "No board agrees")


def test_a_trust_that_takes_no_part_has_no_page(on: On, lead: Client, made: Made) -> None:
    with on():
        outside = db.session.get_one(Trust, made.outside).ods_code
    for code in (outside, made.elsewhere_code, "nothing", "%00"):
        answer = lead.get(f"{made.path}/trusts/{code}")
        assert answer.status_code == 404, code
        assert "No trust with this ODS code takes part in the plan." in answer.text


def test_of_two_who_save_the_second_sees_both_and_loses_nothing(on: On, lead: Client, made: Made) -> None:
    names = ("submission", "scope", f"trusts/{made.inside_code}")
    opened = {name: form_at(lead, f"{made.path}/{name}") for name in names}
    with on():
        plan = db.session.get_one(Plan, made.plan_id)
        a_submission(plan, source="Their source")
        a_scope(plan, functions=["payroll"], trusts=[db.session.get_one(Trust, made.inside)], source="Their page")
        a_trust_category(plan, db.session.get_one(Trust, made.inside), Category.A, reason="Their reason")
    mine = {
        "submission": {"source": f"Mine {HOSTILE}"},
        "scope": {"ccgs": "My CCG", "trusts": [str(made.outside)]},
        f"trusts/{made.inside_code}": {"category": "C", "reason": "My reason"},
    }
    said = {
        "submission": ("Their source", f"Source Mine {HOSTILE}"),
        "scope": ("Functions Payroll", "My CCG"),
        f"trusts/{made.inside_code}": ("Category A: Good plan Reason Their reason", "C: No plan Reason My reason"),
    }
    for name in names:
        answer = lead.send(f"{made.path}/{name}", opened[name] | mine[name])
        assert answer.status_code == 409, name
        page = words(answer.text)
        assert all(one in page for one in said[name]), page
        assert f'href="{made.path}/{name}"' in answer.text
        assert "<script>alert" not in answer.text
    with on():
        record = recorded(made.plan_id)
        assert record.submission
        assert record.submission.source == "Their source"
        assert [(trust.id, trust.category) for trust in record.trusts] == [(made.inside, Category.A)]


PAGES = (
    "submission",
    "scope",
    "trusts/{code}",
    "deliverables",
    "figures",
    "notes",
    "notes/{note}/withdraw",
    "withdraw",
    "reinstate",
)


def addresses(on: On, made: Made) -> list[str]:
    with on():
        note = recorded(made.plan_id).notes[0].id
    return [f"{made.path}/{page.format(code=made.inside_code, note=note)}" for page in PAGES]


def test_no_lead_of_another_region_opens_or_sends_any_of_the_forms(on: On, lead_of: LeadOf, made: Made) -> None:
    before = events(on)
    for region in Region:
        if region is Region.LONDON:
            continue
        client = lead_of(region)
        missing = words(client.get("/plans/999/scope").text)
        for path in addresses(on, made):
            for answer in (client.get(path), client.send(path, {"reason": "x", "text": "x", "source": "x"})):
                assert answer.status_code == 404, path
                assert words(answer.text).startswith(missing.split(" What you")[0]), path
    with on():
        record = recorded(made.plan_id)
        assert (record.withdrawn, len(record.notes)) == (False, 1)
    assert events(on) == before + 3 * 2  # three accounts, each signed in


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_those_who_see_no_plans_are_refused(on: On, signed_in: SignIn, made: Made, role: Role) -> None:
    client = signed_in(role)
    for path in addresses(on, made):
        assert client.get(path).status_code == 403
        assert client.send(path, {"reason": "x"}).status_code == 403


def test_a_withdrawn_plan_refuses_every_form_but_to_be_reinstated(on: On, lead: Client, made: Made) -> None:
    *paths, reinstate = addresses(on, made)
    with on():
        withdraw_plan(plan=db.session.get_one(Plan, made.plan_id), reason="Merged", actor=a_user())
        before = recorded(made.plan_id)
    for path in paths:
        assert lead.get(path).status_code == 422
        answer = lead.send(path, {"source": "Typed with care"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 422
        page = words(answer.text)
        assert "This plan was withdrawn on 26 September 2016. Reinstate it first." in page, path
        assert "Typed with care" in page
    assert lead.get(reinstate).status_code == 200
    with on():
        assert recorded(made.plan_id) == before


def test_a_plan_that_is_illustrative_says_so_on_every_form(on: On, lead: Client, made: Made) -> None:
    with on():
        db.session.get_one(Plan, made.plan_id).illustrative = "all that the plan says"
        a_user()  # a change wants an event beside it
    *paths, _reinstate = addresses(on, made)
    for path in paths:
        assert "Illustrative : all that the plan says" in words(lead.get(path).text), path


def test_the_form_of_a_scope_costs_the_same_however_many_trusts_there_are(
    app: Flask, on: On, lead: Client, made: Made
) -> None:
    path = f"{made.path}/scope"
    lead.get(path)
    with statements(app) as few:
        lead.get(path)
    with on():
        plan = db.session.get_one(Plan, made.plan_id)
        stp = db.session.get_one(Stp, plan.stp_id)
        a_scope(plan, trusts=[a_trust(stp) for _ in range(15)])
    with statements(app) as many:
        assert len(form_at(lead, path)["trusts"]) == 15
    assert len(few) == len(many)
