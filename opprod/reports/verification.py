"""Whether a document is one that was issued from here, unaltered; and the documents of an issue made again."""

import json
from dataclasses import dataclass
from hashlib import sha256

from flask import current_app

from opprod.config import Settings
from opprod.files import store as files
from opprod.reports.composition import PaperContent
from opprod.reports.document import ATTACHMENT
from opprod.reports.freezing import FORMAT, thawed
from opprod.reports.making import Documents, documents_of
from opprod.reports.models import DocumentFormat, IssuedFile, PaperIssue, PaperState, Variant
from opprod.reports.queries import issues
from opprod.reports.queries.papers import paper_with_reference
from opprod.reports.rendering import attached

STRANGER = "This is no document issued from here."


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a document was issued from here as it is, and what to tell the person who asks."""

    genuine: bool
    words: str


def verify(content: bytes) -> Verdict:
    """Judge a document by its bytes; of one that is not ours as it is, say what it claims to be.

    Whatever is given, nothing is changed and nothing raised.
    """
    found = issues.issued_with(sha256(content).hexdigest())
    if found is not None:
        return Verdict(genuine=True, words=_genuine(*found))
    carried = attached(content, ATTACHMENT)
    if carried is None:
        return Verdict(genuine=False, words=STRANGER)
    return Verdict(genuine=False, words=_pretends(carried))


def issued_bytes(issue: PaperIssue, variant: Variant, kind: DocumentFormat) -> bytes:
    """An issued document as it is stored; raises ``NotFound`` and ``OSError`` as the store does."""
    file = issues.issued_file(issue, variant, kind)
    settings: Settings = current_app.extensions["opprod"]
    return b"".join(files.at(settings.files_address).open(file.sha256, size=file.size))


def made_again(issue: PaperIssue) -> Documents:
    """The documents of an issue, made from its frozen content alone."""
    return documents_of(thawed(issue.content, PaperContent), version=issue.edition.template)


def is_as_issued(issue: PaperIssue, variant: Variant, kind: DocumentFormat, document: bytes) -> bool:
    """Whether a document is the issued one to the byte."""
    return issues.issued_file(issue, variant, kind).sha256 == sha256(document).hexdigest()


def _genuine(issue: PaperIssue, file: IssuedFile) -> str:
    whose = f"{issue.paper.reference}, version {issue.number}, {file.variant.phrase}"
    words = [f"{whose}, issued on {issue.issued_on:%-d %B %Y}: unaltered."]
    latest = issues.latest_issue(issue.paper)
    if latest is not None and latest.number != issue.number:
        words.append(f"Version {latest.number} has replaced it.")
    if issues.status_of(issue.paper).status is PaperState.WITHDRAWN:
        words.append("The paper was withdrawn since.")
    return " ".join(words)


def _pretends(carried: bytes) -> str:
    """What to say of a document that is not ours as it is, by what it carries."""
    claimed = _claimed(carried)
    if claimed is None:
        return STRANGER
    reference, number = claimed
    paper = paper_with_reference(reference)
    if paper is None or issues.latest_issue(paper) is None:
        return f"{STRANGER} It says that it is {reference[:60]}, of which nothing was issued."
    if number is None:
        return f"This says that it is {paper.reference} before it was issued. It is no issued paper."
    return (
        f"This says that it is {paper.reference}, version {number}, but it is not as it was issued: it was altered, "
        "or made again by other means."
    )


def _claimed(carried: bytes) -> tuple[str, int | None] | None:
    """The reference and version that a paper's content says it is; None for what is no such content."""
    try:
        said = json.loads(carried)
        if said["format"] != FORMAT:
            return None
        reference, issued = said["content"]["cover"]["reference"], said["content"].get("issued") or {}
        return str(reference), int(issued["number"]) if issued else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
