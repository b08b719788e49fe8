"""Who may do what: every address, by every method, as every role, against one table."""

from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from pysqlite3 import dbapi2 as sqlite
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from opprod.accounts import Role
from tests.client import Client
from tests.whole.addresses import address_of, begin_work
from tests.whole.table import ACCOUNTS, ALLOWED, OWN_RECORDS_ONLY, rules

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def demo_app(demo_app: Flask) -> Flask:
    """The demonstration programme, with a draft in it."""
    begin_work(demo_app)
    return demo_app


def is_refused(answer: TestResponse) -> bool:
    asks_to_sign_in = answer.status_code in {302, 303} and (answer.location or "").startswith("/sign-in")
    return answer.status_code in {401, 403} or asks_to_sign_in


def dump(path: Path) -> dict[str, list[object]]:
    """Every row of every table."""
    with closing(sqlite.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def test_the_table_lists_every_endpoint_and_no_other(demo_app: Flask) -> None:
    assert {rule.endpoint for rule in demo_app.url_map.iter_rules()} == set(ALLOWED)


@pytest.mark.parametrize("letter", ACCOUNTS, ids=ACCOUNTS.get)
def test_each_role_is_let_in_or_refused_as_the_table_says(demo_app: Flask, letter: str) -> None:
    client: Client = demo_app.test_client()
    client.sign_in(ACCOUNTS[letter])
    token = client.token()
    wrong = []
    for rule in rules(demo_app):
        address = address_of(demo_app, rule)
        for method in METHODS:
            if is_another_s(demo_app, rule, method):
                continue
            answer = client.open(address, method=method, data=None if method == "GET" else {"csrf_token": token})
            if not _is_as_it_should_be(rule, method, letter, answer):
                wrong.append(f"{method} {address}: {answer.status_code} {answer.location or ''}")
    assert wrong == []


def is_another_s(app: Flask, rule: Rule, method: str) -> bool:
    """Whether another endpoint has this method at the rule's address."""
    return method not in (rule.methods or ()) and any(
        method in (other.methods or ()) for other in app.url_map.iter_rules() if other.rule == rule.rule
    )


def _is_as_it_should_be(rule: Rule, method: str, letter: str, answer: TestResponse) -> bool:
    if method not in (rule.methods or ()):
        return answer.status_code == 405
    if ALLOWED[rule.endpoint] != "anyone" and letter not in ALLOWED[rule.endpoint]:
        return answer.status_code == 403
    if letter in OWN_RECORDS_ONLY.get(rule.endpoint, ""):
        return answer.status_code == 403
    if method == "GET" and not _is_of_render(rule):
        return answer.status_code in {200, 302, 303} and not is_refused(answer)
    if rule.endpoint == "accounts.sign_out":
        return answer.status_code == 303
    return answer.status_code < 500 and not is_refused(answer)


def _is_of_render(rule: Rule) -> bool:
    return "/pdf/<key>" in rule.rule


def test_nobody_passes_without_signing_in(demo_app: Flask) -> None:
    client: Client = demo_app.test_client()
    token = client.token()
    for rule in rules(demo_app):
        address = address_of(demo_app, rule)
        for method in {"GET", "POST"} & set(rule.methods or ()):
            answer = client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
            if ALLOWED[rule.endpoint] == "anyone":
                assert not is_refused(answer), f"{method} {address}"
            else:
                assert is_refused(answer), f"{method} {address}: {answer.status_code}"
                assert answer.status_code != 403


@pytest.mark.parametrize("letter", ACCOUNTS, ids=ACCOUNTS.get)
def test_no_get_changes_the_database(demo_app: Flask, tmp_path: Path, letter: str) -> None:
    client: Client = demo_app.test_client()
    client.sign_in(ACCOUNTS[letter])
    before = dump(tmp_path / "demo.sqlite")
    for rule in rules(demo_app):
        client.get(address_of(demo_app, rule), follow_redirects=False)
    assert dump(tmp_path / "demo.sqlite") == before


def test_no_post_without_a_token_changes_the_database(demo_app: Flask, tmp_path: Path) -> None:
    for letter, email in ACCOUNTS.items():
        client: Client = demo_app.test_client()
        client.sign_in(email)
        before = dump(tmp_path / "demo.sqlite")
        for rule in rules(demo_app):
            if "POST" in (rule.methods or ()) and letter in ALLOWED[rule.endpoint]:
                answer = client.post(address_of(demo_app, rule))
                assert answer.status_code == 400, f"{rule.rule}: {answer.status_code}"
        assert dump(tmp_path / "demo.sqlite") == before


def test_every_role_has_an_account_in_the_test() -> None:
    assert len(ACCOUNTS) == len(Role)
