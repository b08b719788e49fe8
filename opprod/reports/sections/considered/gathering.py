"""Taking the papers on the same matter that were issued for earlier meetings."""

from opprod.reports.asked import Asked
from opprod.reports.models import PaperIssue
from opprod.reports.queries.issues import issued_before
from opprod.reports.sections.considered.facts import ConsideredFacts, EarlierPaper

MOST = 20


def gather(asked: Asked) -> ConsideredFacts:
    """Take the latest of them, by their latest versions, and count the rest."""
    found, total = issued_before(asked.meeting_on, asked.report_on, day=asked.day, limit=MOST)
    return ConsideredFacts(tuple(map(_paper, found)), total - len(found))


def _paper(issue: PaperIssue) -> EarlierPaper:
    paper = issue.paper
    return EarlierPaper(
        board=paper.meeting.board,
        meeting_on=paper.meeting.held_on,
        reference=paper.reference,
        purpose=paper.purpose.label if paper.purpose else None,
        record=f"/papers/{paper.id}",
        illustrative=paper.illustrative or paper.meeting.illustrative,
    )
