"""The pages on which administrators keep the services that STPs make plans for."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role
from opprod.accounts import services as accounts
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.plans.models import Plan, Service
from opprod.plans.queries.catalogue import service as found_service
from opprod.plans.services.catalogue import MOST_SERVICES, FunctionContent, change_service
from tests.builders.plans import a_service, an_stp
from tests.client import HTML, Client, parsed
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }}'


@pytest.fixture
def back_office(app: Flask) -> None:
    """Two STPs, and a service with three functions."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        an_stp(Region.NORTH)
        an_stp(Region.SOUTH)
        a_service("Back office")


def words(page: str) -> str:
    """What a page says, a space between one element and the next."""
    (element,) = parsed(page).iter(f"{HTML}main")
    return " ".join(" ".join(element.itertext()).split())


def held(app: Flask, slug: str) -> list[tuple[str, str, bool]]:
    """A service's functions."""
    with app.app_context():
        found = [(one.slug, one.name, one.in_focus) for one in found_service(slug).functions]
        db.session.remove()
    return found


def version(client: Client, slug: str) -> str:
    """The version that a form was opened with."""
    found = re.search(r'name="version" value="(\d+)"', client.get(f"/services/{slug}").text)
    assert found
    return found[1]


def typed(*functions: tuple[str, str, bool]) -> dict[str, str]:
    """Rows of functions as a browser sends them: slug, name, and whether in focus."""
    sent = {}
    for index, (slug, name, in_focus) in enumerate(functions):
        sent[f"functions-{index}-slug"], sent[f"functions-{index}-name"] = slug, name
        if in_focus:
            sent[f"functions-{index}-in_focus"] = "y"
    return sent


HELD = (("finance", "Finance", True), ("hr", "HR", True), ("payroll", "Payroll", False))


@pytest.mark.usefixtures("back_office")
def test_the_list_says_what_is_in_focus_and_how_many_stps_have_a_plan(signed_in: SignIn) -> None:
    said = words(signed_in(Role.ADMINISTRATOR).get("/services").text)
    assert "Service Back office" in said
    assert "Functions in focus Finance, HR" in said
    assert "Other functions Payroll" in said
    assert "STPs with a plan 2 of 2" in said


def test_a_programme_without_services_says_so(signed_in: SignIn) -> None:
    assert "There are no services yet." in words(signed_in(Role.ADMINISTRATOR).get("/services").text)


def test_the_list_takes_as_many_statements_for_many_services_as_for_one(app: Flask, signed_in: SignIn) -> None:
    client, counts = signed_in(Role.ADMINISTRATOR), []
    for services in (1, 6):
        with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
            for _ in range(services):
                a_service()
        with statements(app) as seen:
            client.get("/services")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_those_who_keep_services_find_them_in_the_navigation_and_nobody_else_does(signed_in: SignIn) -> None:
    for role in Role:
        assert ('href="/services"' in signed_in(role).get("/").text) is (role is Role.ADMINISTRATOR)


