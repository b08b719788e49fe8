"""Totals of savings over plans."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.db import db
from opprod.plans import presenters
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.savings import TotalsFilters
from opprod.plans.queries import totals as queries
from opprod.plans.queries.matrix import stps
from opprod.plans.queries.plans import services
from opprod.plans.queries.totals import Dimension, TotalsRow, TotalsSearch
from opprod.plans.views.access import scope
from opprod.web.as_at import AsAt, requested_day
from opprod.web.paging import page_number, paginate_rows
from opprod.web.urls import url_with

STPS_A_PAGE = 50


@blueprint.get("/plans/savings")
@requires(Permission.VIEW_PLANS)
def savings() -> ResponseReturnValue:
    """Total what plans save, by year, function, service, region or STP."""
    as_at = requested_day()
    known = services()
    form = TotalsFilters.of(request.args, services=known, scope=scope(), by=Dimension.YEAR.value)
    search, by = form.search(), form.chosen("by") or Dimension.YEAR
    page = None
    if by is Dimension.STP:
        found = stps(as_at.day, scope=scope(), region=search.region, service=search.service)
        page = paginate_rows(db.session, found, number=page_number(), size=STPS_A_PAGE)
    named = {row.number: presenters.stp_title(row.number, row.name) for row in page.items} if page else {}
    rows = queries.totals(search, as_at.day, scope=scope(), by=by, stps=named)
    return render_template(
        "plans/savings/totals.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        by=by,
        search=search,
        rows=rows,
        hrefs=[_href(by, row, as_at) for row in rows],
        whole=queries.whole(search, as_at.day, scope=scope()),
        page=page,
        own_region=scope(),
        export_args=_export_args(search, as_at),
    )


def _href(by: Dimension, row: TotalsRow, as_at: AsAt) -> str:
    """Where more is said of a row: the same totals of it alone, or its plans."""
    match by:
        case Dimension.YEAR:
            return url_with(by=Dimension.REGION.value, year=row.value, page=None)
        case Dimension.REGION:
            return url_with(by=Dimension.STP.value, region=row.value, page=None)
        case Dimension.SERVICE:
            return url_with(by=Dimension.FUNCTION.value, service=row.value, page=None)
        case Dimension.STP:
            return url_for("plans.plans", q=f"STP {row.value}", as_at=as_at.url_args().get("as_at"))
        case Dimension.FUNCTION:
            return ""


def _export_args(search: TotalsSearch, as_at: AsAt) -> dict[str, Any]:
    """The address of the lines that the totals are of."""
    chosen = {"region": search.region, "service": search.service, "kind": search.kind, "year": search.year}
    return {name: str(value) for name, value in chosen.items() if value is not None} | as_at.url_args()
