"""Deciding from a plan's page, who may, and what becomes of a form that comes too late."""

from collections.abc import Callable

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.accounts import services as accounts
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Category, Plan
from opprod.plans.queries.triage import decision_of
from opprod.plans.services.status import withdraw_plan
from opprod.plans.services.triage import agree_proposal, override_proposal, return_proposal
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.triage import a_proposal, a_triage_round, seen
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import Within
from tests.integration.plans.triage_pages import SignIn, decision_form, has_decision, words

# What a browser says of a form of our own: what was typed is shown again to nobody else.
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }}"


@pytest.fixture
def plan_id(within: Within[int]) -> int:
    """The plan of Cumbria for pathology, in a round."""

    def make() -> int:
        a_triage_round("Autumn")
        return a_plan(service=a_service("Pathology"), stp=an_stp(Region.NORTH, name="Cumbria")).id

    return within(make)


def as_lead(app: Flask, within: Within[str], region: Region) -> Client:
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(within(lambda: a_lead(region).email))
    return client


@pytest.fixture
def lead(app: Flask, within: Within[str]) -> Client:
    """The lead of the North."""
    return as_lead(app, within, Region.NORTH)


def proposed(plan_id: int, reason: str = "It is late.") -> Callable[[], None]:
    return lambda: a_proposal(db.session.get_one(Plan, plan_id), Category.B, reason=reason) and None


def moves(within: Within[list[str]], plan_id: int) -> list[str]:
    return within(lambda: [s.move.value for s in decision_of(db.session.get_one(Plan, plan_id), TODAY).steps])


def test_a_category_is_proposed_and_agreed_from_the_plans_page(lead: Client, signed_in: SignIn, plan_id: int) -> None:
    for client, fields in ((lead, {"category": "B", "reason": "It is late."}), (signed_in(), {"answer": "agree"})):
        form = decision_form(client.get(f"/plans/{plan_id}").text)
        answer = client.send(form.action, {**form.fields, **fields})
        assert (answer.status_code, answer.location) == (303, f"/plans/{plan_id}")
    page = words(lead.get(f"/plans/{plan_id}").text)
    assert "Category in force B: Needs support" in page
    assert "Agreed by the centre" in page
    assert "The region: It is late." in page
    assert "What version 1 of the rules suggested: Insufficient evidence" in page


def test_a_form_refused_from_the_plans_page_keeps_what_was_typed(lead: Client, plan_id: int) -> None:
    form = decision_form(lead.get(f"/plans/{plan_id}").text)
    answer = lead.send(form.action, {**form.fields, "reason": "I began to say why."})
    assert answer.status_code == 422
    assert "Choose a category" in answer.text
    assert "I began to say why." in answer.text
    again = decision_form(answer.text)
    saved = lead.send(again.action, {**again.fields, "category": "C", "reason": "I began to say why."})
    assert saved.location == f"/plans/{plan_id}"


def test_each_letter_is_shown_with_its_meaning_and_none_is_chosen(
    lead: Client, signed_in: SignIn, within: Within[None], plan_id: int
) -> None:
    page = words(lead.get(f"/plans/{plan_id}").text)
    for category in Category:
        assert f"{category.value}: {category.label} {category.meaning}" in page
    within(proposed(plan_id))
    page = signed_in().get(f"/plans/{plan_id}").text
    assert decision_form(page)
    assert "Agree: B, Needs support" in words(page)
    assert "Override with A: Good plan" in words(page)
    assert "Override with B" not in words(page)


def test_nothing_can_be_decided_on_the_page_of_an_earlier_day(lead: Client, plan_id: int) -> None:
    assert has_decision(lead.get(f"/plans/{plan_id}").text)
    assert not has_decision(lead.get(f"/plans/{plan_id}?as_at=2016-09-25").text)


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_a_return_without_a_question_and_an_override_without_a_reason_are_refused(
    signed_in: SignIn, within: Within[None], plan_id: int, text: str
) -> None:
    within(proposed(plan_id))
    staff = signed_in()
    form = decision_form(staff.get(f"/plans/{plan_id}").text)
    for answer, message in (("return", "Enter the question"), ("C", "Enter why the centre sets another")):
        refused = staff.send(form.action, {**form.fields, "answer": answer, "reason": text})
        assert refused.status_code == 422
        assert message in refused.text
        assert f'value="{answer}" checked' in refused.text


