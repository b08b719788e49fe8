"""Recording what a plan is to deliver, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.plans.models import Deliverable, DeliverableEntry, DeliverableState, Plan
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.queries.recorded import DeliverableView
from opprod.plans.queries.records import record_of
from opprod.plans.services.checks import checked_line, differing
from opprod.plans.services.status import ensure_recordable

MOST_DELIVERABLES = 60
TEXT_LENGTH = 500
EARLIEST, LATEST = date(2015, 1, 1), date(2099, 12, 31)
TAKEN_OFF = "Taken off the list of deliverables."


@dataclass(frozen=True, slots=True)
class DeliverableContent:
    """A deliverable as it is to be; ``id`` names one that there is already, a new one has none."""

    text: str
    due_on: date | None
    state: DeliverableState
    id: int | None = None


def record_deliverables(
    *, plan: Plan, deliverables: Sequence[DeliverableContent], source: str, seen: str, actor: User
) -> bool:
    """Make a plan's deliverables these; return whether that was anything new.

    What is new or changed is recorded with the source, what stays as it was keeps its own, and what is not among them
    is withdrawn. ``seen`` is the record's ``deliverables_version`` when the person set out.

    Raises ``InvalidInput``, naming the field as ``deliverables-3-text``, for a blank or too long text, a day that no
    plan could mean and one deliverable too many; ``Conflict`` where others are in force by now; ``NotAllowed`` and
    ``WrongState`` as ``ensure_recordable`` does.
    """
    ensure_recordable(plan, actor)
    before = record_of(plan, clock.today())
    held = {one.id: one for one in before.deliverables}
    wanted = checked_deliverables(deliverables)
    kept = {one.id for one in wanted if one.id}
    changed = [one for one in wanted if _differs(one, held.get(one.id or 0))]
    removed = [one for one in before.deliverables if one.id not in kept]
    if not changed and not removed:
        return False
    if before.deliverables_version != seen or not kept <= held.keys():
        raise Conflict("Someone else changed the deliverables while you had them open.")
    if changed:
        _record(plan, changed, held, source, actor)
    for gone in removed:
        _take_off(plan, gone, actor)
    return True


def _record(
    plan: Plan,
    changed: Sequence[DeliverableContent],
    held: dict[int, DeliverableView],
    source: str,
    actor: User,
) -> None:
    source = checked_line(source, field="source", missing="Enter where this comes from", limit=SOURCE_LENGTH)
    new = [Deliverable(plan_id=plan.id) for one in changed if one.id is None]
    db.session.add_all(new)
    db.session.flush()
    keys = iter(new)
    entries = []
    for one in changed:
        before = held.get(one.id or 0)
        entries.append(
            DeliverableEntry(
                subject_id=one.id or next(keys).id,
                text=one.text,
                due_on=one.due_on,
                state=one.state,
                source=source,
                effective_on=clock.today(),
                illustrative=before.entry.illustrative if before else None,
            )
        )
        changes = differing(_said(before, before.source) if before else {}, _said(one, source))
        trail.noted(Event.DELIVERABLE_RECORDED, plan, actor=actor, changes=changes)
    history.record_all(entries, actor=actor)


def _take_off(plan: Plan, gone: DeliverableView, actor: User) -> None:
    """Withdraw every entry of a deliverable, or the one before the last would be in force again."""
    standing = select(DeliverableEntry).where(
        DeliverableEntry.subject_id == gone.id, DeliverableEntry.withdrawn_on.is_(None)
    )
    for entry in db.session.scalars(standing).all():
        history.withdraw(entry, reason=TAKEN_OFF, actor=actor)
    changes = {"deliverable": [gone.text, None], "reason": [None, TAKEN_OFF]}
    trail.noted(Event.ENTRY_WITHDRAWN, plan, actor=actor, changes=changes)


def _said(one: DeliverableContent | DeliverableView, source: str) -> dict[str, Any]:
    due = f"due {one.due_on:%-d %B %Y}" if one.due_on else "no date"
    return {"deliverable": f"{one.text} ({due}, {one.state.label.lower()})", "source": source}


def _differs(wanted: DeliverableContent, held: DeliverableView | None) -> bool:
    return held is None or (wanted.text, wanted.due_on, wanted.state) != (held.text, held.due_on, held.state)


def checked_deliverables(deliverables: Sequence[DeliverableContent]) -> list[DeliverableContent]:
    """Deliverables that a plan can have, tidied; raises ``InvalidInput`` as ``record_deliverables`` does."""
    if len(deliverables) > MOST_DELIVERABLES:
        raise InvalidInput(f"Enter {MOST_DELIVERABLES} deliverables at most", field="deliverables")
    keys = [one.id for one in deliverables if one.id]
    if len(set(keys)) < len(keys):
        raise InvalidInput("A deliverable is on the list twice; take one out", field="deliverables")
    return [_checked_one(one, f"deliverables-{index}") for index, one in enumerate(deliverables)]


def _checked_one(one: DeliverableContent, place: str) -> DeliverableContent:
    text = checked_line(
        one.text, field=f"{place}-text", missing="Enter what is to be delivered, or remove this", limit=TEXT_LENGTH
    )
    if one.due_on and not EARLIEST <= one.due_on <= LATEST:
        raise InvalidInput(
            f"Check the year: it must be from {EARLIEST.year} to {LATEST.year}", field=f"{place}-due_on"
        )
    return DeliverableContent(id=one.id, text=text, due_on=one.due_on, state=one.state)
