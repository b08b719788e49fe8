"""The ranking of gains in words, and as a chart."""

from collections.abc import Sequence
from decimal import Decimal

from opprod.charts import Mark, Scatter, Tick
from opprod.plans.models import Service, ServiceFunction
from opprod.plans.presenters import plan_title
from opprod.plans.queries.gains import GainView
from opprod.plans.rules.gains import Counted, Gain
from opprod.web.presenters import plural

# What pounds are drawn in, by the highest saving there is.
_SCALES = ((Decimal(1_000_000), "£m"), (Decimal(1_000), "£k"), (Decimal(1), "£"))


def function_address(function: ServiceFunction, service: Service) -> str:
    """What a function is called in addresses, where slugs are a service's own: ``back-office.hr``."""
    return f"{service.slug}.{function.slug}"


def counting(
    services: Sequence[Service], every: Sequence[ServiceFunction], counted: Counted
) -> list[tuple[str, str]]:
    """Each service with the functions of it that count: ``("Back office", "Finance and HR")``."""
    return [(service.name, _functions(service, every, counted)) for service in services]


def title_of(view: GainView) -> str:
    """The plan's name."""
    return plan_title(view.stp_number, view.stp_name, view.service)


def yearly(gain: Gain) -> str:
    """The yearly saving as it is said; a sum that nothing can be said of has a low end and a high end apart."""
    return str(gain.yearly) if gain.yearly else "No total can be said"


def months(gain: Gain) -> str:
    """``6 months``."""
    return plural(gain.months or 0, "month")


def left_out(gain: Gain) -> str:
    """How many lines of the ledger might count and cannot."""
    return f"{plural(gain.left_out, 'line')} left out" if gain.left_out else ""


def chart(views: Sequence[GainView], services: Sequence[Service]) -> Scatter:
    """A page of the ranking as a chart: each plan by its rank, at the low end of its yearly saving."""
    highest = max((end for view in views for end in (view.gain.low, view.gain.high) if end), default=Decimal(0))
    pounds, unit = next((scale for scale in _SCALES if highest >= scale[0]), _SCALES[-1])
    marks = [
        Mark(
            label=str(view.rank),
            x=view.gain.months or 0,
            low=(view.gain.low or Decimal(0)) / pounds,
            high=None if view.gain.high is None else view.gain.high / pounds,
            series=view.service,
            said=f"{view.rank}. {title_of(view)}: {yearly(view.gain)} a year, {months(view.gain)} to the first",
            illustrative=view.illustrative is not None,
        )
        for view in views
    ]
    shown = {view.service for view in views}
    first = {view.gain.months or 0: view.gain.first for view in views}
    return Scatter(
        title=f"Yearly saving against months to the first of it, for {plural(len(views), 'plan')}",
        description="Each mark has its plan’s rank and stands at the low end of its yearly saving; the line above it "
        "reaches to the high end. The table has the same.",
        marks=tuple(marks),
        ticks=tuple(Tick(at, (str(at), str(year))) for at, year in first.items()),
        x_axis="Months to the first saving",
        y_axis=f"{unit} a year",
        series=tuple(service.name for service in services if service.name in shown),
    )


def _functions(service: Service, every: Sequence[ServiceFunction], counted: Counted) -> str:
    if service.id in counted.services:
        return "all functions"
    names = [one.name for one in every if one.service_id == service.id and one.id in counted.functions]
    return " and ".join(", ".join(names).rsplit(", ", 1)) if names else "no function"
