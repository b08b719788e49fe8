"""Saying whose programme this is, and the state before anything is loaded."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.accounts import services as accounts
from opprod.audit import queries as audit
from opprod.config import Settings
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import unit_of_work
from opprod.organisations import queries, services
from tests.builders.organisations import a_directorate
from tests.client import Client

SignIn = Callable[..., Client]

SAID = {"name": "Operational Productivity", "body": "NHS Improvement", "purpose": "Help trusts make the most."}


@pytest.fixture
def settings(tmp_path: Path, migrated_database: Path) -> Settings:
    """An installation without the reference data."""
    path = tmp_path / "opprod.sqlite"
    shutil.copy(migrated_database, path)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}", today=date(2016, 9, 26))


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


@pytest.mark.usefixtures("programme")
def test_there_is_one_directorate_and_each_change_to_it_is_in_the_trail() -> None:
    assert queries.directorate() is None
    with unit_of_work():
        a_directorate()
    with unit_of_work():
        changed = services.set_up_directorate(
            **SAID,
            demonstration=True,
            clock_pinned_to=date(2016, 9, 26),
            actor=accounts.system_actor(),
        )
    assert queries.directorate() is changed
    newest, oldest = audit.latest_about(changed)
    assert newest.changes["clock_pinned_to"] == [None, "2016-09-26"]
    assert oldest.changes["body"] == [None, "NHS Improvement"]


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("field", ["name", "body", "purpose"])
def test_a_blank_value_is_refused_at_its_field(field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        services.describe_directorate(**{**SAID, field: " "}, version=0, actor=accounts.system_actor())
    assert refusal.value.field == field


@pytest.mark.usefixtures("programme")
def test_describing_it_leaves_the_clock_and_notices_another_change() -> None:
    with unit_of_work():
        found = a_directorate(demonstration=True, clock_pinned_to=date(2016, 9, 26))
    with unit_of_work():
        services.describe_directorate(**SAID, version=found.version, actor=accounts.system_actor())
    assert found.purpose == SAID["purpose"]
    assert (found.demonstration, found.clock_pinned_to) == (True, date(2016, 9, 26))
    for stale in (0, 1):
        with pytest.raises(Conflict):
            services.describe_directorate(**SAID, version=stale, actor=accounts.system_actor())


def test_an_executive_sets_it_up_and_everyone_reads_it(signed_in: SignIn) -> None:
    executive, viewer = signed_in(Role.EXECUTIVE), signed_in(Role.VIEWER)
    assert "Nobody has said yet whose programme this is" in viewer.get("/directorate").text
    assert "Set up the directorate" not in viewer.get("/directorate").text
    assert "Set up the directorate" in executive.get("/directorate").text

    answer = executive.send(
        "/directorate/edit", {**SAID, "version": version_on(executive.get("/directorate/edit").text)}
    )
    assert (answer.status_code, answer.location) == (303, "/directorate")
    page = viewer.get("/directorate").text
    assert "Help trusts make the most." in page
    assert "Directorate changed" in page


def test_a_form_left_blank_says_what_to_enter(signed_in: SignIn) -> None:
    answer = signed_in(Role.EXECUTIVE).send("/directorate/edit", {**SAID, "purpose": " ", "version": "0"})
    assert answer.status_code == 422
    assert "Enter its purpose" in answer.text


def test_the_second_of_two_editors_sees_both_versions(app: Flask, signed_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        a_directorate()
    first, second = signed_in(Role.EXECUTIVE), signed_in(Role.EXECUTIVE)
    version = version_on(first.get("/directorate/edit").text)
    first.send("/directorate/edit", {**SAID, "purpose": "What the first one typed", "version": version})

    answer = second.send("/directorate/edit", {**SAID, "purpose": "What the <b>second</b> typed", "version": version})
    assert answer.status_code == 409
    assert "What the first one typed" in answer.text
    assert "What the &lt;b&gt;second&lt;/b&gt; typed" in answer.text
    assert "What the first one typed" in first.get("/directorate").text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.STAFF, Role.REGIONAL_LEAD, Role.VIEWER])
def test_only_those_who_manage_the_programme_change_it(signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    data: dict[str, Any] = {**SAID, "version": "0"}
    assert client.get("/directorate").status_code == 200
    assert client.get("/directorate/edit").status_code == 403
    assert client.send("/directorate/edit", data).status_code == 403


def test_lists_say_that_nothing_is_loaded_yet(signed_in: SignIn) -> None:
    viewer = signed_in(Role.VIEWER)
    for path in ("/stps", "/trusts"):
        assert "The reference data has not been loaded yet" in viewer.get(path).text
