"""How workstreams and projects were rated at the Board's last meetings."""

from opprod.reports.sections.ratings.composing import KEY, compose, narrative
from opprod.reports.sections.ratings.gathering import gather
from opprod.reports.sections.section import Section

SECTION = Section(
    KEY,
    "RAG history of workstreams and projects",
    "Numbered paragraphs, then charts and tables of how each workstream and project was rated at the Board’s last "
    "meetings.",
    narrative,
    compose,
    gather=gather,
    included_at_first=False,
    position=55,
)

__all__ = ["SECTION"]
