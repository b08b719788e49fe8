"""An issued paper never changes: its documents, their being made again, and telling them from others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from opprod.accounts import Role
from opprod.cli import main
from opprod.config import Settings
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.projects.models import StatementKind
from opprod.reports import making, services
from opprod.reports.models import DocumentFormat, Paper, PaperIssue, Variant
from opprod.reports.queries import issues
from opprod.reports.queries.papers import paper_with_reference, section
from opprod.reports.rendering import Renderer, attached
from opprod.reports.sections import EQUALITY_DUTY
from opprod.reports.verification import issued_bytes, made_again, verify
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.client import Client
from tests.conftest import TODAY
from tests.pdf_checks import assert_pdf_ua, pdf_text

SignIn = Callable[..., Client]
SECRET = "Kept from the public"
CHANGEABLE = {"text", "name", "said", "narrative", "title", "source", "reason", "note", "board"}


@pytest.fixture(autouse=True)
def _ready_renderer(warm_renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A renderer that is ready, in place of the application's and of one for each paper."""
    monkeypatch.setattr(making, "renderer", lambda: warm_renderer)
    monkeypatch.setattr("opprod.reports.views.workflow.renderer", lambda: warm_renderer)
    monkeypatch.setattr(warm_renderer, "stop", lambda: None)
    monkeypatch.setattr(making, "Renderer", lambda _directory: warm_renderer)


