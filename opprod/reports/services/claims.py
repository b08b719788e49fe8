"""Settling the figures in a paper's free text, by a source or by accepting them by name, and opening them again."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db
from opprod.reports.models import Paper, PaperClaim
from opprod.reports.services.common import ensure_open
from opprod.reports.unsourced import Unsourced

ACCEPTED = "accepted without a source"
SAID_LENGTH = 80
SOURCE_LENGTH = 300


def settle_figures(
    *, paper: Paper, figures: Sequence[Unsourced], source: str | None, actor: User
) -> list[PaperClaim]:
    """Give figures of a paper their source; with ``None`` the actor answers for them without one, by name.

    Raises ``WrongState`` unless the paper is being written, ``InvalidInput`` for no figures and a blank source, and
    ``Conflict`` where one of them is settled already.
    """
    ensure_open(paper)
    if not figures:
        raise InvalidInput("Choose the figures.", field="keys")
    if source is not None and not source.strip():
        raise InvalidInput("Enter the source.", field="source")
    if source is not None and len(source.strip()) > SOURCE_LENGTH:
        raise InvalidInput(f"The source must be {SOURCE_LENGTH} characters or fewer.", field="source")
    given = None if source is None else source.strip()
    _ensure_unsettled(paper, figures)
    claims = [
        PaperClaim(
            paper_id=paper.id,
            key=figure.key,
            said=figure.said[:SAID_LENGTH],
            sentence=figure.sentence,
            source=given,
            settled_at=clock.now(),
            settled_by_id=actor.id,
        )
        for figure in figures
    ]
    db.session.add_all(claims)
    event = Event.FIGURE_ACCEPTED if given is None else Event.FIGURE_SOURCED
    changes: dict[str, list[str | None]] = {_label(claim): [None, given or ACCEPTED] for claim in claims}
    trail.noted(event, paper, actor=actor, changes=changes)
    return claims


def reopen_figure(*, paper: Paper, key: str, actor: User) -> None:
    """Take back what a figure was settled with; the audit trail keeps it.

    Raises ``WrongState`` unless the paper is being written, and ``NotFound`` for a figure that is not settled.
    """
    ensure_open(paper)
    claim = db.session.scalar(_settled(paper).where(PaperClaim.key == key))
    if claim is None:
        raise NotFound("This figure is not settled. Somebody may have opened it again already.")
    changes: dict[str, list[str | None]] = {_label(claim): [claim.source or ACCEPTED, None]}
    db.session.delete(claim)
    trail.noted(Event.FIGURE_REOPENED, paper, actor=actor, changes=changes)


def _ensure_unsettled(paper: Paper, figures: Sequence[Unsourced]) -> None:
    held = {claim.key: claim for claim in db.session.scalars(_settled(paper))}
    for figure in figures:
        if figure.key in held:
            who = held[figure.key].settled_by.name
            raise Conflict(f"“{figure.said}” was settled by {who} while you had this open.")


def _settled(paper: Paper) -> Select[PaperClaim]:
    return select(PaperClaim).where(PaperClaim.paper_id == paper.id)


def _label(claim: PaperClaim) -> str:
    return f"“{claim.said}” in “{claim.sentence}”"
