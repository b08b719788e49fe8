"""Criteria of version 1 that look at whether there is a plan, and whether the STP has sent it."""

from opprod.plans.models import Element, SubmissionState
from opprod.plans.rules.facts import PlanFacts, Submission
from opprod.plans.rules.ruleset import Answer, Criterion
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.reading import PAPER, is_stated_zero, left_out, lines_of, sources
from opprod.plans.rules.v1.words import count, day_in_words, joined, sources_of

NO_PLAN = "The STP says that it has no plan"
MAKE_ONE = (
    "Get a submission from the STP that names something to deliver or to save: there is then a plan to support."
)


def _existence(facts: PlanFacts) -> Answer:
    submission = facts.submission
    recorded = _recorded(facts)
    if submission is not None and submission.state is SubmissionState.NO_PLAN:
        return _said_to_be_none(submission, recorded)
    if recorded:
        return Answer(Result.MET, *recorded)
    if submission is None:
        return Answer(
            Result.NOT_KNOWN,
            "No submission, deliverable or saving is recorded",
            change="Find out whether the STP has a plan: what it is to deliver and what it saves.",
        )
    no_savings = left_out(facts, Element.SAVINGS) or any(is_stated_zero(line) for line in lines_of(facts))
    if left_out(facts, Element.DELIVERABLES) and no_savings:
        fact = "The submission names nothing to deliver and nothing to save"
        return Answer(Result.NOT_MET, fact, submission.source, MAKE_ONE)
    return Answer(
        Result.NOT_KNOWN,
        "Nothing to deliver or to save is recorded, and the submission is not known to leave both out",
        submission.source,
        "Find out from the submission what the plan is to deliver and what it saves, or that it leaves both out.",
    )


def _said_to_be_none(submission: Submission, recorded: tuple[str, str | None] | None) -> Answer:
    if recorded is None:
        return Answer(Result.NOT_MET, NO_PLAN, submission.source, MAKE_ONE)
    what, source = recorded
    return Answer(
        Result.EITHER,
        f"{NO_PLAN}, yet it has {what}",
        sources_of([submission.source, source or ""]),
        "Settle with the STP whether it has a plan, and correct the record that is wrong.",
    )


def _recorded(facts: PlanFacts) -> tuple[str, str | None] | None:
    """What is recorded that makes a plan, and its source: deliverables, and savings of more than nothing."""
    savings = [line for line in lines_of(facts) if not is_stated_zero(line)]
    parts = [
        count(len(lines), one, many)
        for lines, one, many in (
            (facts.deliverables, "deliverable", "deliverables"),
            (savings, "line of savings", "lines of savings"),
        )
        if lines
    ]
    return (f"{joined(parts)} recorded", sources(facts.deliverables, savings)) if parts else None


def _submission(facts: PlanFacts) -> Answer:
    submission = facts.submission
    if submission is None:
        return Answer(
            Result.NOT_KNOWN,
            "No submission is recorded",
            change="Find out whether the STP has sent its two-page submission, and record it.",
        )
    if submission.state is SubmissionState.NO_PLAN:
        return Answer(Result.NOT_MET, NO_PLAN, submission.source, "Get the two-page submission from the STP.")
    received = submission.received_on
    fact = f"Received on {day_in_words(received)}" if received else "Received, on a day that is not recorded"
    return Answer(Result.MET, fact, submission.source)


EXISTENCE = Criterion(
    name="A plan",
    asks="Is there a plan at all: anything to deliver, or to save?",
    counts_towards="C where there is none",
    basis=f"{PAPER}: a C has no plan. Ours: a saving of nothing does not make a plan; one without a figure does.",
    look=_existence,
)
SUBMISSION = Criterion(
    name="Submission",
    asks="Has the STP sent its two-page submission?",
    counts_towards="A",
    basis=f"{PAPER}: it is the two pages that STPs provided which are scrutinised.",
    look=_submission,
)
