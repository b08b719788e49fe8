"""Taking STPs' plans as papers show them, as at a day, through the queries of their room. All regions are in it."""

from collections.abc import Iterator
from datetime import date

from opprod.db import db
from opprod.plans.presenters import gains as in_words
from opprod.plans.presenters import plan_title, stp_title
from opprod.plans.queries import gains, matrix, provenance
from opprod.plans.queries.plans import Standing, services
from opprod.plans.queries.ranking import GainSearch
from opprod.plans.queries.summary import Unknowns, unknowns
from opprod.plans.queries.totals import ServiceTotals, TotalsSearch, by_service_and_year
from opprod.reports.asked import Asked
from opprod.reports.evidence import UNKNOWN, Provenance
from opprod.reports.sections.plans.facts import (
    NamedPlan,
    PlanCount,
    PlanGain,
    PlanMove,
    PlanMoves,
    PlanRecords,
    PlanSaving,
    PlansFacts,
    PlanUnknowns,
)
from opprod.rounds.queries import neighbour_before

GAINS_OF_A_SERVICE = 5
MOVES_NAMED = 60
SOME_FIGURES = "some of the figures"


def gather(asked: Asked) -> PlansFacts:
    """Take the plans as they stood at the end of a day, and what moved since the Board's last meeting before it.

    A fixed number of statements.
    """
    day = asked.day
    functions = gains.functions()
    search = GainSearch(gains.in_focus(functions))
    before = neighbour_before(board=asked.board, held_on=day)
    categories = tuple(map(_records, provenance.of_categories(day)))
    best = gains.best_of_each_service(search, day, limit=GAINS_OF_A_SERVICE)
    ledgers = provenance.of_ledgers([view.plan_id for view in best], day)
    return PlansFacts(
        standings=tuple(standing.label for standing in Standing if standing is not Standing.WITHDRAWN),
        counts=tuple(map(_count, matrix.counts(day, scope=None))),
        moves=_moves(before.held_on, day, categories) if before else None,
        counting=tuple(in_words.counting(services(), functions, search.counted)),
        gains=tuple(_gain(view, ledgers.get(view.plan_id)) for view in best),
        unknowns=tuple(map(_unknowns, unknowns(search, day))),
        savings=tuple(
            saving for service in by_service_and_year(TotalsSearch(), day, scope=None) for saving in _savings(service)
        ),
        categories=categories,
        ledgers=tuple(map(_records, provenance.of_savings(day))),
    )


def _count(found: matrix.Count) -> PlanCount:
    standing = None if found.standing is Standing.WITHDRAWN else found.standing.label
    return PlanCount(found.service, found.region.label, standing, found.plans, found.illustrative)


def _records(found: provenance.Latest) -> PlanRecords:
    recorded = Provenance(found.recorded_by, found.recorded_at)
    return PlanRecords(found.service, found.slug, found.entries, found.plans, recorded)


def _moves(since: date, until: date, categories: tuple[PlanRecords, ...]) -> PlanMoves:
    rows = db.session.execute(matrix.movements(since, until, scope=None).limit(MOVES_NAMED))
    named: dict[tuple[Standing, Standing], list[NamedPlan]] = {}
    for one in map(matrix.movement, rows):
        plan = NamedPlan(plan_title(one.stp_number, one.stp_name, one.service), one.illustrative)
        named.setdefault((one.before, one.after), []).append(plan)
    return PlanMoves(
        since,
        tuple(
            PlanMove(
                before=one.before.label,
                after=one.after.label,
                plans=one.plans,
                named=tuple(named.get((one.before, one.after), ())),
                illustrative=one.illustrative,
            )
            for one in sorted(matrix.transitions(since, until, scope=None), key=_from_and_to)
            if one.before is not one.after
        ),
        until,
        max((one.provenance for one in categories), key=lambda one: str(one.recorded_at), default=UNKNOWN),
    )


def _from_and_to(one: matrix.Transition) -> tuple[int, int]:
    order = list(Standing)
    return order.index(one.before), order.index(one.after)


def _gain(view: gains.GainView, ledger: provenance.LedgerProvenance | None) -> PlanGain:
    return PlanGain(
        service=view.service,
        stp=stp_title(view.stp_number, view.stp_name),
        yearly=f"{in_words.yearly(view.gain)}, in {view.gain.year}",
        first=f"{in_words.months(view.gain)}, {view.gain.first}",
        payback=view.payback.said if view.payback else "",
        illustrative=view.illustrative,
        ledger=f"/plans/{view.plan_id}#savings" if ledger else None,
        source="; ".join(ledger.sources) if ledger else None,
        provenance=Provenance(ledger.recorded_by, ledger.recorded_at) if ledger else UNKNOWN,
    )


def _savings(found: ServiceTotals) -> Iterator[PlanSaving]:
    for year in found.years:
        for kind, total in year.kinds.items():
            quantity = total.sum.quantity or total.sum.floor
            yield PlanSaving(
                service=found.service,
                year=year.label,
                kind=kind.label,
                said=total.said,
                low=quantity.low if quantity else None,
                high=quantity.high if quantity else None,
                plans=total.plans,
                left_out=total.left_out,
                illustrative=SOME_FIGURES if year.illustrative and total.plans else None,
            )


def _unknowns(found: Unknowns) -> PlanUnknowns:
    said = (
        _how_many(found.no_submission, "has no submission recorded", "have no submission recorded"),
        _how_many(found.no_category, "has no category yet", "have no category yet"),
        _how_many(found.no_dated_deliverable, "has no deliverable with a date", "have no deliverable with a date"),
        _how_many(
            found.no_saving, "states no saving for this year or later", "state no saving for this year or later"
        ),
        _how_many(found.unranked, "states a saving that cannot be ranked", "state savings that cannot be ranked"),
        _how_many(
            found.insufficient,
            "has too little recorded for a category to be suggested",
            "have too little recorded for a category to be suggested",
        ),
        _how_many(found.boundary, "fits none of the three categories", "fit none of the three categories"),
    )
    return PlanUnknowns(found.service, found.plans, tuple(words for words in said if words), found.illustrative)


def _how_many(count: int, one: str, many: str) -> str:
    """How many plans there are of which something holds; nothing for none."""
    return f"{count} {one if count == 1 else many}" if count else ""
