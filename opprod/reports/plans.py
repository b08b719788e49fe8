"""Taking STPs' plans as papers show them, as at a day, through the queries of their room. All regions are in it."""

from datetime import date

from opprod.core.illustrative import as_one
from opprod.db import db
from opprod.plans.presenters import gains as in_words
from opprod.plans.presenters import plan_title
from opprod.plans.queries import gains, matrix
from opprod.plans.queries.plans import Standing, services
from opprod.plans.queries.ranking import GainSearch
from opprod.plans.queries.summary import Unknowns, unknowns
from opprod.reports.facts import PlanCount, PlanGain, PlanMove, PlanMoves, PlansFacts, PlanUnknowns
from opprod.rounds.queries import neighbour_before

GAINS_OF_A_SERVICE = 5
MOVES_NAMED = 60


def take_plans(day: date, *, board: str) -> PlansFacts:
    """Take the plans as they stood at the end of a day, and what moved since the Board's last meeting before it.

    A fixed number of statements.
    """
    functions = gains.functions()
    search = GainSearch(gains.in_focus(functions))
    before = neighbour_before(board=board, held_on=day)
    return PlansFacts(
        standings=tuple(standing.label for standing in Standing if standing is not Standing.WITHDRAWN),
        counts=tuple(map(_count, matrix.counts(day, scope=None))),
        moves=_moves(before.held_on, day) if before else None,
        counting=tuple(in_words.counting(services(), functions, search.counted)),
        gains=tuple(_gain(view) for view in gains.best_of_each_service(search, day, limit=GAINS_OF_A_SERVICE)),
        unknowns=tuple(map(_unknowns, unknowns(search, day))),
    )


def _count(found: matrix.Count) -> PlanCount:
    standing = None if found.standing is Standing.WITHDRAWN else found.standing.label
    return PlanCount(found.service, found.region.label, standing, found.plans, found.illustrative)


def _moves(since: date, until: date) -> PlanMoves:
    rows = db.session.execute(matrix.movements(since, until, scope=None).limit(MOVES_NAMED))
    found = [matrix.movement(row) for row in rows]
    return PlanMoves(
        since=since,
        plans=tuple(
            PlanMove(
                plan_title(one.stp_number, one.stp_name, one.service),
                one.before.label,
                one.after.label,
                one.illustrative,
            )
            for one in found
        ),
        counts=tuple(
            (one.before.label, one.after.label, one.plans, one.illustrative)
            for one in sorted(matrix.transitions(since, until, scope=None), key=_from_and_to)
            if one.before is not one.after
        ),
    )


def _from_and_to(one: matrix.Transition) -> tuple[int, int]:
    order = list(Standing)
    return order.index(one.before), order.index(one.after)


def _gain(view: gains.GainView) -> PlanGain:
    return PlanGain(
        service=view.service,
        plan=in_words.title_of(view),
        yearly=f"{in_words.yearly(view.gain)}, in {view.gain.year}",
        first=f"{in_words.months(view.gain)}, {view.gain.first}",
        payback=view.payback.said if view.payback else "",
        illustrative=view.illustrative,
    )


def _unknowns(found: Unknowns) -> PlanUnknowns:
    said = (
        (found.no_submission, "no submission is recorded"),
        (found.no_category, "no category has been decided yet"),
        (found.no_dated_deliverable, "no deliverable has a date"),
        (found.no_saving, "no saving is stated for this year or a later one"),
        (found.unranked, "savings are stated, but not so that they can be ranked"),
        (found.insufficient, "too little is recorded for the rules to suggest a category"),
        (found.boundary, "what is recorded fits none of the three categories"),
    )
    return PlanUnknowns(
        found.service,
        found.plans,
        tuple((count, words) for count, words in said if count),
        as_one(found.illustrative),
    )
