"""How workstreams and projects were rated on several days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from opprod.core.rag import Rag
from opprod.db import db
from opprod.history import in_force
from opprod.projects.models import RagRating, Strand, StrandKind, StrandProfile


@dataclass(frozen=True, slots=True)
class RatingOn:
    """A rating in force on a day, and since which day."""

    rag: Rag
    since: date
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class StrandRatings:
    """A strand with its ratings on each of the days that were asked for; None on one when it had none."""

    kind: StrandKind
    name: str
    ratings: tuple[RatingOn | None, ...]


def ratings_on(days: Sequence[date], day: date) -> list[StrandRatings]:
    """How each strand that had not ended by ``day`` was rated on each of the days, in one statement."""
    on_days = [aliased(RagRating) for _ in days]
    columns: list[Any] = [Strand.kind, StrandProfile.name, *on_days]
    query = (
        select(*columns)
        .select_from(Strand)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, Strand.id, day))
        .where(or_(StrandProfile.ends_on.is_(None), StrandProfile.ends_on >= day))
        .order_by(Strand.kind == StrandKind.PROJECT, Strand.position)
    )
    for entry, on in zip(on_days, days, strict=True):
        query = query.outerjoin(entry, entry.id == in_force(RagRating, Strand.id, on))
    return [
        StrandRatings(kind, name, tuple(map(_rating, entries))) for kind, name, *entries in db.session.execute(query)
    ]


def _rating(entry: RagRating | None) -> RatingOn | None:
    return None if entry is None else RatingOn(entry.rag, entry.effective_on, entry.illustrative)
