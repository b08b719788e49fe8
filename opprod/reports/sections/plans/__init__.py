"""STPs' consolidation plans: their categories, what moved, the largest near-term gains and what is not yet known."""

from opprod.reports.sections.plans.composing import KEY, compose, narrative
from opprod.reports.sections.plans.gathering import gather
from opprod.reports.sections.section import Section

SECTION = Section(
    KEY,
    "STP plans: categories and gains",
    "Numbered paragraphs, then tables of the plans’ categories, of what moved, of the largest near-term gains and of "
    "what is not yet known. They draw on plans that are not for publication: the section is for the Board alone.",
    narrative,
    compose,
    gather=gather,
    included_at_first=False,
    board_only=True,
    position=60,
)

__all__ = ["SECTION"]
