"""The page on which what the last paper promised is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from opprod.projects.forms.next_steps import OutcomeForm
from opprod.projects.permissions import can_answer
from opprod.projects.presenters import outcome_as_stored
from opprod.projects.queries.next_steps import next_step, past_outcomes
from opprod.projects.queries.outcomes import outcomes_standing
from opprod.projects.services.next_steps import Seen
from opprod.reports import presenters, services
from opprod.reports.answers import AnsweredPromise, outcome_in_words, slips_in_words
from opprod.reports.asked import LastPaper
from opprod.reports.assembly import day_of
from opprod.reports.forms import AnswerFilters
from opprod.reports.models import Paper, PaperState
from opprod.reports.permissions import OPEN
from opprod.reports.queries.answers import promises_answered
from opprod.reports.queries.issues import last_paper
from opprod.reports.views.access import Shown, shown
from opprod.reports.views.blueprint import blueprint
from opprod.web.as_at import AsAt, requested_day
from opprod.web.errors import conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.paging import Page, page_number

PROMISES_TO_A_PAGE = 25
ANSWERED_STILL = frozenset({*OPEN, PaperState.IN_REVIEW, PaperState.APPROVED})


@dataclass(frozen=True, slots=True)
class Line:
    """A promise on the page, with the form that answers it; none where it cannot be answered here."""

    answered: AnsweredPromise
    form: OutcomeForm | None


@blueprint.get("/papers/<int:paper_id>/answers")
@requires(Permission.VIEW_PAPERS)
def answers(paper_id: int) -> ResponseReturnValue:
    """Show what the Board's last paper promised, and what became of it."""
    found = shown(paper_id)
    return _page(found, last_paper(found.paper), requested_day())


@blueprint.post("/papers/<int:paper_id>/answers/<int:next_step_id>")
@requires(Permission.VIEW_PAPERS)
def answer(paper_id: int, next_step_id: int) -> ResponseReturnValue:
    """Say what became of one promise of the last paper."""
    if not can_answer(signed_in(), None):
        raise NotAllowed("What became of a next step is recorded by its owner, directorate staff or an executive.")
    found = shown(paper_id)
    last = last_paper(found.paper)
    if last is None or not last.states(next_step_id):
        raise NotFound("The Board’s last paper on this matter stated no such next step.")
    form = OutcomeForm(prefix=_prefix(next_step_id))
    if form.validate():
        try:
            services.answer_promise(
                last=last,
                next_step_id=next_step_id,
                outcome=form.outcome.data,
                note=form.note.data,
                new_due_on=form.new_due_on.data,
                effective_on=form.effective_on.data,
                actor=signed_in(),
                seen=Seen(form.seen.data),
            )
        except InvalidInput as error:
            add_error(form, error)
        except Conflict:
            return conflict_page(
                what="What became of this next step",
                theirs=outcome_as_stored(past_outcomes(next_step(next_step_id), clock.today())),
                yours=form.as_typed(),
                reload_href=_href(found.paper, next_step_id),
            )
        else:
            flash(f"The answer is recorded: {form.outcome.data.label.lower()}.")
            return redirect(_href(found.paper, next_step_id), HTTPStatus.SEE_OTHER)
    return _page(found, last, requested_day(), refused=(next_step_id, form))


def _page(
    found: Shown, last: LastPaper | None, as_at: AsAt, *, refused: tuple[int, OutcomeForm] | None = None
) -> ResponseReturnValue:
    filters = AnswerFilters(request.args)
    filters.validate()
    day = _day(found, as_at)
    every = promises_answered(last, day) if last else []
    wanted = [one for one in every if one.outcome is None] if filters.unanswered_alone else every
    if refused and all(one.promise.next_step_id != refused[0] for one in wanted):
        wanted = every
    page = _page_of(wanted, holding=refused[0] if refused else None)
    may_answer = as_at.is_today and found.issue is None and can_answer(signed_in(), None)
    return render_form(
        "reports/answers.html",
        refused[1] if refused else filters,
        filters=filters,
        as_at=as_at,
        paper=found.paper,
        status=found.status.status,
        is_open=found.is_open,
        last=last,
        day=day,
        page=page,
        lines=_lines(page.items, day, refused) if may_answer else [Line(one, None) for one in page.items],
        answered=sum(1 for one in every if one.outcome),
        promised=len(every),
        outcome_in_words=outcome_in_words,
        outcome_colour=presenters.outcome_colour,
        slips_in_words=slips_in_words,
        anchor=_anchor,
        kept=_kept(),
    )


def _day(found: Shown, as_at: AsAt) -> date:
    """The day at which the page tells what became of promises: that of the version issued, or the paper's own."""
    if found.issue is not None:
        return found.issue.edition.as_at
    return day_of(found.paper) if as_at.is_today else as_at.day


def _page_of(wanted: list[AnsweredPromise], *, holding: int | None) -> Page[AnsweredPromise]:
    """The page asked for, the last where answers made the list shorter, or the one that holds a refused form."""
    size = PROMISES_TO_A_PAGE
    number = min(page_number(), max(1, -(-len(wanted) // size)))
    places = [place for place, one in enumerate(wanted) if one.promise.next_step_id == holding]
    if places:
        number = places[0] // size + 1
    return Page(wanted[(number - 1) * size : number * size], number, size, len(wanted))


def _lines(promises: Sequence[AnsweredPromise], day: date, refused: tuple[int, OutcomeForm] | None) -> list[Line]:
    standing = outcomes_standing([one.promise.next_step_id for one in promises], clock.today())
    lines = []
    for one in promises:
        step_id = one.promise.next_step_id
        if refused and refused[0] == step_id:
            lines.append(Line(one, refused[1]))
            continue
        seen = standing.get(step_id)
        data = {"seen": seen.id if seen else None, "effective_on": day}
        lines.append(Line(one, OutcomeForm(formdata=None, prefix=_prefix(step_id), data=data)))
    return lines


def _prefix(next_step_id: int) -> str:
    return f"answer-{next_step_id}"


def _anchor(next_step_id: int) -> str:
    return f"promise-{next_step_id}"


def _kept() -> dict[str, str]:
    """What of the address the page keeps: which promises it shows."""
    return {name: request.args[name] for name in ("show", "page") if request.args.get(name)}


def _href(paper: Paper, next_step_id: int) -> str:
    kept: dict[str, Any] = _kept()
    return url_for("reports.answers", paper_id=paper.id, _anchor=_anchor(next_step_id), **kept)
