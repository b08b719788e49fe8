"""What STPs' plans save by financial year, as charts and tables."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from opprod.charts import RangeBar, RangeBars, RangeGroup
from opprod.reports.blocks import Block, Cell, Chart, Column, Heading, Paragraph, Row, Span, Table
from opprod.reports.evidence import Evidence
from opprod.reports.sections.plans import resting
from opprod.reports.sections.plans.facts import PlanRecords, PlanSaving

YEARS_DRAWN = 8  # what goes on a page
NO_SAVINGS = "No plan states a saving by financial year."
BASIS = (
    "What was planned, what is now expected and what was made are the same pounds, and so are never added together. "
    "A total of ranges is a range. Plans that state no figure for a year are counted beside its total, not as "
    "nothing."
)
YEAR_SHARE = 25


def savings_blocks(savings: Sequence[PlanSaving], ledgers: Sequence[PlanRecords]) -> Iterator[Block]:
    """A chart and a table for each service whose plans state savings."""
    yield Heading((Span("Savings by financial year"),))
    if not savings:
        yield Paragraph((Span(NO_SAVINGS, emphasis=True),))
        return
    yield Paragraph((Span(BASIS),))
    for service, of_service in groupby(savings, key=lambda saving: saving.service):
        years = [list(of_year) for _, of_year in groupby(of_service, key=lambda saving: saving.year)]
        yield Heading((Span(service),), 2)
        yield Chart(_chart(service, years[:YEARS_DRAWN]))
        if len(years) > YEARS_DRAWN:
            remark = f"The chart has the first {YEARS_DRAWN} years, and the table all {len(years)}."
            yield Paragraph((Span(remark, emphasis=True),))
        evidence = next((resting.savings(one) for one in ledgers if one.service == service), None)
        yield _table(service, years, evidence)


def _chart(service: str, years: Sequence[Sequence[PlanSaving]]) -> RangeBars:
    said = "; ".join(
        f"{of_year[0].year}: {', '.join(f'{saving.kind.lower()} {_said(saving)}' for saving in of_year)}"
        for of_year in years
    )
    return RangeBars(
        f"Savings of {service} plans by financial year",
        f"{said}. The table that follows says how many plans each total is of.",
        tuple(RangeGroup(of_year[0].year, tuple(map(_bar, of_year))) for of_year in years),
    )


def _bar(saving: PlanSaving) -> RangeBar:
    return RangeBar(saving.kind, _said(saving), saving.low, saving.high, illustrative=saving.illustrative is not None)


def _table(service: str, years: Sequence[Sequence[PlanSaving]], evidence: Evidence | None) -> Table:
    kinds = [saving.kind for saving in years[0]]
    columns = (
        Column("Financial year", YEAR_SHARE),
        *(Column(kind, (100 - YEAR_SHARE) // len(kinds)) for kind in kinds),
    )
    return Table(
        f"Savings of {service} plans by financial year", columns, tuple(_row(year, evidence) for year in years)
    )


def _row(of_year: Sequence[PlanSaving], evidence: Evidence | None) -> Row:
    heading = Cell((Paragraph((Span(of_year[0].year, evidence=evidence),)),))
    return Row((heading, *(Cell(tuple(_figure(saving))) for saving in of_year)))


def _figure(saving: PlanSaving) -> Iterator[Block]:
    yield Paragraph((Span(_said(saving), illustrative=saving.illustrative),))
    if saving.plans:
        yield Paragraph((Span(f"From {_plans(saving.plans)}; {saving.left_out or 'none'} without a figure"),))


def _said(saving: PlanSaving) -> str:
    return saving.said if saving.plans else "No figure"


def _plans(count: int) -> str:
    return "1 plan" if count == 1 else f"{count} plans"
