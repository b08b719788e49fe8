"""Taking what each STP's plan says, as at a day, through the queries of their room. All regions are in it."""

from collections.abc import Iterable
from datetime import date

from opprod.plans.presenters import stp_title, submission_in_words
from opprod.plans.queries import gains
from opprod.plans.queries.plans import PlanView, Standing
from opprod.plans.queries.ranking import GainSearch
from opprod.plans.rules.suggestion import Suggestion
from opprod.reports.asked import Asked
from opprod.reports.queries import plan_details as queries
from opprod.reports.queries.plan_details import Decided, Said
from opprod.reports.queries.standing import plan_figures, plan_savings
from opprod.reports.sections.plan_details.facts import Deliverable, PlanDetail, PlanDetailsFacts, Reason

MOST_PLANS = 200
"""How many plans a paper tells of one by one: 44 STPs have two each."""

NOTHING_SAID = Said()
NO_SUBMISSION = "Nothing is recorded of a submission"


def gather(asked: Asked) -> PlanDetailsFacts:
    """Take the plans as they stood at the end of a day, a fixed number of statements however many there are."""
    day = asked.day
    views, more = queries.plans_by_region(day, limit=MOST_PLANS)
    keys = [view.id for view in views]
    said, decided, suggested = (
        queries.said_by(keys, day),
        queries.decided_on(keys, day),
        queries.suggested_for(keys, day),
    )
    savings, figures, paybacks = plan_savings(day, keys), plan_figures(day, keys), _paybacks(day)
    return PlanDetailsFacts(
        plans=tuple(
            PlanDetail(
                stp=stp_title(view.stp_number, view.stp_name),
                service=view.service,
                region=view.region.label,
                record=f"/plans/{view.id}",
                category=view.standing.label,
                since=view.standing_since,
                submission=_submission(view),
                reasons=tuple(_reasons(view, decided.get(view.id), suggested[view.id])),
                functions=one.functions,
                trusts=one.trusts,
                others=one.others,
                deliverables=tuple(Deliverable(*row) for row in one.deliverables),
                savings=tuple(savings.get(view.id, ())),
                figures=tuple(figures.get(view.id, ())),
                payback=paybacks.get(view.id),
                missing=one.leaves_out,
                illustrative=view.illustrative,
            )
            for view in views
            for one in (said.get(view.id, NOTHING_SAID),)
        ),
        more=more,
    )


def _submission(view: PlanView) -> str:
    words = submission_in_words(view.submission, view.received_on)
    return words if view.submission is not None else NO_SUBMISSION


def _reasons(view: PlanView, decided: Decided | None, suggested: Suggestion) -> Iterable[Reason]:
    """The criteria that its category rests on, and what was said in deciding; without one, what the rules say."""
    if view.standing is Standing.WITHDRAWN:
        yield Reason("Withdrawn", decided.withdrawn if decided and decided.withdrawn else "")
        return
    found = decided.suggestion if decided and decided.suggestion else suggested
    if view.standing.category is None:
        yield Reason("As the rules have it", found.because)
    elif decided is not None:
        yield from (Reason(by, words) for by, words in decided.said)
    for finding in found.findings:
        if finding.decisive:
            yield Reason(finding.criterion, f"{finding.fact} ({finding.result.label.lower()})")


def _paybacks(day: date) -> dict[int, str]:
    search = GainSearch(gains.in_focus(gains.functions()))
    ranked = gains.best_of_each_service(search, day, limit=MOST_PLANS)
    return {view.plan_id: view.payback.said for view in ranked if view.payback}
