"""What holds of the rules for any facts whatever."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from opprod.core.financial_year import EARLIEST, LATEST, FinancialYear
from opprod.core.quantity import GBP, MAXIMUM, Qualifier, Quantity
from opprod.plans.models import Confidence, Element, Outcome, SavingKind, SubmissionState
from opprod.plans.rules import storage
from opprod.plans.rules.facts import Figure, PlanFacts, Promise, Saving, Scope, Submission
from opprod.plans.rules.register import RULE_SETS, suggest
from opprod.plans.rules.suggestion import Finding, Result, Suggestion
from tests.builders.plan_facts import GOOD

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXTS = st.text("abc ", min_size=1, max_size=3)
# Few amounts, so that sums meet thresholds; and a few that are absurd.
AMOUNTS = st.sampled_from([*map(Decimal, ("-1", "0", "0.0001", "1", "1.5", "2", "3", "4", "8", "12")), MAXIMUM])
DAYS = st.one_of(
    st.sampled_from([date.min, date(2016, 3, 31), date(2016, 4, 1), date(2017, 9, 1), date(2018, 4, 1), date.max]),
    st.dates(),
)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    qualifier = draw(st.sampled_from(Qualifier))
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    opens_up = qualifier.bounds_below or (qualifier is Qualifier.CIRCA and draw(st.booleans()))
    opens_down = not opens_up and (qualifier.bounds_above or (qualifier is Qualifier.CIRCA and draw(st.booleans())))
    unit = draw(st.sampled_from([GBP, GBP, GBP, GBP, "%", "posts"]))
    return Quantity.of(None if opens_down else low, None if opens_up else high, qualifier, unit)


SUBMISSIONS = st.builds(
    Submission,
    state=st.sampled_from([SubmissionState.RECEIVED, SubmissionState.RECEIVED, SubmissionState.NO_PLAN]),
    received_on=st.none() | DAYS,
    leaves_out=st.frozensets(st.sampled_from(Element)),
    source=TEXTS,
)
COUNTS = st.integers(0, 2)
SCOPES = st.builds(
    Scope,
    functions=st.lists(TEXTS, max_size=5).map(tuple),
    trusts=COUNTS,
    ccgs=COUNTS,
    local_authorities=COUNTS,
    source=TEXTS,
)
PROMISES = st.builds(Promise, text=TEXTS, due_on=st.none() | DAYS, source=TEXTS)
SAVINGS = st.builds(
    Saving,
    year=st.one_of(st.integers(2016, 2018), st.integers(EARLIEST, LATEST)).map(FinancialYear),
    kind=st.sampled_from(SavingKind),
    function=st.none() | TEXTS,
    quantity=st.none() | quantities(),
    cash_releasing=st.sampled_from([None, True, False]),
    confidence=st.none() | st.sampled_from(Confidence),
    source=TEXTS,
)
FIGURES = st.builds(Figure, quantity=quantities(), source=TEXTS)
ANY_FACTS = st.builds(
    PlanFacts,
    day=st.one_of(st.just(date(2016, 9, 26)), st.just(date(2016, 9, 26)), DAYS),
    submission=st.none() | SUBMISSIONS,
    scope=st.none() | SCOPES,
    deliverables=st.lists(PROMISES, max_size=4).map(tuple),
    savings=st.lists(SAVINGS, max_size=5).map(tuple),
    benchmark_cost=st.none() | FIGURES,
    benchmark_attainable=st.none() | FIGURES,
)
PARTS = ("submission", "scope", "deliverables", "savings", "benchmark_cost", "benchmark_attainable")


@st.composite
def nearly_good(draw: st.DrawFn) -> PlanFacts:
    """A good plan but for a part or two: any facts at all are seldom an A."""
    other = draw(ANY_FACTS)
    return replace(GOOD, **{part: getattr(other, part) for part in draw(st.sets(st.sampled_from(PARTS), max_size=2))})


FACTS = ANY_FACTS | nearly_good()


def results(facts: PlanFacts) -> dict[str, Result]:
    return {finding.criterion: finding.result for finding in suggest(facts).findings}


@QUICK
@given(FACTS)
def test_every_plan_has_an_outcome_with_its_reasons(facts: PlanFacts) -> None:
    suggestion = suggest(facts)
    assert suggestion == suggest(facts)
    assert suggestion.because
    assert any(finding.decisive for finding in suggestion.findings)
    assert all(finding.fact and finding.source != "" for finding in suggestion.findings)
    assert [finding.criterion for finding in suggestion.findings] == [one.name for one in RULE_SETS[0].criteria]


@QUICK
@given(FACTS)
def test_only_an_a_has_nothing_to_change(facts: PlanFacts) -> None:
    suggestion = suggest(facts)
    assert (suggestion.next_up == ()) == (suggestion.outcome is Outcome.A)
    assert all(suggestion.next_up)
    assert len(set(suggestion.next_up)) == len(suggestion.next_up)


@QUICK
@given(nearly_good())
def test_an_a_meets_everything_but_for_a_benchmark_that_is_missing(facts: PlanFacts) -> None:
    unmet = {criterion for criterion, result in results(facts).items() if result is not Result.MET}
    benchmark = [figure for figure in (facts.benchmark_cost, facts.benchmark_attainable) if figure]
    in_pounds = [figure.quantity.unit for figure in benchmark] == [GBP, GBP]
    is_an_a = unmet == set() or (unmet == {"Ambition"} and not in_pounds)
    assert (suggest(facts).outcome is Outcome.A) == is_an_a


@QUICK
@given(FACTS)
def test_a_plan_that_is_there_is_never_a_c(facts: PlanFacts) -> None:
    with_one = replace(facts, deliverables=(*facts.deliverables, Promise("One laboratory", None, "A letter")))
    assert suggest(with_one).outcome is not Outcome.C
    blank = Saving(FinancialYear(2017), SavingKind.PLAN, None, None, None, None, "A letter")
    assert suggest(replace(facts, savings=(*facts.savings, blank))).outcome is not Outcome.C


@QUICK
@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(facts: PlanFacts, random: Any) -> None:
    deliverables, savings = list(facts.deliverables), list(facts.savings)
    random.shuffle(deliverables)
    random.shuffle(savings)
    assert suggest(replace(facts, deliverables=tuple(deliverables), savings=tuple(savings))) == suggest(facts)


@QUICK
@given(FACTS, ANY_FACTS)
def test_finding_out_what_is_missing_never_makes_a_b_unsure(facts: PlanFacts, found: PlanFacts) -> None:
    assume(suggest(facts).outcome is Outcome.B)
    held = results(facts)
    # What is known to be left out is not missing from the records.
    missing = {
        "submission": facts.submission is None,
        "scope": held["Functions in scope"] is held["Organisations taking part"] is Result.NOT_KNOWN,
        "deliverables": held["Dates of deliverables"] is Result.NOT_KNOWN,
        "savings": not facts.savings and held["Savings by year"] is Result.NOT_KNOWN,
        "benchmark_cost": facts.benchmark_cost is None,
        "benchmark_attainable": facts.benchmark_attainable is None,
    }
    added = {part: getattr(found, part) for part, is_missing in missing.items() if is_missing}
    assert suggest(replace(facts, **added)).outcome is not Outcome.INSUFFICIENT


@QUICK
@given(FACTS, st.booleans())
def test_finding_out_what_releases_cash_never_makes_a_b_unsure(facts: PlanFacts, releases: bool) -> None:
    assume(suggest(facts).outcome is Outcome.B)
    said = [
        replace(line, cash_releasing=releases if line.cash_releasing is None else line.cash_releasing)
        for line in facts.savings
    ]
    assert suggest(replace(facts, savings=tuple(said))).outcome is not Outcome.INSUFFICIENT


@QUICK
@given(FACTS, SAVINGS)
def test_what_was_in_fact_saved_is_no_part_of_a_plan(facts: PlanFacts, line: Saving) -> None:
    made = replace(line, kind=SavingKind.ACTUAL)
    assert suggest(replace(facts, savings=(*facts.savings, made))) == suggest(facts)


@QUICK
@given(FACTS)
def test_a_suggestion_is_read_back_as_it_was_stored(facts: PlanFacts) -> None:
    suggestion = suggest(facts)
    assert storage.from_json(json.loads(json.dumps(storage.as_json(suggestion)))) == suggestion


def test_many_lines_of_absurd_amounts_add_up() -> None:
    huge = Quantity.of(MAXIMUM, MAXIMUM, Qualifier.EXACT, GBP)
    line = Saving(FinancialYear(2017), SavingKind.PLAN, None, huge, True, None, "A misprint")
    half = Figure(Quantity.of(Decimal(0), MAXIMUM, Qualifier.EXACT, GBP), "National data")
    facts = PlanFacts(date(2016, 9, 26), savings=(line,) * 5_000, benchmark_cost=half, benchmark_attainable=half)
    ambition = suggest(facts).findings[-1]
    assert ambition.result is Result.MET
    assert "£1,000,000,000,000,000 in 2017/18" in ambition.fact


def test_a_suggestion_of_a_version_that_is_gone_is_still_read() -> None:
    finding = {"criterion": "Boldness", "asks": "Is it bold?", "result": "not-met", "fact": "No", "source": None}
    content = {"version": 0, "outcome": "B", "because": "It was so.", "next_up": ["Dare."]}
    assert storage.from_json({**content, "findings": [{**finding, "decisive": True, "weight": 3}]}) == Suggestion(
        version=0,
        outcome=Outcome.B,
        because="It was so.",
        findings=(Finding("Boldness", "Is it bold?", Result.NOT_MET, "No", None, decisive=True),),
        next_up=("Dare.",),
    )
