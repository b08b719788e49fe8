"""Pages of a plan's documents."""

import logging
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from opprod.accounts import Role
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan
from opprod.plans.services.documents import LARGEST, withdraw_document
from opprod.plans.services.status import withdraw_plan
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan
from tests.builders.samples import PDF, a_docx, a_pdf, an_odt, an_xlsx, zipped
from tests.builders.uploads import a_document, stored_file
from tests.client import HTML, Client, parsed, text_of
from tests.conftest import TODAY
from tests.integration.plans.conftest import LeadOf, On
from tests.statements import statements

SignIn = Callable[..., Client]

YESTERDAY = TODAY - timedelta(days=1)
JSON = {"Accept": "application/json"}
ACCEPTED = "Attach PDF, Word (.docx), Excel (.xlsx) or OpenDocument text (.odt)."
HOSTILE = "<script>alert(1)<script>.pdf"


@pytest.fixture
def plan_id(on: On) -> int:
    """A plan of London."""
    with on():
        return a_plan(Region.LONDON).id


def attach(client: Client, plan_id: int, *files: tuple[str, bytes], **kwargs: Any) -> TestResponse:
    documents = [(BytesIO(content), name) for name, content in files]
    return client.send(f"/plans/{plan_id}/documents", {"documents": documents}, **kwargs)


def listed(client: Client, plan_id: int, query: str = "") -> list[str]:
    """The documents that the page lists."""
    page = client.get(f"/plans/{plan_id}/documents{query}")
    assert page.status_code == 200
    return [text_of(e) for e in parsed(page.text).iter(f"{HTML}th") if e.get("scope") == "row"]


def downloads(client: Client, plan_id: int) -> list[str]:
    """Where the documents that the page lists lead."""
    page = parsed(client.get(f"/plans/{plan_id}/documents").text)
    return [str(e.get("href")) for e in page.iter(f"{HTML}a") if e.get("download") is not None]


def errors(page: str) -> list[str]:
    """The messages of the error summary."""
    (summary,) = [e for e in parsed(page).iter(f"{HTML}ul") if "nhsuk-error-summary__list" in (e.get("class") or "")]
    return [text_of(item) for item in summary]


def test_several_documents_are_attached_at_once_and_come_back_as_they_were(signed_in: SignIn, plan_id: int) -> None:
    client = signed_in(Role.REGIONAL_LEAD)
    sent = [("plan.pdf", PDF), ("Plan £5m.docx", a_docx()), ("figures.xlsx", an_xlsx()), ("notes.odt", an_odt())]
    assert attach(client, plan_id, *sent).status_code == 303
    page = client.get(f"/plans/{plan_id}/documents").text
    assert "4 documents are attached: plan.pdf, Plan £5m.docx, figures.xlsx, notes.odt." in page
    assert listed(client, plan_id) == [name for name, _ in reversed(sent)]
    assert [client.get(path).data for path in downloads(client, plan_id)] == [
        content for _, content in reversed(sent)
    ]


def test_each_file_is_taken_or_refused_by_itself(signed_in: SignIn, plan_id: int) -> None:
    client = signed_in(Role.STAFF)
    attach(client, plan_id, ("first.pdf", PDF))
    answer = attach(
        client,
        plan_id,
        ("good.docx", a_docx()),
        ("disguised.docx", zipped({"a": "b"})),
        ("again.pdf", PDF),
        ("large.pdf", a_pdf(LARGEST + 1)),
        ("empty.pdf", b""),
        ("good.odt", an_odt()),
    )
    assert answer.status_code == 422
    assert "Error: Documents" in answer.text
    assert errors(answer.text) == [
        f"disguised.docx is a ZIP archive, not a Word document. {ACCEPTED.removesuffix('.')}",
        "large.pdf is larger than 20 MB. Attach a smaller file",
        "empty.pdf is empty. Check that it opens, then attach it again",
        "again.pdf is attached already: first.pdf has the same content",
    ]
    assert "2 documents are attached: good.docx, good.odt." in answer.text
    assert listed(client, plan_id) == ["good.odt", "good.docx", "first.pdf"]


