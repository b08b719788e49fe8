"""Noting what a plan depends on, comments on it, and the support asked for."""

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.db import db
from opprod.history.entries import REASON_LENGTH
from opprod.plans.models import NoteKind, Plan, PlanNote
from opprod.plans.models.records import TEXT_LENGTH
from opprod.plans.services.checks import checked_text
from opprod.plans.services.status import ensure_recordable


def add_note(*, plan: Plan, kind: NoteKind, text: str, actor: User) -> PlanNote:
    """Add a note, which stands from today until it is withdrawn.

    Raises ``InvalidInput`` for blank or too long a text; ``NotAllowed`` and ``WrongState`` as ``ensure_recordable``
    does.
    """
    ensure_recordable(plan, actor)
    note = PlanNote(
        subject_id=plan.id,
        kind=kind,
        text=checked_text(text, field="text", missing="Enter the note", limit=TEXT_LENGTH),
        effective_on=clock.today(),
    )
    history.record(note, actor=actor)
    trail.noted(Event.PLAN_NOTE_RECORDED, plan, actor=actor, changes={kind.label: [None, note.text]})
    return note


def withdraw_note(*, note: PlanNote, reason: str, actor: User) -> PlanNote:
    """Take a note away from today; pages as at an earlier day still show it.

    Raises ``InvalidInput`` without a reason, ``WrongState`` for one withdrawn already, and as ``add_note`` does.
    """
    plan = db.session.get_one(Plan, note.subject_id)
    ensure_recordable(plan, actor)
    reason = checked_text(
        reason, field="reason", missing="Enter the reason the note is withdrawn", limit=REASON_LENGTH
    )
    history.withdraw(note, reason=reason, actor=actor)
    changes = {note.kind.label: [note.text, None], "reason": [None, reason]}
    trail.noted(Event.ENTRY_WITHDRAWN, plan, actor=actor, changes=changes)
    return note
