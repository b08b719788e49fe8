"""Plans and savings as CSV files."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.plans.models import Category, Confidence, SavingKind
from opprod.plans.queries.plans import plan as find
from opprod.plans.services.status import withdraw_plan
from opprod.plans.views import exports
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan, a_service, an_stp, made_up
from tests.builders.savings import a_saving
from tests.builders.triage import a_moderated_plan, a_triage_round
from tests.client import Client
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.statements import statements

SignIn = Callable[..., Client]

YESTERDAY = TODAY - timedelta(days=1)


def rows(client: Client, path: str) -> list[dict[str, str]]:
    """The rows of a file under its columns."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    text = answer.get_data().decode("utf-8")
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_every_page_of_the_list_is_in_the_file(on: On, app: Flask, signed_in: SignIn) -> None:
    with on():
        a_triage_round()
        made_up(a_moderated_plan(a_plan(service=a_service("Back office"), stp=an_stp(name="Kent")), Category.A))
        for _ in range(29):
            an_stp(Region.SOUTH)
    client = signed_in()
    found = rows(client, "/plans.csv")
    assert len(found) == 30
    assert found[0] == {
        "Plan": "1",
        "STP number": "1",
        "STP": "Kent",
        "Service": "Back office",
        "Region": "London",
        "Category": "A: Good plan",
        "Since": "2016-09-26",
        "Submission": "Not recorded",
        "Received on": "",
        "Illustrative": "the whole plan",
    }
    assert [row["STP"] for row in rows(client, "/plans.csv?region=london")] == ["Kent"]
    assert len(rows(client, "/plans.csv?category=none&q=30")) == 1
    answer = client.get(f"/plans.csv?as_at={YESTERDAY}")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=plans-2016-09-25.csv"
    with statements(app) as few:
        client.get("/plans.csv?region=london")
    with statements(app) as many:
        client.get("/plans.csv")
    assert len(few) == len(many)


def test_lines_of_the_ledger_say_what_was_said_and_between_what_numbers(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan(service=a_service("Back office"), stp=an_stp(name="Kent"))
        a_saving(plan, "£18-20m", function="finance", label="Ledger", confidence=Confidence.HIGH, source="Page 2")
        shared = a_saving(plan, "over £900k", year="2016/17", kind=SavingKind.ACTUAL, cash_releasing=False)
        a_saving(plan, None, year="2018/19", cash_releasing=None, illustrative="the year")
        a_saving(plan, "c.£900k", year="2016/17", kind=SavingKind.ACTUAL, label="Same", counted_in_id=shared.id)
    found = rows(signed_in(), "/plans/savings.csv")
    assert found[2] == {
        "Line": "1",
        "STP number": "1",
        "STP": "Kent",
        "Service": "Back office",
        "Region": "London",
        "Plan withdrawn": "No",
        "Financial year": "2017/18",
        "Kind": "Plan",
        "Function": "Finance",
        "Label": "Ledger",
        "Saving": "£18–20m",
        "Low in pounds": "18000000",
        "High in pounds": "20000000",
        "Cash-releasing": "Yes",
        "Confidence": "High",
        "Counted in": "",
        "True from": "2016-09-26",
        "Source": "Page 2",
        "Illustrative": "",
    }
    assert [(row["Saving"], row["Low in pounds"], row["High in pounds"]) for row in found] == [
        ("over £900k", "900000", ""),
        ("c.£900k", "900000", "900000"),
        ("£18–20m", "18000000", "20000000"),
        ("Not stated", "", ""),
    ]
    assert [row["Cash-releasing"] for row in found] == ["No", "Yes", "Yes", "Not stated"]
    assert [row["Counted in"] for row in found] == ["", "line 2 of Kent: Back office", "", ""]
    assert [row["Illustrative"] for row in found] == ["", "", "", "the year"]


def test_lines_are_those_in_force_on_the_day_and_narrowed(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        estates, legal = a_service("Estates"), a_service("Legal")
        stp = an_stp(Region.SOUTH)
        first = a_plan(service=estates, stp=stp).id
        a_saving(find(first, scope=None), "£1m", year="2016/17", on=YESTERDAY)
        a_saving(a_plan(service=legal, stp=stp), "£2m", year="2017/18", kind=SavingKind.FORECAST)
    with on():
        a_saving(find(first, scope=None), "£4m", year="2017/18")
        withdraw_plan(plan=find(first, scope=None), reason="Merged", actor=a_user())
    client = signed_in()

    def said(query: str) -> list[str]:
        return [row["Saving"] for row in rows(client, f"/plans/savings.csv{query}")]

    assert said("") == ["£1m", "£4m", "£2m"]
    assert said(f"?as_at={YESTERDAY}") == ["£1m", "£2m"]
    assert said("?service=legal") == ["£2m"]
    assert said("?year=2016/17") == ["£1m"]
    assert said("?kind=forecast&region=south") == ["£2m"]
    assert said("?region=north") == []
    assert [row["Plan withdrawn"] for row in rows(client, "/plans/savings.csv")] == ["Yes", "Yes", "No"]


def test_what_a_spreadsheet_would_run_is_text(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan(stp=an_stp(name="=cmd|' /C calc'!A0"))
        a_saving(plan, label='@SUM(A1), "quoted"', source="-2+3, page 1")
    client = signed_in()
    assert rows(client, "/plans.csv")[0]["STP"] == "'=cmd|' /C calc'!A0"
    (line,) = rows(client, "/plans/savings.csv")
    assert line["Label"] == '\'@SUM(A1), "quoted"'
    assert line["Source"] == "'-2+3, page 1"


@pytest.mark.parametrize(
    "path",
    [
        "/plans.csv?region=wales",
        "/plans.csv?category=D",
        "/plans.csv?as_at=2016-09-27",
        "/plans/savings.csv?year=2016",
        "/plans/savings.csv?service=none",
        "/plans/savings.csv?kind=hope",
    ],
)
def test_a_filter_that_is_no_choice_gives_no_file(on: On, signed_in: SignIn, path: str) -> None:
    with on():
        a_plan()
    assert signed_in().get(path).status_code == 400


def test_a_file_that_would_be_too_long_is_refused_and_not_cut_short(
    on: On, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    with on():
        service = a_service()
        for region in (Region.NORTH, Region.SOUTH, Region.SOUTH):
            a_plan(service=service, stp=an_stp(region))
    client = signed_in()
    answer = client.get("/plans.csv")
    assert answer.status_code == 400
    assert "Narrow it to a region, a service or a year" in answer.text
    assert len(rows(client, "/plans.csv?region=south")) == 2


def test_a_lead_gets_their_own_region_alone(on: On, lead_of: LeadOf) -> None:
    with on():
        service = a_service("Back office")
        mine, theirs = (
            a_plan(service=service, stp=an_stp(region, name=name))
            for region, name in ((Region.LONDON, "City"), (Region.SOUTH, "Dorset"))
        )
        a_saving(theirs, "£7m", source="Dorset's own")
        a_saving(mine, "£3m")
    lead = lead_of(Region.LONDON)
    for query in ("", "?region=south"):
        assert [row["STP"] for row in rows(lead, f"/plans.csv{query}")] == ["City"]
        assert [row["Saving"] for row in rows(lead, f"/plans/savings.csv{query}")] == ["£3m"]


def test_viewers_get_no_file(signed_in: SignIn) -> None:
    viewer = signed_in(Role.VIEWER)
    assert [viewer.get(path).status_code for path in ("/plans.csv", "/plans/savings.csv")] == [403, 403]
