"""Taking a paper to the Board: review, return, approval, issue, reissue, withdrawal."""

from pathlib import Path
from typing import Any

import pytest

from opprod.accounts import Role
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from opprod.db import unit_of_work
from opprod.projects.models import StatementKind
from opprod.projects.services.updates import approve_update
from opprod.reports import queries, services
from opprod.reports.models import Paper, PaperSection, PaperState
from opprod.reports.queries import issues
from opprod.reports.sections import EQUALITY_DUTY
from opprod.reports.services.issuing import DOCUMENTS
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.issues import approved, issued, sent
from tests.builders.measures import a_measure, a_reading
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def meeting() -> Meeting:
    with unit_of_work():
        return a_meeting()


@pytest.fixture
def paper(meeting: Meeting) -> Paper:
    """A paper that nothing stands in the way of."""
    with unit_of_work():
        paper = a_paper(meeting, reference="BM/16/89", actor=a_user(Role.STAFF))
        confirm(paper)
    return paper


def confirm(paper: Paper) -> None:
    version = queries.section(paper, EQUALITY_DUTY).version
    services.confirm_equality_duty(paper=paper, version=version, actor=a_user(Role.EXECUTIVE))


def state(paper: Paper) -> PaperState:
    return issues.status_of(paper).status


def introduction(paper: Paper) -> PaperSection:
    return queries.section(paper, "introduction")


def edit(paper: Paper, narrative: str = "Other words.") -> None:
    section = introduction(paper)
    services.edit_section(
        section=section,
        version=section.version,
        title=section.title,
        narrative=narrative,
        actor=a_user(Role.STAFF),
    )


def test_a_paper_goes_from_draft_to_the_board_and_is_said_to_at_each_step(paper: Paper, tmp_path: Path) -> None:
    assert state(paper) is PaperState.DRAFT
    with unit_of_work():
        issue = issued(paper, store=tmp_path)
    assert state(paper) is PaperState.ISSUED
    assert (issue.number, issue.changes, len(issue.files)) == (1, None, len(DOCUMENTS))


def test_a_paper_in_review_cannot_be_changed_until_it_is_taken_back_or_returned(paper: Paper) -> None:
    with unit_of_work():
        sent(paper)
    changes: list[Any] = [
        lambda: edit(paper),
        lambda: services.move_section(section=introduction(paper), up=False, actor=a_user(Role.STAFF)),
        lambda: services.include_section(section=introduction(paper), included=False, actor=a_user(Role.STAFF)),
        lambda: services.add_section(paper=paper, key="plans", actor=a_user(Role.STAFF)),
        lambda: confirm(paper),
    ]
    for change in changes:
        with pytest.raises(WrongState, match="in review"):
            change()

    with unit_of_work():
        services.take_back(paper=paper, actor=a_user(Role.STAFF))
        edit(paper)
        sent(paper)
        services.return_paper(paper=paper, note="Shorten it.", actor=a_user(Role.EXECUTIVE))
    assert (state(paper), issues.status_of(paper).note) == (PaperState.RETURNED, "Shorten it.")
    with unit_of_work():
        edit(paper, "Shorter.")


def test_whoever_began_or_sent_a_paper_does_not_approve_it(meeting: Meeting) -> None:
    author, sender, other = (a_user(Role.EXECUTIVE) for _ in range(3))
    with unit_of_work():
        paper = a_paper(meeting, actor=author)
        confirm(paper)
        sent(paper, actor=sender)
    for person in (author, sender, a_user(Role.STAFF)):
        with pytest.raises(NotAllowed):
            services.approve_paper(paper=paper, actor=person)
    with unit_of_work():
        services.approve_paper(paper=paper, actor=other)
    assert state(paper) is PaperState.APPROVED


def test_the_second_of_two_who_decide_is_told(paper: Paper) -> None:
    with unit_of_work():
        sent(paper)
    seen = services.Seen(issues.status_of(paper).id)
    with unit_of_work():
        services.return_paper(paper=paper, note="No.", actor=a_user(Role.EXECUTIVE), seen=seen)
    with pytest.raises(Conflict, match="took this paper further"):
        services.approve_paper(paper=paper, actor=a_user(Role.EXECUTIVE), seen=seen)


