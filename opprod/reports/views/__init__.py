"""The pages; importing a module puts its pages on the blueprint."""

from opprod.reports.views import (
    answers,
    changes,
    comments,
    documents,
    editor,
    evidence,
    papers,
    sections,
    versions,
    wordings,
    workflow,
)
from opprod.reports.views.blueprint import blueprint

__all__ = [
    "answers",
    "blueprint",
    "changes",
    "comments",
    "documents",
    "editor",
    "evidence",
    "papers",
    "sections",
    "versions",
    "wordings",
    "workflow",
]
