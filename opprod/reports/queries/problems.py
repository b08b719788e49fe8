"""What stands in a paper's way, from its content and from the records it answers to."""

from datetime import date

from opprod.reports.checks import Problem, problems, stray, unanswered_promises
from opprod.reports.composition import PaperContent
from opprod.reports.models import Paper
from opprod.reports.queries.answers import unanswered
from opprod.reports.queries.editing import stray_wordings


def problems_of(paper: Paper, content: PaperContent, day: date) -> list[Problem]:
    """What must be put right before the paper is sent for review, approved or issued."""
    return [
        *problems(content),
        *stray([found.row.original for found in stray_wordings(paper, day)]),
        *unanswered_promises(unanswered(paper, day)),
    ]
