"""What services of papers share: who may write when, and in whose hands a record is."""

from sqlalchemy import update

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, WrongState
from opprod.db import db
from opprod.history import lock
from opprod.reports.models import Paper, PaperSection, PaperStatus, SectionRevision
from opprod.reports.permissions import OPEN
from opprod.reports.queries.issues import status_of

CHANGED = "Someone else changed this while you had it open."


def ensure_open(paper: Paper) -> PaperStatus:
    """Raise ``WrongState`` unless the paper is being written, and hold it there for this transaction."""
    lock(PaperStatus, paper.id)
    entry = status_of(paper)
    if entry.status not in OPEN:
        raise WrongState(
            f"This paper is {entry.status.phrase}, so it cannot be changed. "
            "Take it back to draft first, from its own page."
        )
    return entry


def keep_revision(section: PaperSection, *, actor: User) -> None:
    """Keep a section's text as it is now, under its version."""
    db.session.flush()
    db.session.add(
        SectionRevision(
            section_id=section.id,
            version=section.version,
            title=section.title,
            narrative=section.narrative,
            saved_at=clock.now(),
            saved_by_id=actor.id,
        )
    )


def claim(record: Paper | PaperSection, version: int) -> None:
    """Make one writer at a time decide, and go on only from the version a person had open."""
    db.session.refresh(record, attribute_names=["version"], with_for_update=True)
    if record.version != version:
        db.session.refresh(record)
        raise Conflict(CHANGED)


def set_quietly(record: Paper | PaperSection, **values: object) -> None:
    """Change columns that no form holds open. The version guards what forms hold open, so it stays as it is."""
    kind = type(record)
    db.session.execute(update(kind).where(kind.id == record.id).values(**values))
    db.session.refresh(record)


def note(section: PaperSection, change: list[str], actor: User, *, event: Event = Event.SECTION_CHANGED) -> None:
    """Write in the audit trail what became of a section as a whole."""
    trail.noted(event, paper_of(section), actor=actor, changes={section.title: change})


def paper_of(section: PaperSection) -> Paper:
    """The paper that a section is of."""
    return db.session.get_one(Paper, section.paper_id)
