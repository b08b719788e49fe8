"""Finding papers, what was frozen of them and what was issued."""

from opprod.reports.queries.papers import paper, paper_with_reference, papers, papers_held_on, section

__all__ = ["paper", "paper_with_reference", "papers", "papers_held_on", "section"]
