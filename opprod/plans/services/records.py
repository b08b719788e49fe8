"""Recording a plan's submission and scope, and the categories that trusts in it have of their own."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db
from opprod.plans.models import (
    Category,
    Element,
    Plan,
    PlanScope,
    PlanSubmission,
    PlanTrust,
    PlanTrustEntry,
    SubmissionState,
)
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.queries.recorded import PlanRecord, ScopeView, SubmissionView
from opprod.plans.queries.records import record_of, trust_names
from opprod.plans.services.checks import checked_line, checked_text, differing, tidied_names
from opprod.plans.services.status import ensure_recordable

EARLIEST = date(2015, 12, 1)
"""STPs were asked for plans in the NHS planning guidance of December 2015."""
MOST_NAMES = 60
NAME_LENGTH = 160
MOST_TRUSTS = 60
CHANGED = "Someone else changed this while you had it open."


def record_submission(
    *,
    plan: Plan,
    state: SubmissionState,
    received_on: date | None,
    leaves_out: Collection[Element],
    source: str,
    seen: int | None,
    actor: User,
) -> bool:
    """Record the two-page submission, or that the STP says it has no plan; return whether that was anything new.

    Of an STP that has no plan neither a day nor what is left out is kept. ``seen`` is the key of the submission in
    force when the person set out. Raises ``InvalidInput``, naming the field, for a submission received without a day,
    on a day to come or before ``EARLIEST``, and without a source; ``Conflict`` where another is in force by now;
    ``NotAllowed`` and ``WrongState`` as ``ensure_recordable`` does.
    """
    ensure_recordable(plan, actor)
    before = record_of(plan, clock.today()).submission
    received = state is SubmissionState.RECEIVED
    entry = PlanSubmission(
        subject_id=plan.id,
        state=state,
        received_on=checked_receipt(received_on) if received else None,
        leaves_out=[element.value for element in Element if received and element in leaves_out],
        source=_checked_source(source),
        effective_on=clock.today(),
        illustrative=before.illustrative if before else None,
    )
    changes = differing(_submission(before), _submission(entry))
    if not changes:
        return False
    if (before.id if before else None) != (seen or None):
        raise Conflict(CHANGED)
    history.record(entry, actor=actor)
    trail.noted(Event.SUBMISSION_RECORDED, plan, actor=actor, changes=changes)
    return True


def record_scope(
    *,
    plan: Plan,
    functions: Collection[str],
    ccgs: Iterable[str],
    local_authorities: Iterable[str],
    trust_ids: Collection[int],
    source: str,
    seen: str,
    actor: User,
) -> bool:
    """Record what and whom the plan covers; return whether that was anything new.

    ``functions`` are slugs of the service's functions. A trust left out takes part no more from today, and its
    category goes with it. ``seen`` is the record's ``scope_version`` when the person set out.

    Raises ``InvalidInput``, naming the field, for a function or trust that there is not, too many or too long names,
    no source, and nothing at all where nothing was recorded before; ``Conflict``, ``NotAllowed`` and ``WrongState``
    as ``record_submission`` does.
    """
    ensure_recordable(plan, actor)
    before = record_of(plan, clock.today())
    names = _checked_trusts(trust_ids)
    entry = PlanScope(
        subject_id=plan.id,
        functions=_checked_functions(plan, functions),
        ccgs=tidied_names(ccgs, field="ccgs", most=MOST_NAMES, limit=NAME_LENGTH),
        local_authorities=tidied_names(
            local_authorities, field="local_authorities", most=MOST_NAMES, limit=NAME_LENGTH
        ),
        source=_checked_source(source),
        effective_on=clock.today(),
        illustrative=before.scope.illustrative if before.scope else None,
    )
    if before.scope is None and not (entry.functions or entry.ccgs or entry.local_authorities or names):
        raise InvalidInput("Tick or enter at least one function or organisation", field="functions")
    changes = differing(
        _scope(before.scope, [function.name for function in before.scope.functions] if before.scope else ()),
        _scope(entry, [function.name for function in plan.service.functions if function.slug in entry.functions]),
    )
    taking_part = {trust.id for trust in before.trusts}
    if not changes and taking_part == names.keys():
        return False
    if before.scope_version != seen:
        raise Conflict(CHANGED)
    if changes:
        history.record(entry, actor=actor)
        trail.noted(Event.SCOPE_RECORDED, plan, actor=actor, changes=changes)
    if taking_part != names.keys():
        _record_trusts(plan, before, names, actor)
    return True


def record_trust_category(
    *, plan: Plan, trust_id: int, category: Category | None, reason: str, seen: int | None, actor: User
) -> bool:
    """Give a trust in the plan a category of its own, or with None the plan's; return whether that was anything new.

    ``seen`` is the key of the trust's entry in force when the person set out. Raises ``InvalidInput`` for a category
    without a reason, ``NotFound`` for a trust that takes no part; ``Conflict``, ``NotAllowed`` and ``WrongState`` as
    ``record_submission`` does.
    """
    ensure_recordable(plan, actor)
    before = next((one for one in record_of(plan, clock.today()).trusts if one.id == trust_id), None)
    if before is None:
        raise NotFound("This trust does not take part in the plan.")
    said: str | None = reason.strip()
    if category or said:
        said = checked_text(reason, field="reason", missing="Enter the reason for the category", limit=REASON_LENGTH)
    changes = differing(
        {"category": _category_of(before.name, before.category), "reason": before.reason},
        {"category": _category_of(before.name, category), "reason": said or None},
    )
    if not changes:
        return False
    if before.entry.id != seen:
        raise Conflict(CHANGED)
    plan_trust = db.session.scalars(select(PlanTrust).filter_by(plan_id=plan.id, trust_id=trust_id)).one()
    entry = PlanTrustEntry(
        subject_id=plan_trust.id,
        taking_part=True,
        category=category,
        reason=said or None,
        effective_on=clock.today(),
        illustrative=before.entry.illustrative,
    )
    history.record(entry, actor=actor)
    trail.noted(Event.TRUST_IN_PLAN_RECORDED, plan, actor=actor, changes=changes)
    return True


def _record_trusts(plan: Plan, before: PlanRecord, names: dict[int, str], actor: User) -> None:
    """Have these trusts take part, and no others."""
    leaving = {trust.id for trust in before.trusts} - names.keys()
    joining = names.keys() - {trust.id for trust in before.trusts}
    held = {one.trust_id: one for one in db.session.scalars(select(PlanTrust).where(PlanTrust.plan_id == plan.id))}
    new = [PlanTrust(plan_id=plan.id, trust_id=trust_id) for trust_id in sorted(joining - held.keys())]
    db.session.add_all(new)
    db.session.flush()
    held |= {one.trust_id: one for one in new}
    history.record_all(
        [
            PlanTrustEntry(subject_id=held[trust_id].id, taking_part=trust_id in joining, effective_on=clock.today())
            for trust_id in sorted(joining | leaving)
        ],
        actor=actor,
    )
    changes = {"trusts_taking_part": [sorted(trust.name for trust in before.trusts), sorted(names.values())]}
    trail.noted(Event.TRUST_IN_PLAN_RECORDED, plan, actor=actor, changes=changes)


def _category_of(trust: str, category: Category | None) -> str:
    return f"{trust}: {category.value if category else 'as the plan’s'}"


def _submission(said: PlanSubmission | SubmissionView | None) -> dict[str, Any]:
    if said is None:
        return {}
    return {
        "state": said.state.label,
        "received_on": said.received_on.isoformat() if said.received_on else None,
        "leaves_out": [Element(element).label for element in said.leaves_out],
        "source": said.source,
    }


def _scope(said: PlanScope | ScopeView | None, functions: Iterable[str]) -> dict[str, Any]:
    if said is None:
        return {}
    return {
        "functions": list(functions),
        "ccgs": list(said.ccgs),
        "local_authorities": list(said.local_authorities),
        "source": said.source,
    }


def checked_receipt(day: date | None) -> date:
    """A day on which two pages can have come in; raises ``InvalidInput`` as ``record_submission`` does."""
    today = clock.today()
    if day is None:
        raise InvalidInput("Enter the day the two pages were received", field="received_on")
    if day > today:
        raise InvalidInput(f"Enter a day up to today, {today:%-d %B %Y}", field="received_on")
    if day < EARLIEST:
        raise InvalidInput(f"Check the year: no plan was asked for before {EARLIEST:%B %Y}", field="received_on")
    return day


def _checked_functions(plan: Plan, slugs: Collection[str]) -> list[str]:
    known = [function.slug for function in plan.service.functions]
    if not set(slugs) <= set(known):
        raise InvalidInput(f"{plan.service.name} has no such function", field="functions")
    return [slug for slug in known if slug in slugs]


def _checked_trusts(trust_ids: Collection[int]) -> dict[int, str]:
    wanted = set(trust_ids)
    if len(wanted) > MOST_TRUSTS:
        raise InvalidInput(f"Choose {MOST_TRUSTS} trusts at most; you have {len(wanted)}", field="trusts")
    names = trust_names(wanted, clock.today())
    if names.keys() != wanted:
        raise InvalidInput("Choose trusts of 2016/17", field="trusts")
    return names


def _checked_source(source: str) -> str:
    return checked_line(source, field="source", missing="Enter where this comes from", limit=SOURCE_LENGTH)
