"""Plans and savings as CSV files, for spreadsheets."""

from collections.abc import Sequence

from flask import Response, request

from opprod.accounts import Permission, requires
from opprod.core.financial_year import FinancialYear
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.filters import SavingsFilters
from opprod.plans.presenters import exports as presenters
from opprod.plans.presenters.exports import Value
from opprod.plans.queries import exports as queries
from opprod.plans.queries.exports import SavingsSearch
from opprod.plans.queries.plans import services
from opprod.plans.views.access import scope
from opprod.plans.views.plans import plan_filters, plan_search
from opprod.web.as_at import AsAt, requested_day
from opprod.web.errors import UnusableAddress
from opprod.web.forms import BaseForm, form_errors

MOST_ROWS = 20_000


@blueprint.get("/plans.csv")
@requires(Permission.VIEW_PLANS)
def export() -> Response:
    """Send the plans of the list, on all its pages, that fit the same filters."""
    as_at = requested_day()
    form = plan_filters(as_at)
    _refuse_errors(form)
    found = queries.every_plan(plan_search(form), as_at.day, scope=scope(), limit=MOST_ROWS + 1)
    return _file("plans", as_at, presenters.PLAN_COLUMNS, [presenters.plan_row(plan) for plan in found])


@blueprint.get("/plans/savings.csv")
@requires(Permission.VIEW_PLANS)
def export_savings() -> Response:
    """Send the lines of the savings ledger in force; each says if its pounds are counted in another."""
    as_at = requested_day()
    form = SavingsFilters.of(request.args, services=services(), scope=scope())
    _refuse_errors(form)
    year = form.chosen("year")
    search = SavingsSearch(
        region=form.chosen("region"),
        service=form.chosen("service"),
        year=FinancialYear.parse(year) if year else None,
        kind=form.chosen("kind"),
    )
    found = queries.every_saving(search, as_at.day, scope=scope(), limit=MOST_ROWS + 1)
    return _file("savings", as_at, presenters.SAVING_COLUMNS, [presenters.saving_row(line) for line in found])


def _refuse_errors(form: BaseForm) -> None:
    """A file with more in it than was asked for would pass for what was asked for."""
    errors = form_errors(form)
    if errors:
        raise UnusableAddress(" ".join(f"{error.message}." for error in errors))


def _file(name: str, as_at: AsAt, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Response:
    if len(rows) > MOST_ROWS:
        raise UnusableAddress(
            f"A file can have {MOST_ROWS:,} rows at most, and this one would have more. "
            "Narrow it to a region, a service or a year."
        )
    response = Response(presenters.csv_text(columns, rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}-{as_at.day.isoformat()}.csv")
    return response