def test_the_second_of_two_moderators_sees_what_the_first_did_and_keeps_what_was_typed(
    signed_in: SignIn, within: Within[None], plan_id: int
) -> None:
    within(proposed(plan_id))
    first, second = signed_in(Role.STAFF), signed_in(Role.EXECUTIVE)
    one = decision_form(first.get(f"/plans/{plan_id}").text)
    two = decision_form(second.get("/plans/queue").text)
    first.send(one.action, {**one.fields, "answer": "return", "reason": "Which trusts sign?"})

    late = second.send(two.action, {**two.fields, "answer": "C", "reason": HOSTILE})
    assert late.status_code == 409
    page = words(late.text)
    for shown in ("Returned with a question", "Which trusts sign?", "Directorate staff", "26 September 2016"):
        assert shown in page
    assert "C: No plan" in page
    assert HOSTILE in page
    assert f"/plans/queue?plan={plan_id}" in late.text
    assert moves(within, plan_id) == ["returned", "proposed"]


def test_a_late_form_that_cannot_be_read_is_kept_too(lead: Client, within: Within[None], plan_id: int) -> None:
    form = decision_form(lead.get(f"/plans/{plan_id}").text)
    within(proposed(plan_id, "Another lead was first."))
    late = lead.send(form.action, {**form.fields, "reason": "My own words."})
    assert late.status_code == 409
    assert "My own words." in late.text
    assert "Another lead was first." in late.text


def test_saving_twice_is_saving_once(lead: Client, within: Within[None], plan_id: int) -> None:
    form = decision_form(lead.get(f"/plans/{plan_id}").text)
    sent = {**form.fields, "category": "C", "reason": "Nothing was sent."}
    assert lead.send(form.action, sent).status_code == 303
    assert lead.send(form.action, sent).status_code == 409
    assert moves(within, plan_id) == ["proposed"]


def test_a_proposal_on_a_withdrawn_plan_is_refused_and_keeps_the_reason(
    lead: Client, within: Within[None], plan_id: int
) -> None:
    form = decision_form(lead.get(f"/plans/{plan_id}").text)
    within(
        lambda: (
            withdraw_plan(plan=db.session.get_one(Plan, plan_id), reason="Merged.", actor=a_lead(Region.NORTH))
            and None
        )
    )
    sent = {**form.fields, "category": "C", "reason": "Nothing was sent."}
    refused = lead.send(form.action, sent, headers=FROM_HERE)
    assert refused.status_code == 422
    assert "was withdrawn on 26 September 2016" in refused.text
    assert "Nothing was sent." in refused.text
    assert moves(within, plan_id) == []
    assert not has_decision(lead.get(f"/plans/{plan_id}").text)


def test_nobody_moderates_a_proposal_of_their_own(app: Flask, within: Within[str], plan_id: int) -> None:
    def make() -> str:
        mine = a_lead(Region.NORTH)
        a_proposal(db.session.get_one(Plan, plan_id), lead=mine)
        accounts.change_account(
            user=mine, name="Ann", role=Role.STAFF, region=None, is_active=True, version=mine.version, actor=a_user()
        )
        return mine.email

    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(within(make))
    assert not has_decision(client.get(f"/plans/{plan_id}").text)
    assert "You proposed this yourself" in client.get(f"/plans/{plan_id}").text
    latest = within(lambda: seen(db.session.get_one(Plan, plan_id)))
    refused = client.send(
        f"/plans/{plan_id}/moderate",
        {"answer": "agree", "reason": "I was right.", "seen": str(latest)},
        headers=FROM_HERE,
    )
    assert refused.status_code == 403
    assert "You proposed this yourself; someone else must moderate it." in refused.text
    assert "I was right." in refused.text
    assert moves(within, plan_id) == ["proposed"]


