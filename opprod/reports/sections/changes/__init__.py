"""What has changed since the last paper."""

from opprod.reports.sections.changes.composing import KEY, compose, narrative
from opprod.reports.sections.changes.gathering import gather
from opprod.reports.sections.section import Section

SECTION = Section(
    KEY,
    "What has changed since the last paper",
    "Numbered paragraphs, then short tables of what changed since the Board’s last paper: ratings, statements, "
    "outcomes, figures and what was withdrawn. What comes of STPs’ plans is for the Board alone.",
    narrative,
    compose,
    gather=gather,
    included_at_first=False,
    position=35,
)

__all__ = ["SECTION"]
