"""My queue: the next plan, its decision, and going on to the next."""

import pytest
from flask import Flask

from opprod.accounts import Role, User
from opprod.accounts import services as accounts
from opprod.core.regions import Region
from opprod.plans.services.triage import return_proposal
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round, seen
from tests.client import Client
from tests.integration.plans.conftest import Within
from tests.integration.plans.triage_pages import SignIn, decision_form, has_decision, words
from tests.statements import statements


@pytest.fixture
def north(within: Within[None]) -> None:
    """A round, and two services in two STPs of the North and one of the South."""

    def make() -> None:
        a_service("Pathology")
        a_service("Back office")
        for name in ("Cumbria", "Humber"):
            an_stp(Region.NORTH, name=name)
        an_stp(Region.SOUTH, name="Devon")
        a_triage_round("Autumn")

    within(make)


@pytest.fixture
def lead(app: Flask, within: Within[str], north: None) -> Client:
    """The lead of the North."""
    email = within(lambda: a_lead(Region.NORTH).email)
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(email)
    return client


def test_a_region_is_triaged_plan_by_plan_without_leaving_the_queue(lead: Client) -> None:
    titles = ["Cumbria: Pathology", "Humber: Pathology", "Cumbria: Back office", "Humber: Back office"]
    page = lead.get("/plans/queue").text
    for number, title in enumerate(titles):
        assert f"My queue: {title}" in words(page)
        assert f"{number} of 4 proposed in your region, {4 - number} to go" in words(page)
        form = decision_form(page)
        answer = lead.send(form.action, {**form.fields, "category": "C", "reason": "Nothing was sent."})
        assert answer.status_code == 303
        page = lead.get(answer.location).text
        assert f"C is proposed for {title}." in words(page)
    assert "Nothing waits for you." in words(page)
    assert "4 of 4 proposed" in words(page)
    assert not has_decision(page)


def test_the_centre_answers_every_way_without_leaving_the_queue(
    lead: Client, signed_in: SignIn, within: Within[User]
) -> None:
    for _ in range(4):
        form = decision_form(lead.get("/plans/queue").text)
        lead.send(form.action, {**form.fields, "category": "B", "reason": "It is late."})
    staff = signed_in(Role.STAFF)
    page = staff.get("/plans/queue").text
    assert "4 to moderate" in words(page)
    said = [
        ({"answer": "agree"}, "B is agreed for Cumbria: Pathology."),
        (
            {"answer": "A", "reason": "It is not."},
            "A is set for Humber: Pathology instead of what the region proposed.",
        ),
        ({"answer": "return", "reason": "Since when?"}, "Cumbria: Back office is returned to the region"),
        ({"answer": "agree", "reason": "Quite."}, "B is agreed for Humber: Back office."),
    ]
    for fields, flash in said:
        assert "The region proposes B: Needs support" in words(page)
        assert "It is late." in page
        form = decision_form(page)
        answer = staff.send(form.action, {**form.fields, **fields})
        assert answer.status_code == 303
        page = staff.get(answer.location).text
        assert flash in words(page)
    assert "Nothing waits for you." in words(page)

    # What was returned comes first to the region, with the question.
    again = words(lead.get("/plans/queue").text)
    assert "My queue: Cumbria: Back office" in again
    assert "The centre asks: Since when?" in again
    assert "1 of them returned with a question" in again


def test_a_plan_can_be_passed_over_and_comes_round_again(lead: Client) -> None:
    page = lead.get("/plans/queue").text
    seen_here = []
    for _ in range(5):
        seen_here.append(words(page).split("My queue: ")[1].split(" – ")[0])
        href = page.split("Not now, show the next")[0].rsplit('href="', 1)[1].split('"')[0]
        page = lead.get(href.replace("&amp;", "&")).text
    assert seen_here[0] == seen_here[4] == "Cumbria: Pathology"
    assert len(set(seen_here[:4])) == 4


def test_the_queue_is_narrowed_to_a_service_and_stays_so(lead: Client) -> None:
    page = lead.get("/plans/queue?service=back-office").text
    assert "My queue: Cumbria: Back office" in words(page)
    for _ in range(2):
        form = decision_form(page)
        answer = lead.send(form.action, {**form.fields, "category": "C", "reason": "Nothing was sent."})
        page = lead.get(answer.location).text
        assert "service=back-office" in answer.location
    assert "Nothing waits for you in Back office." in words(page)
    assert "Pathology: 2" in words(page)
    assert lead.get("/plans/queue?service=estates").status_code == 404


def test_a_refused_form_is_the_same_page_with_what_was_typed(lead: Client) -> None:
    form = decision_form(lead.get("/plans/queue?service=pathology").text)
    answer = lead.send(form.action, {**form.fields, "category": "A", "reason": "   "})
    assert answer.status_code == 422
    page = words(answer.text)
    assert "Error: My queue: Cumbria: Pathology" in page
    assert "the recorded facts suggest none" in page
    assert "0 of 4 proposed in your region" in page
    assert 'value="A" checked' in answer.text
    typed = lead.send(form.action, {**form.fields, "reason": "I began to say why."})
    assert typed.status_code == 422
    assert "Choose a category" in typed.text
    assert "I began to say why." in typed.text
    assert "service=pathology" in typed.text


