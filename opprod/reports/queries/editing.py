"""Finding what writers left beside a paper's sections."""

from collections.abc import Mapping

from sqlalchemy import select

from opprod.db import db
from opprod.reports.facts import Wording
from opprod.reports.models import Paper, PaperWording


def wordings_of(paper: Paper) -> Mapping[str, Wording]:
    """What the paper's editors made of statements, by ``wordings.key_of`` each."""
    rows = db.session.scalars(select(PaperWording).where(PaperWording.paper_id == paper.id))
    return {row.key: Wording(row.included, row.wording, row.grouping) for row in rows}
