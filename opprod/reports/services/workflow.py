"""Taking a paper from its writers to the Board: review, return, approval, withdrawal, writing it anew.

Sending it for review freezes an edition of it. What the reviewer reads is that edition, and so is what is issued.
"""

from collections.abc import Collection
from dataclasses import dataclass

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from opprod.db import db
from opprod.reports.assembly import content_of, day_of
from opprod.reports.checks import Problem, Stage
from opprod.reports.composition import PaperContent
from opprod.reports.document import LATEST
from opprod.reports.freezing import but_for_approvals, digest, frozen, thawed
from opprod.reports.models import Paper, PaperEdition, PaperState, PaperStatus
from opprod.reports.permissions import OPEN, can_approve
from opprod.reports.queries import issues as queries
from opprod.reports.queries.problems import problems_of
from opprod.reports.queries.standing import take_standing

NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """What someone saw when they set out to decide: the key of the paper's status."""

    status_id: int | None


def send_for_review(*, paper: Paper, actor: User, seen: Seen | None = None) -> PaperEdition:
    """Freeze the paper as it is now and hand it to those who approve it.

    Raises ``WrongState`` for a paper that is not being written or has something in it to put right first, and
    ``Conflict`` if its status is no longer the one ``seen``.
    """
    ensure(paper, OPEN, seen)
    day = day_of(paper)
    content = content_of(paper, day)
    refuse(problems_of(paper, content, day), Stage.REVIEW)
    edition = _freeze(paper, content, actor=actor)
    enter(paper, PaperState.IN_REVIEW, actor=actor, edition=edition)
    _note(Event.PAPER_SENT_FOR_REVIEW, paper, edition, actor)
    return edition


def take_back(*, paper: Paper, actor: User, seen: Seen | None = None) -> None:
    """Make a draft again of a paper that is in review, or approved and not issued; the edition stays on record.

    Raises ``WrongState`` for any other, and ``Conflict`` if its status is no longer the one ``seen``.
    """
    entry = ensure(paper, {PaperState.IN_REVIEW, PaperState.APPROVED}, seen)
    enter(paper, PaperState.DRAFT, actor=actor)
    _note(Event.PAPER_TAKEN_BACK, paper, edition_of(entry), actor)


def return_paper(*, paper: Paper, note: str, actor: User, seen: Seen | None = None) -> None:
    """Send a paper in review back to its writers, with a note of what to change.

    Raises ``InvalidInput`` without a note, ``WrongState`` for a paper that is not in review, and ``Conflict`` if its
    status is no longer the one ``seen``.
    """
    note = checked_note(note, field="note", missing="Say what needs to change")
    entry = ensure(paper, {PaperState.IN_REVIEW}, seen)
    enter(paper, PaperState.RETURNED, actor=actor, note=note)
    _note(Event.PAPER_RETURNED, paper, edition_of(entry), actor, note=note)


def approve_paper(*, paper: Paper, actor: User, seen: Seen | None = None) -> None:
    """Agree that the edition in review may go to the Board.

    Raises ``NotAllowed`` for one who may not approve, or who wrote it, ``WrongState`` for a paper that is not in
    review or has something in it to put right first, and ``Conflict`` if its status is no longer the one ``seen``, or
    if the records say something else by now.
    """
    entry = ensure(paper, {PaperState.IN_REVIEW}, seen)
    if not can_approve(actor, entry.status, author_ids=author_ids(paper, entry)):
        raise NotAllowed("A paper is approved by an executive, and never by someone who wrote it.")
    edition = edition_of(entry)
    content = ensure_current(paper, edition)
    refuse(problems_of(paper, content, content.as_at), Stage.REVIEW, Stage.APPROVAL)
    if edition is None or frozen(content) != edition.content:
        edition = _freeze(paper, content, actor=actor)  # with the approvals of updates that came meanwhile
    enter(paper, PaperState.APPROVED, actor=actor, edition=edition)
    _note(Event.PAPER_APPROVED, paper, edition, actor)


def withdraw_paper(*, paper: Paper, reason: str, actor: User, seen: Seen | None = None) -> None:
    """Take an issued paper out of force; what was issued stays on record, marked as withdrawn.

    Raises ``InvalidInput`` without a reason, ``WrongState`` for a paper that is not issued, and ``Conflict`` if its
    status is no longer the one ``seen``.
    """
    reason = checked_note(reason, field="note", missing="Enter the reason it is withdrawn")
    entry = ensure(paper, {PaperState.ISSUED}, seen)
    enter(paper, PaperState.WITHDRAWN, actor=actor, note=reason)
    _note(Event.PAPER_WITHDRAWN, paper, edition_of(entry), actor, note=reason)


