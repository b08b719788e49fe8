"""The pages of plans."""

from opprod.plans.views import (
    access,
    decisions,
    deliverables,
    documents,
    figures,
    notes,
    queue,
    records,
    rounds,
    status,
)

__all__ = [
    "access",
    "decisions",
    "deliverables",
    "documents",
    "figures",
    "notes",
    "queue",
    "records",
    "rounds",
    "status",
]