@pytest.mark.parametrize(
    ("count", "message"), [(0, "Choose a document to attach"), (11, "Choose 10 files or fewer; you chose 11")]
)
def test_none_and_too_many_are_refused_whole(signed_in: SignIn, plan_id: int, count: int, message: str) -> None:
    client = signed_in(Role.STAFF)
    # A browser sends one without a name where none was chosen.
    files = [(f"{number}.docx", a_docx(str(number))) for number in range(count)] or [("", b"")]
    answer = attach(client, plan_id, *files)
    assert (answer.status_code, errors(answer.text)) == (422, [message])
    assert listed(client, plan_id) == []


def test_a_script_is_told_in_json(signed_in: SignIn, plan_id: int) -> None:
    client = signed_in(Role.STAFF)
    taken = attach(client, plan_id, ("plan.pdf", PDF), headers=JSON)
    assert (taken.status_code, taken.json) == (201, {"attached": ["plan.pdf"], "refused": []})
    refused = attach(client, plan_id, ("plan.pdf", PDF), headers=JSON)
    assert refused.status_code == 422
    assert refused.json == {"attached": [], "refused": ["plan.pdf is attached already"]}
    none = client.send(f"/plans/{plan_id}/documents", {}, headers=JSON)
    assert (none.status_code, none.json) == (422, {"attached": [], "refused": ["Choose a document to attach"]})


def test_a_document_is_served_to_be_saved_and_never_as_a_page_of_ours(signed_in: SignIn, plan_id: int) -> None:
    client = signed_in(Role.STAFF)
    attach(client, plan_id, ("The ‘plan’ £5m.pdf", PDF))
    (path,) = downloads(client, plan_id)
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"The plan 5m.pdf\"; filename*=UTF-8''The%20%E2%80%98plan%E2%80%99%20%C2%A35m.pdf"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(PDF)))