def test_what_stands_in_the_way_of_approval_is_named(meeting: Meeting) -> None:
    with unit_of_work():
        update = a_published_update(a_strand(), meeting, (StatementKind.PROGRESS, "Going well."), approved=False)
        paper = sent(a_paper(meeting, actor=a_user(Role.STAFF)))
    with pytest.raises(WrongState) as refusal:
        services.approve_paper(paper=paper, actor=a_user(Role.EXECUTIVE))
    assert "“Public Sector Equality Duty” is not confirmed" in refusal.value.message
    assert "1 update in it is not yet approved" in refusal.value.message
    assert update.id


def test_an_update_approved_while_the_paper_is_in_review_does_not_send_it_back(meeting: Meeting) -> None:
    with unit_of_work():
        update = a_published_update(a_strand(), meeting, (StatementKind.PROGRESS, "Going well."), approved=False)
        paper = a_paper(meeting, actor=a_user(Role.STAFF))
        confirm(paper)
        sent(paper)
    with unit_of_work():
        approve_update(update=update, actor=a_user(Role.EXECUTIVE))
        services.approve_paper(paper=paper, actor=a_user(Role.EXECUTIVE))
    edition = issues.last_edition(paper)
    assert edition is not None
    assert edition.number == 2
    assert "Not yet approved" not in edition.content


def test_a_paper_whose_records_changed_in_review_is_not_approved(meeting: Meeting) -> None:
    with unit_of_work():
        measure = a_measure(key="jobs", unit="jobs")
        a_reading(measure, "c.20")
        a_published_update(a_strand(), meeting, (StatementKind.PROGRESS, "There are [[jobs]] out to advert."))
        paper = a_paper(meeting, actor=a_user(Role.STAFF))
        confirm(paper)
        sent(paper)
    with unit_of_work():
        a_reading(measure, "c.35")
    with pytest.raises(Conflict, match="Progress updates from projects") as refusal:
        services.approve_paper(paper=paper, actor=a_user(Role.EXECUTIVE))
    assert "Take it back to draft" in refusal.value.message
    assert state(paper) is PaperState.IN_REVIEW


def test_a_reissue_is_a_new_version_that_says_what_changed(paper: Paper, tmp_path: Path) -> None:
    with unit_of_work():
        first = issued(paper, store=tmp_path)
        before = first.content
        services.revise_paper(paper=paper, actor=a_user(Role.STAFF))
        edit(paper)
        approved(paper)
    with pytest.raises(InvalidInput, match="Say what this version changes") as refusal:
        services.content_to_issue(paper=paper, changes=" ")
    assert refusal.value.field == "changes"
    with unit_of_work():
        services.take_back(paper=paper, actor=a_user(Role.STAFF))
        second = issued(paper, store=tmp_path, changes="The introduction is corrected.")
    assert (second.number, second.changes) == (2, "The introduction is corrected.")
    assert first.content == before != second.content
    assert [issue.number for issue in issues.issues_of(paper, limit=10)] == [2, 1]


def test_a_withdrawn_paper_stays_on_record_and_answers_to_nothing(
    paper: Paper, meeting: Meeting, tmp_path: Path
) -> None:
    with unit_of_work():
        issued(paper, store=tmp_path)
    with unit_of_work():
        later = a_paper(a_meeting(held_on=meeting.held_on.replace(month=11)), actor=a_user(Role.STAFF))
    assert issues.last_paper(later) is not None
    with unit_of_work():
        services.withdraw_paper(paper=paper, reason="The wrong Board.", actor=a_user(Role.EXECUTIVE))
    assert (state(paper), issues.last_paper(later)) == (PaperState.WITHDRAWN, None)
    assert issues.latest_issue(paper) is not None


def test_no_paper_is_begun_for_a_meeting_that_was_told_of_the_matter_already(
    paper: Paper, meeting: Meeting, tmp_path: Path
) -> None:
    with unit_of_work():
        issued(paper, store=tmp_path)
    with pytest.raises(InvalidInput, match="BM/16/89 on this matter") as refusal:
        a_paper(meeting)
    assert refusal.value.field == "meeting_id"
    with unit_of_work():
        a_paper(meeting, report_on="Another matter")
