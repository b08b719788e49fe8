"""The figures in a paper's free text that are settled on record."""

from sqlalchemy import Select, select

from opprod.db import db
from opprod.reports.claims import anchor
from opprod.reports.facts import Claim
from opprod.reports.models import Paper, PaperClaim


def evidence_page(paper: Paper) -> str:
    """The path of the page where the figures of a paper's free text get their sources."""
    return f"/papers/{paper.id}/evidence"


def claims_of(paper: Paper) -> dict[str, Claim]:
    """The figures that are settled in a paper, by key, those whose sentence is gone too. One statement."""
    page = evidence_page(paper)
    rows = db.session.scalars(select(PaperClaim).where(PaperClaim.paper_id == paper.id).order_by(PaperClaim.id))
    return {
        row.key: Claim(
            row.key, row.said, row.source, row.settled_by.name, row.settled_at, f"{page}#{anchor(row.key)}"
        )
        for row in rows
    }


def settled(paper: Paper) -> Select[PaperClaim]:
    """The figures that are settled in a paper, those settled last first, for paging."""
    return select(PaperClaim).where(PaperClaim.paper_id == paper.id).order_by(PaperClaim.id.desc())
