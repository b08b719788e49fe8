"""Finding what became of what the last paper stated to the Board."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select

from opprod.db import db
from opprod.projects.models import Outcome as Became
from opprod.projects.queries.outcomes import DueDays, StandingOutcome, due_days, outcomes_standing, slips
from opprod.reports.answers import AnsweredPromise, Outcome, answers
from opprod.reports.answers import unanswered as without_answer
from opprod.reports.asked import LastPaper
from opprod.reports.composition import PaperContent
from opprod.reports.freezing import thawed
from opprod.reports.models import Paper, PaperIssue
from opprod.reports.promises import Promise
from opprod.reports.queries.issues import last_paper
from opprod.reports.variants import public


class Which(StrEnum):
    """Which promises a page shows."""

    ALL = "all"
    UNANSWERED = "unanswered"

    @property
    def label(self) -> str:
        """What the page shows, in words."""
        return "All" if self is Which.ALL else "Not yet answered"


def unanswered(paper: Paper, day: date) -> list[Promise]:
    """What the Board's last paper stated as next steps that nobody has answered for by a day, in its order."""
    last = last_paper(paper)
    return without_answer(promises_answered(last, day)) if last else []


def promises_answered(last: LastPaper, day: date) -> list[AnsweredPromise]:
    """Each next step that a paper stated, and how it is answered by a day. A fixed number of statements of SQL."""
    ids = [promise.next_step_id for promise in last.promises]
    outcomes, slipped, dues = outcomes_standing(ids, day), slips(ids, day), due_days(ids, day)
    published = _published(last)
    return [
        _answered(
            promise,
            outcomes.get(promise.next_step_id),
            dues[promise.next_step_id],
            slips=slipped[promise.next_step_id],
            since=last.as_at,
            is_public=promise.next_step_id in published,
        )
        for promise in last.promises
    ]


def _answered(
    promise: Promise,
    standing: StandingOutcome | None,
    due: DueDays,
    *,
    slips: int,
    since: date,
    is_public: bool,
) -> AnsweredPromise:
    outcome = _outcome(standing) if standing else None
    moved_to = outcome.new_due_on if outcome else None
    return AnsweredPromise(
        promise=promise,
        outcome=outcome if answers(outcome, since=since) else None,
        slips=slips,
        first_due_on=due.first or promise.due_on,
        due_on=due.now or max(promise.due_on, moved_to or promise.due_on),
        public=is_public,
        record=f"/next-steps/{promise.next_step_id}" if due.now else None,
    )


def _outcome(standing: StandingOutcome) -> Outcome:
    return Outcome(
        name=standing.outcome.label,
        closes=standing.outcome.closes,
        slipped=standing.outcome is Became.SLIPPED,
        effective_on=standing.effective_on,
        note=standing.note,
        new_due_on=standing.new_due_on,
        illustrative=standing.illustrative,
    )


def _published(last: LastPaper) -> frozenset[int]:
    """Which of the next steps stood in the copy for publication too."""
    content = db.session.scalars(select(PaperIssue.content).where(PaperIssue.id == last.issue_id)).one()
    return frozenset(promise.next_step_id for promise in public(thawed(content, PaperContent)).promises)
