"""The pages of plans."""

from opprod.plans.views import access, deliverables, documents, figures, notes, records, status

__all__ = ["access", "deliverables", "documents", "figures", "notes", "records", "status"]