def revise_paper(*, paper: Paper, actor: User, seen: Seen | None = None) -> None:
    """Make a draft of a paper that was issued, to be issued again as a new version; the old one stays as it is.

    Raises ``WrongState`` for a paper that is neither issued nor withdrawn, and ``Conflict`` if its status is no
    longer the one ``seen``.
    """
    entry = ensure(paper, {PaperState.ISSUED, PaperState.WITHDRAWN}, seen)
    enter(paper, PaperState.DRAFT, actor=actor)
    _note(Event.PAPER_REVISED, paper, edition_of(entry), actor)


def author_ids(paper: Paper, entry: PaperStatus) -> frozenset[int]:
    """Who may not approve a paper in review: whoever began it, and whoever sent it."""
    return frozenset({paper.created_by_id, entry.recorded_by_id})


def ensure(paper: Paper, allowed: Collection[PaperState], seen: Seen | None = None) -> PaperStatus:
    """Raise ``WrongState`` unless the paper is in one of these states, and hold it there for this transaction."""
    entry = queries.status_of(paper)
    if seen is not None and seen.status_id != entry.id:
        raise Conflict(
            "Somebody took this paper further while you had it open. Open it again to see where it stands."
        )
    if entry.status not in allowed:
        raise WrongState(f"This paper is {entry.status.phrase}, so this cannot be done now.")
    history.ensure_in_force(PaperStatus, paper.id, entry.id)
    return entry


def enter(
    paper: Paper,
    status: PaperState,
    *,
    actor: User,
    edition: PaperEdition | None = None,
    note: str | None = None,
) -> PaperStatus:
    """Record that the paper has come to a state today."""
    entry = PaperStatus(
        subject_id=paper.id,
        status=status,
        note=note,
        edition_id=edition.id if edition else None,
        effective_on=clock.today(),
    )
    return history.record(entry, actor=actor)


def edition_of(entry: PaperStatus) -> PaperEdition | None:
    """What was frozen of the paper when it came to this state."""
    return queries.edition(entry.edition_id) if entry.edition_id else None


def content_of_edition(edition: PaperEdition) -> PaperContent:
    """What a frozen edition says."""
    return thawed(edition.content, PaperContent)


def ensure_current(paper: Paper, edition: PaperEdition | None) -> PaperContent:
    """Return the edition's content, with updates approved since shown as approved.

    Raises ``Conflict`` where the records would make another paper of it by now.
    """
    if edition is None:
        raise WrongState("Nothing of this paper was sent for review.")
    now = content_of(paper, edition.as_at)
    text = frozen(now)
    if text != edition.content and but_for_approvals(text) != but_for_approvals(edition.content):
        changed = _changed(content_of_edition(edition), now)
        raise Conflict(
            f"The records have changed since this was sent for review, and the paper would read differently now: "
            f"{changed}. Take it back to draft and send it for review again."
        )
    return now


def refuse(found: Collection[Problem], *stages: Stage) -> None:
    """Raise ``WrongState`` naming what must be put right before these steps."""
    held = [problem.text for problem in found if problem.stage in stages]
    if held:
        raise WrongState(" ".join(held))


def checked_note(note: str, *, field: str, missing: str) -> str:
    """A note as it is kept; raises ``InvalidInput`` for none and for one too long."""
    note = note.strip()
    if not note:
        raise InvalidInput(missing, field=field)
    if len(note) > NOTE_LENGTH:
        raise InvalidInput(f"Note must be {NOTE_LENGTH:,} characters or fewer", field=field)
    return note


def _freeze(paper: Paper, content: PaperContent, *, actor: User) -> PaperEdition:
    last = queries.last_edition(paper)
    text = frozen(content)
    edition = PaperEdition(
        paper_id=paper.id,
        number=last.number + 1 if last else 1,
        as_at=content.as_at,
        content=text,
        content_sha256=digest(text),
        standing=frozen(take_standing(content.as_at)),
        template=LATEST,
        frozen_at=clock.now(),
        frozen_by_id=actor.id,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def _changed(before: PaperContent, now: PaperContent) -> str:
    """Where two contents of one paper differ, by the titles of sections."""
    earlier = {section.key: section for section in before.sections}
    titles = [f"“{section.title}”" for section in now.sections if earlier.get(section.key) != section]
    return ", ".join(titles) or "what its figures rest on"


def _note(event: Event, paper: Paper, edition: PaperEdition | None, actor: User, *, note: str | None = None) -> None:
    changes: dict[str, list[object]] = {}
    if edition is not None:
        changes["edition"] = [None, edition.number]
        changes["content_sha256"] = [None, edition.content_sha256]
    if note:
        changes["note"] = [None, note]
    trail.noted(event, paper, actor=actor, changes=changes)
