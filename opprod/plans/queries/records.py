"""What a plan says of itself on a day, its savings and documents apart."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from opprod.accounts import User
from opprod.core.errors import NotFound
from opprod.db import db
from opprod.history import in_force, stands
from opprod.organisations.models import Stp, StpName, Trust, TrustName
from opprod.plans.models import (
    Deliverable,
    DeliverableEntry,
    Element,
    FigureKind,
    NoteKind,
    Plan,
    PlanFigure,
    PlanFigureValue,
    PlanNote,
    PlanScope,
    PlanStatus,
    PlanSubmission,
    PlanTrust,
    PlanTrustEntry,
    ServiceFunction,
)
from opprod.plans.queries.recorded import (
    NOTES_SHOWN,
    DeliverableView,
    EntryView,
    FigureView,
    FunctionView,
    NoteView,
    PlanRecord,
    ScopeView,
    ServiceView,
    StatusView,
    SubmissionView,
    TrustView,
)


def record_of(plan: Plan, day: date) -> PlanRecord:
    """What a plan said of itself at the end of a day. Six statements, however much that is."""
    heading = _heading(plan.id, day)
    notes, more_notes = _notes(plan.id, day)
    return PlanRecord(
        plan_id=plan.id,
        day=day,
        stp_number=plan.stp_id,
        stp_name=heading.stp_name or f"STP {plan.stp_id}",
        service=ServiceView(id=plan.service.id, name=plan.service.name, slug=plan.service.slug),
        region=plan.region,
        illustrative=plan.illustrative,
        status=_status_view(heading.PlanStatus, heading.status_by),
        submission=_submission_view(heading.PlanSubmission, heading.submission_by),
        scope=_scope_view(heading.PlanScope, heading.scope_by, _functions(plan.service_id)),
        trusts=_trusts(plan.id, day),
        deliverables=_deliverables(plan.id, day),
        figures=_figures(plan.id, day),
        notes=notes,
        more_notes=more_notes,
    )


def trust_names(trust_ids: Collection[int], day: date) -> dict[int, str]:
    """What trusts were called on a day, by key; one without a name by its ODS code. A key of no trust is left out."""
    query = (
        select(Trust.id, func.coalesce(TrustName.name, Trust.ods_code))
        .outerjoin(TrustName, TrustName.id == in_force(TrustName, Trust.id, day))
        .where(Trust.id.in_(trust_ids))
    )
    return dict(iter(db.session.execute(query)))


def trusts_with(ods_codes: Collection[str]) -> dict[str, int]:
    """The keys of trusts by their ODS codes; a code of no trust is left out."""
    query = select(Trust.ods_code, Trust.id).where(Trust.ods_code.in_(ods_codes))
    return dict(iter(db.session.execute(query)))


def note(plan: Plan, note_id: int) -> PlanNote:
    """A note on a plan; raises ``NotFound``."""
    found = db.session.get(PlanNote, note_id)
    if found is None or found.subject_id != plan.id:
        raise NotFound("There is no such note on this plan.")
    return found


def _heading(plan_id: int, day: date) -> Any:
    by_status, by_submission, by_scope = aliased(User), aliased(User), aliased(User)
    query = (
        select(
            StpName.name.label("stp_name"),
            PlanStatus,
            PlanSubmission,
            PlanScope,
            by_status.name.label("status_by"),
            by_submission.name.label("submission_by"),
            by_scope.name.label("scope_by"),
        )
        .select_from(Plan)
        .join(Stp, Stp.id == Plan.stp_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Stp.id, day))
        .outerjoin(PlanStatus, PlanStatus.id == in_force(PlanStatus, Plan.id, day))
        .outerjoin(by_status, by_status.id == PlanStatus.recorded_by_id)
        .outerjoin(PlanSubmission, PlanSubmission.id == in_force(PlanSubmission, Plan.id, day))
        .outerjoin(by_submission, by_submission.id == PlanSubmission.recorded_by_id)
        .outerjoin(PlanScope, PlanScope.id == in_force(PlanScope, Plan.id, day))
        .outerjoin(by_scope, by_scope.id == PlanScope.recorded_by_id)
        .where(Plan.id == plan_id)
    )
    return db.session.execute(query).one()


def _functions(service_id: int) -> Sequence[Row[str, str]]:
    query = select(ServiceFunction.slug, ServiceFunction.name).where(ServiceFunction.service_id == service_id)
    return db.session.execute(query.order_by(ServiceFunction.position)).all()


def _status_view(entry: PlanStatus | None, by: str) -> StatusView | None:
    if entry is None:
        return None
    return StatusView(**_common(entry, by), withdrawn=entry.withdrawn, reason=entry.reason)


def _submission_view(entry: PlanSubmission | None, by: str) -> SubmissionView | None:
    if entry is None:
        return None
    return SubmissionView(
        **_common(entry, by),
        state=entry.state,
        received_on=entry.received_on,
        leaves_out=tuple(element for element in Element if element in entry.leaves_out),
        source=entry.source,
    )


def _scope_view(entry: PlanScope | None, by: str, functions: Sequence[Row[str, str]]) -> ScopeView | None:
    if entry is None:
        return None
    return ScopeView(
        **_common(entry, by),
        functions=tuple(FunctionView(slug, name) for slug, name in functions if slug in entry.functions),
        ccgs=tuple(entry.ccgs),
        local_authorities=tuple(entry.local_authorities),
        source=entry.source,
    )


def _trusts(plan_id: int, day: date) -> tuple[TrustView, ...]:
    query = (
        select(Trust.id, Trust.ods_code, TrustName.name, PlanTrustEntry, User.name.label("by"))
        .select_from(PlanTrust)
        .join(PlanTrustEntry, PlanTrustEntry.id == in_force(PlanTrustEntry, PlanTrust.id, day))
        .join(User, User.id == PlanTrustEntry.recorded_by_id)
        .join(Trust, Trust.id == PlanTrust.trust_id)
        .outerjoin(TrustName, TrustName.id == in_force(TrustName, Trust.id, day))
        .where(PlanTrust.plan_id == plan_id, PlanTrustEntry.taking_part)
        .order_by(func.coalesce(TrustName.name, Trust.ods_code), Trust.id)
    )
    return tuple(
        TrustView(
            id=trust_id,
            ods_code=ods_code,
            name=name or ods_code,
            category=entry.category,
            reason=entry.reason,
            entry=EntryView(**_common(entry, by)),
        )
        for trust_id, ods_code, name, entry, by in db.session.execute(query)
    )


def _deliverables(plan_id: int, day: date) -> tuple[DeliverableView, ...]:
    query = (
        select(DeliverableEntry, User.name)
        .select_from(Deliverable)
        .join(DeliverableEntry, DeliverableEntry.id == in_force(DeliverableEntry, Deliverable.id, day))
        .join(User, User.id == DeliverableEntry.recorded_by_id)
        .where(Deliverable.plan_id == plan_id)
        .order_by(DeliverableEntry.due_on.is_(None), DeliverableEntry.due_on, Deliverable.id)
    )
    return tuple(
        DeliverableView(
            id=entry.subject_id,
            text=entry.text,
            due_on=entry.due_on,
            state=entry.state,
            source=entry.source,
            entry=EntryView(**_common(entry, by)),
        )
        for entry, by in db.session.execute(query)
    )


def _figures(plan_id: int, day: date) -> dict[FigureKind, FigureView]:
    query = (
        select(PlanFigure.kind, PlanFigureValue, User.name)
        .select_from(PlanFigure)
        .join(PlanFigureValue, PlanFigureValue.id == in_force(PlanFigureValue, PlanFigure.id, day))
        .join(User, User.id == PlanFigureValue.recorded_by_id)
        .where(PlanFigure.plan_id == plan_id)
    )
    return {
        kind: FigureView(**_common(entry, by), kind=kind, quantity=entry.quantity, source=entry.source)
        for kind, entry, by in db.session.execute(query)
    }


def _notes(plan_id: int, day: date) -> tuple[tuple[NoteView, ...], frozenset[NoteKind]]:
    # One more than is shown tells whether there are more.
    newest = func.row_number().over(partition_by=PlanNote.kind, order_by=PlanNote.id.desc())
    ranked = select(PlanNote.id, newest.label("place")).where(PlanNote.subject_id == plan_id, stands(PlanNote, day))
    sought = ranked.subquery()
    query = (
        select(PlanNote, User.name, sought.c.place)
        .join(sought, sought.c.id == PlanNote.id)
        .join(User, User.id == PlanNote.recorded_by_id)
        .where(sought.c.place <= NOTES_SHOWN + 1)
        .order_by(PlanNote.id.desc())
    )
    found = db.session.execute(query).all()
    shown = (
        NoteView(**_common(note, by), kind=note.kind, text=note.text)
        for note, by, place in found
        if place <= NOTES_SHOWN
    )
    return tuple(shown), frozenset(note.kind for note, _by, place in found if place > NOTES_SHOWN)


def _common(entry: Any, by: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "effective_on": entry.effective_on,
        "recorded_at": entry.recorded_at,
        "recorded_by": by,
        "illustrative": entry.illustrative,
    }
