"""STPs' plans one by one: where each stands and why, what it says, and what is missing."""

from opprod.reports.sections.plan_details.composing import KEY, compose, narrative
from opprod.reports.sections.plan_details.gathering import gather
from opprod.reports.sections.section import Section

SECTION = Section(
    KEY,
    "STP plans one by one",
    "Numbered paragraphs, then every plan by region: its category and why, what it says, and what is missing. The "
    "section is for the Board alone; 44 STPs with two plans each fill some fifty pages.",
    narrative,
    compose,
    gather=gather,
    included_at_first=False,
    board_only=True,
    position=65,
)

__all__ = ["SECTION"]
