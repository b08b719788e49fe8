"""Signing in and out."""

from collections.abc import Callable

from flask import Flask

from opprod.accounts import Role
from opprod.accounts.sessions import LIMIT_PER_EMAIL
from opprod.db import unit_of_work
from tests.builders.accounts import PASSWORD, a_user
from tests.client import Client

SignIn = Callable[..., Client]


def test_a_page_asks_for_signing_in_and_then_opens(app: Flask, client: Client) -> None:
    with app.app_context(), unit_of_work():
        email = a_user(Role.VIEWER).email

    refused = client.get("/projects")
    assert refused.status_code == 302
    assert refused.location == "/sign-in?next=/projects"

    answer = client.send("/sign-in", {"email": email.upper(), "password": PASSWORD, "next": "/projects"})
    assert (answer.status_code, answer.location) == (303, "/projects")
    assert client.get("/projects").status_code == 200


def test_signing_out_ends_the_session_for_a_copied_cookie_too(app: Flask, signed_in: SignIn) -> None:
    client = signed_in(Role.STAFF)
    cookie = client.get_cookie("opprod")
    assert cookie is not None
    client.send("/sign-out")

    thief = app.test_client()
    thief.set_cookie("opprod", cookie.value)
    assert thief.get("/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_read_alike(app: Flask, client: Client) -> None:
    with app.app_context(), unit_of_work():
        email = a_user().email
    wrong = client.send("/sign-in", {"email": email, "password": "not the password"})
    unknown = client.send("/sign-in", {"email": "nobody@test.example", "password": "not the password"})
    assert wrong.status_code == unknown.status_code == 422
    assert "The email address or password is not right" in wrong.text
    assert wrong.text.replace(email, "").count("not right") == unknown.text.count("not right")


def test_after_too_many_refusals_even_the_right_password_waits(app: Flask, client: Client) -> None:
    with app.app_context(), unit_of_work():
        email = a_user().email
    for _ in range(LIMIT_PER_EMAIL):
        client.send("/sign-in", {"email": email, "password": "not the password"})
    answer = client.send("/sign-in", {"email": email, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text


def test_going_on_never_leads_to_another_site(app: Flask, client: Client) -> None:
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        with app.app_context(), unit_of_work():
            email = a_user().email
        answer = client.send("/sign-in", {"email": email, "password": PASSWORD, "next": target})
        assert answer.location == "/", target
        client.send("/sign-out")


def test_what_was_typed_is_shown_when_the_session_ended_meanwhile(signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    client.send("/sign-out")
    typed = {"name": "A long name typed with care", "password": "not to be shown again"}
    answer = client.send("/accounts/new", typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 401
    assert "A long name typed with care" in answer.text
    assert "not to be shown again" not in answer.text
