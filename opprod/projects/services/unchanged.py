"""Saying that nothing changed since the last update: it is said again for this round, with the reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, WrongState
from opprod.db import db
from opprod.projects.models import Strand, Update
from opprod.projects.queries import updates as queries
from opprod.projects.services import checks, drafting
from opprod.projects.services import updates as services
from opprod.projects.services.content import UpdateContent
from opprod.rounds.models import ReportingRound

REASON_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Repeatable:
    """An update that can be said again: itself, the day its words were submitted, and what would be said."""

    update: Update
    since: date
    content: UpdateContent


def declare_no_change(
    *,
    strand: Strand,
    round: ReportingRound,  # noqa: A002 the field's word
    reason: str,
    actor: User,
) -> Update:
    """Submit for a round what a strand's last update said: its rating, its statements, its next steps still open.

    Raises ``InvalidInput`` without a reason, and ``WrongState`` as ``repeatable`` and ``start_update`` do.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidInput("Enter why nothing has changed", field="reason")
    if len(reason) > REASON_LENGTH:
        raise InvalidInput(f"Reason must be {REASON_LENGTH:,} characters or fewer", field="reason")
    # One at a time, so that two people who say so at once make one update.
    db.session.execute(select(Strand.id).where(Strand.id == strand.id).with_for_update())
    last = repeatable(strand, round)
    update = services.start_update(strand=strand, round=round, actor=actor, illustrative=last.update.illustrative)
    services.save_update(update=update, content=last.content, version=update.version, actor=actor)
    update.unchanged_reason, update.unchanged_since = reason, last.since
    changes = {"unchanged_since": [None, last.since.isoformat()], "reason": [None, reason]}
    trail.noted(Event.NO_CHANGE_DECLARED, update, actor=actor, changes=changes)
    return services.submit_update(update=update, actor=actor)


def repeatable(strand: Strand, reporting_round: ReportingRound) -> Repeatable:
    """The last update of a strand, if it can be said again for a round.

    Raises ``WrongState`` where there is none of an earlier round, where one is being written or was submitted for
    this round already, and where what it said can no longer be submitted as it stands.
    """
    today = clock.today()
    if queries.open_update(strand.id, today):
        raise WrongState("An update is being written already. Go on with it, or discard it first.")
    published = queries.published(strand.id, today)
    if published is None:
        raise WrongState("There is no earlier update to say again. Write the first one.")
    last = queries.update(published.update_id)
    held_on = last.round.meeting.held_on
    if last.round_id == reporting_round.id or held_on >= reporting_round.meeting.held_on:
        raise WrongState(f"There is an update for the meeting of {held_on:%-d %B %Y} already. Revise that one.")
    content = drafting.repeating(strand, last)
    known = drafting.known(strand.id, content)
    faults = [*checks.malformed(content, known), *checks.incomplete(content, known)]
    if faults:
        raise WrongState(
            f"The last update can no longer be submitted as it stands ({faults[0].message}). Write an update instead."
        )
    return Repeatable(last, published.unchanged_since or published.effective_on, content)
