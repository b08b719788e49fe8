"""Where and when the Board or its committees had earlier papers on this matter."""

from opprod.reports.sections.considered.composing import KEY, compose, narrative
from opprod.reports.sections.considered.gathering import gather
from opprod.reports.sections.section import Section

SECTION = Section(
    KEY,
    "Previous consideration",
    "Numbered paragraphs, then a table of the papers of the same title that were issued for earlier meetings, of the "
    "Board or of its committees.",
    narrative,
    compose,
    gather=gather,
    included_at_first=False,
    position=15,
)

__all__ = ["SECTION"]
