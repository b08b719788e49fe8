"""Workstreams and projects for tests, and what they say."""

from collections.abc import Sequence
from datetime import date
from itertools import count

from opprod.accounts import Role, User
from opprod.core import clock
from opprod.core.rag import Rag
from opprod.projects.models import StatementKind, Strand, StrandKind, Update
from opprod.projects.services.strands import create_strand
from opprod.projects.services.updates import (
    StatementContent,
    UpdateContent,
    save_update,
    start_update,
    submit_update,
)
from opprod.rounds.queries import current_round
from tests.builders.accounts import a_user

_numbers = count(1)


def a_strand(
    kind: StrandKind = StrandKind.PROJECT,
    *,
    name: str | None = None,
    purpose: str = "Bring services together.",
    owner: User | None = None,
    reports_to: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    illustrative: str | None = None,
) -> Strand:
    """A workstream or project, owned by a new member of staff unless told, who also creates it."""
    owner = owner or a_user(Role.STAFF)
    return create_strand(
        kind=kind,
        name=name or f"{kind.label} number {next(_numbers)}",
        purpose=purpose,
        owner=owner,
        reports_to=reports_to,
        starts_on=starts_on,
        ends_on=ends_on,
        actor=owner,
        illustrative=illustrative,
    )


def an_update(
    strand: Strand,
    *texts: str,
    rag: Rag = Rag.GREEN,
    reason: str = "On course.",
    next_steps: Sequence[tuple[str, date]] = (),
    actor: User | None = None,
) -> Update:
    """A submitted update that tells of an achievement or more, or promises; a meeting's round must be open."""
    actor = actor or a_user(Role.STAFF)
    round_ = current_round(clock.today())
    assert round_, "no round is open"
    update = start_update(strand=strand, round=round_, actor=actor)
    if not texts and not next_steps:
        texts = ("Something was done.",)
    said = [StatementContent(kind=StatementKind.ACHIEVEMENT, text=text) for text in texts]
    promised = [
        StatementContent(kind=StatementKind.NEXT_STEP, text=text, owner_id=actor.id, due_on=due_on)
        for text, due_on in next_steps
    ]
    content = UpdateContent(rag=rag, rag_reason=reason, statements=(*said, *promised))
    save_update(update=update, content=content, version=update.version, actor=actor)
    return submit_update(update=update, actor=actor)
