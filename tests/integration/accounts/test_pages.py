"""Accounts as administrators keep them, and one's own."""

from collections.abc import Callable

from flask import Flask

from opprod.accounts import Role, User, queries
from opprod.db import db, unit_of_work
from tests.builders.accounts import PASSWORD, a_user
from tests.client import Client

SignIn = Callable[..., Client]
NEW_PASSWORD = "another fine password"


def somebody(app: Flask, role: Role = Role.STAFF) -> tuple[int, str]:
    with app.app_context(), unit_of_work():
        user = a_user(role)
        return user.id, user.email


def stored(app: Flask, user_id: int) -> User:
    with app.app_context():
        return queries.user(user_id)


def form_of(user: User, **changes: object) -> dict[str, object]:
    fields = {"name": user.name, "role": user.role.value, "region": user.region or "", "version": user.version}
    if user.is_active:
        fields["is_active"] = "y"
    return {key: value for key, value in {**fields, **changes}.items() if value is not None}


def test_an_administrator_makes_an_account_that_can_sign_in(app: Flask, client: Client, signed_in: SignIn) -> None:
    answer = signed_in(Role.ADMINISTRATOR).send(
        "/accounts/new",
        {
            "email": "Lead@Test.Example",
            "name": "Lead of the North",
            "role": "regional-lead",
            "region": "north",
            "password": PASSWORD,
        },
        follow_redirects=True,
    )
    assert "Lead of the North can now sign in" in answer.text
    client.sign_in("lead@test.example")
    account = client.get("/account").text
    assert "Regional lead" in account
    assert "North" in account


def test_what_is_wrong_with_a_new_account_is_said_at_its_field_and_the_rest_is_kept(
    app: Flask, signed_in: SignIn
) -> None:
    _, taken = somebody(app)
    admin = signed_in(Role.ADMINISTRATOR)
    good = {"email": "new@test.example", "name": "Newcomer", "role": "staff", "region": "", "password": PASSWORD}
    for wrong, message in (
        ({"email": taken}, "There is already an account with this email address"),
        ({"email": "nonsense"}, "Enter an email address in the correct format"),
        ({"name": " "}, "Enter a name"),
        ({"role": "emperor"}, "Role must be one of the choices shown"),
        ({"role": "regional-lead"}, "Choose the region this person leads"),
        ({"password": "short"}, "Password must be 12 characters or more"),
        ({"password": "aaaaaaaaaaaaaa"}, "harder to guess"),
    ):
        answer = admin.send("/accounts/new", {**good, **wrong})
        assert answer.status_code == 422
        assert message in answer.text
        assert "Newcomer" in answer.text or "name" in wrong


def test_disabling_an_account_ends_its_sessions_at_once(app: Flask, signed_in: SignIn) -> None:
    user_id, email = somebody(app)
    theirs = app.test_client()
    theirs.sign_in(email)
    user = stored(app, user_id)
    signed_in(Role.ADMINISTRATOR).send(f"/accounts/{user_id}", form_of(user, is_active=None))

    assert theirs.get("/").status_code == 302
    refused = app.test_client().send("/sign-in", {"email": email, "password": PASSWORD})
    assert refused.status_code == 422


def test_a_new_role_counts_from_the_next_sign_in(app: Flask, signed_in: SignIn) -> None:
    user_id, email = somebody(app, Role.VIEWER)
    user = stored(app, user_id)
    signed_in(Role.ADMINISTRATOR).send(f"/accounts/{user_id}", form_of(user, role="executive"))
    client = app.test_client()
    client.sign_in(email)
    assert client.get("/papers").status_code == 200


def test_administrators_cannot_lock_themselves_out(app: Flask, signed_in: SignIn) -> None:
    user_id, email = somebody(app, Role.ADMINISTRATOR)
    client = app.test_client()
    client.sign_in(email)
    user = stored(app, user_id)
    assert client.send(f"/accounts/{user_id}", form_of(user, is_active=None)).status_code == 403
    assert client.send(f"/accounts/{user_id}", form_of(user, role="viewer")).status_code == 403
    assert stored(app, user_id).role is Role.ADMINISTRATOR


def test_the_second_of_two_administrators_sees_a_conflict_with_what_they_typed(app: Flask, signed_in: SignIn) -> None:
    user_id, _ = somebody(app)
    began_from = form_of(stored(app, user_id))
    first, second = signed_in(Role.ADMINISTRATOR), signed_in(Role.ADMINISTRATOR)
    assert first.send(f"/accounts/{user_id}", {**began_from, "name": "First name given"}).status_code == 303
    answer = second.send(f"/accounts/{user_id}", {**began_from, "name": "Second name given"})
    assert answer.status_code == 409
    assert "First name given" in answer.text
    assert "Second name given" in answer.text
    assert stored(app, user_id).name == "First name given"


def test_a_password_set_by_an_administrator_signs_the_person_out_and_in_again(app: Flask, signed_in: SignIn) -> None:
    user_id, email = somebody(app)
    theirs = app.test_client()
    theirs.sign_in(email)
    admin = signed_in(Role.ADMINISTRATOR)
    assert admin.send(f"/accounts/{user_id}/password", {"password": "short"}).status_code == 422
    assert admin.send(f"/accounts/{user_id}/password", {"password": NEW_PASSWORD}).status_code == 303
    assert theirs.get("/").status_code == 302
    theirs.sign_in(email, NEW_PASSWORD)


def test_changing_ones_own_password_needs_the_old_one_and_ends_other_sessions(app: Flask, signed_in: SignIn) -> None:
    _, email = somebody(app)
    here, elsewhere = app.test_client(), app.test_client()
    here.sign_in(email)
    elsewhere.sign_in(email)
    wrong = here.send("/account", {"current": "not it at all", "password": NEW_PASSWORD})
    assert wrong.status_code == 422
    assert "Your current password is not right" in wrong.text
    assert here.send("/account", {"current": PASSWORD, "password": NEW_PASSWORD}).status_code == 303
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_no_password_and_no_hash_reaches_the_audit_trail(app: Flask, signed_in: SignIn) -> None:
    user_id, _ = somebody(app)
    admin = signed_in(Role.ADMINISTRATOR)
    admin.send(f"/accounts/{user_id}/password", {"password": NEW_PASSWORD})
    page = admin.get("/audit").text
    assert "Password set" in page
    assert "argon2" not in page
    assert NEW_PASSWORD not in page


def test_the_system_itself_is_no_account(app: Flask, signed_in: SignIn) -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    with app.app_context():
        system = db.session.query(User).filter_by(is_system=True).one()
    assert admin.get(f"/accounts/{system.id}").status_code == 404
    assert system.email not in admin.get("/accounts").text


def test_administrators_filter_the_trail(signed_in: SignIn) -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    page = admin.get("/audit?event=signed-in").text
    assert "Signed in" in page
    assert "1 event" in page
    assert "Nothing was done that fits" in admin.get("/audit?event=paper-created").text
    assert admin.get("/audit?event=nonsense&record=abc").status_code == 200
    assert signed_in(Role.EXECUTIVE).get("/audit").status_code == 403
