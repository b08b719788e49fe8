"""A paper as a Word document, for a secretariat to edit."""

from opprod.reports.docx.paper import paper_docx

__all__ = ["paper_docx"]
