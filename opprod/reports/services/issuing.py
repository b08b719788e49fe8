"""Issuing a paper to the Board: its content is frozen for good, with the documents made of it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput
from opprod.db import db
from opprod.files.store import Stored
from opprod.reports.checks import Stage
from opprod.reports.composition import Issued, PaperContent
from opprod.reports.freezing import digest, frozen
from opprod.reports.models import (
    DocumentFormat,
    IssuedFile,
    Paper,
    PaperEdition,
    PaperIssue,
    PaperPromise,
    PaperState,
    Variant,
)
from opprod.reports.queries import issues as queries
from opprod.reports.queries.problems import problems_of
from opprod.reports.services.workflow import Seen, checked_note, edition_of, ensure, ensure_current, enter, refuse

Documents = Mapping[tuple[Variant, DocumentFormat], Stored]
DOCUMENTS = frozenset((variant, kind) for variant in Variant for kind in DocumentFormat)


def approved_edition(paper: Paper) -> PaperEdition:
    """The edition that would be issued; raises ``WrongState`` for a paper that is not approved."""
    edition = edition_of(ensure(paper, {PaperState.APPROVED}))
    assert edition is not None  # noqa: S101 nothing is approved without one
    return edition


def content_to_issue(*, paper: Paper, changes: str, seen: Seen | None = None) -> PaperContent:
    """What would be issued now: the approved edition, with the version and day that issuing adds.

    Changes nothing. ``changes`` says what a reissue changes; the first version has none. Raises ``WrongState`` for a
    paper that is not approved, or while a promise of the last paper is unanswered, which it names; ``InvalidInput``
    where a reissue does not say what changed; and ``Conflict`` if its status is no longer the one ``seen``, or if the
    records say something else by now.
    """
    content, _edition = _approved(paper, seen)
    return _with_issue(paper, content, changes)


def issue_paper(
    *, paper: Paper, content: PaperContent, documents: Documents, actor: User, seen: Seen | None = None
) -> PaperIssue:
    """Issue the approved edition, with the documents that were made of ``content``.

    ``content`` is what ``content_to_issue`` gave; raises as that does, and ``Conflict`` where it is no longer that.
    """
    current, edition = _approved(paper, seen)
    changes = content.issued.changes if content.issued else None
    if _with_issue(paper, current, changes or "") != content:
        raise Conflict("The paper was taken further while its documents were made. Open it again to see where it is.")
    missing = DOCUMENTS - documents.keys()
    if missing or content.issued is None:
        raise ValueError(f"Not all documents were made: {sorted(missing)}")
    text = frozen(content)
    issue = PaperIssue(
        paper_id=paper.id,
        edition_id=edition.id,
        number=content.issued.number,
        changes=changes,
        content=text,
        content_sha256=digest(text),
        issued_on=content.issued.on,
        issued_at=clock.now(),
        issued_by_id=actor.id,
        files=[
            IssuedFile(variant=variant, format=kind, sha256=stored.sha256, size=stored.size)
            for (variant, kind), stored in sorted(documents.items(), key=_in_order)
        ],
        promises=[PaperPromise(**asdict(promise)) for promise in content.promises],
    )
    db.session.add(issue)
    db.session.flush()
    enter(paper, PaperState.ISSUED, actor=actor, edition=edition)
    told: dict[str, list[Any]] = {"version": [None, issue.number], "content_sha256": [None, issue.content_sha256]}
    told |= {f"{file.variant}_{file.format}_sha256": [None, file.sha256] for file in issue.files}
    trail.noted(Event.PAPER_ISSUED, paper, actor=actor, changes=told)
    return issue


def _in_order(document: tuple[tuple[Variant, DocumentFormat], Stored]) -> tuple[int, int]:
    variant, kind = document[0]
    return list(Variant).index(variant), list(DocumentFormat).index(kind)


def _with_issue(paper: Paper, content: PaperContent, changes: str) -> PaperContent:
    """The content with the version and day that issuing it today adds."""
    before = queries.latest_issue(paper)
    said = None
    if before is not None:
        said = checked_note(changes, field="changes", missing="Say what this version changes")
    elif changes.strip():
        raise InvalidInput("This is the first version, so it changes nothing: leave this blank", field="changes")
    return replace(content, issued=Issued(before.number + 1 if before else 1, clock.today(), said))


def _approved(paper: Paper, seen: Seen | None) -> tuple[PaperContent, PaperEdition]:
    edition = edition_of(ensure(paper, {PaperState.APPROVED}, seen))
    content = ensure_current(paper, edition)
    assert edition is not None  # noqa: S101 ensure_current raises without one
    refuse(problems_of(paper, content, edition.as_at), *Stage)
    return content, edition
