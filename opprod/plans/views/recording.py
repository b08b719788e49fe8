"""What the forms of a plan's record share: the plan they begin from, their pages, and where they lead."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from opprod.core import clock
from opprod.plans import presenters
from opprod.plans.models import Plan
from opprod.plans.queries.recorded import PlanRecord
from opprod.plans.queries.records import record_of
from opprod.plans.services.status import withdrawn_since
from opprod.plans.views.access import find_plan
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import BaseForm, render_form


def standing_plan(plan_id: int) -> tuple[Plan, PlanRecord]:
    """A plan that the person may open, with its record of today.

    Raises ``NotFound`` for any other plan, and ``WrongState`` for one that is withdrawn.
    """
    plan = find_plan(plan_id)
    record = record_of(plan, clock.today())
    if record.withdrawn_on:
        raise withdrawn_since(record.withdrawn_on)
    return plan, record


def title_of(record: PlanRecord) -> str:
    """What the plan is called."""
    return presenters.plan_title(record.stp_number, record.stp_name, record.service.name)


def form_page(template: str, form: BaseForm, record: PlanRecord, **context: Any) -> ResponseReturnValue:
    """The page of a form about a plan."""
    return render_form(template, form, record=record, plan_title=title_of(record), **context)


def saved(plan: Plan, section: str, message: str, *, is_new: bool = True) -> ResponseReturnValue:
    """Go on to a section of the plan's page, and say there what was done."""
    flash(message if is_new else "Nothing was changed, so nothing was recorded.")
    return redirect(url_for("plans.plan", plan_id=plan.id, _anchor=section), HTTPStatus.SEE_OTHER)


def conflict(record: PlanRecord, what: str, *, theirs: list[Typed], yours: list[Typed]) -> ResponseReturnValue:
    """The page for a form that someone else overtook."""
    return conflict_page(what=f"{what} of {title_of(record)}", theirs=theirs, yours=yours, reload_href=request.path)
