"""Finding what writers left beside a paper's sections: earlier texts, text not saved yet, comments, wordings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, not_, select

from opprod.accounts import User
from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.db import db
from opprod.history import in_force
from opprod.projects.models import PublishedUpdate, StrandProfile
from opprod.projects.queries.statements import published_statements
from opprod.reports.facts import Wording
from opprod.reports.models import Paper, PaperSection, PaperWording, SectionComment, SectionDraft, SectionRevision
from opprod.reports.wordings import key_of

WRITING_STILL = timedelta(minutes=30)
NAMED = 10


def revisions(section: PaperSection) -> Select[SectionRevision]:
    """A section's versions, newest first, for paging."""
    return (
        select(SectionRevision)
        .where(SectionRevision.section_id == section.id)
        .order_by(SectionRevision.version.desc())
    )


def revision(section: PaperSection, version: int) -> SectionRevision:
    """A section as it was at one of its versions; raises ``NotFound``."""
    found = db.session.scalar(revisions(section).where(SectionRevision.version == version))
    if found is None:
        raise NotFound("There is no such version of this section.")
    return found


def revisions_since(section: PaperSection, version: int) -> list[SectionRevision]:
    """The latest versions of a section that were saved after one, newest first."""
    return list(db.session.scalars(revisions(section).where(SectionRevision.version > version).limit(NAMED)))


def draft_of(section: PaperSection, user: User) -> SectionDraft | None:
    """What a person has typed in a section and not saved."""
    return db.session.scalar(
        select(SectionDraft).where(SectionDraft.section_id == section.id, SectionDraft.user_id == user.id)
    )


def others_writing(section: PaperSection, user: User) -> list[SectionDraft]:
    """What others have typed in a section in the last half hour and not saved, the latest first."""
    return list(
        db.session.scalars(
            select(SectionDraft)
            .where(
                SectionDraft.section_id == section.id,
                SectionDraft.user_id != user.id,
                SectionDraft.kept_at >= clock.now() - WRITING_STILL,
            )
            .order_by(SectionDraft.kept_at.desc())
            .limit(NAMED)
        )
    )


def comments(section: PaperSection) -> Select[SectionComment]:
    """The comments on a section, open ones first and of each the newest first, for paging."""
    return (
        select(SectionComment)
        .where(SectionComment.section_id == section.id)
        .order_by(SectionComment.resolved_at.is_not(None), SectionComment.id.desc())
    )


def comment(section: PaperSection, comment_id: int) -> SectionComment:
    """A comment on a section; raises ``NotFound``."""
    found = db.session.get(SectionComment, comment_id)
    if found is None or found.section_id != section.id:
        raise NotFound("There is no such comment on this section.")
    return found


def open_comments(paper: Paper) -> Mapping[str, int]:
    """How many comments on each section are not resolved, by the section's key; none for a section without."""
    rows = db.session.execute(
        select(PaperSection.key, func.count().label("number"))
        .join(SectionComment, SectionComment.section_id == PaperSection.id)
        .where(PaperSection.paper_id == paper.id, SectionComment.resolved_at.is_(None))
        .group_by(PaperSection.key)
    )
    return {row.key: row.number for row in rows}


def wordings_of(paper: Paper) -> Mapping[str, Wording]:
    """What the paper's editors made of statements, by ``wordings.key_of`` each."""
    rows = db.session.scalars(select(PaperWording).where(PaperWording.paper_id == paper.id))
    return {row.key: Wording(row.included, row.wording, row.grouping) for row in rows}


def wordings_by_strand(paper: Paper) -> Mapping[int, list[PaperWording]]:
    """What a paper's editors made of statements, as it is in the database now, by the key of their strand."""
    query = select(PaperWording).where(PaperWording.paper_id == paper.id).order_by(PaperWording.id)
    found: dict[int, list[PaperWording]] = {}
    for row in db.session.scalars(query.execution_options(populate_existing=True)):
        found.setdefault(row.strand_id, []).append(row)
    return found


def wording(paper: Paper, wording_id: int) -> PaperWording:
    """What a paper's editors made of a statement; raises ``NotFound``."""
    found = db.session.get(PaperWording, wording_id)
    if found is None or found.paper_id != paper.id:
        raise NotFound("This paper has no such wording.")
    return found


@dataclass(frozen=True, slots=True)
class StrayWording:
    """What was made of a statement that is no longer said.

    ``strand`` is its strand's name, and ``since`` the day of the update that says so; None where no update is in
    force any more.
    """

    row: PaperWording
    strand: str
    since: date | None


def stray_wordings(paper: Paper, day: date) -> list[StrayWording]:
    """What a paper makes of statements that their strands' updates in force on a day do not make.

    They were withdrawn, or revised in other words. Four statements of SQL at most, and one where nothing was made.
    """
    rows = db.session.execute(
        select(PaperWording, StrandProfile.name, PublishedUpdate.effective_on)
        .select_from(PaperWording)
        .join(StrandProfile, StrandProfile.id == in_force(StrandProfile, PaperWording.strand_id, day))
        .outerjoin(PublishedUpdate, PublishedUpdate.id == in_force(PublishedUpdate, PaperWording.strand_id, day))
        .where(
            PaperWording.paper_id == paper.id,
            not_(PaperWording.included) | PaperWording.wording.is_not(None) | PaperWording.grouping.is_not(None),
        )
        .order_by(PaperWording.strand_id, PaperWording.id)
    ).all()
    if not rows:
        return []
    said = {
        key_of(strand_id, statement.kind.value, statement.raw)
        for strand_id, statements in published_statements(day).items()
        for statement in statements
    }
    return [StrayWording(row, name, since) for row, name, since in rows if row.key not in said]
