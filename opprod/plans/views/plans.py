"""The list of plans, and the page of each."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.audit.queries import latest_about, lines
from opprod.db import db
from opprod.plans import presenters
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.filters import PlanFilters
from opprod.plans.forms.notes import NoteForm
from opprod.plans.queries import plans as queries
from opprod.plans.queries.plans import PlanSearch
from opprod.plans.views.access import find_plan, scope
from opprod.plans.views.decisions import decision_part
from opprod.plans.views.evidence import evidence_of
from opprod.web.as_at import AsAt, requested_day
from opprod.web.paging import page_number, paginate_rows

PLANS_A_PAGE = 25


@blueprint.get("/plans")
@requires(Permission.VIEW_PLANS)
def plans() -> ResponseReturnValue:
    """List the plans that fit the filters."""
    as_at = requested_day()
    form = plan_filters(as_at)
    search = plan_search(form)
    query = queries.plans(search, as_at.day, scope=scope())
    page = paginate_rows(db.session, query, number=page_number(), size=PLANS_A_PAGE)
    return render_template(
        "plans/list.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        page=page,
        plans=[queries.plan_view(row) for row in page.items],
        narrowed=search != PlanSearch(),
        region=scope(),
        export_args={name: request.args[name] for name in form.data if name in request.args} | as_at.url_args(),
        presenters=presenters,
    )


@blueprint.get("/plans/<int:plan_id>")
@requires(Permission.VIEW_PLANS)
def plan(plan_id: int) -> ResponseReturnValue:
    """Show all that is recorded of a plan, how it was decided on, and its history."""
    as_at = requested_day()
    found = find_plan(plan_id)
    evidence = evidence_of(found, as_at)
    return render_template(
        "plans/show.html",
        e=evidence,
        **decision_part(evidence),
        comment_form=_comment_form(),
        # As at an earlier day there is none: it would tell what came after.
        history=lines(latest_about(found), with_confidential=True) if as_at.is_today else None,
    )


def plan_filters(as_at: AsAt) -> PlanFilters:
    """What the address narrows plans to. Whom a plan waits for is known of today alone."""
    form = PlanFilters.of(request.args, services=queries.services(), scope=scope())
    if not as_at.is_today:
        del form.waits_for
    return form


def plan_search(form: PlanFilters) -> PlanSearch:
    """What a checked form asks for."""
    return PlanSearch(
        text=form.chosen("q") or "",
        region=form.chosen("region"),
        service=form.chosen("service"),
        standing=form.chosen("category"),
        waits_for=form.chosen("waits_for"),
    )


def _comment_form() -> NoteForm:
    form = NoteForm()
    form.text.label.text = "Your comment"
    return form
