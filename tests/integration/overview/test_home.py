"""The first page: what each person owes, what needs attention, and how the programme stands."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role, User
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.reports.models import Paper
from opprod.reports.services import send_for_review
from tests.builders.accounts import a_user
from tests.builders.papers import a_paper
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.strands import a_strand
from tests.builders.triage import a_proposal, a_triage_round
from tests.builders.updates import a_round, a_submitted_update, content, promised
from tests.client import Client
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]
TAGS = re.compile("<[^>]+>")


def home(app: Flask, who: str, query: str = "") -> str:
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(f"{who}@demo.example")
    return " ".join(client.get(f"/{query}").text.split())


@pytest.mark.parametrize("role", Role)
def test_an_empty_programme_has_a_first_page_for_everyone(signed_in: SignIn, role: Role) -> None:
    page = signed_in(role).get("/").text
    assert "No meeting is arranged" in page
    assert "There are none yet" in page


def test_who_has_nothing_to_do_is_told_so(signed_in: SignIn) -> None:
    page = TAGS.sub("", signed_in(Role.STAFF).get("/").text)
    assert "For you to do Nothing waits for you." in " ".join(page.split())


@pytest.mark.parametrize("who", ["staff", "executive", "london", "viewer", "admin"])
def test_everyone_sees_the_board_the_ratings_and_what_is_overdue(demo_app: Flask, who: str) -> None:
    page = home(demo_app, who)
    assert "days to the Board" in page
    assert "29 September 2016" in page
    assert "next step overdue" in page
    for strand in ("Finance", "Establishing operating model", "Pathology consolidation", "Model Hospital"):
        assert strand in page
    assert "1 red, 6 amber, 7 green." in page


def test_staff_see_what_they_owe_and_begin_it_there(demo_app: Flask) -> None:
    assert "Your next steps, overdue or due within two weeks" in home(demo_app, "staff")
    before = home(demo_app, "staff", "?as_at=2016-09-15")
    assert "Your updates for the Board of 29 September 2016, due 27 September 2016" in before
    assert "Not started" in before


def test_whoever_owns_next_steps_finds_them(demo_app: Flask) -> None:
    before = home(demo_app, "north")
    assert "All your next steps: 1 open." in TAGS.sub("", before)
    assert "All your next steps" not in home(demo_app, "london")

    with demo_app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        london = db.session.scalars(select(User).where(User.email == "london@demo.example")).one()
        a_submitted_update(content(promised(london, "Visit two trusts.", date(2016, 10, 10))))
    mine = home(demo_app, "london").split("Your next steps, overdue or due within two weeks")[1]
    assert "Visit two trusts." in mine


def test_whoever_decides_on_plans_sees_how_many_wait_and_the_way_to_them(app: Flask) -> None:
    def begin() -> dict[str, str]:
        service = a_service()
        a_triage_round("Autumn", due_on=date(2016, 10, 14))
        for region in (Region.LONDON, Region.LONDON, Region.NORTH):
            a_plan(service=service, stp=an_stp(region))
        a_proposal(a_plan(service=service, stp=an_stp(Region.NORTH)))
        people = {"lead": a_lead(Region.LONDON), "staff": a_user(), "viewer": a_user(Role.VIEWER)}
        return {who: person.email for who, person in people.items()}

    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        emails = begin()
    pages = {}
    for who, email in emails.items():
        client: Client = app.test_client()  # type: ignore[assignment]
        client.sign_in(email)
        pages[who] = client.get("/").text
        assert "/plans/queue" not in client.get("/?as_at=2016-09-25").text.split("<main")[1]
    shown = {who: " ".join(TAGS.sub(" ", page).split()) for who, page in pages.items()}
    assert "My queue : 2 plans of your region wait for a category to be proposed in Autumn" in shown["lead"]
    assert "2 plans to propose due 14 October 2016" in shown["lead"]
    assert "My queue : 1 plan of the regions waits" in shown["staff"]
    assert "1 plan to moderate" in shown["staff"]
    for who in ("lead", "staff"):
        assert '<a href="/plans/queue">' in pages[who].split("For you to do")[1]
        assert "Nothing waits for you" not in pages[who]
    assert "/plans/queue" not in pages["viewer"]


def test_executives_see_what_waits_for_their_approval(demo_app: Flask) -> None:
    page = home(demo_app, "executive")
    assert "Waiting for approval" in page
    assert "Doctor productivity" in page.split("Waiting for approval")[1].split("How the programme stands")[0]
    assert "Waiting for approval" not in home(demo_app, "staff")


def test_administrators_see_accounts_and_the_latest_changes(demo_app: Flask) -> None:
    assert "The latest changes" in home(demo_app, "admin")
    assert "The latest changes" not in home(demo_app, "executive")


def test_the_day_before_the_updates_came_in_the_ratings_were_others(demo_app: Flask) -> None:
    assert "1 red, 6 amber, 7 green." not in home(demo_app, "viewer", "?as_at=2016-09-19")
    assert "As at 19 September 2016" in home(demo_app, "viewer", "?as_at=2016-09-19")


def test_the_page_costs_the_same_however_much_there_is(app: Flask, demo_app: Flask, signed_in: SignIn) -> None:
    empty, full = signed_in(Role.EXECUTIVE), demo_app.test_client()
    full.sign_in("executive@demo.example")
    with statements(app) as few:
        empty.get("/")
    with statements(demo_app) as many:
        full.get("/")
    # Without a round or a text there is nothing to ask of it.
    assert len(many) <= len(few) + 4


def owing(app: Flask, role: Role) -> tuple[Client, str]:
    """A browser of someone whose project said something in July and nothing since, and the project's address."""

    def make() -> tuple[str, str]:
        with clock.pinned_to(date(2016, 7, 20)):
            owner = a_user(role)
            strand = a_strand(name="Estates", owner=owner)
            a_submitted_update(strand=strand, held_on=date(2016, 7, 28))
        a_round()
        return owner.email, f"/projects/{strand.slug}"

    with app.app_context(), clock.pinned_to(date(2016, 9, 26)), unit_of_work():
        email, href = make()
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(email)
    return client, href


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE])
def test_an_owner_sees_how_late_an_update_is_and_can_say_that_nothing_changed(app: Flask, role: Role) -> None:
    client, href = owing(app, role)
    mine = client.get("/").text.split("Your updates for the Board of 29 September 2016, due 13 September 2016")[1]
    assert "13 days late" in mine.split("</table>")[0]
    assert f'href="{href}/no-change"' in mine.split("</table>")[0]
    assert "Due tomorrow" in client.get("/?as_at=2016-09-12").text
    # Before the round opens, what will be owed is there to see already.
    assert "from 1 Sep 2016, due 13 Sep 2016" in client.get("/?as_at=2016-08-20").text


def test_a_regional_lead_sees_what_they_owe_and_who_writes_it(app: Flask) -> None:
    client, _ = owing(app, Role.REGIONAL_LEAD)
    mine = client.get("/").text.split("Your updates for the Board")[1].split("</table>")[0]
    assert "13 days late" in mine
    assert "Directorate staff write it" in mine
    assert "<form" not in mine
    assert "no-change" not in mine


def test_papers_wait_on_the_overview_of_those_who_can_take_them_further(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        paper_id = a_paper(reference="BM/16/89", actor=a_user(Role.STAFF)).id
    waiting = {role: page_of(app, role) for role in (Role.STAFF, Role.EXECUTIVE, Role.VIEWER)}
    assert ["BM/16/89" in page for page in waiting.values()] == [True, True, False]

    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        send_for_review(paper=db.session.get_one(Paper, paper_id), actor=a_user(Role.STAFF))
    assert "BM/16/89" not in page_of(app, Role.STAFF)
    assert "In review" in page_of(app, Role.EXECUTIVE)


def page_of(app: Flask, role: Role) -> str:
    """The first page of a new person of a role."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        email = a_user(role).email
    client: Client = app.test_client()  # type: ignore[assignment]
    client.sign_in(email)
    return client.get("/").text
