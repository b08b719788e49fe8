"""The page of the biggest and quickest gains."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.charts import scatter_svg
from opprod.core.financial_year import FinancialYear
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.gains import ALL_FUNCTIONS, GainFilters
from opprod.plans.models import Service, ServiceFunction
from opprod.plans.presenters import gains as presenters
from opprod.plans.queries import gains as queries
from opprod.plans.queries import plans as plan_queries
from opprod.plans.queries.ranking import GainSearch
from opprod.plans.rules.gains import BEST_FIRST, Sort
from opprod.plans.views.access import scope
from opprod.web.as_at import requested_day
from opprod.web.paging import page_number

ONLY_UNRANKED = "unranked"


@blueprint.get("/plans/gains")
@requires(Permission.VIEW_PLANS)
def gains() -> ResponseReturnValue:
    """Rank the plans by what they save a year against the time to the first of it."""
    as_at = requested_day()
    region = scope()
    services, functions = plan_queries.services(), queries.functions()
    form = _filters(services, functions)
    search = _search(form, services, functions)
    only_unranked = request.args.get("show") == ONLY_UNRANKED
    found = queries.ranking(
        search,
        as_at.day,
        scope=region,
        sort=form.chosen("sort") or Sort.BOTH,
        number=1 if only_unranked else page_number(),
        unranked_number=page_number() if only_unranked else 1,
    )
    shown = [service for service in services if search.services is None or service.id in search.services]
    return render_template(
        "plans/gains.html",
        as_at=as_at,
        form=form,
        has_errors=bool(form.errors),
        region=region,
        ranked=found.ranked,
        unranked=found.unranked,
        reasons=found.reasons,
        counting=presenters.counting(shown, functions, search.counted),
        chart=scatter_svg(presenters.chart(found.ranked.items, services), element_id="gains"),
        kinds=BEST_FIRST,
        presenters=presenters,
        only_unranked=only_unranked,
        current_year=FinancialYear.of(as_at.day),
    )


def _filters(services: list[Service], functions: Sequence[ServiceFunction]) -> GainFilters:
    by_id = {service.id: service for service in services}
    choices = [
        (presenters.function_address(one, by_id[one.service_id]), f"{by_id[one.service_id].name}: {one.name}")
        for one in functions
    ]
    return GainFilters.offering(choices, request.args, services=services, scope=scope())


def _search(form: GainFilters, services: list[Service], functions: Sequence[ServiceFunction]) -> GainSearch:
    """What a checked form asks for. Functions chosen one by one leave out the services that none of them is of."""
    slug, chosen = form.chosen("service"), form.chosen("function")
    wanted = {service.id: service for service in services if slug in {None, service.slug}}
    kept = [
        one
        for one in functions
        if one.service_id in wanted and presenters.function_address(one, wanted[one.service_id]) in (chosen or ())
    ]
    if kept:
        wanted = {key: service for key, service in wanted.items() if key in {one.service_id for one in kept}}
    elif form.chosen("functions") == ALL_FUNCTIONS:
        kept = list(functions)
    else:
        kept = [one for one in functions if one.in_focus]
    return GainSearch(
        queries.counted(functions, kept),
        region=form.chosen("region"),
        services=frozenset(wanted) if len(wanted) < len(services) else None,
    )
