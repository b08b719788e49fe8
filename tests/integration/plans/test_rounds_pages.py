"""The pages of rounds."""

from datetime import timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import Within
from tests.integration.plans.triage_pages import SignIn, words
from tests.statements import statements


@pytest.fixture
def autumn(within: Within[None]) -> None:
    """A round in which one plan is moderated, one proposed and one still to be."""

    def make() -> None:
        service = a_service()
        a_triage_round("Autumn")
        a_moderated_plan(a_plan(service=service, stp=an_stp(Region.LONDON)))
        a_proposal(a_plan(service=service, stp=an_stp(Region.NORTH)))
        a_plan(service=service, stp=an_stp(Region.NORTH))

    within(make)


@pytest.mark.usefixtures("autumn")
def test_an_executive_sees_what_a_round_reopens_and_opens_it(signed_in: SignIn) -> None:
    executive = signed_in(Role.EXECUTIVE)
    page = executive.get("/plans/rounds/new")
    told = words(page.text)
    assert "look again at 1 moderated plan ," in told
    assert "leaves 1 proposal still unmoderated" in told
    assert "leaves 1 plan with the regions" in told
    answer = executive.send("/plans/rounds/new", {"name": "Winter", "due_on": "14 October 2016", "seen": "1"})
    assert (answer.status_code, answer.location) == (303, "/plans/rounds")
    told = words(executive.get("/plans/rounds").text)
    assert "Winter is open. The regions are asked to propose by 14 October 2016." in told
    assert "Winter Under way" in told
    assert "2 to be proposed" in told
    assert "1 to be moderated" in told
    assert "0 moderated of 3 plans" in told


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": " ", "due_on": "14/10/2016"}, "Enter the name of the round"),
        ({"name": "autumn", "due_on": "14/10/2016"}, "There is a round called autumn already"),
        ({"name": "Winter", "due_on": "25/9/2016"}, "Enter a day from today, 26 September 2016, on."),
        ({"name": "Winter", "due_on": "soon"}, "Due must be a real day"),
        ({"name": "Winter"}, "Enter the day by which regions propose"),
    ],
)
def test_a_round_that_cannot_be_opened_is_refused_with_what_was_typed(
    signed_in: SignIn, fields: dict[str, str], message: str
) -> None:
    answer = signed_in(Role.EXECUTIVE).send("/plans/rounds/new", {**fields, "seen": "1"})
    assert answer.status_code == 422
    assert message in words(answer.text)
    assert fields["name"].strip() in answer.text


@pytest.mark.usefixtures("autumn")
def test_the_second_of_two_who_open_a_round_is_told(signed_in: SignIn) -> None:
    one, two = signed_in(Role.EXECUTIVE), signed_in(Role.EXECUTIVE)
    assert one.send("/plans/rounds/new", {"name": "Winter", "due_on": "14/10/2016", "seen": "1"}).status_code == 303
    late = two.send("/plans/rounds/new", {"name": "Second look", "due_on": "21/10/2016", "seen": "1"})
    assert late.status_code == 409
    for shown in ("Winter", "14 October 2016", "Second look", "21 October 2016"):
        assert shown in late.text
    assert "Second look" not in two.get("/plans/rounds").text


@pytest.mark.usefixtures("autumn")
def test_a_lead_sees_the_rounds_as_they_stand_in_the_own_region(app: Flask, within: Within[str]) -> None:
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(within(lambda: a_lead(Region.LONDON).email))
    told = words(client.get("/plans/rounds").text)
    assert "These are the plans of London." in told
    assert "0 to be moderated" in told
    assert "1 moderated of 1 plan" in told
    assert "Open a round" not in told


@pytest.mark.usefixtures("autumn")
def test_rounds_are_shown_as_at_any_day(signed_in: SignIn) -> None:
    before = words(signed_in().get(f"/plans/rounds?as_at={TODAY - timedelta(days=1)}").text)
    assert "No round had been opened by then." in before
    assert "Autumn" not in before


@pytest.mark.parametrize("role", Role)
def test_who_sees_rounds_and_who_opens_them(signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    sees = role not in {Role.VIEWER, Role.ADMINISTRATOR}
    opens = role is Role.EXECUTIVE
    assert client.get("/plans/rounds").status_code == (200 if sees else 403)
    assert client.get("/plans/rounds/new").status_code == (200 if opens else 403)
    sent = client.send("/plans/rounds/new", {"name": "Autumn", "due_on": "14/10/2016", "seen": "0"})
    assert sent.status_code == (303 if opens else 403)


def test_the_list_costs_the_same_however_many_rounds_and_plans(
    app: Flask, signed_in: SignIn, within: Within[None], autumn: None
) -> None:
    client = signed_in()
    with statements(app) as few:
        client.get("/plans/rounds")

    def more() -> None:
        service = a_service()
        for number in range(30):
            a_triage_round(f"Round {number}")
        for _ in range(5):
            a_moderated_plan(a_plan(Region.NORTH, service=service))

    within(more)
    client.get("/plans/rounds")
    with statements(app) as many:
        page = client.get("/plans/rounds").text
    assert len(many) == len(few)
    assert "31 rounds" in words(page)
    assert "Round 29" in page
    assert "Autumn" not in page
