"""Workstreams and projects, what they say in each round, and what they count."""

from opprod.projects.models.measures import Measure, Reading
from opprod.projects.models.strands import RagRating, Strand, StrandKind, StrandProfile
from opprod.projects.models.updates import (
    DraftReading,
    NextStep,
    NextStepTerms,
    Outcome,
    OutcomeEntry,
    PublishedUpdate,
    Statement,
    StatementKind,
    Status,
    Update,
    UpdateStatus,
)

__all__ = [
    "DraftReading",
    "Measure",
    "NextStep",
    "NextStepTerms",
    "Outcome",
    "OutcomeEntry",
    "PublishedUpdate",
    "RagRating",
    "Reading",
    "Statement",
    "StatementKind",
    "Status",
    "Strand",
    "StrandKind",
    "StrandProfile",
    "Update",
    "UpdateStatus",
]