@pytest.mark.usefixtures("back_office")
def test_a_new_service_opens_its_plans_and_the_page_says_so(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert "opens a plan for it in each of the 2 STPs" in words(client.get("/services/new").text)
    answer = client.send(
        "/services/new",
        {"version": "0", "name": "  Pharmacy   stores ", **typed(("", "Buying", True), ("", "Stores", False))},
    )
    assert (answer.status_code, answer.location) == (303, "/services")
    assert "Pharmacy stores is added, with a plan for it in 2 STPs." in client.get("/services").text
    assert held(app, "pharmacy-stores") == [("buying", "Buying", True), ("stores", "Stores", False)]
    with app.app_context():
        plans = db.session.scalars(
            select(Plan).join(Service, Service.id == Plan.service_id).filter_by(slug="pharmacy-stores")
        )
        assert len(plans.all()) == 2
        db.session.remove()


@pytest.mark.usefixtures("back_office")
@pytest.mark.parametrize(
    ("name", "functions", "message"),
    [
        (" ", HELD, "Enter the name of the service"),
        ("x" * 81, HELD, "80 characters or fewer"),
        ("back  OFFICE", HELD, "There is a service called Back office already."),
        ("Pharmacy", (), "Enter at least one function."),
        ("Pharmacy", (("", " ", True),), "Function 1: Enter the name of the function"),
        ("Pharmacy", (("", "Stores", True), ("", "stores", True)), "Give each function a name of its own."),
    ],
)
def test_what_cannot_be_a_service_is_refused_and_what_was_typed_is_kept(
    signed_in: SignIn, name: str, functions: tuple[tuple[str, str, bool], ...], message: str
) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    answer = client.send("/services/new", {"version": "0", "name": name, **typed(*functions)})
    assert answer.status_code == 422
    assert message in words(answer.text)
    assert all(f'value="{function}"' in answer.text for _, function, _ in functions if function.strip())


@pytest.mark.usefixtures("back_office")
def test_functions_are_renamed_moved_and_added_but_their_slugs_stay(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    rows = typed(
        ("hr", "People", False), ("finance", "Finance", True), ("payroll", "Payroll", True), ("", "Legal", True)
    )
    answer = client.send(
        "/services/back-office", {"version": version(client, "back-office"), "name": "Corporate services", **rows}
    )
    assert answer.status_code == 303
    assert held(app, "back-office") == [
        ("hr", "People", False),
        ("finance", "Finance", True),
        ("payroll", "Payroll", True),
        ("legal", "Legal", True),
    ]
    assert "Corporate services" in client.get("/services").text


@pytest.mark.usefixtures("back_office")
def test_a_function_that_is_there_cannot_be_taken_away(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    page = client.get("/services/back-office").text
    # Only the blank row, which is there to be copied, can be removed.
    assert re.findall(r'value="functions:remove-(\w+)"', page) == ["__row__"]
    answer = client.send(
        "/services/back-office",
        {"version": version(client, "back-office"), "name": "Back office", **typed(*HELD[:2])},
    )
    assert answer.status_code == 422
    assert "A function cannot be taken away" in words(answer.text)
    assert len(held(app, "back-office")) == 3


@pytest.mark.usefixtures("back_office")
def test_without_javascript_a_button_adds_a_row_and_saves_nothing(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    sent = {"version": version(client, "back-office"), "name": "Typed so far", **typed(*HELD)}
    page = client.send("/services/back-office", {**sent, "action": "functions:add-function"})
    assert page.status_code == 200
    assert 'value="Typed so far"' in page.text
    assert 'name="functions-3-name"' in page.text
    assert len(held(app, "back-office")) == 3


@pytest.mark.usefixtures("back_office")
def test_of_two_who_change_a_service_the_second_sees_both_versions(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    sent = {"version": version(client, "back-office"), "name": "Mine", **typed(*HELD)}
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        service = found_service("back-office")
        functions = [FunctionContent(name, in_focus, slug) for slug, name, in_focus in HELD]
        actor = accounts.system_actor()
        change_service(service=service, version=service.version, name="Theirs", functions=functions, actor=actor)
    answer = client.send("/services/back-office", sent)
    assert answer.status_code == 409
    said = words(answer.text)
    assert all(one in said for one in ("Theirs", "Mine", "Finance, in focus"))
    assert "Theirs" in client.get("/services").text


@pytest.mark.usefixtures("back_office")
def test_hostile_names_are_words_alone(signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    name, function = HOSTILE[:80], HOSTILE[:79]
    client.send("/services/new", {"version": "0", "name": name, **typed(("", function, True))})
    said = words(client.get("/services").text)
    assert name in said
    assert function in said


def test_an_address_without_a_service_is_not_found(signed_in: SignIn) -> None:
    assert signed_in(Role.ADMINISTRATOR).get("/services/nothing").status_code == 404


def test_when_there_are_as_many_services_as_there_can_be_none_is_offered(app: Flask, signed_in: SignIn) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        for _ in range(MOST_SERVICES):
            a_service()
    client = signed_in(Role.ADMINISTRATOR)
    assert "/services/new" not in client.get("/services").text
    answer = client.send("/services/new", {"version": "0", "name": "One more", **typed(("", "Stores", True))})
    assert "There can be 20 services at most." in words(answer.text)


def test_each_change_is_told_below_the_form(signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    client.send("/services/new", {"version": "0", "name": "Pharmacy", **typed(("", "Stores", True))})
    said = words(client.get("/services/pharmacy").text)
    assert "Changes to this service" in said
    assert "Service created" in said
