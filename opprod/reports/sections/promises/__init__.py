"""What we said we would do: each next step of the last paper, what became of it, and how often it slipped."""

from opprod.reports.sections.promises.composing import KEY, compose, narrative
from opprod.reports.sections.promises.gathering import gather
from opprod.reports.sections.section import Section

SECTION = Section(
    KEY,
    "What we said we would do",
    "Numbered paragraphs, then a table of the next steps that the Board’s last paper stated, in the words it had: "
    "what became of each, and how often it has slipped. Each is answered on the page of what we said last time.",
    narrative,
    compose,
    gather=gather,
    position=30,
)

__all__ = ["SECTION"]
