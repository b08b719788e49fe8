"""Pages of measures and their readings."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.quantity import GBP
from opprod.db import unit_of_work
from opprod.projects.queries.measures import measure, view_of
from tests.builders.measures import a_measure, a_reading
from tests.builders.strands import a_strand
from tests.client import HTML, Client, parsed, text_of
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]
On = Callable[..., AbstractContextManager[None]]

YESTERDAY = TODAY - timedelta(days=1)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} [[nothing]]'
READINGS = "/measures/users/readings"


@pytest.fixture
def on(app: Flask) -> On:
    """A day on which something is done, and kept."""

    @contextmanager
    def day(value: date = TODAY) -> Iterator[None]:
        with app.app_context(), clock.pinned_to(value), unit_of_work():
            yield

    return day


def words(page: str) -> str:
    """What a page says, a space between one element and the next."""
    (element,) = parsed(page).iter(f"{HTML}main")
    return " ".join(" ".join(element.itertext()).split())


def rows(page: str) -> list[str]:
    """What heads each row of the page's table, without the column's name that a phone shows."""
    heads = [e for e in parsed(page).iter(f"{HTML}th") if e.get("scope") == "row"]
    return [text_of(head).removeprefix(text_of(head[0])).strip() for head in heads]


def seen(client: Client, path: str) -> str:
    """The reading that a form was opened with."""
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).text)
    assert found
    return found[1]


def reading_id(on: On, key: str, day: date = TODAY) -> int:
    with on():
        found = view_of(measure(key), day).reading
        assert found
        return found.id


def test_the_list_has_every_measure_with_its_value_and_source(on: On, signed_in: SignIn) -> None:
    with on():
        a_measure(a_strand(name="Estates"), name="Floors", unit="%")
        own = a_measure(name="Savings", unit=GBP)
        a_reading(own, "£18-20m", on=date(2016, 9, 1), source="Finance return", illustrative="the value")
    page = signed_in(Role.VIEWER).get("/measures").text
    said = words(page)
    assert rows(page) == ["Savings", "Floors"]
    assert "Value £18–20m Illustrative From 1 Sep 2016 Source Finance return Whose The directorate’s own" in said
    assert "Value No reading yet From – Source – Whose Estates" in said
    assert "Add a measure" not in page
    assert "Add a measure" in signed_in(Role.EXECUTIVE).get("/measures").text


def test_the_list_is_searched_filtered_and_paged(on: On, signed_in: SignIn) -> None:
    with on():
        strand = a_strand(name="Estates")
        strand_id = strand.id
        for number in range(30):
            a_measure(name=f"Floor {number:02}", key=f"storey-{number:02}")
        a_measure(strand, name="100% occupied_now", unit="%")
    client = signed_in(Role.VIEWER)
    assert len(rows(client.get("/measures").text)) == 25
    assert len(rows(client.get("/measures?page=2").text)) == 6
    assert client.get("/measures?page=3").status_code == 404
    assert rows(client.get("/measures?q=fLOOR+07").text) == ["Floor 07"]
    assert rows(client.get("/measures?q=storey-08").text) == ["Floor 08"]
    for wild in ("100%25", "occupied_now", "%25+occ"):
        assert rows(client.get(f"/measures?q={wild}").text) == ["100% occupied_now"], wild
    assert "No measure fits these filters." in client.get("/measures?q=r_0").text
    assert rows(client.get(f"/measures?strand={strand_id}").text) == ["100% occupied_now"]
    assert "Floor 00" in client.get("/measures?strand=0").text
    assert "occupied" not in client.get("/measures?strand=0&page=2").text
    for stray in ("999", "9" * 30, "nothing"):
        page = client.get(f"/measures?strand={stray}").text
        assert "must be one of the choices shown" in page
        assert len(rows(page)) == 25, stray


def test_an_empty_list_says_so(signed_in: SignIn) -> None:
    assert "Nothing is counted yet." in signed_in(Role.VIEWER).get("/measures").text


def test_the_list_costs_the_same_however_long(app: Flask, on: On, signed_in: SignIn) -> None:
    client = signed_in(Role.EXECUTIVE)

    def add(count: int) -> None:
        with on():
            for _ in range(count):
                for day in (TODAY, YESTERDAY):
                    a_reading(a_measure(a_strand()), "c.20", on=day)

    add(2)
    client.get("/measures")
    with statements(app) as few:
        client.get("/measures")
    add(10)
    with statements(app) as many:
        assert len(rows(client.get("/measures").text)) == 24
    assert len(few) == len(many)


def test_a_measure_shows_its_value_trend_and_readings(on: On, signed_in: SignIn) -> None:
    with on():
        users = a_measure(a_strand(name="Model Hospital"), key="users", name="Registered users", unit="users")
        a_reading(users, "over 900", on=date(2016, 8, 1), source="July log", illustrative="the value")
        a_reading(users, "over 1,400", on=date(2016, 9, 1), source="September log")
    page = signed_in(Role.VIEWER).get("/measures/users").text
    said = words(page)
    assert "over 1,400 users From 1 September 2016. Source: September log Recorded by" in said
    assert "Registered users: from over 900 users on 1 Aug 2016 to over 1,400 users on 1 Sep 2016" in said
    assert "1 Aug 2016: over 900 users (illustrative); 1 Sep 2016: over 1,400 users" in said
    assert page.count("<circle") == 2
    assert page.count('fill="#ffffff" stroke') == 1  # what is illustrative is hollow
    assert rows(page) == ["1 September 2016", "1 August 2016"]
    assert "over 900 users Illustrative : the value Source July log" in said
    assert "[[users]]" in page
    assert "Whose Model Hospital" in said


def test_a_measure_is_as_it_was_on_the_day_asked_for(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        users = a_measure(key="users", unit="users")
        a_reading(users, "c.20")
        a_reading(users, "c.25", on=date(2016, 9, 1))
    with on():
        a_reading(measure("users"), "c.35")
    client = signed_in(Role.EXECUTIVE)
    now = client.get("/measures/users").text
    assert "c.35 users" in now
    assert "Record a reading" in now

    before = client.get(f"/measures/users?as_at={YESTERDAY}").text
    assert "c.35" not in before
    assert rows(before) == ["25 September 2016", "1 September 2016"]
    assert "Record a reading" not in before
    assert "Withdraw" not in before
    assert "c.35" not in client.get(f"/measures?as_at={YESTERDAY}").text

    earliest = client.get("/measures/users?as_at=2016-08-01").text
    assert "No reading had been recorded for this day or before it." in earliest
    assert "c.2" not in earliest


def test_the_latest_sixty_readings_are_shown_at_the_cost_of_three(app: Flask, on: On, signed_in: SignIn) -> None:
    with on():
        a_measure(key="users", unit="users")

    def add(count: int, first: int) -> None:
        with on():
            for number in range(first, first + count):
                a_reading(measure("users"), str(number + 1), on=TODAY - timedelta(days=number))

    client = signed_in(Role.VIEWER)
    add(3, 0)
    page = client.get("/measures/users").text
    assert "3 readings, newest first" in page
    with statements(app) as few:
        client.get("/measures/users")
    add(297, 3)
    with statements(app) as many:
        page = client.get("/measures/users").text
    assert "The latest 60 readings, newest first" in page
    assert (len(rows(page)), page.count("<circle")) == (60, 60)
    assert len(few) == len(many)


def test_someone_adds_a_measure(on: On, signed_in: SignIn) -> None:
    with on():
        strand_id = a_strand(name="Estates").id
    client = signed_in(Role.EXECUTIVE)
    assert f'<option value="{strand_id}" selected>Estates' in client.get(f"/measures/new?strand={strand_id}").text

    typed = {"name": "Floors let", "unit": "£", "strand": strand_id, "key": ""}
    answer = client.send("/measures/new", typed)
    assert (answer.status_code, answer.location) == (303, "/measures/floors-let")
    said = words(client.get("/measures/floors-let").text)
    assert "Floors let is added. Statements quote it as [[floors-let]]." in said
    assert "Whose Estates Counted in pounds" in said
    assert "No reading has been recorded yet." in said

    refused = client.send("/measures/new", {**typed, "key": "floors-let", "unit": "trusts"})
    assert refused.status_code == 422
    assert "Another measure has the key floors-let" in refused.text
    refused = client.send("/measures/new", {"name": "", "unit": "42", "strand": "", "key": "Not a key"})
    assert refused.status_code == 422
    assert "Enter what is measured" in refused.text


def test_someone_renames_a_measure_and_the_second_is_told(on: On, signed_in: SignIn) -> None:
    with on():
        a_measure(key="users", name="Users")
    client = signed_in(Role.EXECUTIVE)
    assert 'name="version" value="1"' in client.get("/measures/users/edit").text
    assert client.send("/measures/users/edit", {"name": "Registered users", "version": 1}).status_code == 303
    late = client.send("/measures/users/edit", {"name": "All users", "version": 1})
    assert late.status_code == 409
    assert "Registered users" in late.text
    assert "All users" in late.text
    assert "Registered users" in client.get("/measures/users").text


def test_someone_records_a_reading(on: On, signed_in: SignIn) -> None:
    with on():
        a_measure(key="users", name="Registered users", unit="users")
    client = signed_in(Role.STAFF)
    page = client.get(f"{READINGS}/new").text
    assert 'value="26 September 2016"' in page
    assert "In users: 12" in page
    typed = {"quantity": "over 1400", "effective_on": "1/9/2016", "source": "User log", "seen": 0}
    answer = client.send(f"{READINGS}/new", typed)
    assert (answer.status_code, answer.location) == (303, "/measures/users")
    assert "over 1,400 users From 1 September 2016. Source: User log" in words(client.get("/measures/users").text)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"quantity": "40%"}, "Enter this value in users, not %"),
        ({"quantity": "lots"}, "Enter a value such as"),
        ({"quantity": ""}, "Enter the value"),
        ({"effective_on": "27 September 2016"}, "Enter a day up to today, 26 September 2016."),
        ({"effective_on": "soon"}, "True from must be a real day"),
        ({"effective_on": ""}, "Enter the day it is true from"),
        ({"source": " "}, "Enter where the value comes from"),
        ({"source": "s" * 301}, "Source must be 300 characters or fewer"),
    ],
)
def test_a_refused_reading_says_why_and_keeps_what_was_typed(
    on: On, signed_in: SignIn, typed: dict[str, str], message: str
) -> None:
    with on():
        a_measure(key="users", unit="users")
    given = {"quantity": "12", "effective_on": "1 September 2016", "source": "A source", "seen": "0", **typed}
    answer = signed_in(Role.STAFF).send(f"{READINGS}/new", given)
    assert answer.status_code == 422
    assert message in answer.text
    assert all(value in answer.text for value in given.values())


def test_someone_corrects_a_reading_of_an_earlier_day(on: On, signed_in: SignIn) -> None:
    with on():
        users = a_measure(key="users", unit="users")
        a_reading(users, "90", on=date(2016, 9, 1), source="Typed from memory")
        a_reading(users, "100", on=date(2016, 9, 10))
    client = signed_in(Role.STAFF)
    path = f"{READINGS}/{reading_id(on, 'users', date(2016, 9, 5))}/correct"
    page = client.get(path).text
    assert "Correct the reading of 1 September 2016" in page
    assert 'value="90 users"' in page
    typed = {"quantity": "9", "source": "User log", "effective_on": "2016-09-20", "seen": seen(client, path)}
    assert client.send(path, typed).status_code == 303

    page = client.get("/measures/users").text
    assert rows(page) == ["10 September 2016", "1 September 2016"]  # whatever day was sent
    assert "9 users Source User log" in words(page)
    assert "Value: 90 users" in words(page)  # the history has both

    late = client.send(path, {**typed, "quantity": "8"})
    assert late.status_code == 409
    assert "9 users" in late.text
    assert "What you typed" in late.text


def test_a_reading_recorded_meanwhile_is_a_conflict(on: On, signed_in: SignIn) -> None:
    with on():
        a_reading(a_measure(key="users", unit="users"), "10", on=date(2016, 9, 1))
    client = signed_in(Role.STAFF)
    typed = {
        "quantity": "30",
        "effective_on": "26/9/2016",
        "source": "Log B",
        "seen": seen(client, f"{READINGS}/new"),
    }
    with on():
        a_reading(measure("users"), "20", source="Log A")
    answer = client.send(f"{READINGS}/new", typed)
    assert answer.status_code == 409
    for text in ("20 users", "Log A", "30", "Log B"):
        assert text in answer.text
    assert "20 users" in client.get("/measures/users").text


def test_someone_withdraws_a_reading(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        users = a_measure(key="users", unit="users")
        a_reading(users, "10", on=date(2016, 9, 1))
        a_reading(users, "99", on=date(2016, 9, 10))
    client = signed_in(Role.STAFF)
    path = f"{READINGS}/{reading_id(on, 'users')}/withdraw"
    assert "99 users" in client.get(path).text
    assert "Enter why it is withdrawn" in client.send(path, {"reason": " "}).text

    assert client.send(path, {"reason": "Another measure’s"}).status_code == 303
    page = client.get("/measures/users").text
    assert rows(page) == ["1 September 2016"]
    assert "Another measure’s" in page
    assert "99 users" in client.get(f"/measures/users?as_at={YESTERDAY}").text

    again = client.send(path, {"reason": "Once more"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert again.status_code == 422
    assert "This reading was withdrawn on 26 September 2016." in again.text
    assert "Once more" in again.text


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        (Role.VIEWER, set()),
        (Role.REGIONAL_LEAD, set()),
        (Role.ADMINISTRATOR, set()),
        (Role.STAFF, {"Record a reading", "Correct", "Withdraw"}),
        (Role.EXECUTIVE, {"Record a reading", "Correct", "Withdraw", "Rename"}),
    ],
)
def test_each_role_sees_what_it_may_do(on: On, signed_in: SignIn, role: Role, buttons: set[str]) -> None:
    with on():
        a_reading(a_measure(key="users"))
    page = signed_in(role).get("/measures/users").text
    assert {text for text in ("Record a reading", "Correct", "Withdraw", "Rename") if f">{text}<" in page} == buttons


def test_an_address_of_nothing_is_not_found(on: On, signed_in: SignIn) -> None:
    with on():
        a_reading(a_measure(key="users"))
        a_measure(key="others")
    client = signed_in(Role.EXECUTIVE)
    theirs = reading_id(on, "users")
    for path in (
        "/measures/nothing",
        "/measures/nothing/edit",
        "/measures/nothing/readings/new",
        f"/measures/others/readings/{theirs}/correct",
        f"/measures/others/readings/{theirs}/withdraw",
        "/measures/users/readings/999/correct",
        "/measures/users/readings/99999999999999999999/withdraw",
    ):
        assert client.get(path).status_code == 404, path


def test_hostile_text_is_shown_as_it_was_typed_and_does_nothing(on: On, signed_in: SignIn) -> None:
    with on():
        strand_id = a_strand(name="Estates").id
    client = signed_in(Role.EXECUTIVE)
    typed = {"name": HOSTILE, "unit": "users", "strand": strand_id, "key": "users"}
    assert client.send("/measures/new", typed).status_code == 303
    for day in ("1/9/2016", "2/9/2016"):
        reading = {"quantity": "12", "effective_on": day, "source": HOSTILE}
        reading["seen"] = seen(client, f"{READINGS}/new")
        assert client.send(f"{READINGS}/new", reading).status_code == 303
    newest = reading_id(on, "users")
    for path in (
        "/measures",
        "/measures/users",
        "/measures/users/edit",
        f"{READINGS}/new",
        f"{READINGS}/{newest}/correct",
        f"{READINGS}/{newest}/withdraw",
        "/projects/estates",
    ):
        page = client.get(path).text
        assert "<script>alert(1)" not in page, path
        assert "<img src=x" not in page, path
        assert "alert(1)" in page, path
    assert HOSTILE in words(client.get("/measures").text)
    assert client.get("/measures", query_string={"q": HOSTILE}).status_code == 200
    assert client.send("/measures/new", {**typed, "unit": HOSTILE[:40], "key": HOSTILE[:60]}).status_code == 422