def test_a_file_lost_from_the_store_is_told_and_logged(
    on: On, signed_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(Role.STAFF)
    with on():
        held = a_document(a_plan())
        stored_file(held).unlink()
        path = f"/plans/{held.subject_id}/documents/{held.id}"
    with caplog.at_level(logging.ERROR):
        answer = client.get(path)
    assert answer.status_code == 404
    assert "The file of this document is missing or damaged" in answer.text
    assert "is not in the store" in caplog.text


def test_withdrawing_asks_why_and_serves_the_file_no_more(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        held = a_document(a_plan(), "plan.docx")
        plan_id, path = held.subject_id, f"/plans/{held.subject_id}/documents/{held.id}"
    client = signed_in(Role.REGIONAL_LEAD)
    assert "plan.docx" in client.get(f"{path}/withdraw").text
    refused = client.send(f"{path}/withdraw", {"reason": " \u200b "})
    assert errors(refused.text) == ["Enter why it is withdrawn"]

    assert client.send(f"{path}/withdraw", {"reason": "Names a patient"}).status_code == 303
    page = client.get(f"/plans/{plan_id}/documents").text
    assert "Names a patient" in page
    assert listed(client, plan_id) == []
    assert "Withdrawn 26 Sep 2016" in listed(client, plan_id, f"?as_at={YESTERDAY}")[0]
    assert path not in client.get(f"/plans/{plan_id}/documents?as_at={YESTERDAY}").text
    for method in (client.get, client.send):
        assert method(path if method == client.get else f"{path}/withdraw").status_code == 404


def test_nothing_is_attached_on_an_earlier_day_s_page_or_to_a_withdrawn_plan(on: On, signed_in: SignIn) -> None:
    with on(YESTERDAY):
        plan_id = a_document(a_plan()).subject_id
    client = signed_in(Role.EXECUTIVE)
    assert "data-upload" in client.get(f"/plans/{plan_id}/documents").text
    earlier = client.get(f"/plans/{plan_id}/documents?as_at={YESTERDAY}").text
    assert "data-upload" not in earlier
    assert "/withdraw" not in earlier
    with on():
        withdraw_plan(plan=db.session.get_one(Plan, plan_id), reason="Superseded", actor=a_user(Role.EXECUTIVE))
    page = client.get(f"/plans/{plan_id}/documents").text
    assert "data-upload" not in page
    assert "nothing can be attached" in page
    answer = attach(client, plan_id, ("late.pdf", PDF))
    assert answer.status_code == 422
    assert "This plan was withdrawn on 26 September 2016" in answer.text
    assert listed(client, plan_id) == ["plan.docx"]


@pytest.mark.parametrize("region", list(Region))
def test_a_lead_reaches_no_document_of_another_region(on: On, lead_of: LeadOf, region: Region) -> None:
    with on():
        theirs = {one: a_document(a_plan(one), f"{one}.docx") for one in Region if one is not region}
        mine = a_document(a_plan(region), "mine.docx")
        addresses = {held.subject_id: held.id for held in theirs.values()}
        my_plan, my_document = mine.subject_id, mine.id
    client = lead_of(region)
    for plan_id, document_id in addresses.items():
        page = f"/plans/{plan_id}/documents"
        for path in (page, f"{page}?region={region}", f"{page}/{document_id}", f"{page}/{document_id}/withdraw"):
            answer = client.get(path)
            assert answer.status_code == 404, path
            assert ".docx" not in answer.text
        # Neither by the address of a plan of their own.
        assert client.get(f"/plans/{my_plan}/documents/{document_id}").status_code == 404
        assert client.send(f"/plans/{my_plan}/documents/{document_id}/withdraw", {"reason": "x"}).status_code == 404
        assert client.send(f"{page}/{document_id}/withdraw", {"reason": "x"}).status_code == 404
        assert attach(client, plan_id, ("theirs.pdf", PDF)).status_code == 404
    assert listed(client, my_plan) == ["mine.docx"]
    assert client.get(f"/plans/{my_plan}/documents/{my_document}").status_code == 200


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_those_who_see_no_plans_see_no_documents(on: On, signed_in: SignIn, role: Role) -> None:
    with on():
        held = a_document(a_plan())
        path = f"/plans/{held.subject_id}/documents"
        paths = (path, f"{path}/{held.id}", f"{path}/{held.id}/withdraw")
    client = signed_in(role)
    assert [client.get(one).status_code for one in paths] == [403, 403, 403]
    assert client.post(path, data={"documents": [(BytesIO(PDF), "plan.pdf")]}).status_code == 403


def test_an_illustrative_plan_s_documents_say_so(on: On, signed_in: SignIn) -> None:
    with on():
        plan = a_plan()
        held = a_document(plan)
        plan.illustrative = "an invented plan"
        from_page = (f"/plans/{plan.id}/documents", f"/plans/{plan.id}/documents/{held.id}/withdraw")
    client = signed_in(Role.STAFF)
    for path in from_page:
        assert "an invented plan" in client.get(path).text


def test_hostile_names_are_shown_as_they_were_typed_and_do_nothing(signed_in: SignIn, plan_id: int) -> None:
    client = signed_in(Role.STAFF)
    attach(client, plan_id, (HOSTILE, PDF), (HOSTILE, b"words"))
    page = client.get(f"/plans/{plan_id}/documents").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_costs_as_much_with_many_documents_as_with_one(app: Flask, on: On, signed_in: SignIn) -> None:
    with on():
        few = a_document(a_plan()).subject_id
        plan = a_plan()
        for number in range(12):
            a_document(plan, f"{number}.docx")
        withdraw_document(document=a_document(plan, "old.docx"), reason="Old", actor=a_user())
        many = plan.id
    client = signed_in(Role.STAFF)
    counts = []
    for plan_id in (few, many):
        with statements(app) as seen:
            client.get(f"/plans/{plan_id}/documents")
        counts.append(len(seen))
    assert counts[0] == counts[1]
