"""How version 1 comes to an outcome: the first step that fits decides."""

from collections.abc import Iterable

from opprod.plans.models import Outcome
from opprod.plans.rules.ruleset import Case, Criterion, Step, Verdict
from opprod.plans.rules.suggestion import Result
from opprod.plans.rules.v1.ambition import AMBITION
from opprod.plans.rules.v1.delivery import DATED, DUE_NEXT_YEAR, DUE_THIS_YEAR, FUNCTIONS, ORGANISATIONS
from opprod.plans.rules.v1.existence import EXISTENCE, SUBMISSION
from opprod.plans.rules.v1.savings import CASH_RELEASING, STATED
from opprod.plans.rules.v1.words import joined, listed, lower_first, year_in_words, year_of

CRITERIA = (
    EXISTENCE,
    SUBMISSION,
    FUNCTIONS,
    ORGANISATIONS,
    DATED,
    DUE_THIS_YEAR,
    DUE_NEXT_YEAR,
    STATED,
    CASH_RELEASING,
    AMBITION,
)


def _no_plan(case: Case) -> Verdict | None:
    if case[EXISTENCE].result is not Result.NOT_MET:
        return None
    return Verdict((EXISTENCE,), f"{case[EXISTENCE].fact}.", (case[EXISTENCE].change,))


def _contradiction(case: Case) -> Verdict | None:
    if case[EXISTENCE].result is not Result.EITHER:
        return None
    unmet = [one for one in _found(case, Result.NOT_MET, Result.EITHER) if one not in {EXISTENCE, SUBMISSION}]
    return Verdict(
        (EXISTENCE, SUBMISSION),
        f"The records contradict each other. {case[EXISTENCE].fact}.",
        _changes(case, [EXISTENCE, *unmet, *_unknown(case)]),
    )


def _nothing_to_go_by(case: Case) -> Verdict | None:
    if case[EXISTENCE].result is not Result.NOT_KNOWN:
        return None
    first = [one for one in (SUBMISSION, EXISTENCE) if case[one].result is Result.NOT_KNOWN]
    return Verdict(tuple(first), "What is recorded does not say whether there is a plan.", _changes(case, first))


def _falls_short(case: Case) -> Verdict | None:
    short = tuple(one for one in _found(case, Result.NOT_MET) if one.shortfall)
    if not short:
        return None
    lacking = joined(sorted({one.shortfall for one in short if one.shortfall}))
    facts = dict.fromkeys(lower_first(case[one].fact) for one in short)
    unmet = _found(case, Result.NOT_MET, Result.EITHER)
    return Verdict(
        short,
        f"There is a plan, but it falls short in {lacking}: {'; '.join(facts)}.",
        _changes(case, [*unmet, *_unknown(case)]),
    )


def _too_little_known(case: Case) -> Verdict | None:
    unknown = _unknown(case)
    if not unknown:
        return None
    names = joined([lower_first(one.name) for one in unknown])
    return Verdict(
        unknown,
        f"There is a plan, and nothing known of it falls short; still to be found out: {names}.",
        _changes(case, unknown),
    )


def _good_plan(case: Case) -> Verdict | None:
    if _found(case, Result.NOT_MET, Result.EITHER):
        return None
    untested = case[AMBITION].result is Result.NOT_KNOWN
    but = "; its ambition is untested, since no national benchmark is recorded" if untested else ""
    return Verdict(_found(case, Result.MET), f"It is a good plan, with deliverables in {_both_years(case)}{but}.")


def _between(case: Case) -> Verdict:
    rests_on = _found(case, Result.NOT_MET, Result.EITHER)
    reasons = []
    if DUE_THIS_YEAR in rests_on or DUE_NEXT_YEAR in rests_on:
        reasons.append(
            f"its deliverables are due in {_years_due(case)} alone, and an A has some in {_both_years(case)}"
        )
    if AMBITION in rests_on:
        reasons.append(f"what it saves lies on both sides of the threshold: {lower_first(case[AMBITION].fact)}")
    because = f"It fits none of the three: a good plan, but {'; and '.join(reasons)}."
    return Verdict(rests_on, because, _changes(case, rests_on))


def _found(case: Case, *results: Result) -> tuple[Criterion, ...]:
    return tuple(one for one in CRITERIA if case[one].result in results)


def _unknown(case: Case) -> tuple[Criterion, ...]:
    return tuple(one for one in _found(case, Result.NOT_KNOWN) if case[one].needed)


def _changes(case: Case, criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """What would change each of these, said once where it is the same."""
    return tuple(dict.fromkeys(case[one].change for one in criteria))


def _both_years(case: Case) -> str:
    year = year_of(case.facts.day)
    return f"{year_in_words(year)} and {year_in_words(year + 1)}"


def _years_due(case: Case) -> str:
    years = {year_of(promise.due_on) for promise in case.facts.deliverables if promise.due_on is not None}
    return listed([year_in_words(year) for year in sorted(years)])


STEPS = (
    Step(
        Outcome.C,
        "There is no plan: nothing to deliver or to save is recorded, and either the STP says that it has no plan or "
        "its submission is known to name neither.",
        _no_plan,
    ),
    Step(
        Outcome.BOUNDARY,
        "The records contradict each other: the STP says that it has no plan, yet something to deliver or to save is "
        "recorded.",
        _contradiction,
    ),
    Step(Outcome.INSUFFICIENT, "Nothing recorded says whether there is a plan.", _nothing_to_go_by),
    Step(
        Outcome.B,
        "There is a plan, and it is known to fall short in ambition, scale or timelines, whatever else is not known.",
        _falls_short,
    ),
    Step(
        Outcome.INSUFFICIENT,
        "There is a plan and it is not known to fall short, but something that an A needs is not known.",
        _too_little_known,
    ),
    Step(Outcome.A, "Everything that an A needs is met.", _good_plan),
    Step(
        Outcome.BOUNDARY,
        "A good plan that fits none of the three: it delivers in one of the two years alone, or only later, or what "
        "it saves lies on both sides of the threshold.",
        _between,
    ),
)
