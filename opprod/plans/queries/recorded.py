"""What a plan says of itself, as services and pages see it: frozen facts."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from opprod.core.quantity import Quantity
from opprod.core.regions import Region
from opprod.plans.models import Category, DeliverableState, Element, FigureKind, NoteKind, SubmissionState

NOTES_SHOWN = 50
"""Of each kind."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """What every dated entry says beside its values: from when it is true, and by whom and when it was recorded."""

    id: int
    effective_on: date
    recorded_at: datetime
    recorded_by: str
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class ServiceView:
    """The service that a plan is for."""

    id: int
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function of the service."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class StatusView(EntryView):
    """That the plan was withdrawn, or reinstated since, and why."""

    withdrawn: bool
    reason: str


@dataclass(frozen=True, slots=True)
class SubmissionView(EntryView):
    """The two pages, and what they were found to leave out; ``received_on`` is None where the STP has no plan."""

    state: SubmissionState
    received_on: date | None
    leaves_out: tuple[Element, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ScopeView(EntryView):
    """What and whom the plan covers; the trusts that take part are the record's ``trusts``."""

    functions: tuple[FunctionView, ...]
    ccgs: tuple[str, ...]
    local_authorities: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TrustView:
    """A trust taking part. ``category`` is its own; None where it is the plan's. ``entry`` says who said so, when."""

    id: int
    ods_code: str
    name: str
    category: Category | None
    reason: str | None
    entry: EntryView

    @property
    def effective_on(self) -> date:
        """The day from which it has taken part with this category."""
        return self.entry.effective_on


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """Something the plan is to deliver; ``due_on`` is None where the plan names no date."""

    id: int
    text: str
    due_on: date | None
    state: DeliverableState
    source: str
    entry: EntryView


@dataclass(frozen=True, slots=True)
class FigureView(EntryView):
    """A figure that was recorded; ``quantity`` is None where it was cleared since, which is not zero."""

    kind: FigureKind
    quantity: Quantity | None
    source: str


@dataclass(frozen=True, slots=True)
class NoteView(EntryView):
    """A dependency, a comment or support asked for, not withdrawn."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What a plan says of itself at the end of ``day``. What is None or empty has not been recorded.

    ``figures`` lacks kinds never recorded. ``notes`` are newest first, ``NOTES_SHOWN`` of a kind at most; kinds that
    have more are ``more_notes``. A ``..._version`` tells what a form was opened on: it changes with what it is about.
    """

    plan_id: int
    day: date
    stp_number: int
    stp_name: str
    service: ServiceView
    region: Region
    illustrative: str | None
    status: StatusView | None
    submission: SubmissionView | None
    scope: ScopeView | None
    trusts: tuple[TrustView, ...]
    deliverables: tuple[DeliverableView, ...]
    figures: dict[FigureKind, FigureView]
    notes: tuple[NoteView, ...]
    more_notes: frozenset[NoteKind]

    @property
    def withdrawn(self) -> bool:
        """Whether the plan is withdrawn."""
        return self.status is not None and self.status.withdrawn

    @property
    def withdrawn_reason(self) -> str | None:
        """Why the plan is withdrawn; None for one that stands."""
        return self.status.reason if self.status is not None and self.status.withdrawn else None

    @property
    def withdrawn_on(self) -> date | None:
        """Since when the plan is withdrawn; None for one that stands."""
        return self.status.effective_on if self.status is not None and self.status.withdrawn else None

    @property
    def scope_version(self) -> str:
        """What tells this scope, with the trusts taking part, from any other."""
        return _version(self.scope.id if self.scope else 0, *sorted(trust.id for trust in self.trusts))

    @property
    def deliverables_version(self) -> str:
        """What tells these deliverables from any others."""
        return _version(*sorted(one.entry.id for one in self.deliverables))

    @property
    def figures_version(self) -> str:
        """What tells these figures from any others."""
        return _version(*sorted(one.id for one in self.figures.values()))

    def notes_of(self, kind: NoteKind) -> tuple[NoteView, ...]:
        """The notes of a kind."""
        return tuple(note for note in self.notes if note.kind is kind)


def _version(*keys: int) -> str:
    return sha256(",".join(map(str, keys)).encode()).hexdigest()[:16]
