"""The pages of plans."""

from opprod.plans.views import access, deliverables, figures, notes, records, status

__all__ = ["access", "deliverables", "figures", "notes", "records", "status"]
