"""Pages of a plan's savings ledger."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan, SavingKind, SavingsLine
from opprod.plans.queries.ledger import Ledger
from opprod.plans.queries.savings import ledger_of
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan, a_service, an_stp
from tests.builders.savings import a_saving
from tests.client import HTML, Client, parsed
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import words
from tests.statements import statements

SignIn = Callable[..., Client]

YESTERDAY = TODAY - timedelta(days=1)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }}'
SAVING = {
    "year": "2017/18",
    "kind": "plan",
    "function": "",
    "label": "",
    "quantity": "£0.8-1.2m",
    "cash_releasing": "yes",
    "confidence": "low",
    "source": "STP submission, page 2",
    "effective_on": "26 September 2016",
    "counted_in_id": "",
    "counted_in_line": "",
}
CHANGE = {key: value for key, value in SAVING.items() if key not in {"year", "kind", "function", "label"}}


def ledger(on: On, plan_id: int) -> Ledger:
    with on():
        return ledger_of(db.session.get_one(Plan, plan_id), TODAY, scope=None)


def seen(client: Client, path: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).text)
    assert found
    return found[1]


def errors(page: str) -> str:
    """What the summary of errors says."""
    (summary,) = (e for e in parsed(page).iter(f"{HTML}div") if e.get("class") == "nhsuk-error-summary")
    return " ".join(" ".join(summary.itertext()).split())


def test_a_line_is_added_and_the_plan_s_page_shows_it(on: On, lead_of: LeadOf) -> None:
    with on():
        plan_id = a_plan(Region.LONDON).id
    client = lead_of(Region.LONDON)
    path = f"/plans/{plan_id}/savings/new"
    assert "2017/18" in client.get(path).text
    answer = client.send(path, SAVING | {"function": "hr", "label": HOSTILE})
    assert (answer.status_code, answer.location) == (303, f"/plans/{plan_id}#savings")
    (line,) = ledger(on, plan_id).lines
    page = client.get(f"/plans/{plan_id}").text
    said = words(page)
    assert "<script>alert" not in page
    assert f"2017/18: plan Line HR, {HOSTILE} Line {line.id}" in said
    assert "Saving in the year £0.8–1.2m Cash-releasing Yes Confidence Low Source STP submission, page 2" in said
    assert "Year 2017/18 Plan £0.8–1.2m Cash-releasing: £0.8–1.2m Forecast Not stated Actual Not stated" in said


def test_a_line_may_state_no_figure(on: On, signed_in: SignIn) -> None:
    with on():
        plan_id = a_plan().id
    client = signed_in(Role.STAFF)
    answer = client.send(
        f"/plans/{plan_id}/savings/new",
        SAVING | {"quantity": "", "cash_releasing": "not-said", "confidence": "not-judged"},
    )
    assert answer.status_code == 303
    said = words(client.get(f"/plans/{plan_id}").text)
    assert "Saving in the year Not stated Cash-releasing Not said Confidence Not judged" in said
    assert "It is not zero, and no total has it." in said
    assert "Plan Not stated Without 1 line not stated." in said


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"year": ""}, "Enter the financial year, like 2017/18"),
        ({"year": "2017"}, "Enter a financial year like 2016/17"),
        ({"year": "2017/19"}, "Enter a financial year like 2016/17"),
        ({"kind": ""}, "Choose whether it is planned, forecast or actual"),
        ({"kind": "hoped"}, "must be one of the choices shown"),
        ({"function": "catering"}, "Function must be one of the choices shown"),
        ({"quantity": "-£1m"}, "A saving cannot be negative. Record a cost as investment"),
        ({"quantity": "£2m–£1m"}, "Enter a range with the lower figure first, such as £18–20m"),
        ({"quantity": "about a lot"}, "Enter a value such as £6.2m"),
        ({"quantity": "20 posts"}, "Enter this value in £, not posts"),
        ({"quantity": "£9bn"}, "Check the figure: one line cannot save more than £1bn in a year"),
        ({"cash_releasing": ""}, "Choose whether it releases cash"),
        ({"confidence": ""}, "Choose how sure it is"),
        ({"source": "   "}, "Enter where this comes from"),
        ({"source": "x" * 301}, "Source must be 300 characters or fewer"),
        ({"label": "x" * 121}, "must be 120 characters or fewer"),
        ({"effective_on": ""}, "Enter the day it is true from"),
        ({"effective_on": "27 September 2016"}, "up to today, 26 September 2016"),
        ({"counted_in_id": "999"}, "Counted in must be one of the choices shown"),
        ({"counted_in_line": "999"}, "There is no line 999 in the savings of a plan that you may open"),
        ({"counted_in_line": "0"}, "must be between 1 and"),
        ({"counted_in_line": "9" * 12}, "must be between 1 and"),
    ],
)
def test_bad_input_is_refused_with_what_to_do_and_nothing_is_lost(
    wrong: dict[str, str], message: str, on: On, signed_in: SignIn
) -> None:
    with on():
        plan_id = a_plan().id
    answer = signed_in(Role.STAFF).send(f"/plans/{plan_id}/savings/new", SAVING | wrong)
    assert answer.status_code == 422
    assert message in errors(answer.text)
    for name, value in (SAVING | wrong).items():
        if name in {"year", "quantity", "source", "counted_in_line"} and value.strip():
            assert f'value="{value}"' in answer.text, name
    assert ledger(on, plan_id).lines == ()


def test_a_line_by_function_beside_one_of_the_whole_service_is_refused(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        a_saving(plan, function="hr")
        plan_id = plan.id
    answer = signed_in(Role.STAFF).send(f"/plans/{plan_id}/savings/new", SAVING)
    assert "2017/18 plan savings of this plan are recorded by function." in errors(answer.text)


def test_a_line_is_changed_and_shows_what_it_said_before(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        plan = a_plan()
        line_id = a_saving(plan, "£1m", illustrative="the figure").id
        plan_id = plan.id
    client = signed_in(Role.STAFF)
    path = f"/plans/{plan_id}/savings/{line_id}"
    form = client.get(path).text
    assert 'value="£1m"' in form
    assert re.search(r'value="yes" checked', form)
    assert re.search(r'value="not-judged" checked', form)
    assert client.send(path, CHANGE | {"quantity": "£2m", "seen": seen(client, path)}).status_code == 303
    said = words(client.get(f"/plans/{plan_id}").text)
    assert "Saving in the year £2m Cash-releasing" in said
    assert "What it said before £1m from 25 Sep 2016 Illustrative" in said
    before = client.get(f"/plans/{plan_id}?as_at={YESTERDAY}").text
    assert "Saving in the year £1m Illustrative" in words(before)
    assert f"/plans/{plan_id}/savings/{line_id}" not in before
    assert f"/plans/{plan_id}/savings/new" not in before


def test_what_a_line_says_already_is_not_recorded_again(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        line_id = a_saving(plan, "£2m", source="Two pages").id
        plan_id = plan.id
    client = signed_in(Role.STAFF)
    path = f"/plans/{plan_id}/savings/{line_id}"
    same = CHANGE | {"quantity": "£2m", "confidence": "not-judged", "source": "Two pages", "seen": seen(client, path)}
    page = client.send(path, same, follow_redirects=True).text
    assert "Nothing was changed, so nothing was recorded." in page
    assert ledger(on, plan_id).lines[0].superseded == ()


def test_of_two_who_change_a_line_at_once_the_second_sees_both(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        line_id = a_saving(plan, "£1m").id
        plan_id = plan.id
    first, second = signed_in(Role.STAFF), signed_in(Role.STAFF)
    path = f"/plans/{plan_id}/savings/{line_id}"
    began = seen(first, path)
    assert first.send(path, CHANGE | {"quantity": "£2m", "seen": began}).status_code == 303
    answer = second.send(path, CHANGE | {"quantity": "£3m", "source": "My own notes", "seen": began})
    assert answer.status_code == 409
    said = words(answer.text)
    assert "£2m" in said
    assert "£3m" in said
    assert "My own notes" in said
    answer = second.send(f"{path}/withdraw", {"reason": "Counted by mistake", "seen": began})
    assert answer.status_code == 409
    assert "Counted by mistake" in words(answer.text)
    assert [line.said for line in ledger(on, plan_id).lines] == ["£2m"]


def test_a_line_is_withdrawn_for_a_reason_and_is_gone(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        line_id = a_saving(plan, "£1m").id
        plan_id = plan.id
    client = signed_in(Role.EXECUTIVE)
    path = f"/plans/{plan_id}/savings/{line_id}/withdraw"
    refused = client.send(path, {"reason": " \n ", "seen": seen(client, path)})
    assert refused.status_code == 422
    assert "Enter why it is withdrawn" in errors(refused.text)
    assert client.send(path, {"reason": HOSTILE, "seen": seen(client, path)}).status_code == 303
    page = client.get(f"/plans/{plan_id}").text
    assert "<script>alert" not in page
    assert "1 line withdrawn 2017/18, Plan, The service as a whole (line" in words(page)
    assert HOSTILE in words(page)
    for gone in (path, f"/plans/{plan_id}/savings/{line_id}"):
        assert client.get(gone).status_code == 404


def test_a_line_that_counts_another_is_not_withdrawn_and_says_why(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        target, plan_id = a_saving(plan, label="Target").id, plan.id
        other = a_saving(plan, label="Shared", counted_in_id=target).id
    client = signed_in(Role.STAFF)
    path = f"/plans/{plan_id}/savings/{target}"
    answer = client.send(f"{path}/withdraw", {"reason": "Wrong", "seen": seen(client, path)})
    assert answer.status_code == 422
    assert f"because it counts the pounds of line {other}" in errors(answer.text)
    answer = client.send(path, CHANGE | {"seen": seen(client, path), "counted_in_id": ""})
    assert answer.status_code == 303
    said = words(client.get(f"/plans/{plan_id}").text)
    assert f"Counts the pounds of line {other} too." in said
    assert f"Not counted here: counted in line {target} ." in said
    assert "Without 1 line counted elsewhere." in said


def test_where_pounds_are_counted_is_chosen_from_the_stp_s_lines_or_by_number(on: On, signed_in: SignIn) -> None:
    with on():
        stp = an_stp(name="North London")
        plan = a_plan(stp=stp, service=a_service("Pathology"))
        sister = a_plan(stp=stp, service=a_service("Back office"))
        far = a_plan(Region.NORTH, stp=an_stp(Region.NORTH, name="Cumbria"), service=plan.service)
        plan_id, sister_line = plan.id, a_saving(sister, "£4m").id
        line_id, far_line = a_saving(plan, label="Mine").id, a_saving(far, "£5m").id
        a_saving(sister, "£6m", year="2018/19")
        far_id = far.id
    client = signed_in(Role.STAFF)
    path = f"/plans/{plan_id}/savings/{line_id}"
    form = client.get(path).text
    assert f"Line {sister_line}: 2017/18, Plan, £4m" in form
    assert "£6m" not in form
    assert "£5m" not in form
    assert (
        client.send(path, CHANGE | {"seen": seen(client, path), "counted_in_id": str(sister_line)}).status_code == 303
    )
    assert f'<option value="{sister_line}" selected>' in client.get(path).text
    both = {"counted_in_id": str(sister_line), "counted_in_line": str(far_line)}
    answer = client.send(path, CHANGE | {"seen": seen(client, path)} | both)
    assert "Choose a line from the list or enter a number, not both" in errors(answer.text)
    answer = client.send(path, CHANGE | {"seen": seen(client, path), "counted_in_line": str(far_line)})
    assert answer.status_code == 303
    assert f'name="counted_in_line" inputmode="numeric" value="{far_line}"' in _squeezed(client.get(path).text)
    page = client.get(f"/plans/{plan_id}").text
    assert f'<a href="/plans/{far_id}#line-{far_line}">line {far_line} of Cumbria: Pathology</a>' in page
    answer = client.send(path, CHANGE | {"seen": seen(client, path), "counted_in_line": str(line_id)})
    assert "A line cannot be counted in itself" in errors(answer.text)


def test_a_lead_is_not_told_where_in_another_region_pounds_are_counted_and_can_keep_it(
    on: On, lead_of: LeadOf
) -> None:
    with on():
        plan, far = a_plan(Region.LONDON), a_plan(Region.NORTH, stp=an_stp(Region.NORTH, name="Cumbria"))
        far_line = a_saving(far, "£5m").id
        plan_id, line_id = plan.id, a_saving(plan, counted_in_id=far_line).id
    client = lead_of(Region.LONDON)
    path = f"/plans/{plan_id}/savings/{line_id}"
    began = seen(client, path)
    for page in (client.get(f"/plans/{plan_id}").text, client.get(path).text):
        assert "line in a plan of another region" in page
        assert "Cumbria" not in page
        assert f"ine {far_line}" not in page
    assert client.send(path, CHANGE | {"seen": began, "counted_in_id": "0"}).status_code == 303
    assert str(ledger(on, plan_id).lines[0].counted_in) == f"line {far_line} of Cumbria: {_service(on, far_line)}"
    conflict = client.send(path, CHANGE | {"seen": began, "counted_in_id": "0"})
    assert conflict.status_code == 409
    assert "Cumbria" not in conflict.text


def test_a_withdrawn_plan_takes_no_savings(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        line_id, plan_id = a_saving(plan).id, plan.id
        withdraw_plan(plan=plan, reason="Merged", actor=a_user())
    client = signed_in(Role.STAFF)
    paths = [f"/plans/{plan_id}/savings/{end}" for end in ("new", f"{line_id}", f"{line_id}/withdraw")]
    for path in paths:
        assert client.get(path).status_code == 422
        assert client.send(path, SAVING | {"reason": "x", "seen": "1"}).status_code == 422
    assert paths[0] not in client.get(f"/plans/{plan_id}").text


@pytest.mark.parametrize("region", list(Region))
def test_a_lead_reaches_no_ledger_of_another_region(region: Region, on: On, lead_of: LeadOf) -> None:
    with on():
        lines = {of: a_saving(a_plan(of)) for of in Region}
        paths = {of: [f"/plans/{line.plan_id}/savings/{end}" for end in ("new", line.id, f"{line.id}/withdraw")]
                 for of, line in lines.items()}  # fmt: skip
        crossed = [f"/plans/{lines[region].plan_id}/savings/{line.id}" for of, line in lines.items() if of != region]
        plans = {of: line.plan_id for of, line in lines.items()}
    client = lead_of(region)
    for of in Region:
        for path in paths[of]:
            assert client.get(path).status_code == (200 if of is region else 404), path
            if of is not region:
                assert client.send(path, SAVING | {"reason": "Mine now", "seen": "1"}).status_code == 404
    nowhere = client.get("/plans/9999/savings/new").text
    for of in set(Region) - {region}:
        assert words(client.get(paths[of][0]).text) == words(nowhere)
    for path in crossed:
        assert client.get(path).status_code == 404
    assert all(len(ledger(on, plan_id).lines) == 1 for plan_id in plans.values())


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_those_who_see_no_plans_reach_no_ledger(role: Role, on: On, signed_in: SignIn) -> None:
    with on():
        plan_id = a_plan().id
    assert signed_in(role).get(f"/plans/{plan_id}/savings/new").status_code == 403


def test_a_ledger_costs_the_same_however_long(app: Flask, on: On) -> None:
    with on():
        plan, other = a_plan(), a_plan()
        plan_id, other_id = plan.id, other.id

    def add(lines: int) -> int:
        with on():
            plan, other = db.session.get_one(Plan, plan_id), db.session.get_one(Plan, other_id)
            for number in range(lines):
                label = f"Scheme {number} of {lines}"
                target = a_saving(other, label=label)
                a_saving(plan, label=label, counted_in_id=target.id)
                a_saving(plan, label=label, kind=SavingKind.ACTUAL)
        with on(), statements(app) as seen_statements:
            assert ledger_of(db.session.get_one(Plan, plan_id), TODAY, scope=None).lines
        return len(seen_statements)

    assert add(2) == add(20)


def _squeezed(page: str) -> str:
    return re.sub(r'aria-describedby="[^"]*" ', "", page)


def _service(on: On, line_id: int) -> Any:
    with on():
        return db.session.get_one(SavingsLine, line_id).plan.service.name