def test_a_plan_asked_for_is_opened_and_one_that_does_not_wait_is_followed_by_the_next(
    lead: Client, within: Within[list[int]]
) -> None:
    def make() -> list[int]:
        service = a_service("Estates")
        return [a_plan(service=service, stp=an_stp(Region.NORTH, name=name)).id for name in ("Wirral", "Tees")]

    first, second = within(make)
    assert "My queue: Tees: Estates" in words(lead.get(f"/plans/queue?plan={second}").text)
    form = decision_form(lead.get(f"/plans/queue?plan={first}").text)
    lead.send(form.action, {**form.fields, "category": "C", "reason": "Nothing was sent."})
    page = words(lead.get(f"/plans/queue?plan={first}").text)
    assert "Wirral: Estates does not wait for you now." in page
    assert "My queue: Cumbria: Pathology" in page


@pytest.mark.parametrize("typed", ["abc", "", "-1", "0", "99999999999999999999"])
def test_what_names_no_plan_is_passed_by(lead: Client, typed: str) -> None:
    for parameter in ("plan", "after"):
        assert "My queue: Cumbria" in words(lead.get(f"/plans/queue?{parameter}={typed}").text)


@pytest.mark.parametrize("region", Region)
def test_no_lead_finds_a_plan_of_another_region_in_the_queue(
    app: Flask, within: Within[tuple[str, dict[Region, int]]], region: Region
) -> None:
    def make() -> tuple[str, dict[Region, int]]:
        service = a_service("Pathology")
        a_triage_round()
        plans = {one: a_plan(service=service, stp=an_stp(one, name=f"Place {one.label}")).id for one in Region}
        return a_lead(region).email, plans

    email, plans = within(make)
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(email)
    own = client.get("/plans/queue").text
    assert "0 of 1 proposed" in words(own)
    assert "Not now, show the next" not in own
    for other in set(Region) - {region}:
        assert f"Place {other.label}" not in own
        for parameter in ("plan", "after"):
            refused = client.get(f"/plans/queue?{parameter}={plans[other]}")
            nowhere = client.get(f"/plans/queue?{parameter}=999999")
            assert refused.status_code == nowhere.status_code == 404
            assert words(refused.text) == words(nowhere.text)
            assert f"Place {other.label}" not in refused.text


def test_a_queue_with_nothing_in_it_says_why(app: Flask, signed_in: SignIn, within: Within[None]) -> None:
    lead, executive = signed_in(Role.REGIONAL_LEAD), signed_in(Role.EXECUTIVE)
    assert "There are no plans yet" in words(lead.get("/plans/queue").text)
    within(lambda: a_plan(Region.LONDON) and None)
    assert "No round of triage is under way" in words(lead.get("/plans/queue").text)
    assert "Open a round" not in lead.get("/plans/queue").text
    assert "/plans/rounds/new" in executive.get("/plans/queue").text
    within(lambda: a_triage_round() and None)
    assert has_decision(lead.get("/plans/queue").text)
    assert "Nothing waits for you." in words(executive.get("/plans/queue").text)


def test_whoever_proposed_what_is_left_is_told_that_someone_else_moderates_it(
    app: Flask, signed_in: SignIn, within: Within[str]
) -> None:
    def make() -> str:
        a_triage_round()
        mine = a_lead(Region.NORTH)
        a_proposal(a_plan(Region.NORTH), lead=mine)
        accounts.change_account(
            user=mine, name="Ann", role=Role.STAFF, region=None, is_active=True, version=mine.version, actor=a_user()
        )
        return mine.email

    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(within(make))
    page = client.get("/plans/queue").text
    assert "someone else must do it" in words(page)
    assert "1 to moderate" in words(page)
    assert not has_decision(page)
    assert has_decision(signed_in(Role.STAFF).get("/plans/queue").text)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_has_no_part_in_plans_has_no_queue(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role).get("/plans/queue").status_code == 403


def test_the_page_asks_as_much_of_the_database_of_eighty_plans_as_of_four(
    app: Flask, lead: Client, signed_in: SignIn, within: Within[None]
) -> None:
    staff = signed_in(Role.STAFF)

    def cost() -> list[int]:
        counts = []
        for client in (lead, staff):
            assert has_decision(client.get("/plans/queue").text)
            with statements(app) as asked:
                client.get("/plans/queue")
            counts.append(len(asked))
        return counts

    def some() -> None:
        service = a_service("Estates")
        a_proposal(a_plan(Region.NORTH, service=service))
        plan = a_plan(Region.NORTH, service=service)
        a_proposal(plan)
        return_proposal(plan=plan, question="Sure?", seen=seen(plan), actor=a_user())

    def many() -> None:
        service = a_service("Payroll")
        for _ in range(20):
            plan = a_plan(Region.NORTH, service=service)
            a_proposal(plan)
        a_moderated_plan(a_plan(Region.NORTH, service=service))

    within(some)
    few = cost()
    within(many)
    assert cost() == few
