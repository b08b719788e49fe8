"""Updates in each of their states for tests."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from opprod.accounts import Role, User
from opprod.core.quantity import parse
from opprod.core.rag import Rag
from opprod.db import db
from opprod.projects.models import Measure, NextStep, NextStepTerms, StatementKind, Strand, Update
from opprod.projects.services import updates as services
from opprod.projects.services.updates import ReadingContent, StatementContent, UpdateContent
from opprod.rounds.models import Meeting, ReportingRound
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.builders.strands import a_strand

DUE = date(2016, 10, 31)
MEETING = date(2016, 9, 29)


def a_round(held_on: date = MEETING) -> ReportingRound:
    """The round of the meeting held on a day, made where there is none."""
    meeting = db.session.scalar(select(Meeting).where(Meeting.held_on == held_on))
    return (meeting or a_meeting(held_on)).round


def achieved(text: str = "Signed the contract.") -> StatementContent:
    """An achievement."""
    return StatementContent(StatementKind.ACHIEVEMENT, text)


def progressed(text: str = "Six trusts have joined.") -> StatementContent:
    """A piece of progress."""
    return StatementContent(StatementKind.PROGRESS, text)


def promised(
    owner: User, text: str = "Appoint the lead.", due_on: date | None = DUE, *, next_step_id: int | None = None
) -> StatementContent:
    """A next step."""
    return StatementContent(StatementKind.NEXT_STEP, text, owner.id, due_on, next_step_id)


def given(measure: Measure, said: str = "c.35", source: str = "Monthly return") -> ReadingContent:
    """A measure's new value."""
    return ReadingContent(measure.id, parse(said, unit=measure.unit), source)


def content(
    *statements: StatementContent,
    rag: Rag | None = Rag.AMBER,
    reason: str | None = "Two bids are late.",
    readings: Sequence[ReadingContent] = (),
) -> UpdateContent:
    """What an update says: one achievement unless told."""
    return UpdateContent(rag=rag, rag_reason=reason, statements=statements or (achieved(),), readings=readings)


def a_draft(
    says: UpdateContent | None = None,
    *,
    strand: Strand | None = None,
    writer: User | None = None,
    held_on: date = MEETING,
    illustrative: str | None = None,
) -> Update:
    """An update being written."""
    writer = writer or a_user(Role.STAFF)
    update = services.start_update(
        strand=strand or a_strand(), round=a_round(held_on), actor=writer, illustrative=illustrative
    )
    services.save_update(update=update, content=says or content(), version=update.version, actor=writer)
    return update


def a_submitted_update(
    says: UpdateContent | None = None,
    *,
    strand: Strand | None = None,
    writer: User | None = None,
    held_on: date = MEETING,
) -> Update:
    """An update that waits for approval."""
    writer = writer or a_user(Role.STAFF)
    update = a_draft(says, strand=strand, writer=writer, held_on=held_on)
    return services.submit_update(update=update, actor=writer)


def a_next_step(strand: Strand | None = None, *, text: str = "Appoint the lead.", due_on: date = DUE) -> NextStep:
    """A promise made by a submitted update of its own."""
    owner = a_user(Role.STAFF)
    update = a_submitted_update(content(promised(owner, text, due_on)), strand=strand)
    return db.session.scalars(
        select(NextStep)
        .join(NextStepTerms, NextStepTerms.subject_id == NextStep.id)
        .where(NextStepTerms.update_id == update.id)
        .order_by(NextStep.id.desc())
    ).first()  # type: ignore[return-value] # just made