@pytest.mark.parametrize("region", [one for one in Region if one is not Region.NORTH])
def test_no_lead_of_another_region_decides_or_learns_that_there_is_a_plan(
    app: Flask, within: Within[str], plan_id: int, region: Region
) -> None:
    client = as_lead(app, within, region)
    form = {"category": "C", "reason": "Guessed.", "seen": "0"}
    theirs = client.send(f"/plans/{plan_id}/propose?queue=1", form)
    none = client.send("/plans/999999/propose?queue=1", form)
    assert theirs.status_code == none.status_code == 404
    assert words(theirs.text) == words(none.text)
    assert client.send(f"/plans/{plan_id}/moderate", {"answer": "agree"}).status_code == 403
    assert moves(within, plan_id) == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_has_no_part_in_plans_decides_nothing(signed_in: SignIn, plan_id: int, role: Role) -> None:
    client = signed_in(role)
    for verb in ("propose", "moderate"):
        assert client.send(f"/plans/{plan_id}/{verb}", {"category": "C", "answer": "agree"}).status_code == 403


def test_the_centre_proposes_nothing_and_a_region_moderates_nothing(
    lead: Client, signed_in: SignIn, plan_id: int
) -> None:
    assert signed_in(Role.EXECUTIVE).send(f"/plans/{plan_id}/propose", {"category": "C"}).status_code == 403
    assert lead.send(f"/plans/{plan_id}/moderate", {"answer": "agree"}).status_code == 403


def test_what_waits_for_someone_else_cannot_be_decided_by_an_empty_form_either(
    signed_in: SignIn, plan_id: int
) -> None:
    refused = signed_in().send(f"/plans/{plan_id}/moderate", {"reason": "Too early."}, headers=FROM_HERE)
    assert refused.status_code == 422
    assert "does not wait for you now" in refused.text
    assert "Too early." in refused.text


def test_a_form_that_does_not_say_what_was_seen_decides_nothing(
    signed_in: SignIn, within: Within[None], plan_id: int
) -> None:
    within(proposed(plan_id))
    assert signed_in().send(f"/plans/{plan_id}/moderate", {"answer": "agree"}).status_code == 409
    assert moves(within, plan_id) == ["proposed"]


def test_the_history_tells_each_step_with_what_the_rules_suggested_then(
    lead: Client, within: Within[None], plan_id: int
) -> None:
    def decide() -> None:
        plan = db.session.get_one(Plan, plan_id)
        staff = a_user(name="Ann Staff")
        a_proposal(plan, Category.A, reason="They have signed.", version=1)
        return_proposal(plan=plan, question="Who has?", seen=seen(plan), actor=staff)
        a_proposal(plan, Category.B, version=2)
        override_proposal(plan=plan, category=Category.C, reason="Nothing is dated.", seen=seen(plan), actor=staff)
        a_triage_round("Winter")

    within(decide)
    page = words(lead.get(f"/plans/{plan_id}").text).split("History of the decision")[-1]
    told = [
        "Reopened for a new round",
        "Overridden by the centre C: No plan",
        "Nothing is dated.",
        "Proposed by the region B: Needs support",
        "What version 2 of the rules suggested: B: Needs support",
        "Returned with a question",
        "Question: Who has?",
        "Proposed by the region A: Good plan",
        "They have signed.",
        "What version 1 of the rules suggested: Boundary",
    ]
    places = [page.index(words) for words in told]
    assert places == sorted(places)


def test_agreeing_says_what_is_in_force_until_a_later_round_decides_anew(
    lead: Client, within: Within[None], plan_id: int
) -> None:
    def decide() -> None:
        plan = db.session.get_one(Plan, plan_id)
        a_proposal(plan, Category.B)
        agree_proposal(plan=plan, seen=seen(plan), actor=a_user())
        a_triage_round("Winter")
        a_proposal(plan, Category.A)

    within(decide)
    page = words(lead.get(f"/plans/{plan_id}").text)
    assert "Category in force B: Needs support" in page
    assert "To be moderated by the centre" in page
