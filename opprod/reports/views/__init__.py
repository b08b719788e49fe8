"""The pages; importing a module puts its pages on the blueprint."""

from opprod.reports.views import papers, pdf, sections
from opprod.reports.views.blueprint import blueprint

__all__ = ["blueprint", "papers", "pdf", "sections"]