@pytest.fixture
def executive(app: Flask, signed_in: SignIn) -> Client:
    """An executive, and a paper BM/16/89 that is ready to be issued."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        meeting = a_meeting()
        a_reading(a_measure(key="jobs", unit="jobs"), "c.20")
        said = ((StatementKind.PROGRESS, "There are [[jobs]] out."), (StatementKind.NEXT_STEP, "Appoint them."))
        a_published_update(a_strand(name="HR"), meeting, *said)
        paper = a_paper(meeting, reference="BM/16/89", actor=a_user(Role.STAFF))
        writer = a_user(Role.STAFF)
        secret = section(paper, "support")
        services.edit_section(
            section=secret, version=secret.version, title="Support", narrative=f"{SECRET} [[jobs]].", actor=writer
        )
        services.restrict_section(section=secret, board_only=True, actor=writer)
        version = section(paper, EQUALITY_DUTY).version
        services.confirm_equality_duty(paper=paper, version=version, actor=writer)
        services.send_for_review(paper=paper, actor=writer)
        services.approve_paper(paper=paper, actor=a_user(Role.EXECUTIVE))
    return signed_in(Role.EXECUTIVE)


def found() -> Paper:
    paper = paper_with_reference("BM/16/89")
    assert paper is not None
    return paper


def issue(client: Client) -> None:
    page = client.get("/papers/1/issue")
    assert "Issue version 1" in page.text
    answer = client.send("/papers/1/issue", {"seen": _seen(page.text)})
    assert (answer.status_code, answer.location) == (303, "/papers/1")


def _seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def the_issue() -> PaperIssue:
    latest = issues.latest_issue(found())
    assert latest is not None
    return latest


def run(app: Flask, *arguments: str) -> Result:
    settings: Settings = app.extensions["opprod"]
    env = {"OPPROD_DATA_DIR": str(settings.data_dir), "OPPROD_TODAY": TODAY.isoformat()}
    return CliRunner(env=env).invoke(main, ["paper", *arguments])


def test_issuing_keeps_every_document_and_serves_it_to_each_reader(
    app: Flask, executive: Client, signed_in: SignIn
) -> None:
    assert signed_in(Role.VIEWER).get("/papers/1").status_code == 404
    issue(executive)
    viewer = signed_in(Role.VIEWER)

    assert "BM/16/89" in viewer.get("/papers").text
    board, public = executive.get("/papers/1.html"), viewer.get("/papers/1.html?variant=board&version=1")
    assert SECRET in board.text
    assert SECRET not in public.text
    assert "for the Board alone, and is not in this copy" in public.text
    assert "Version 1, issued 26 September 2016." in public.text
    assert "script-src" not in public.headers["Content-Security-Policy"]

    pdf = executive.get("/papers/1.pdf")
    assert "BM-16-89-v1-board.pdf" in pdf.headers["Content-Disposition"]
    assert_pdf_ua(pdf.data)
    with app.app_context():
        assert pdf.data == issued_bytes(the_issue(), Variant.BOARD, DocumentFormat.PDF)


def test_nothing_restricted_is_in_any_public_document(app: Flask, executive: Client) -> None:
    issue(executive)
    with app.app_context():
        pdf = issued_bytes(the_issue(), Variant.PUBLIC, DocumentFormat.PDF)
        html = issued_bytes(the_issue(), Variant.PUBLIC, DocumentFormat.HTML).decode()
        board = issued_bytes(the_issue(), Variant.BOARD, DocumentFormat.PDF)
    carried = attached(pdf, "paper.json")
    assert carried is not None
    assert SECRET in pdf_text(board)
    for said in (pdf_text(pdf), html, carried.decode()):
        assert "Appoint them." in said
        assert SECRET not in said


def test_made_again_after_everything_changed_it_is_the_same_to_the_byte(app: Flask, executive: Client) -> None:
    issue(executive)
    with app.app_context():
        kept = {(f.variant, f.format): issued_bytes(the_issue(), f.variant, f.format) for f in the_issue().files}
        _change_all_records()
        db.session.expire_all()
        again = made_again(the_issue())
        assert again == kept
        for (variant, kind), document in kept.items():
            assert issued_bytes(the_issue(), variant, kind) == document
    assert "c.20 jobs" in executive.get("/papers/1").text


def _change_all_records() -> None:
    """Alter every text and number in every table that may be altered, past the services."""
    frozen = {"paper_edition", "paper_issue", "issued_file", "paper_promise", "audit_event"}
    kept = {"user", "user_session", "alembic_version"}
    with unit_of_work():
        for table in db.metadata.tables.values():
            if table.name in frozen | kept:
                continue
            for column in table.columns:
                if column.name in CHANGEABLE:
                    db.session.execute(text(f'UPDATE "{table.name}" SET "{column.name}" = \'Changed\''))
        db.session.execute(text("UPDATE paper SET report_on = 'Changed', author_name = 'Changed'"))


def test_verify_knows_an_issued_document_and_any_other(
    app: Flask, executive: Client, settings: Settings, tmp_path: Path
) -> None:
    issue(executive)
    pdf = executive.get("/papers/1.pdf").data
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    assert run(app, "verify", str(file)).output == (
        "BM/16/89, version 1, for the Board alone, issued on 26 September 2016: unaltered.\n"
    )
    for place in (20, len(pdf) // 2, len(pdf) - 2):
        altered = bytearray(pdf)
        altered[place] ^= 1
        file.write_bytes(bytes(altered))
        result = run(app, "verify", str(file))
        assert result.exit_code == 1
        assert "unaltered" not in result.output

    file.write_bytes(pdf + b"\n% added")
    assert "BM/16/89, version 1, but it is not as it was issued" in run(app, "verify", str(file)).output


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04 a letter", b"\x00" * 5000])
def test_a_document_of_another_system_is_none_of_ours(app: Flask, executive: Client, content: bytes) -> None:
    issue(executive)
    with app.app_context():
        assert verify(content).words == "This is no document issued from here."


def test_remake_writes_the_documents_again_and_compares_them(app: Flask, executive: Client, tmp_path: Path) -> None:
    issue(executive)
    result = run(app, "remake", "--reference", "bm/16/89", "--out", str(tmp_path / "again"))
    assert result.exit_code == 0, result.output
    assert "BM-16-89-v1-board.pdf: as issued" in result.output
    assert (tmp_path / "again" / "BM-16-89-v1-public.html").read_text().startswith("<!DOCTYPE html>")


def test_build_writes_an_issued_paper_as_it_was_issued(app: Flask, executive: Client, tmp_path: Path) -> None:
    issue(executive)
    out = tmp_path / "paper.pdf"
    result = run(app, "build", "--meeting", "2016-09-29", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == executive.get("/papers/1.pdf").data


def test_an_executive_is_told_what_stands_in_the_way_of_issuing(app: Flask, executive: Client) -> None:
    seen = _seen(executive.get("/papers/1/issue").text)
    executive.send("/papers/1/take-back", {"seen": seen})
    assert "This paper is a draft." in executive.get("/papers/1/issue").text
    assert executive.send("/papers/1/issue", {"seen": seen}).status_code == 409


def test_issuing_twice_at_once_issues_one_version(app: Flask, executive: Client) -> None:
    page = executive.get("/papers/1/issue").text
    assert executive.send("/papers/1/issue", {"seen": _seen(page)}).status_code == 303
    assert executive.send("/papers/1/issue", {"seen": _seen(page)}).status_code == 409
    with app.app_context():
        assert the_issue().number == 1
