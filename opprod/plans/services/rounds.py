"""Opening rounds of triage."""

from datetime import date, timedelta

from sqlalchemy import func, select, update

from opprod import history
from opprod.accounts import Permission, User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed
from opprod.db import db
from opprod.plans.models import Move, Plan, TriageRound, TriageStep, Waiting
from opprod.plans.queries.rounds import withdrawn_plans

NAME_LENGTH = 80
LONGEST = timedelta(days=366)


def open_round(
    *, name: str, due_on: date, actor: User, illustrative: str | None = None, seen: int | None = None
) -> TriageRound:
    """Open a round, and ask the regions to look again at every plan that is moderated and not withdrawn.

    What waits for the centre or for a region stays there; the letters in force stay so until moderated anew.
    Raises ``InvalidInput``, naming the field, for a blank name or one in use and for a due day before today or more
    than a year on; and, where the caller says which number of round was ``seen`` under way (0 for none),
    ``Conflict`` if there is a later one by now.
    """
    if not actor.can(Permission.MANAGE_PROGRAMME):
        raise NotAllowed("You may not open a round.")
    under_way = db.session.scalar(select(func.max(TriageRound.number))) or 0
    if seen is not None and seen != under_way:
        raise Conflict("Someone else opened a round while you had this page open.")
    today = clock.today()
    opened = TriageRound(
        number=under_way + 1,
        name=_checked_name(name),
        opened_on=today,
        due_on=_checked_day(due_on, today),
        illustrative=illustrative,
    )
    db.session.add(opened)
    db.session.flush()
    reopened = _reopen_plans(opened, actor)
    trail.noted(
        Event.TRIAGE_ROUND_OPENED,
        opened,
        actor=actor,
        changes={
            "name": [None, opened.name],
            "due_on": [None, opened.due_on.isoformat()],
            "plans_reopened": [None, reopened],
        },
    )
    return opened


def _reopen_plans(opened: TriageRound, actor: User) -> int:
    # The rows are held from here on, so that nobody withdraws a plan that is being reopened.
    moderated = db.session.scalars(
        select(Plan.id).where(Plan.waits_for == Waiting.NOBODY).order_by(Plan.id).with_for_update()
    ).all()
    withdrawn = set(db.session.scalars(withdrawn_plans(clock.today())))
    steps = [
        TriageStep(
            subject_id=plan_id,
            round_id=opened.id,
            move=Move.REOPENED,
            effective_on=opened.opened_on,
            illustrative=opened.illustrative,
        )
        for plan_id in moderated
        if plan_id not in withdrawn
    ]
    history.record_all(steps, actor=actor)
    of_this_round = select(TriageStep.subject_id).where(
        TriageStep.round_id == opened.id, TriageStep.move == Move.REOPENED
    )
    db.session.execute(update(Plan).where(Plan.id.in_(of_this_round)).values(waits_for=Waiting.REGION))
    return len(steps)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("Enter the name of the round.", field="name")
    if len(name) > NAME_LENGTH:
        raise InvalidInput(f"Name must be {NAME_LENGTH} characters or fewer.", field="name")
    if db.session.scalar(select(TriageRound.id).where(func.lower(TriageRound.name) == name.lower())):
        raise InvalidInput(f"There is a round called {name} already.", field="name")
    return name


def _checked_day(due_on: date, today: date) -> date:
    if due_on < today:
        raise InvalidInput(f"Enter a day from today, {today:%-d %B %Y}, on.", field="due_on")
    if due_on > today + LONGEST:
        raise InvalidInput("Check the year: a round is due within a year.", field="due_on")
    return due_on
