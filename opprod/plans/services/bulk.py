"""Recording what many plans say at once: but for the new rows, in statements that do not grow with the plans.

What a person does to one plan is done by the other services; this is for plans that come together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.batches import in_batches
from opprod.core.errors import InvalidInput, NotAllowed, WrongState
from opprod.core.quantity import Quantity
from opprod.db import db
from opprod.plans import permissions
from opprod.plans.models import (
    Category,
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
    SavingsLine,
    SavingsValue,
    ServiceFunction,
    SubmissionState,
)
from opprod.plans.models.records import SOURCE_LENGTH, TEXT_LENGTH
from opprod.plans.queries.rounds import withdrawn_plans
from opprod.plans.services.checks import checked_line, checked_text
from opprod.plans.services.deliverables import DeliverableContent, checked_deliverables
from opprod.plans.services.figures import checked_value
from opprod.plans.services.records import checked_receipt
from opprod.plans.services.savings import SavingContent, checked_quantity

PLANS_AT_ONCE = 500

Part = tuple[Any, Any]
"""What an entry is about, and the entry."""


@dataclass(frozen=True, slots=True)
class SubmissionContent:
    """The two-page submission, and what it leaves out."""

    received_on: date
    leaves_out: frozenset[Element] = frozenset()


@dataclass(frozen=True, slots=True)
class ScopeContent:
    """What and whom a plan covers, but for its trusts; functions by slug."""

    functions: tuple[str, ...] = ()
    ccgs: tuple[str, ...] = ()
    local_authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrustContent:
    """A trust that takes part, and the category of its own with the reason for it, if it has one."""

    trust_id: int
    category: Category | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FigureContent:
    """A single figure."""

    kind: FigureKind
    quantity: Quantity
    source: str


@dataclass(frozen=True, slots=True)
class NoteContent:
    """A dependency, a comment or support asked for."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanContent:
    """Everything a plan says.

    ``source`` is that of the submission, the scope and the deliverables; ``illustrative`` says what of it all is
    invented, if anything is.
    """

    submission: SubmissionContent
    scope: ScopeContent | None = None
    trusts: tuple[TrustContent, ...] = ()
    deliverables: tuple[DeliverableContent, ...] = ()
    savings: tuple[SavingContent, ...] = ()
    figures: tuple[FigureContent, ...] = ()
    notes: tuple[NoteContent, ...] = ()
    source: str
    illustrative: str | None = None

    def summary(self) -> dict[str, list[Any]]:
        """How much it says of what, as the audit trail keeps it."""
        counts = {
            "trusts": len(self.trusts),
            "deliverables": len(self.deliverables),
            "savings_lines": len(self.savings),
            "figures": len(self.figures),
            "notes": len(self.notes),
        }
        said = {"received_on": self.submission.received_on.isoformat(), **counts, "source": self.source}
        return {key: [None, value] for key, value in said.items() if value}


def record_plans(contents: Sequence[tuple[Plan, PlanContent]], *, actor: User) -> None:
    """Record today what plans say of which nothing is recorded yet.

    Raises ``NotAllowed`` where the person may not record one of them, ``WrongState`` where one is withdrawn or has a
    submission already, and ``InvalidInput`` for what the services that record one plan refuse too.
    """
    for chunk in in_batches(contents, PLANS_AT_ONCE):
        _ensure_blank([plan for plan, _ in chunk], actor)
        _Recording(chunk, actor).run()


def hold_standing(plans: Sequence[Plan]) -> None:
    """Hold the plans' rows, so that none is withdrawn until the transaction ends; raise ``WrongState`` if one is."""
    keys = [plan.id for plan in plans]
    db.session.execute(select(Plan.id).where(Plan.id.in_(keys)).order_by(Plan.id).with_for_update())
    gone = db.session.scalars(withdrawn_plans(clock.today()).where(PlanStatus.subject_id.in_(keys))).all()
    if gone:
        raise WrongState(f"{len(gone)} of these plans are withdrawn. Reinstate them first.")


def _ensure_blank(plans: Sequence[Plan], actor: User) -> None:
    if not all(permissions.can_record(actor, plan) for plan in plans):
        raise NotAllowed("You may not record what all of these plans say.")
    hold_standing(plans)
    keys = [plan.id for plan in plans]
    recorded = db.session.scalar(select(PlanSubmission.id).where(PlanSubmission.subject_id.in_(keys)).limit(1))
    if recorded is not None:
        raise WrongState("One of these plans has a submission already.")


