"""Which earlier papers a paper says were considered."""

from datetime import date
from pathlib import Path

import pytest

from opprod.accounts import Role
from opprod.core import clock
from opprod.reports import services
from opprod.reports.assembly import asked_for
from opprod.reports.sections.considered.gathering import gather
from tests.builders.accounts import a_user
from tests.builders.issues import an_issued_paper, issued
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper

pytestmark = pytest.mark.usefixtures("programme")


def test_papers_of_the_same_title_for_earlier_meetings_of_any_board_count_unless_withdrawn(tmp_path: Path) -> None:
    july = an_issued_paper(a_meeting(date(2016, 7, 28)), store=tmp_path, reference="BM/16/68").paper
    an_issued_paper(a_meeting(date(2016, 8, 4), board="Audit Committee"), store=tmp_path, reference="AC/16/12")
    with clock.pinned_to(date(2016, 7, 26)):
        services.revise_paper(paper=july, actor=a_user(Role.STAFF))
        issued(july, store=tmp_path, changes="Corrects a date.")
    an_issued_paper(a_meeting(date(2016, 8, 30)), store=tmp_path, report_on="Something else")
    wrong = an_issued_paper(
        a_meeting(date(2016, 8, 18), board="Technology Committee"), store=tmp_path, reference="TC/16/1"
    )
    services.withdraw_paper(paper=wrong.paper, reason="Wrong figures.", actor=a_user(Role.EXECUTIVE))
    a_paper(a_meeting(date(2016, 8, 25), board="Remuneration Committee"))  # never issued

    paper = a_paper()
    asked = asked_for(paper, date(2016, 9, 26))
    found = gather(asked)
    assert [(one.board, one.reference) for one in found.papers] == [
        ("Audit Committee", "AC/16/12"),
        ("NHS Improvement Board", "BM/16/68"),
    ]
    assert found.more == 0
    assert gather(asked_for(paper, date(2016, 7, 20))).papers == ()
    assert gather(asked_for(july, date(2016, 9, 26))).papers == ()
