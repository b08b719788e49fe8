"""What stands in a paper's way, from its content and from the records it answers to."""

from datetime import date

from opprod.reports.checks import Problem, problems
from opprod.reports.composition import PaperContent
from opprod.reports.models import Paper


def problems_of(_paper: Paper, content: PaperContent, _day: date) -> list[Problem]:
    """What must be put right before the paper is sent for review, approved or issued."""
    return problems(content)
