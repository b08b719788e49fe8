"""Finding papers and their sections."""

from datetime import date
from string import ascii_lowercase

from sqlalchemy import Select, exists, func, select

from opprod.core.errors import NotFound
from opprod.db import db
from opprod.reports.models import Paper, PaperIssue, PaperSection
from opprod.rounds.models import Meeting


def papers(*, meeting_id: int | None = None, issued_alone: bool = False) -> Select[Paper]:
    """Papers, those for the latest meeting first and in the order of its agenda, for paging.

    ``issued_alone`` leaves out those of which no version was issued.
    """
    # Item 9 and 9a come before 10.
    digits = func.length(func.rtrim(Paper.agenda_item, ascii_lowercase))
    query = (
        select(Paper)
        .join(Paper.meeting)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc(), digits, Paper.agenda_item, Paper.id)
    )
    if issued_alone:
        query = query.where(exists().where(PaperIssue.paper_id == Paper.id))
    return query if meeting_id is None else query.where(Paper.meeting_id == meeting_id)


def paper(paper_id: int) -> Paper:
    """A paper; raises ``NotFound``."""
    found = db.session.get(Paper, paper_id)
    if found is None:
        raise NotFound("There is no such paper.")
    return found


def section(paper: Paper, key: str) -> PaperSection:
    """A section of a paper by its key; raises ``NotFound``."""
    found = next((section for section in paper.sections if section.key == key), None)
    if found is None:
        raise NotFound("This paper has no such section.")
    return found


def paper_with_reference(reference: str) -> Paper | None:
    """The paper of a reference, in any case."""
    return db.session.scalar(select(Paper).where(func.lower(Paper.reference) == reference.lower()))


def papers_held_on(day: date, *, limit: int) -> list[Paper]:
    """The papers for the Board meetings of a day in the order of their agendas, at most ``limit``."""
    return list(db.session.scalars(papers().where(Meeting.held_on == day).limit(limit)))
