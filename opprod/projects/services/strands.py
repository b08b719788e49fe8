"""Creating workstreams and projects, saying what they are, and putting them in order."""

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.actors import Actor
from opprod.core.errors import InvalidInput
from opprod.core.slugs import LENGTH, is_slug, unused_slug
from opprod.db import db
from opprod.history import ensure_in_force, entry_in_force, in_force
from opprod.projects.models import Strand, StrandKind, StrandProfile
from opprod.projects.permissions import can_own

MOST_OF_A_KIND = 200
EARLIEST = date(2000, 1, 1)
LATEST = date(2099, 12, 31)

_LONGEST = {"name": 120, "purpose": 1000, "reports_to": 300}


def create_strand(
    *,
    kind: StrandKind,
    slug: str | None = None,
    name: str,
    purpose: str,
    owner: User,
    reports_to: str | None,
    starts_on: date | None,
    ends_on: date | None,
    actor: Actor,
    illustrative: str | None = None,
) -> Strand:
    """Add a workstream or project, after the others of its kind; without a slug, one is made from its name.

    Raises ``InvalidInput``, naming the field, for a blank name or purpose, an end before the start, a slug in use
    or an owner whose account is disabled or whose role can own nothing.
    """
    taken = {strand.slug for strand in _held(kind)}
    if len(taken) >= MOST_OF_A_KIND:
        raise InvalidInput(f"There can be no more than {MOST_OF_A_KIND} {kind.value}s.")
    profile = _profile(
        name=name,
        purpose=purpose,
        owner=owner,
        reports_to=reports_to,
        starts_on=starts_on,
        ends_on=ends_on,
        illustrative=illustrative,
    )
    strand = Strand(
        kind=kind,
        slug=_checked_slug(slug, taken) if slug else unused_slug(profile.name, taken=taken, otherwise=kind.value),
        position=_last_position(kind) + 1,
    )
    db.session.add(strand)
    db.session.flush()
    _record(profile, strand, Event.STRAND_CREATED, {"slug": [None, strand.slug], **_said(None, profile)}, actor)
    return strand


def change_strand(
    *,
    strand: Strand,
    expected_profile_id: int | None,
    name: str,
    purpose: str,
    owner: User,
    reports_to: str | None,
    starts_on: date | None,
    ends_on: date | None,
    actor: Actor,
    illustrative: str | None = None,
) -> Strand:
    """Say from today what a strand is. Nothing changed is nothing recorded.

    Raises ``Conflict`` unless the profile a person began from is still in force, and ``InvalidInput`` as
    ``create_strand`` does.
    """
    ensure_in_force(StrandProfile, strand.id, expected_profile_id)
    before = entry_in_force(StrandProfile, strand.id, clock.today())
    profile = _profile(
        name=name,
        purpose=purpose,
        owner=owner,
        reports_to=reports_to,
        starts_on=starts_on,
        ends_on=ends_on,
        illustrative=illustrative,
        before=before,
    )
    changes = _said(before, profile)
    if changes:
        _record(profile, strand, Event.STRAND_CHANGED, changes, actor)
    return strand


def move_strand(*, strand: Strand, up: bool, actor: Actor) -> Strand:
    """Change places with the strand of its kind before it, or after it, among those still open; at an end, stay."""
    _held(strand.kind)
    other = _neighbour(strand, up=up)
    if other is None:
        return strand
    mine, theirs = strand.position, other.position
    # No two may stand in one place, even for the length of a statement.
    other.position = _last_position(strand.kind) + 1
    db.session.flush()
    strand.position = theirs
    db.session.flush()
    other.position = mine
    trail.noted(Event.STRAND_CHANGED, strand, actor=actor, changes={"position": [mine, theirs]})
    trail.noted(Event.STRAND_CHANGED, other, actor=actor, changes={"position": [theirs, mine]})
    return strand


def _held(kind: StrandKind) -> list[Strand]:
    """All of a kind as they are now, kept so until this is done: places and addresses are given one at a time."""
    held = select(Strand).where(Strand.kind == kind).order_by(Strand.id).with_for_update()
    return list(db.session.scalars(held.execution_options(populate_existing=True)))


def _profile(
    *,
    name: str,
    purpose: str,
    owner: User,
    reports_to: str | None,
    starts_on: date | None,
    ends_on: date | None,
    illustrative: str | None,
    before: StrandProfile | None = None,
) -> StrandProfile:
    said = {"name": " ".join(name.split()), "purpose": purpose.strip(), "reports_to": (reports_to or "").strip()}
    for field, words in (("name", "the name"), ("purpose", "what it is for")):
        if not said[field]:
            raise InvalidInput(f"Enter {words}.", field=field)
    for field, longest in _LONGEST.items():
        if len(said[field]) > longest:
            raise InvalidInput(f"Enter {longest:,} characters or fewer.", field=field)
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day and not EARLIEST <= day <= LATEST:
            raise InvalidInput(f"Check the year: it must be from {EARLIEST.year} to {LATEST.year}.", field=field)
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidInput(f"The end must be on or after the start, {starts_on:%-d %B %Y}.", field="ends_on")
    # One who has left can stay the owner until another is found, so that the rest can still be changed.
    if not can_own(owner) and (before is None or before.owner_id != owner.id):
        raise InvalidInput(
            "Choose a member of staff, an executive or a regional lead whose account is in use.", field="owner"
        )
    return StrandProfile(
        name=said["name"],
        purpose=said["purpose"],
        owner_id=owner.id,
        owner=owner,
        reports_to=said["reports_to"] or None,
        starts_on=starts_on,
        ends_on=ends_on,
        effective_on=clock.today(),
        illustrative=illustrative,
    )


def _record(
    profile: StrandProfile, strand: Strand, event: Event, changes: dict[str, list[Any]], actor: Actor
) -> None:
    profile.subject_id = strand.id
    history.record(profile, actor=actor)
    trail.noted(event, strand, actor=actor, changes=changes)


def _said(before: StrandProfile | None, after: StrandProfile) -> dict[str, list[Any]]:
    """What a new profile changes, field by field, as the audit trail keeps it."""
    was, now = (_values(before) if before else {}), _values(after)
    return {field: [was.get(field), now[field]] for field in now if was.get(field) != now[field]}


def _values(profile: StrandProfile) -> dict[str, str | None]:
    return {
        "name": profile.name,
        "purpose": profile.purpose,
        "owner": profile.owner.name,
        "reports_to": profile.reports_to,
        "starts_on": profile.starts_on.isoformat() if profile.starts_on else None,
        "ends_on": profile.ends_on.isoformat() if profile.ends_on else None,
        "illustrative": profile.illustrative,
    }


def _checked_slug(slug: str, taken: set[str]) -> str:
    if not is_slug(slug):
        raise InvalidInput(f"Use small letters, digits and hyphens, {LENGTH} characters at most.", field="slug")
    if slug in taken:
        raise InvalidInput(f"Another already has the address {slug}.", field="slug")
    return slug


def _last_position(kind: StrandKind) -> int:
    return db.session.scalars(select(func.coalesce(func.max(Strand.position), 0)).where(Strand.kind == kind)).one()


def _neighbour(strand: Strand, *, up: bool) -> Strand | None:
    today = clock.today()
    beyond = Strand.position < strand.position if up else Strand.position > strand.position
    return db.session.scalar(
        select(Strand)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, today))
        .where(Strand.kind == strand.kind, beyond)
        .where(or_(StrandProfile.ends_on.is_(None), StrandProfile.ends_on >= today))
        .order_by(Strand.position.desc() if up else Strand.position)
        .limit(1)
    )
