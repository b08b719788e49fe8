"""The pages; importing a module puts its pages on the blueprint."""

from opprod.reports.views import documents, papers, sections, workflow
from opprod.reports.views.blueprint import blueprint

__all__ = ["blueprint", "documents", "papers", "sections", "workflow"]
