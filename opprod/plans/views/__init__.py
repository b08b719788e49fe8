"""The pages of plans."""

from opprod.plans.views import (
    access,
    decisions,
    deliverables,
    documents,
    exports,
    figures,
    matrix,
    notes,
    plans,
    queue,
    records,
    rounds,
    rules,
    status,
)

__all__ = [
    "access",
    "decisions",
    "deliverables",
    "documents",
    "exports",
    "figures",
    "matrix",
    "notes",
    "plans",
    "queue",
    "records",
    "rounds",
    "rules",
    "status",
]
