"""STPs' consolidation plans: what they say, what they save, and how they are triaged."""

from opprod.plans.models.documents import DocumentKind, PlanDocument
from opprod.plans.models.figures import FigureKind, PlanFigure, PlanFigureValue
from opprod.plans.models.plans import Plan, PlanStatus, Service, ServiceFunction, Waiting
from opprod.plans.models.records import (
    Deliverable,
    DeliverableEntry,
    DeliverableState,
    Element,
    NoteKind,
    PlanNote,
    PlanScope,
    PlanSubmission,
    PlanTrust,
    PlanTrustEntry,
    SubmissionState,
)
from opprod.plans.models.savings import Confidence, SavingKind, SavingsLine, SavingsValue
from opprod.plans.models.triage import (
    Category,
    Move,
    Outcome,
    PlanCategory,
    StoredSuggestion,
    TriageRound,
    TriageStep,
)

__all__ = [
    "Category",
    "Confidence",
    "Deliverable",
    "DeliverableEntry",
    "DeliverableState",
    "DocumentKind",
    "Element",
    "FigureKind",
    "Move",
    "NoteKind",
    "Outcome",
    "Plan",
    "PlanCategory",
    "PlanDocument",
    "PlanFigure",
    "PlanFigureValue",
    "PlanNote",
    "PlanScope",
    "PlanStatus",
    "PlanSubmission",
    "PlanTrust",
    "PlanTrustEntry",
    "SavingKind",
    "SavingsLine",
    "SavingsValue",
    "Service",
    "ServiceFunction",
    "StoredSuggestion",
    "SubmissionState",
    "TriageRound",
    "TriageStep",
    "Waiting",
]
