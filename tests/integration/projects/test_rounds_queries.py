"""A round at a glance: where each strand stands on a day, and what is owed."""

from datetime import date, timedelta

import pytest
from flask import Flask

from opprod.accounts import Role
from opprod.core import clock
from opprod.core.rag import Rag
from opprod.projects.models import Status, Strand, StrandKind
from opprod.projects.queries.rounds import RoundLine, Standing, round_lines
from opprod.projects.services import updates as services
from opprod.projects.services.unchanged import declare_no_change
from tests.builders.accounts import a_user
from tests.builders.strands import a_strand
from tests.builders.updates import a_draft, a_round, a_submitted_update, achieved, content
from tests.integration.projects.in_force import save
from tests.statements import statements

TODAY = date(2016, 9, 26)
YESTERDAY = TODAY - timedelta(days=1)
# The builders' round for 29 September: updates are due on this day.
DUE = date(2016, 9, 13)
IN_TIME = date(2016, 9, 12)

pytestmark = pytest.mark.usefixtures("programme")


def lines(day: date = TODAY, *, with_drafts: bool = True) -> dict[int, RoundLine]:
    return {line.strand_id: line for line in round_lines(a_round(), day, with_drafts=with_drafts)}


def line_of(strand: Strand, day: date = TODAY, *, with_drafts: bool = True) -> RoundLine:
    return lines(day, with_drafts=with_drafts)[strand.id]


def test_running_strands_stand_in_it_workstreams_first() -> None:
    project, workstream = a_strand(), a_strand(StrandKind.WORKSTREAM)
    a_strand(ends_on=YESTERDAY)
    assert list(lines()) == [workstream.id, project.id]
    assert lines(YESTERDAY) == {}


def test_what_nobody_has_begun_is_owed_from_its_due_day() -> None:
    with clock.pinned_to(date(2016, 9, 1)):
        strand = a_strand(owner=a_user(name="Ann"))
    line = line_of(strand)
    assert (line.status, line.owner_name, line.days_late, line.is_late) == (None, "Ann", 13, True)
    assert line_of(strand, IN_TIME).days_late == -1
    assert not line_of(strand, DUE).is_late
    # Past the meeting it grows no later.
    assert line_of(strand, date(2016, 10, 30)).days_late == 16


def test_drafts_are_told_of_only_to_those_who_may_see_them() -> None:
    strand = a_strand()
    draft = a_draft(strand=strand)
    assert (line_of(strand).update_id, line_of(strand).status) == (draft.id, Status.DRAFT)
    assert line_of(strand, with_drafts=False).update_id is None
    services.discard_update(update=draft, actor=a_user())
    assert line_of(strand).status is None


def test_it_is_as_late_as_it_first_came_and_says_who_submitted_and_who_approved_it() -> None:
    with clock.pinned_to(IN_TIME):
        strand = a_strand()
        early = a_submitted_update(content(rag=Rag.GREEN), strand=strand, writer=a_user(name="Ann"))
    late = a_submitted_update(strand=a_strand())
    assert (line_of(late.strand).days_late, line_of(strand).days_late) == (13, -1)

    services.return_update(update=early, note="More", actor=a_user(Role.EXECUTIVE))
    returned = line_of(strand)
    assert (returned.status, returned.submitted_on, returned.is_late) == (Status.RETURNED, None, True)
    assert line_of(strand, with_drafts=False).status is None
    assert line_of(strand, YESTERDAY).status is Status.SUBMITTED

    services.submit_update(update=early, actor=a_user(name="Bob"))
    services.approve_update(update=early, actor=a_user(Role.EXECUTIVE, name="Ed"))
    approved = line_of(strand)
    assert (approved.status, approved.rag, approved.is_late) == (Status.APPROVED, Rag.GREEN, False)
    assert (approved.submitted_on, approved.submitted_by) == (TODAY, "Bob")
    assert (approved.approved_on, approved.approved_by) == (TODAY, "Ed")


def test_a_revision_being_written_leaves_what_was_submitted_standing() -> None:
    update = a_submitted_update()
    revision = services.start_update(strand=update.strand, round=update.round, actor=a_user())
    line = line_of(update.strand)
    assert (line.update_id, line.status, line.revision_id) == (update.id, Status.SUBMITTED, revision.id)
    assert line_of(update.strand, with_drafts=False).revision_id is None
    save(revision, content(achieved("More.")))
    services.submit_update(update=revision, actor=a_user())
    assert (line_of(update.strand).update_id, line_of(update.strand).revision_id) == (revision.id, None)


def test_what_was_said_in_an_earlier_round_can_be_said_again() -> None:
    with clock.pinned_to(date(2016, 7, 20)):
        strand, other = a_strand(), a_strand()
        for each in (strand, other):
            a_submitted_update(strand=each, held_on=date(2016, 7, 28))
    fresh = a_strand()
    a_draft(strand=other)
    assert {key: line.may_repeat for key, line in lines().items()} == {
        strand.id: True,
        other.id: False,
        fresh.id: False,
    }
    declare_no_change(strand=strand, round=a_round(), reason="Waiting.", actor=a_user())
    line = line_of(strand)
    assert (line.unchanged_reason, line.unchanged_since) == ("Waiting.", date(2016, 7, 20))
    assert not line.may_repeat
    standings = {standing for standing in Standing if line.stands(standing)}
    assert standings == {Standing.SUBMITTED, Standing.NO_CHANGE, Standing.LATE}


def test_it_takes_two_statements_however_many_strands(app: Flask) -> None:
    reporting_round = a_round()
    for _ in range(4):
        a_submitted_update(strand=a_strand())
    with statements(app) as asked:
        assert len(round_lines(reporting_round, TODAY, with_drafts=True)) == 4
    assert len(asked) == 2
