"""What plans say of themselves, for tests, recorded through the services by somebody of the centre unless told."""

from collections.abc import Iterable
from datetime import date

from opprod.accounts import User
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.organisations.models import Trust
from opprod.plans.models import (
    Category,
    DeliverableState,
    Element,
    FigureKind,
    NoteKind,
    Plan,
    PlanNote,
    SubmissionState,
)
from opprod.plans.queries.recorded import PlanRecord
from opprod.plans.queries.records import record_of
from opprod.plans.services.deliverables import DeliverableContent, record_deliverables
from opprod.plans.services.figures import record_figures
from opprod.plans.services.notes import add_note
from opprod.plans.services.records import record_scope, record_submission, record_trust_category
from tests.builders.accounts import a_user

RECEIVED_ON = date(2016, 7, 15)
TWO_PAGES = "Two-page submission"


def now(plan: Plan) -> PlanRecord:
    """What the plan says today."""
    return record_of(plan, clock.today())


def a_submission(
    plan: Plan,
    *,
    state: SubmissionState = SubmissionState.RECEIVED,
    received_on: date | None = RECEIVED_ON,
    leaves_out: Iterable[Element] = (),
    source: str = TWO_PAGES,
    actor: User | None = None,
) -> bool:
    """The two pages of a plan, after whatever was recorded of them before."""
    before = now(plan).submission
    return record_submission(
        plan=plan,
        state=state,
        received_on=received_on,
        leaves_out=list(leaves_out),
        source=source,
        seen=before.id if before else None,
        actor=actor or a_user(),
    )


def a_scope(
    plan: Plan,
    *,
    functions: Iterable[str] = ("hr",),
    trusts: Iterable[Trust] = (),
    ccgs: Iterable[str] = (),
    local_authorities: Iterable[str] = (),
    source: str = TWO_PAGES,
    actor: User | None = None,
) -> bool:
    """The scope of a plan, in place of whatever it was before."""
    return record_scope(
        plan=plan,
        functions=list(functions),
        ccgs=ccgs,
        local_authorities=local_authorities,
        trust_ids=[trust.id for trust in trusts],
        source=source,
        seen=now(plan).scope_version,
        actor=actor or a_user(),
    )


def a_trust_category(
    plan: Plan, trust: Trust, category: Category | None = Category.A, *, reason: str = "Merged its laboratory already"
) -> bool:
    """A category of its own for a trust in a plan."""
    seen = next(one.entry.id for one in now(plan).trusts if one.id == trust.id)
    return record_trust_category(
        plan=plan, trust_id=trust.id, category=category, reason=reason, seen=seen, actor=a_user()
    )


def a_deliverable(
    text: str = "Merge the laboratories",
    due_on: date | None = None,
    state: DeliverableState = DeliverableState.PLANNED,
    *,
    key: int | None = None,
) -> DeliverableContent:
    """A deliverable to record; ``key`` is that of one that there is."""
    return DeliverableContent(text=text, due_on=due_on, state=state, id=key)


def some_deliverables(plan: Plan, *deliverables: DeliverableContent, source: str = TWO_PAGES) -> bool:
    """All that a plan is to deliver."""
    return record_deliverables(
        plan=plan,
        deliverables=deliverables,
        source=source,
        seen=now(plan).deliverables_version,
        actor=a_user(),
    )


def some_figures(plan: Plan, *, source: str = TWO_PAGES, **said: str | None) -> bool:
    """Figures by their kind, such as ``capital="£2m"``; None clears one."""
    kinds = {FigureKind[name.upper()]: value for name, value in said.items()}
    return record_figures(
        plan=plan,
        figures={
            kind: (parse(value, unit=kind.unit), source) if value is not None else (None, "")
            for kind, value in kinds.items()
        },
        seen=now(plan).figures_version,
        actor=a_user(),
    )


def a_note(
    plan: Plan,
    text: str = "Waits for a bid for capital",
    kind: NoteKind = NoteKind.DEPENDENCY,
    *,
    actor: User | None = None,
) -> PlanNote:
    """A note on a plan."""
    return add_note(plan=plan, kind=kind, text=text, actor=actor or a_user())
