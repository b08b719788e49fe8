"""Board papers: what is being written, what was frozen for review, and what was issued."""

from opprod.reports.models.editing import PaperClaim, PaperWording, SectionComment, SectionDraft, SectionRevision
from opprod.reports.models.issues import DocumentFormat, IssuedFile, PaperEdition, PaperIssue, PaperPromise, Variant
from opprod.reports.models.papers import Paper, PaperPurpose, PaperSection, PaperState, PaperStatus

__all__ = [
    "DocumentFormat",
    "IssuedFile",
    "Paper",
    "PaperClaim",
    "PaperEdition",
    "PaperIssue",
    "PaperPromise",
    "PaperPurpose",
    "PaperSection",
    "PaperState",
    "PaperStatus",
    "PaperWording",
    "SectionComment",
    "SectionDraft",
    "SectionRevision",
    "Variant",
]