class _Recording:
    """The recording of some plans, kind by kind, so that each kind takes a fixed number of statements."""

    def __init__(self, contents: Sequence[tuple[Plan, PlanContent]], actor: User) -> None:
        self.contents, self.actor = contents, actor
        self.functions = {
            (one.service_id, one.slug): one.id
            for one in db.session.scalars(
                select(ServiceFunction).where(
                    ServiceFunction.service_id.in_({plan.service_id for plan, _ in contents})
                )
            )
        }

    def run(self) -> None:
        self._record(self._submission)
        self._record(self._scope)
        self._record(self._trusts)
        self._record(self._deliverables)
        self._record(self._savings)
        self._record(self._figures)
        self._record(self._notes)
        for plan, content in self.contents:
            trail.noted(Event.PLANS_RECORDED, plan, actor=self.actor, changes=content.summary())

    def _record(self, parts: Callable[[Plan, PlanContent], Iterator[Part]]) -> None:
        """Record one kind of entries; an entry about a part of a plan comes with that part, which is new."""
        found = [(content, *part) for plan, content in self.contents for part in parts(plan, content)]
        db.session.add_all(subject for _, subject, _ in found if not isinstance(subject, Plan))
        db.session.flush()
        entries = []
        for content, subject, entry in found:
            entry.subject_id = subject.id
            entry.effective_on = clock.today()
            entry.illustrative = content.illustrative
            entries.append(entry)
        history.record_all(entries, actor=self.actor)

    def _submission(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        said = content.submission
        yield (
            plan,
            PlanSubmission(
                state=SubmissionState.RECEIVED,
                received_on=checked_receipt(said.received_on),
                # In the order of the elements, whatever order a set has.
                leaves_out=[element.value for element in Element if element in said.leaves_out],
                source=_source(content.source),
            ),
        )

    def _scope(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        said = content.scope
        if said is not None:
            for slug in said.functions:
                self._function_id(plan, slug)
            yield (
                plan,
                PlanScope(
                    functions=list(said.functions),
                    ccgs=list(said.ccgs),
                    local_authorities=list(said.local_authorities),
                    source=_source(content.source),
                ),
            )

    def _trusts(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        for one in content.trusts:
            if one.category and not one.reason:
                raise InvalidInput("Enter the reason for each trust’s own category.", field="trusts")
            entry = PlanTrustEntry(taking_part=True, category=one.category, reason=one.reason)
            yield PlanTrust(plan_id=plan.id, trust_id=one.trust_id), entry

    def _deliverables(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        for one in checked_deliverables(content.deliverables):
            source = _source(content.source)
            entry = DeliverableEntry(text=one.text, due_on=one.due_on, state=one.state, source=source)
            yield Deliverable(plan_id=plan.id), entry

    def _savings(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        _ensure_told_apart(content.savings)
        for one in content.savings:
            line = SavingsLine(
                plan_id=plan.id,
                financial_year=one.year.start,
                kind=one.kind,
                function_id=self._function_id(plan, one.function) if one.function else None,
                label=one.label,
            )
            value = SavingsValue(
                cash_releasing=one.cash_releasing,
                confidence=one.confidence,
                source=_source(one.source),
            )
            value.quantity = checked_quantity(one.quantity)
            yield line, value

    def _figures(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        for one in content.figures:
            value = PlanFigureValue(source=_source(one.source))
            value.quantity = checked_value(one.kind, one.quantity)
            yield PlanFigure(plan_id=plan.id, kind=one.kind), value

    def _notes(self, plan: Plan, content: PlanContent) -> Iterator[Part]:
        for one in content.notes:
            text = checked_text(one.text, field="notes", missing="Enter the note", limit=TEXT_LENGTH)
            yield plan, PlanNote(kind=one.kind, text=text)

    def _function_id(self, plan: Plan, slug: str) -> int:
        found = self.functions.get((plan.service_id, slug))
        if found is None:
            raise InvalidInput(f"{plan.service.name} has no function called {slug}.", field="functions")
        return found


def _ensure_told_apart(savings: Sequence[SavingContent]) -> None:
    """Refuse lines by which a pound would be counted twice, or that say where their pounds are counted."""
    if any(one.counted_in_id is not None for one in savings):
        raise InvalidInput("Say afterwards of a line that its pounds are counted in another.", field="savings")
    lines = [(one.year, one.kind, one.function, one.label.lower()) for one in savings]
    if len(set(lines)) < len(lines):
        raise InvalidInput("Two lines are for the same year, kind and function.", field="savings")
    split = {(one.year, one.kind) for one in savings if one.function}
    if any((one.year, one.kind) in split for one in savings if one.function is None):
        raise InvalidInput("Savings of one year and kind are either split by function or not.", field="savings")


def _source(source: str) -> str:
    return checked_line(source, field="source", missing="Enter where this comes from", limit=SOURCE_LENGTH)
