"""Where this room's pages hang."""

from datetime import date

from flask import Blueprint

from opprod.reports.assembly import day_of
from opprod.reports.models import Paper
from opprod.web.as_at import AsAt

blueprint = Blueprint("reports", __name__)


def day_shown(paper: Paper, as_at: AsAt) -> date:
    """The day a page shows the paper's facts at: the one its address asks for, or the paper's own."""
    return day_of(paper) if as_at.is_today else as_at.day
