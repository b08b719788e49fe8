"""A paper's way to the Board on either database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from opprod.accounts import Role
from opprod.core import clock
from opprod.db import db, unit_of_work
from opprod.projects.models import StatementKind
from opprod.reports import queries, services
from opprod.reports.models import PaperState
from opprod.reports.queries import issues
from opprod.reports.sections import EQUALITY_DUTY
from tests.builders.accounts import a_user
from tests.builders.issues import issued
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.conftest import TODAY

FROZEN = ("paper_edition", "paper_issue", "issued_file", "paper_promise")


def test_a_paper_is_issued_and_nobody_can_alter_what_was_issued(app_on_each: Flask, tmp_path: Path) -> None:
    with app_on_each.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            meeting = a_meeting()
            a_published_update(a_strand(), meeting, (StatementKind.NEXT_STEP, "Appoint the team."))
            paper = a_paper(meeting, actor=a_user(Role.STAFF))
            version = queries.section(paper, EQUALITY_DUTY).version
            services.confirm_equality_duty(paper=paper, version=version, actor=a_user(Role.STAFF))
        with unit_of_work():
            issue = issued(paper, store=tmp_path)
        assert issues.status_of(paper).status is PaperState.ISSUED
        assert [promise.text for promise in issue.promises] == ["Appoint the team."]
        for table in FROZEN:
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                with pytest.raises(DatabaseError, match="cannot be altered"):
                    db.session.execute(text(statement))
                db.session.rollback()
        db.session.remove()
