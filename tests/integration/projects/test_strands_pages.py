"""Pages of workstreams and projects."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.accounts.services import change_account
from opprod.core import clock
from opprod.core.rag import Rag
from opprod.db import unit_of_work
from opprod.projects.models import Outcome, Strand, StrandKind, Update
from opprod.projects.queries.measures import measure as measure_of
from opprod.projects.queries.next_steps import next_step, open_next_steps
from opprod.projects.queries.strands import strand_called, strand_view
from opprod.projects.queries.updates import update as update_of
from opprod.projects.services.next_steps import record_outcome
from opprod.projects.services.updates import approve_update, start_update
from opprod.rounds.queries import current_round
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.strands import a_strand, an_update
from tests.client import HTML, Client, parsed
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]
On = Callable[..., AbstractContextManager[None]]

YESTERDAY = TODAY - timedelta(days=1)
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)> {{ 7*7 }} ' [[nothing]] **bold**"


@pytest.fixture
def on(app: Flask) -> On:
    """A day on which something is done, and kept."""

    @contextmanager
    def day(value: date = TODAY) -> Iterator[None]:
        with app.app_context(), clock.pinned_to(value), unit_of_work():
            yield

    return day


def words(page: str, *, tag: str = "main") -> str:
    """What a page says, a space between one element and the next."""
    (element,) = parsed(page).iter(HTML + tag)
    return " ".join(" ".join(element.itertext()).split())


def the(slug: str) -> Strand:
    """A project, in the context at hand."""
    return strand_called(StrandKind.PROJECT, slug)


def the_update(slug: str) -> Update:
    """The update that speaks for a project, in the context at hand."""
    view = strand_view(the(slug).id, clock.today())
    assert view
    assert view.update_id
    return update_of(view.update_id)


def shown_names(page: str, kind: str = "projects") -> list[str]:
    return re.findall(rf'<th [^>]*scope="row".*?<a href="/{kind}/[^"]*">([^<]*)</a>', page, re.DOTALL)


def form_of(client: Client, path: str) -> dict[str, str]:
    """What a form holds as it was opened."""
    page = parsed(client.get(path).text)
    held = {e.get("name", ""): e.get("value", "") for e in page.iter(f"{HTML}input")}
    held |= {e.get("name", ""): "".join(e.itertext()) for e in page.iter(f"{HTML}textarea")}
    for select in page.iter(f"{HTML}select"):
        chosen = [o.get("value", "") for o in select.iter(f"{HTML}option") if o.get("selected") is not None]
        held[select.get("name", "")] = chosen[0] if chosen else ""
    return held


def test_a_list_says_how_each_stands_in_order(on: On, signed_in: SignIn) -> None:
    with on(date(2016, 9, 1)):
        a_meeting()
        owner = a_user(name="Pat Owner")
        a_strand(name="Pathology", owner=owner, purpose="Bring laboratories together.")
        a_strand(name="Estates")
        a_strand(StrandKind.WORKSTREAM, name="Finance")
    with on(date(2016, 9, 21)):
        an_update(the("estates"), rag=Rag.AMBER, next_steps=[("Do it", date(2016, 9, 23)), ("Then", TODAY)])
    with on(date(2016, 9, 22)):
        approve_update(update=the_update("estates"), actor=a_user(Role.EXECUTIVE))

    page = signed_in(Role.VIEWER).get("/projects").text
    assert shown_names(page) == ["Pathology", "Estates"]
    said = words(page)
    assert "Bring laboratories together. RAG Not rated Owner Pat Owner Last update None yet" in said
    assert "RAG Amber" in said
    assert "For 29 Sep 2016 : Estates Approved Next steps 2 open 1 overdue" in said
    assert shown_names(signed_in(Role.VIEWER).get("/workstreams").text, "workstreams") == ["Finance"]


def test_a_list_is_narrowed_by_rag_and_owner(on: On, signed_in: SignIn) -> None:
    with on():
        a_meeting()
        first, second = a_user(name="First"), a_user(name="Second")
        for name, owner, rag in (("A", first, Rag.RED), ("B", first, Rag.GREEN), ("C", second, Rag.RED)):
            an_update(a_strand(name=name, owner=owner), rag=rag, actor=owner)
        a_strand(name="D", owner=second)
        owner_id = first.id
    client = signed_in(Role.VIEWER)
    assert shown_names(client.get("/projects?rag=red").text) == ["A", "C"]
    assert shown_names(client.get(f"/projects?owner={owner_id}").text) == ["A", "B"]
    assert shown_names(client.get(f"/projects?owner={owner_id}&rag=red").text) == ["A"]
    assert "No project fits these filters." in client.get("/projects?rag=amber").text
    for stray in ("nobody", "9" * 30):
        refused = client.get(f"/projects?rag=purple&owner={stray}")
        assert refused.status_code == 200
        assert "RAG must be one of the choices shown" in refused.text
        assert "Owner must be one of the choices shown" in refused.text
        assert shown_names(refused.text) == ["A", "B", "C", "D"]


def test_an_empty_list_says_so_and_lets_those_who_may_add(signed_in: SignIn) -> None:
    page = signed_in(Role.EXECUTIVE).get("/workstreams").text
    assert "No workstreams have been added yet." in page
    assert "Add a workstream" in page
    assert "Add a workstream" not in signed_in(Role.STAFF).get("/workstreams").text


def test_closed_ones_are_listed_apart(on: On, signed_in: SignIn) -> None:
    with on():
        a_strand(name="Running")
        a_strand(name="Ended", ends_on=YESTERDAY)
    said = words(signed_in(Role.VIEWER).get("/projects").text)
    assert said.index("1 project") < said.index("Running") < said.index("Closed: 1 project") < said.index("Ended")
    before = words(signed_in(Role.VIEWER).get(f"/projects?as_at={YESTERDAY}").text)
    assert "Closed" not in before


def test_a_list_costs_the_same_however_long(app: Flask, on: On, signed_in: SignIn) -> None:
    with on():
        a_meeting()

    def add(count: int) -> None:
        with on():
            actor = a_user()
            for number in range(count):
                an_update(a_strand(owner=actor), next_steps=[(f"Step {number}", TODAY)], actor=actor)

    client = signed_in(Role.EXECUTIVE)
    add(4)
    client.get("/projects")
    with statements(app) as few:
        assert len(shown_names(client.get("/projects").text)) == 4
    add(36)
    with statements(app) as many:
        assert len(shown_names(client.get("/projects").text)) == 40
    assert len(few) == len(many)


def test_a_page_shows_the_present_with_figures_quoted_and_their_sources(on: On, signed_in: SignIn) -> None:
    with on(date(2016, 9, 20)):
        a_meeting()
        strand = a_strand(name="Model Hospital", reports_to="The Board", starts_on=date(2016, 4, 1))
        measure = a_measure(strand, key="users", name="Registered users", unit="users")
        a_reading(measure, "over 1,400", source="User log", illustrative="the value")
        an_update(
            strand,
            "There are [[users]] now.",
            rag=Rag.GREEN,
            reason="Use grows.",
            next_steps=[("Finish the rest", date(2016, 9, 30)), ("Ask them", date(2016, 9, 23))],
            actor=a_user(name="Sam Staff"),
        )
    with on(date(2016, 9, 22)):
        approve_update(update=the_update("model-hospital"), actor=a_user(Role.EXECUTIVE, name="Ed Executive"))

    said = words(signed_in(Role.VIEWER).get("/projects/model-hospital").text)
    assert "Green since 20 September 2016" in said
    assert "Use grows." in said
    assert "Update for the Board meeting of 29 September 2016 . Submitted by Sam Staff on 20 September 2016." in said
    assert "Approved by Ed Executive on 22 September 2016." in said
    assert "There are over 1,400 users now." in said
    assert "Registered users : over 1,400 users from 20 September 2016 Illustrative : the value" in said
    assert "2 open, 1 overdue" in said
    assert said.index("Ask them") < said.index("3 days overdue") < said.index("Finish the rest")
    assert "due in 4 days" in said
    assert "Source: User log" in said
    assert "Reports to The Board" in said


def test_what_was_answered_since_the_update_is_told_with_its_outcome(on: On, signed_in: SignIn) -> None:
    with on():
        a_meeting()
        actor = a_user()
        strand = a_strand(name="Estates", owner=actor)
        an_update(strand, next_steps=[("Close one site", TODAY)], actor=actor)
        (step,) = open_next_steps(TODAY, strand_id=strand.id)
        record_outcome(
            next_step=next_step(step.id),
            outcome=Outcome.ACHIEVED,
            note=None,
            new_due_on=None,
            effective_on=TODAY,
            actor=actor,
        )
    said = words(signed_in(Role.VIEWER).get("/projects/estates").text)
    assert "Nothing is owed. Answered since the update Close one site Achieved" in said


def test_everything_on_a_page_is_as_it_was_on_the_day_asked_for(on: On, signed_in: SignIn) -> None:
    with on(date(2016, 9, 20)):
        a_meeting()
        strand = a_strand(name="Old name")
        a_reading(a_measure(strand, key="people", unit="people"), "c.20")
        an_update(strand, "Said before.", rag=Rag.RED, reason="Reason before.")
    client = signed_in(Role.EXECUTIVE)
    typed = {**form_of(client, "/projects/old-name/edit"), "name": "New name", "purpose": "New purpose."}
    assert client.send("/projects/old-name/edit", typed).status_code == 303
    with on():
        a_reading(measure_of("people"), "c.35")
        an_update(the("old-name"), "Said now.", rag=Rag.GREEN, reason="Reason now.", next_steps=[("New step", TODAY)])

    now, before = client.get("/projects/old-name").text, client.get(f"/projects/old-name?as_at={YESTERDAY}").text
    for new in ("New name", "New purpose.", "Said now.", "Reason now.", "New step", "c.35 people", "Green"):
        assert new in now, new
        assert new not in before, new
    for old in ("Old name", "Said before.", "Reason before.", "c.20 people", "Nothing was owed."):
        assert old in before, old
    assert "As at 25 September 2016." in before
    assert f'href="/projects?as_at={YESTERDAY}"' in before
    for button in ("Edit details", "Add a measure", "round’s update"):
        assert button in now
        assert button not in before

    listed_now, listed_before = client.get("/projects").text, client.get(f"/projects?as_at={YESTERDAY}").text
    assert (shown_names(listed_now), shown_names(listed_before)) == (["New name"], ["Old name"])


def test_a_strand_has_no_page_before_it_was_recorded(on: On, signed_in: SignIn) -> None:
    with on():
        a_strand(name="Estates")
    client = signed_in(Role.VIEWER)
    answer = client.get(f"/projects/estates?as_at={YESTERDAY}")
    assert answer.status_code == 404
    assert "This project had not been recorded by 25 September 2016." in answer.text
    assert "No projects had been added by this day." in client.get(f"/projects?as_at={YESTERDAY}").text


@pytest.mark.parametrize(
    "path", ["/projects/nothing", "/workstreams/estates", "/projects/Estates", "/projects/estates/x"]
)
def test_an_address_of_nothing_is_not_found(on: On, signed_in: SignIn, path: str) -> None:
    with on():
        a_strand(name="Estates")
    assert signed_in(Role.EXECUTIVE).get(path).status_code == 404


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        (Role.VIEWER, set()),
        (Role.REGIONAL_LEAD, set()),
        (Role.ADMINISTRATOR, set()),
        (Role.STAFF, {"Write this round’s update"}),
        (Role.EXECUTIVE, {"Write this round’s update", "Edit details", "Add a measure"}),
    ],
)
def test_each_role_sees_what_it_may_do(on: On, signed_in: SignIn, role: Role, buttons: set[str]) -> None:
    with on():
        a_meeting()
        a_strand(name="Estates")
    page = signed_in(role).get("/projects/estates").text
    all_buttons = {"Write this round’s update", "Edit details", "Add a measure"}
    assert {button for button in all_buttons if button in page} == buttons


def test_writing_starts_from_the_page_and_goes_on_from_it(on: On, signed_in: SignIn) -> None:
    with on():
        a_meeting()
        a_strand(name="Estates")
    client = signed_in(Role.STAFF)
    begun = client.send("/projects/estates/update")
    assert begun.status_code == 303
    page = client.get("/projects/estates").text
    assert f'href="{begun.location}"' in page
    assert "Continue the draft" in page
    assert "Continue the draft" not in signed_in(Role.VIEWER).get("/projects/estates").text


def test_there_is_nothing_to_write_between_rounds_or_once_it_is_closed(on: On, signed_in: SignIn) -> None:
    with on():
        a_strand(name="Estates")
        a_strand(name="Ended", ends_on=YESTERDAY)
    staff = signed_in(Role.STAFF)
    assert "round’s update" not in staff.get("/projects/estates").text
    with on():
        a_meeting()
    assert "round’s update" in staff.get("/projects/estates").text
    ended = staff.get("/projects/ended").text
    assert "round’s update" not in ended
    assert "It ended on 25 September 2016, and owes no more updates." in words(ended)


def test_a_draft_is_no_part_of_what_the_strand_says(on: On, signed_in: SignIn) -> None:
    with on():
        a_meeting()
        strand = a_strand(name="Estates")
        round_ = current_round(TODAY)
        assert round_
        start_update(strand=strand, round=round_, actor=a_user())
    for role in (Role.VIEWER, Role.STAFF):
        page = signed_in(role).get("/projects/estates").text
        assert "No update has been submitted yet." in page
        assert "Draft" not in page


def test_a_page_costs_the_same_however_much_was_counted_and_said(app: Flask, on: On, signed_in: SignIn) -> None:
    with on(date(2016, 9, 1)):
        a_meeting()
        a_measure(a_strand(name="Estates"), key="floors", unit="%")

    def add(count: int) -> None:
        with on(date(2016, 9, 2)):
            actor, strand, measure = a_user(), the("estates"), measure_of("floors")
            for number in range(count):
                a_reading(measure, f"{number}%", on=date(2016, 9, 2) - timedelta(days=number), actor=actor)
            for _ in range(count // 15):
                a_reading(a_measure(strand, actor=actor), "c.20", actor=actor)
            an_update(
                strand,
                *(f"Achievement {number}: [[floors]]" for number in range(count // 3)),
                next_steps=[(f"Step {number}", date(2016, 9, 30)) for number in range(count // 3)],
                actor=actor,
            )

    client = signed_in(Role.EXECUTIVE)
    add(3)
    client.get("/projects/estates")
    with statements(app) as few:
        client.get("/projects/estates")
    add(297)
    with statements(app) as many:
        assert "Achievement 98" in client.get("/projects/estates").text
    assert len(few) == len(many)


def test_someone_adds_a_strand(on: On, signed_in: SignIn) -> None:
    with on():
        owner_id = a_user(name="Pat Owner").id
    client = signed_in(Role.EXECUTIVE)
    answer = client.send(
        "/workstreams/new",
        {
            "name": "Ways of working",
            "purpose": "Settle who does what.",
            "owner": owner_id,
            "reports_to": "",
            "starts_on": "1 April 2016",
            "ends_on": "31/3/2017",
        },
    )
    assert (answer.status_code, answer.location) == (303, "/workstreams/ways-of-working")
    said = words(client.get(answer.location).text)
    assert "Ways of working is added." in said
    assert "Owner Pat Owner" in said
    assert "Starts 1 April 2016 Ends 31 March 2017" in said
    assert "Reports to" not in said


def test_a_refused_form_says_why_at_each_field_and_keeps_what_was_typed(on: On, signed_in: SignIn) -> None:
    client = signed_in(Role.EXECUTIVE)
    answer = client.send(
        "/projects/new", {"name": "", "purpose": "Kept text", "owner": "999", "starts_on": "someday", "ends_on": ""}
    )
    assert answer.status_code == 422
    for message in (
        "Enter the name",
        "Owner must be one of the choices shown",
        "Starts on must be a real day",
    ):
        assert message in answer.text, message
    assert "Kept text" in answer.text

    with on():
        owner_id = a_user().id
    typed = {"name": "Estates", "purpose": "P", "owner": owner_id, "starts_on": "2016-09-02", "ends_on": "2016-09-01"}
    answer = client.send("/projects/new", typed)
    assert answer.status_code == 422
    assert "The end must be on or after the start, 2 September 2016." in answer.text
    assert 'href="#ends_on"' in answer.text


def test_the_second_of_two_editors_gets_both_versions(on: On, signed_in: SignIn) -> None:
    with on():
        a_strand(name="Estates", purpose="As it was.")
    client = signed_in(Role.EXECUTIVE)
    opened = form_of(client, "/projects/estates/edit")
    assert client.send("/projects/estates/edit", {**opened, "purpose": "What the first typed."}).status_code == 303

    answer = client.send("/projects/estates/edit", {**opened, "purpose": "What the second typed."})
    assert answer.status_code == 409
    assert "What the first typed." in answer.text
    assert "What the second typed." in answer.text
    assert "What the first typed." in client.get("/projects/estates").text


def test_a_refused_change_says_why_at_its_field(on: On, signed_in: SignIn) -> None:
    with on():
        a_strand(name="Estates", starts_on=date(2016, 4, 1))
    client = signed_in(Role.EXECUTIVE)
    opened = form_of(client, "/projects/estates/edit")
    answer = client.send("/projects/estates/edit", {**opened, "ends_on": "31 March 2016"})
    assert answer.status_code == 422
    assert "The end must be on or after the start, 1 April 2016." in answer.text
    assert 'value="31 March 2016"' in answer.text


def test_an_owner_who_has_left_stays_until_another_is_chosen(on: On, signed_in: SignIn) -> None:
    with on():
        owner, admin = a_user(name="Pat Owner"), a_user(Role.ADMINISTRATOR)
        a_strand(name="Estates", owner=owner)
        change_account(
            user=owner,
            name=owner.name,
            role=owner.role,
            region=None,
            is_active=False,
            version=owner.version,
            actor=admin,
        )
    client = signed_in(Role.EXECUTIVE)
    assert "Pat Owner (can no longer be chosen)" in client.get("/projects/estates/edit").text
    opened = form_of(client, "/projects/estates/edit")
    assert client.send("/projects/estates/edit", {**opened, "purpose": "Changed."}).status_code == 303
    assert "Owner Pat Owner" in words(client.get("/projects/estates").text)
    assert "Pat Owner" not in client.get("/projects/new").text


def test_what_is_illustrative_of_a_strand_stays_so_until_someone_says_otherwise(on: On, signed_in: SignIn) -> None:
    with on():
        a_strand(name="Estates", illustrative="owner")
    client = signed_in(Role.EXECUTIVE)
    client.send("/projects/estates/edit", {**form_of(client, "/projects/estates/edit"), "purpose": "Changed."})
    assert "Illustrative : owner" in words(client.get("/projects/estates").text)
    client.send("/projects/estates/edit", {**form_of(client, "/projects/estates/edit"), "illustrative": ""})
    assert "Illustrative : owner" not in words(client.get("/projects/estates").text)


def test_someone_changes_the_order(on: On, signed_in: SignIn) -> None:
    with on():
        for name in ("First", "Second"):
            a_strand(name=name)
    client = signed_in(Role.EXECUTIVE)
    page = client.get("/projects?arrange=1").text
    assert page.count("Move down") == page.count("Move up") == 1
    answer = client.send("/projects/second/move", {"direction": "up"})
    assert (answer.status_code, answer.location) == (303, "/projects?arrange=1")
    assert shown_names(client.get("/projects").text) == ["Second", "First"]
    assert client.send("/projects/second/move", {"direction": "sideways"}).status_code == 422
    assert "Move up" not in signed_in(Role.STAFF).get("/projects?arrange=1").text


def test_hostile_text_is_shown_as_it_was_typed_and_does_nothing(on: On, signed_in: SignIn) -> None:
    with on():
        a_meeting()
        owner_id = a_user().id
    client = signed_in(Role.EXECUTIVE)
    name = HOSTILE[:120]
    typed = {
        "name": name,
        "purpose": HOSTILE,
        "owner": owner_id,
        "reports_to": HOSTILE,
        "starts_on": "",
        "ends_on": "",
    }
    answer = client.send("/projects/new", typed)
    assert answer.status_code == 303
    slug = answer.location.removeprefix("/projects/")
    for path in ("/projects", f"/projects/{slug}", f"/projects/{slug}/edit", "/projects?arrange=1", "/measures/new"):
        page = client.get(path).text
        assert "<script>alert(1)" not in page, path
        assert "<img src=x" not in page, path
        assert "alert(1)" in page, path
    shown = words(client.get(f"/projects/{slug}").text)
    assert HOSTILE in shown
    refused = client.send("/projects/new", {**typed, "ends_on": HOSTILE, "owner": HOSTILE})
    assert refused.status_code == 422
    assert "<img src=x" not in refused.text


def test_changes_to_a_record_are_told_on_its_page_and_not_before_they_were_made(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        a_strand(name="Estates")
    client = signed_in(Role.EXECUTIVE)
    client.send("/projects/estates/edit", {**form_of(client, "/projects/estates/edit"), "name": "Buildings"})
    now = words(client.get("/projects/estates").text)
    assert "Strand changed" in now
    assert "Name: Estates became Buildings" in now
    assert "Buildings" not in client.get(f"/projects/estates?as_at={YESTERDAY}").text
