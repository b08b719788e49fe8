"""The page of a plan."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.plans.models import Category, DeliverableState, Element, NoteKind, Plan
from opprod.plans.queries.plans import plan as find
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plan_records import (
    a_deliverable,
    a_note,
    a_scope,
    a_submission,
    a_trust_category,
    some_deliverables,
    some_figures,
)
from tests.builders.plans import a_plan, a_service, a_trust, an_stp, made_up
from tests.builders.savings import a_saving
from tests.builders.triage import a_moderated_plan, a_proposal, a_triage_round
from tests.builders.uploads import a_document
from tests.client import HTML, Client, parsed, text_of
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.integration.plans.reading import links, tables, words
from tests.statements import statements

SignIn = Callable[..., Client]

YESTERDAY = TODAY - timedelta(days=1)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }}'


def a_plan_of_kent() -> Plan:
    return a_plan(Region.SOUTH, service=a_service("Back office"), stp=an_stp(Region.SOUTH, name="Kent and Medway"))


def fill(plan: Plan, trusts: int = 2) -> None:
    """Record something of everything that can be recorded of a plan."""
    sam = a_user(Role.STAFF, name="Sam Staff")
    stp_trusts = [a_trust(an_stp(Region.SOUTH), name=f"Trust of place {number}") for number in range(trusts)]
    a_submission(plan, leaves_out=[Element.INVESTMENT], source="Kent’s two pages", actor=sam)
    a_scope(plan, functions=["hr", "finance"], trusts=stp_trusts, ccgs=["Ashford CCG", "Swale CCG"], actor=sam)
    a_trust_category(plan, stp_trusts[0], Category.C, reason="Has not signed")
    some_deliverables(
        plan,
        a_deliverable("One payroll", date(2017, 4, 1)),
        a_deliverable("One ledger", state=DeliverableState.DROPPED),
    )
    some_figures(
        plan, source="National return", capital="c.£2m", benchmark_cost="£80m", benchmark_attainable="£60-65m"
    )
    for number in range(trusts):
        a_saving(plan, "£18-20m", function="hr", label=f"Line {number} of HR")
        for kind, text in zip(NoteKind, ("Waits for a bid", "They need a chair", "A programme office"), strict=True):
            a_note(plan, f"{text} {number}", kind, actor=sam)
        a_document(plan, f"Pages {number}.docx")


def section(page: str, heading: str) -> str:
    """What a section of a page says."""
    for part in parsed(page).iter(f"{HTML}section"):
        found = [text_of(h) for h in part.iter(f"{HTML}h2")]
        if found == [heading]:
            return " ".join(" ".join(part.itertext()).split()).removeprefix(heading).strip()
    raise AssertionError(f"no section {heading}")


def test_all_that_is_recorded_of_a_plan_is_on_its_page(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan_of_kent()
        plan_id = plan.id
        a_triage_round("Autumn triage")
        fill(plan)
        a_moderated_plan(plan, Category.B)
    page = signed_in(Role.STAFF).get(f"/plans/{plan_id}").text
    said = words(page)
    assert said.startswith("Kent and Medway: Back office")
    assert "STP 1, South" in said
    assert "B: Needs support Agreed by the centre" in section(page, "Decision")
    assert "Received 15 Jul 2016 Kent’s two pages. Recorded by Sam Staff, 26 Sep 2016." in section(page, "Submission")
    assert "Known to be left out Investment needed" in section(page, "Submission")
    scope = section(page, "Scope")
    assert "Functions Finance; HR CCGs Ashford CCG; Swale CCG Local authorities None named" in scope
    trusts = tables(page)["2 trusts; one without a category of its own has the plan’s"]
    assert trusts[0][1].startswith("C: No plan since 26 Sep 2016 Has not signed")
    assert trusts[1][1] == "None"
    deliverables = tables(page)["2 deliverables"]
    assert [row[1:] for row in deliverables] == [["1 April 2017", "Planned"], ["No date given", "Dropped"]]
    assert "£18–20m" in section(page, "Savings ledger")
    figures = section(page, "Investment, lead-in and national benchmark")
    assert "Capital needed c.£2m National return" in figures
    assert "Cost of redundancy Not recorded" in figures
    assert figures.endswith("Opportunity a year, by national data £15–20m")
    assert "Pages 1.docx" in section(page, "Documents")
    assert "Waits for a bid 1" in section(page, "Dependencies")
    assert "A programme office 0" in section(page, "Support asked for")
    assert "They need a chair 1 Sam Staff, 26 September 2016" in section(page, "Comments")
    assert "Agreed by the centre B: Needs support" in section(page, "History of the decision")
    assert "Changes to this plan" in said


def test_what_the_rules_suggest_is_told_criterion_by_criterion_with_its_source(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan_of_kent()
        plan_id = plan.id
        fill(plan)
    page = signed_in().get(f"/plans/{plan_id}").text
    criteria = tables(page)["Criteria"]
    assert len(criteria) > 5
    assert any("Decides" in row[0] for row in criteria)
    assert any("Kent’s two pages" in row[2] for row in criteria)
    assert {row[1] for row in criteria} <= {"Met", "Not met", "Either way", "Not known"}
    assert links(page)["version 1 of the rules"] == "/plans/rules"


def test_what_is_not_recorded_is_said_not_to_be(on: On, signed_in: SignIn) -> None:
    with on():
        plan_id = a_plan_of_kent().id
    page = signed_in().get(f"/plans/{plan_id}").text
    for heading in ("Submission", "Scope", "Deliverables", "Trusts taking part"):
        assert section(page, heading).endswith("Not recorded")
    assert "Insufficient evidence" in section(page, "What the rules suggest")
    figures = section(page, "Investment, lead-in and national benchmark")
    assert figures.count("Not recorded") == 5
    assert figures.endswith("Not known: it takes both costs")
    assert "Not yet categorised" in section(page, "Decision")
    for heading in ("Dependencies", "Support asked for", "Comments"):
        assert section(page, heading).endswith("None recorded")


def test_an_earlier_day_shows_the_plan_of_that_day_and_nothing_to_change(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        plan = a_plan_of_kent()
        plan_id = plan.id
        a_triage_round()
        a_note(plan, "Said yesterday", NoteKind.COMMENT)
    with on():
        plan = find(plan_id, scope=None)
        fill(plan)
        a_moderated_plan(plan, Category.A)
    client = signed_in()
    page = client.get(f"/plans/{plan_id}?as_at={YESTERDAY}").text
    assert "Said yesterday" in words(page)
    for later in ("They need a chair", "£18–20m", "A: Good plan", "Changes to this plan", "Pages 1.docx"):
        assert later not in words(page)
    (main,) = parsed(page).iter(f"{HTML}main")
    assert [form.get("method") for form in main.iter(f"{HTML}form")] == ["get"]
    assert not [href for href in links(page).values() if f"/plans/{plan_id}/" in href and "documents" not in href]
    assert f'action="/plans/{plan_id}/notes"' in client.get(f"/plans/{plan_id}").text


def test_a_withdrawn_plan_says_so_and_can_only_be_reinstated(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan_of_kent()
        plan_id = plan.id
        a_triage_round()
        a_moderated_plan(plan, Category.A)
        withdraw_plan(plan=plan, reason="Merged with\nSussex", actor=a_user())
    page = signed_in().get(f"/plans/{plan_id}").text
    assert "This plan was withdrawn on 26 September 2016 Merged with Sussex" in words(page)
    assert "A: Good plan" in section(page, "Decision")
    own = {href for href in links(page).values() if href.startswith(f"/plans/{plan_id}/")}
    assert own == {f"/plans/{plan_id}/reinstate", f"/plans/{plan_id}/documents"}


def test_a_comment_is_added_from_the_page(on: On, lead_of: LeadOf) -> None:
    with on():
        plan_id = a_plan_of_kent().id
    lead = lead_of(Region.SOUTH)
    answer = lead.send(f"/plans/{plan_id}/notes", {"kind": "comment", "text": HOSTILE})
    assert answer.headers["Location"] == f"/plans/{plan_id}#notes"
    page = lead.get(f"/plans/{plan_id}").text
    assert HOSTILE in section(page, "Comments")
    assert "<script>alert" not in page
    assert 'id="notes"' in page


def test_who_may_decide_now_decides_on_the_page(on: On, lead_of: LeadOf, signed_in: SignIn) -> None:
    with on():
        plan = a_plan_of_kent()
        plan_id = plan.id
        a_triage_round()
    assert f'action="/plans/{plan_id}/propose"' in lead_of(Region.SOUTH).get(f"/plans/{plan_id}").text
    staff = signed_in(Role.STAFF)
    assert f'action="/plans/{plan_id}/moderate"' not in staff.get(f"/plans/{plan_id}").text
    with on():
        a_proposal(find(plan_id, scope=None), Category.B)
    assert f'action="/plans/{plan_id}/moderate"' in staff.get(f"/plans/{plan_id}").text


def test_an_illustrative_plan_says_what_of_it_is_invented(on: On, signed_in: SignIn) -> None:
    with on():
        plan_id = made_up(a_plan_of_kent()).id
    assert "Illustrative : the whole plan" in words(signed_in().get(f"/plans/{plan_id}").text)


def test_the_page_costs_the_same_however_much_is_recorded(on: On, app: Flask, signed_in: SignIn) -> None:
    with on():
        few, many = a_plan_of_kent(), a_plan()
        keys = [few.id, many.id]
        fill(few, 1)
        fill(many, 12)
    client = signed_in()
    counts = []
    for key in keys:
        with statements(app) as found:
            assert client.get(f"/plans/{key}").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_a_plan_that_there_is_not_is_not_found(signed_in: SignIn) -> None:
    client = signed_in()
    assert [client.get(path).status_code for path in ("/plans/1", "/plans/0", "/plans/99999999999")] == [404] * 3
