"""What the first page rests on, in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select

from opprod.accounts import Permission, User
from opprod.audit.events import Event
from opprod.audit.models import AuditEvent
from opprod.audit.queries import Filters, trail
from opprod.core import clock
from opprod.core.rag import Rag
from opprod.db import db
from opprod.plans.models import TriageRound
from opprod.plans.queries import triage
from opprod.plans.queries.queue import waiting_for
from opprod.projects.models import Status, StrandKind
from opprod.projects.permissions import can_see
from opprod.projects.queries.next_steps import open_next_steps
from opprod.projects.queries.records import NextStepView, UpdateLine
from opprod.projects.queries.rounds import RoundLine, round_lines
from opprod.projects.queries.strands import StrandView, strands
from opprod.projects.queries.updates import awaiting_approval
from opprod.reports.queries.waiting import PaperWaiting, papers_waiting
from opprod.rounds.models import Meeting, ReportingRound
from opprod.rounds.queries import current_round, next_meeting

SOON = timedelta(days=14)
LATEST_EVENTS = 5
MOST_PAPERS = 20


@dataclass(frozen=True, slots=True)
class PlansWaiting:
    """How many plans wait for a person's region, or for the centre, and in which round."""

    count: int
    round: TriageRound


@dataclass(frozen=True, slots=True)
class Overview:
    """The programme as one person needs to see it on a day."""

    meeting: Meeting | None
    days_to_meeting: int | None
    round: ReportingRound | None
    """The round that is open, or else the one that opens next."""
    owed: tuple[RoundLine, ...]
    """Those that have submitted nothing for it."""
    my_owed: tuple[RoundLine, ...]
    to_approve: tuple[UpdateLine, ...]
    my_next_steps: tuple[NextStepView, ...]
    """Those overdue or due soon."""
    my_open_steps: int
    overdue: tuple[NextStepView, ...]
    workstreams: tuple[StrandView, ...]
    projects: tuple[StrandView, ...]
    events: tuple[AuditEvent, ...]
    papers: tuple[PaperWaiting, ...]
    """Those that this person can take further; of today alone."""
    plans: PlansWaiting | None
    """For those who decide on plans, while a round is under way; of today alone."""

    def rag_counts(self) -> list[tuple[Rag | None, int]]:
        """How many running strands have each rating, worst first, those without one last."""
        ratings = [strand.rag for strand in (*self.workstreams, *self.projects)]
        return [(rag, ratings.count(rag)) for rag in (*Rag, None)]


def overview(user: User, day: date) -> Overview:
    """Gather what a person owes, what needs attention, and how every strand stands."""
    meeting = next_meeting(day)
    round_ = current_round(day) or (meeting.round if meeting else None)
    lines = round_lines(round_, day, with_drafts=can_see(user, Status.DRAFT)) if round_ else []
    owed = [line for line in lines if not line.is_submitted]
    steps = open_next_steps(day)
    mine = [step for step in steps if step.owner_id == user.id]
    return Overview(
        meeting=meeting,
        days_to_meeting=(meeting.held_on - day).days if meeting else None,
        round=round_,
        owed=tuple(owed),
        my_owed=tuple(line for line in owed if line.owner_id == user.id),
        to_approve=tuple(awaiting_approval(day)) if user.can(Permission.APPROVE_UPDATES) else (),
        my_next_steps=tuple(step for step in mine if step.due_on <= day + SOON),
        my_open_steps=len(mine),
        overdue=tuple(s for s in steps if s.is_overdue),
        workstreams=_running(StrandKind.WORKSTREAM, day),
        projects=_running(StrandKind.PROJECT, day),
        events=tuple(db.session.scalars(_changes().limit(LATEST_EVENTS))) if user.can(Permission.VIEW_AUDIT) else (),
        papers=_papers_waiting(user, day),
        plans=_plans_waiting(user, day),
    )


def _changes() -> Select[AuditEvent]:
    """What was changed, which signing in and out is not."""
    return trail(Filters()).where(AuditEvent.event.not_in([Event.SIGNED_IN, Event.SIGNED_OUT]))


def _plans_waiting(user: User, day: date) -> PlansWaiting | None:
    under_way = triage.current_round(day)
    if under_way is None or day != clock.today() or not user.can(Permission.VIEW_PLANS):
        return None
    return PlansWaiting(waiting_for(user), under_way)


def _papers_waiting(user: User, day: date) -> tuple[PaperWaiting, ...]:
    if day != clock.today() or not user.can(Permission.VIEW_PAPERS):
        return ()
    return tuple(papers_waiting(user, limit=MOST_PAPERS))


def _running(kind: StrandKind, day: date) -> tuple[StrandView, ...]:
    return tuple(strand for strand in strands(kind, day) if not strand.is_closed(day))
