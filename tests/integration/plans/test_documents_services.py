"""Attaching documents to a plan and withdrawing them."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from flask import current_app

from opprod.accounts import Role, User
from opprod.audit.events import Event
from opprod.audit.queries import latest_about
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotAllowed, NotFound, WrongState
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.plans.models import DocumentKind, Plan
from opprod.plans.queries.documents import MOST_OF_A_PLAN, document, documents_of, withdrawn_documents_of
from opprod.plans.services.documents import LARGEST, attach_document, receive, withdraw_document
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan
from tests.builders.samples import PDF, a_docx, a_pdf
from tests.builders.uploads import a_document, received, stored_file, the_store
from tests.conftest import TODAY
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("programme")

YESTERDAY = TODAY - timedelta(days=1)


def test_a_file_is_kept_under_a_name_of_our_own_and_listed_under_its_own() -> None:
    plan, lead = a_plan(), a_lead()
    held = a_document(plan, "Pathology plan.docx", actor=lead)
    content = a_docx("Pathology plan.docx")
    assert stored_file(held).read_bytes() == content
    (view,) = documents_of(plan, TODAY)
    assert (view.name, view.kind, view.size) == ("Pathology plan.docx", DocumentKind.DOCX, len(content))
    assert (view.sha256, view.recorded_by) == (sha256(content).hexdigest(), lead.name)


@pytest.mark.parametrize(
    ("called", "content", "name", "kind"),
    [
        ("plan.docx", PDF, "plan.pdf", DocumentKind.PDF),
        (r"..\secret\plan.exe", a_docx(), "plan.exe.docx", DocumentKind.DOCX),
        ("", PDF, "document.pdf", DocumentKind.PDF),
    ],
)
def test_the_content_decides_the_kind_and_the_end_of_the_name(
    called: str, content: bytes, name: str, kind: DocumentKind
) -> None:
    found = received(called, content)
    assert (found.name, found.kind) == (name, kind)


def test_twenty_megabytes_are_taken_and_a_byte_more_is_not() -> None:
    assert received("plan.pdf", a_pdf(LARGEST)).size == LARGEST
    with pytest.raises(InvalidInput, match=r"plan.pdf is larger than 20 MB. Attach a smaller file."):
        received("plan.pdf", a_pdf(LARGEST + 1))


def test_what_is_refused_is_not_stored() -> None:
    folder = current_app.extensions["opprod"].data_dir / "files"
    for content in (b"", b"words", bytes(LARGEST + 1)):
        with pytest.raises(InvalidInput, match=r"^plan\.pdf is "):
            receive(name="plan.pdf", content=BytesIO(content), store=the_store())
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_the_same_content_is_attached_to_a_plan_once_but_to_many_plans() -> None:
    plan, other = a_plan(), a_plan()
    first = a_document(plan, "plan.docx", content=a_docx())
    with pytest.raises(InvalidInput, match=r"^plan.docx is attached already\.$"):
        a_document(plan, "plan.docx", content=a_docx())
    with pytest.raises(InvalidInput, match=r"copy.docx is attached already: plan.docx has the same content."):
        a_document(plan, "copy.docx", content=a_docx())
    a_document(other, "plan.docx", content=a_docx())
    withdraw_document(document=first, reason="Superseded", actor=a_user())
    a_document(plan, "plan.docx", content=a_docx())
    assert [len(documents_of(one, TODAY)) for one in (plan, other)] == [1, 1]


def test_a_plan_holds_fifty_documents_at_most() -> None:
    plan, actor = a_plan(), a_user()
    one = received()
    made = [
        attach_document(plan=plan, received=replace(one, sha256=f"{number:064x}"), actor=actor)
        for number in range(MOST_OF_A_PLAN)
    ]
    with pytest.raises(InvalidInput, match="A plan can have 50 documents at most"):
        attach_document(plan=plan, received=one, actor=actor)
    withdraw_document(document=made[0], reason="Out of date", actor=actor)
    attach_document(plan=plan, received=one, actor=actor)
    assert len(documents_of(plan, TODAY)) == MOST_OF_A_PLAN


def test_a_document_stands_from_its_day_until_it_is_withdrawn() -> None:
    plan, actor = a_plan(), a_user()
    with clock.pinned_to(YESTERDAY):
        held = a_document(plan, "first.docx")
    a_document(plan, "second.docx")
    withdraw_document(document=held, reason=" Sent by mistake ", actor=actor)

    names = {day: [view.name for view in documents_of(plan, day)] for day in (YESTERDAY, TODAY)}
    assert names == {YESTERDAY: ["first.docx"], TODAY: ["second.docx"]}
    assert documents_of(plan, YESTERDAY)[0].withdrawn_on == TODAY
    assert documents_of(plan, YESTERDAY - timedelta(days=1)) == ()
    (withdrawn,) = withdrawn_documents_of(plan, TODAY)
    assert (withdrawn.name, withdrawn.withdrawn_reason) == ("first.docx", "Sent by mistake")
    assert withdrawn_documents_of(plan, YESTERDAY) == ()
    with pytest.raises(NotFound):
        document(plan, held.id)


def test_a_document_is_withdrawn_once_and_for_a_reason() -> None:
    held, actor = a_document(a_plan()), a_user()
    with pytest.raises(InvalidInput) as refused:
        withdraw_document(document=held, reason="  ", actor=actor)
    assert refused.value.field == "reason"
    withdraw_document(document=held, reason="Mistake", actor=actor)
    with pytest.raises(WrongState):
        withdraw_document(document=held, reason="Again", actor=actor)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_those_who_may_not_record_plans_neither_attach_nor_withdraw(role: Role) -> None:
    may_do_nothing(a_plan(), a_user(role))


@pytest.mark.parametrize("region", [Region.NORTH, Region.MIDLANDS_AND_EAST, Region.SOUTH])
def test_a_lead_has_no_part_in_another_region_s_documents(region: Region) -> None:
    may_do_nothing(a_plan(Region.LONDON), a_lead(region))


def may_do_nothing(plan: Plan, person: User) -> None:
    held = a_document(plan)
    with pytest.raises(NotAllowed):
        a_document(plan, "other.docx", actor=person)
    with pytest.raises(NotAllowed):
        withdraw_document(document=held, reason="Mine now", actor=person)
    assert [view.name for view in documents_of(plan, TODAY)] == ["plan.docx"]


def test_nothing_changes_on_a_withdrawn_plan() -> None:
    plan, actor = a_plan(), a_user(Role.EXECUTIVE)
    held = a_document(plan)
    withdraw_plan(plan=plan, reason="The STP withdrew it", actor=actor)
    with pytest.raises(WrongState, match="Reinstate it first"):
        a_document(plan, "other.docx")
    with pytest.raises(WrongState, match="Reinstate it first"):
        withdraw_document(document=held, reason="Mistake", actor=actor)
    assert [view.name for view in documents_of(plan, TODAY)] == ["plan.docx"]


def test_each_change_is_written_under_the_plan() -> None:
    plan, actor = a_plan(), a_user()
    with unit_of_work():  # refuses to commit what the trail does not tell of
        held = a_document(plan, "plan.pdf", content=PDF, actor=actor)
        withdraw_document(document=held, reason="Mistake", actor=actor)
    withdrawn, added = latest_about(db.session.get_one(Plan, plan.id))[:2]
    assert (added.event, withdrawn.event) == (Event.DOCUMENT_ADDED, Event.ENTRY_WITHDRAWN)
    assert (added.changes["name"], added.changes["kind"], added.changes["size"]) == (
        [None, "plan.pdf"],
        [None, "pdf"],
        [None, len(PDF)],
    )
    assert withdrawn.changes == {
        "document": ["plan.pdf", None],
        "kind": ["pdf", None],
        "size": [len(PDF), None],
        "reason": [None, "Mistake"],
    }


def test_listing_costs_one_statement_however_many_documents() -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined] # Flask's own way past its proxy
    few, many = a_plan(), a_plan()
    a_document(few)
    for number in range(20):
        a_document(many, f"{number}.docx")
    for plan in (few, many):
        db.session.refresh(plan)
        with statements(app) as seen:
            documents_of(plan, TODAY)
        assert len(seen) == 1
