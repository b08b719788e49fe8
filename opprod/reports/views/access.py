"""What every page of a paper begins with: which papers the person may know of, and what they see of one."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import BadRequest

from opprod.accounts import Permission
from opprod.accounts.gate import signed_in
from opprod.core.errors import NotFound
from opprod.reports import queries
from opprod.reports.assembly import content_of, day_of
from opprod.reports.composition import PaperContent
from opprod.reports.freezing import thawed
from opprod.reports.models import Paper, PaperIssue, PaperState, PaperStatus, Variant
from opprod.reports.permissions import OPEN
from opprod.reports.queries import issues
from opprod.reports.variants import public
from opprod.web.as_at import AsAt


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as this person may see it: where it stands, and the issued version of it, if that is what they see."""

    paper: Paper
    status: PaperStatus
    issue: PaperIssue | None
    variant: Variant

    @property
    def is_open(self) -> bool:
        """Whether the paper is being written, and so follows the records."""
        return self.status.status in OPEN and self.issue is None

    def content(self, as_at: AsAt) -> PaperContent:
        """What the paper says to this person; while it is written, as at the day asked for or its own."""
        if self.issue is not None:
            content = thawed(self.issue.content, PaperContent)
        elif self.status.edition_id is not None:
            content = thawed(issues.edition(self.status.edition_id).content, PaperContent)
        else:
            content = content_of(self.paper, day_of(self.paper) if as_at.is_today else as_at.day)
        return public(content) if self.variant is Variant.PUBLIC else content


def reads_drafts() -> bool:
    """Whether the person signed in may read papers before they are issued, and what is for the Board alone."""
    return signed_in().can(Permission.VIEW_PAPERS)


def find_paper(paper_id: int) -> Paper:
    """A paper that the person may open; raises ``NotFound`` for any other."""
    paper = queries.paper(paper_id)
    if not reads_drafts() and issues.latest_issue(paper) is None:
        raise NotFound("There is no such paper.")
    return paper


def shown(paper_id: int) -> Shown:
    """A paper as the person may see it, in the variant and version that the address asks for.

    Whoever may not read drafts sees the public variant of what was issued, whatever the address asks for.
    """
    paper = find_paper(paper_id)
    status = issues.status_of(paper)
    writer = reads_drafts()
    number = request.args.get("version", type=int)
    issue = issues.issue(paper, number) if number is not None else None
    if issue is None and (not writer or status.status in {PaperState.ISSUED, PaperState.WITHDRAWN}):
        issue = issues.latest_issue(paper)
    return Shown(paper, status, issue, _variant() if writer else Variant.PUBLIC)


def _variant() -> Variant:
    asked = request.args.get("variant", Variant.BOARD.value)
    try:
        return Variant(asked)
    except ValueError:
        raise BadRequest from None
