"""The matrix of STPs and services."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.plans.models import Category
from opprod.plans.queries.plans import plan as find
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan, a_service, an_stp, made_up
from tests.builders.triage import a_moderated_plan, a_triage_round
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import links, tables, words
from tests.statements import statements

SignIn = Callable[..., Client]

JULY, AUGUST = TODAY - timedelta(days=70), TODAY - timedelta(days=40)
HOW_MANY = "How many plans stand where"


def three_stps(on: On) -> list[int]:
    """Two STPs of the North and one of London, with two services; the keys of their plans for pathology."""
    with on(JULY):
        pathology = a_service("Pathology")
        a_service("Back office")
        a_triage_round()
        stps = [
            an_stp(Region.LONDON, name="City"),
            an_stp(Region.NORTH, name="Dale"),
            an_stp(Region.NORTH, name="Fell"),
        ]
        return [a_plan(service=pathology, stp=stp).id for stp in stps]


def decide(on: On, plan_id: int, category: Category) -> None:
    with on(AUGUST):
        a_moderated_plan(find(plan_id, scope=None), category)


def test_each_stp_has_a_row_under_its_region_and_a_letter_for_each_service(on: On, signed_in: SignIn) -> None:
    _, dale, fell = three_stps(on)
    decide(on, dale, Category.A)
    decide(on, fell, Category.C)
    with on():
        withdraw_plan(plan=find(fell, scope=None), reason="Merged", actor=a_user())
    page = signed_in(Role.EXECUTIVE).get("/plans/matrix").text
    assert tables(page)["3 STPs"] == [
        ["North", "1 A, 1 withdrawn", "2 none"],
        ["Dale STP 2", "A: Good plan , Dale: Pathology", "Not yet categorised , Dale: Back office"],
        ["Fell STP 3", "Withdrawn , Fell: Pathology", "Not yet categorised , Fell: Back office"],
        ["London", "1 none", "1 none"],
        ["City STP 1", "Not yet categorised , City: Pathology", "Not yet categorised , City: Back office"],
    ]
    assert [row[1:] for row in tables(page)[HOW_MANY]] == [
        [
            "1 for pathology, A: Good plan",
            "0",
            "0",
            "1 for pathology, Not yet categorised",
            "1 for pathology, Withdrawn",
            "3",
        ],
        ["0", "0", "0", "3 for back office, Not yet categorised", "0", "3"],
    ]
    assert links(page)["A: Good plan, Dale: Pathology"] == f"/plans/{dale}"
    assert links(page)["1 for pathology, A: Good plan"] == "/plans?service=pathology&category=A"
    assert "Has no plan and needs intensive challenge and support" in words(page)


def test_the_matrix_is_as_at_any_day(on: On, signed_in: SignIn) -> None:
    city, _, fell = three_stps(on)
    decide(on, city, Category.B)
    decide(on, fell, Category.C)
    with on():
        a_triage_round()
        a_moderated_plan(find(city, scope=None), Category.A)
        withdraw_plan(plan=find(fell, scope=None), reason="Merged", actor=a_user())
    client = signed_in()

    def letters(query: str) -> list[str]:
        rows = tables(client.get(f"/plans/matrix?service=pathology{query}").text)["3 STPs"]
        return [row[1].split(" , ")[0] for row in rows]

    assert letters("") == ["1 none, 1 withdrawn", "Not yet categorised", "Withdrawn", "1 A", "A: Good plan"]
    assert letters(f"&as_at={AUGUST}") == [
        "1 C, 1 none",
        "Not yet categorised",
        "C: No plan",
        "1 B",
        "B: Needs support",
    ]
    assert letters(f"&as_at={JULY}") == ["2 none", *["Not yet categorised"] * 2, "1 none", "Not yet categorised"]


def test_the_matrix_is_narrowed_to_a_region_and_a_service(on: On, signed_in: SignIn) -> None:
    three_stps(on)
    page = signed_in().get("/plans/matrix?region=north&service=back-office").text
    assert [row[0] for row in tables(page)["2 STPs"]] == ["North", "Dale STP 2", "Fell STP 3"]
    (row,) = tables(page)[f"{HOW_MANY}: North"]
    assert row == ["Back office", "0", "0", "0", "2 for back office, Not yet categorised", "0", "2"]
    assert links(page)[row[4]] == "/plans?service=back-office&category=none&region=north"


def test_a_lead_sees_their_own_region_alone(on: On, lead_of: LeadOf) -> None:
    three_stps(on)
    for query in ("", "?region=north", "?region=london"):
        page = lead_of(Region.LONDON).get(f"/plans/matrix{query}").text
        assert [row[0] for row in tables(page)["1 STP"]] == ["London", "City STP 1"]
        assert [row[-1] for row in tables(page)[HOW_MANY]] == ["1", "1"]


def test_what_is_illustrative_is_marked_in_its_cell_and_in_what_it_is_counted_in(on: On, signed_in: SignIn) -> None:
    city, _, _ = three_stps(on)
    with on():
        made_up(find(city, scope=None))
    page = signed_in().get("/plans/matrix").text
    assert [row[0] for row in tables(page)[HOW_MANY]] == ["Pathology Illustrative", "Back office"]
    assert tables(page)["3 STPs"][-1][1:] == [
        "Not yet categorised , City: Pathology Illustrative",
        "Not yet categorised , City: Back office",
    ]


def test_an_empty_programme_says_what_to_do(signed_in: SignIn) -> None:
    assert "A plan is opened for each STP when a service is added" in signed_in().get("/plans/matrix").text


def test_a_page_has_fifty_stps_and_costs_the_same_however_many_there_are(
    on: On, app: Flask, signed_in: SignIn
) -> None:
    three_stps(on)
    client = signed_in()
    with statements(app) as few:
        client.get("/plans/matrix")
    with on():
        for _ in range(77):
            an_stp(Region.SOUTH)
    with statements(app) as many:
        page = client.get("/plans/matrix").text
    assert len(few) == len(many)
    assert len([row for row in tables(page)["80 STPs"] if "STP" in row[0]]) == 50
    assert tables(page)[HOW_MANY][0][-1] == "80"
    rest = client.get("/plans/matrix?page=2").text
    assert [row[0] for row in tables(rest)["80 STPs"]][:2] == ["South", "Footprint 51 STP 51"]
