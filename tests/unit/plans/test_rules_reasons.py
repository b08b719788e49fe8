"""What a suggestion says: the fact behind each finding, its source, and what would have to change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from opprod.plans.models import Element, Outcome
from opprod.plans.rules.facts import PlanFacts, Promise
from opprod.plans.rules.register import RULE_SETS, in_force, suggest
from opprod.plans.rules.suggestion import Finding, Result
from tests.builders.plan_facts import (
    GOOD,
    LATER,
    NATIONAL_DATA,
    NEXT_YEAR,
    NOTHING,
    THIS_YEAR,
    TWO_PAGES,
    bare,
    benchmark,
    due,
    forecast,
    good,
    no_plan,
    received,
    saving,
    scope,
)

BY_NATIONAL_DATA = "that national data says could be saved in a year"
AT_LEAST_HALF = f"at least £2m, half of the £4m {BY_NATIONAL_DATA}"


def finding(facts: PlanFacts, criterion: str) -> Finding:
    return next(one for one in suggest(facts).findings if one.criterion == criterion)


NEXT_UP: dict[str, tuple[PlanFacts, list[str]]] = {
    "a C needs something to support": (
        bare(submission=no_plan()),
        [
            (
                "Get a submission from the STP that names something to deliver or to save: there is then a plan to "
                "support."
            )
        ],
    ),
    "a saving that is too small": (
        good(savings=(saving("£1.2m"),)),
        [f"Raise the yearly saving from £1.2m in 2017/18 to {AT_LEAST_HALF}."],
    ),
    "a saving in parts, and a benchmark in a range": (
        good(savings=(saving("£1m"), saving("up to £500k", function="HR")), **benchmark("c.£12–14m", "£8m")),
        [
            (
                "Raise the yearly saving from up to £1.5m in 2017/18 to at least £3m, half of the most "
                f"{BY_NATIONAL_DATA} (c.£4–6m)."
            )
        ],
    ),
    "a saving that may be large enough": (
        good(savings=(saving("£1–3m"), saving("£1–2m", 2018))),
        [f"State the yearly saving closely enough to show that it is {AT_LEAST_HALF}; it is now £1–3m in 2017/18."],
    ),
    "either of two years may be the largest": (
        good(savings=(saving("£1–3m"), saving("£1.5–2m", 2018))),
        [f"State the yearly saving closely enough to show that it is {AT_LEAST_HALF}; it is now £1.5–3m."],
    ),
    "a benchmark that is too wide": (
        good(**benchmark("£12m", "£6–8m")),
        [
            (
                f"Raise the yearly saving from £2.4m in 2017/18 to at least £3m, half of the most {BY_NATIONAL_DATA} "
                "(£4–6m), or narrow the national benchmark."
            )
        ],
    ),
    "a benchmark without an upper bound": (
        good(savings=(saving("£2m"),), **benchmark("over £12m", "£8m")),
        [
            (
                f"Raise the yearly saving from £2m in 2017/18 to at least half of the amount {BY_NATIONAL_DATA} "
                "(over £4m)."
            )
        ],
    ),
    "a blank that may be large enough": (
        good(savings=(saving("£1m"), saving(None, function="HR"))),
        [
            (
                "Find out the amount of 1 saving without a figure in 2017/18: without it, the yearly saving is "
                f"not {AT_LEAST_HALF}."
            )
        ],
    ),
    "deliverables without a date, each text once": (
        good(deliverables=(*due(THIS_YEAR, NEXT_YEAR), *(Promise(t, None, TWO_PAGES) for t in "DBACAE"))),
        ["Give a date to “A”, “B”, “C” and 2 more."],
    ),
    "a plan that delivers later": (
        good(deliverables=due(LATER)),
        ["Bring a deliverable into 2016/17, or add one.", "Bring a deliverable into 2017/18, or add one."],
    ),
    "what is short, and then what is not known": (
        bare(submission=received(), scope=scope(trusts=1), savings=(saving("£1m", cash=False), saving(None))),
        [
            "Bring in at least one more organisation: only one takes part.",
            "Find out which functions the plan covers.",
            "Find out what the plan is to deliver, and by when.",
            "Find out the amounts of the savings that are recorded without a figure.",
        ],
    ),
    "savings left out": (
        good(submission=received(Element.SAVINGS), savings=()),
        [
            "State what the plan saves in each financial year, and how much of it releases cash.",
            f"State a yearly saving of {AT_LEAST_HALF}.",
        ],
    ),
    "records that contradict each other": (
        good(submission=no_plan(), scope=None),
        [
            "Settle with the STP whether it has a plan, and correct the record that is wrong.",
            "Find out which functions the plan covers.",
            "Find out which organisations take part.",
        ],
    ),
    "nothing recorded": (
        NOTHING,
        [
            "Find out whether the STP has sent its two-page submission, and record it.",
            "Find out whether the STP has a plan: what it is to deliver and what it saves.",
        ],
    ),
    "an A": (GOOD, []),
}


@pytest.mark.parametrize(("facts", "sentences"), NEXT_UP.values(), ids=NEXT_UP.keys())
def test_what_would_have_to_change_is_said_with_its_figures(facts: PlanFacts, sentences: list[str]) -> None:
    assert list(suggest(facts).next_up) == sentences


def test_a_plan_that_does_all_that_is_asked_is_an_a() -> None:
    facts = good(
        submission=received(Element.DATES),
        scope=scope("HR", trusts=1),
        deliverables=due(None),
        savings=(saving("£1m", cash=False),),
    )
    assert suggest(facts).next_up == (
        "Bring in at least one more organisation: only one takes part.",
        "Give a date to “Deliverable 1”.",
        "Bring a deliverable into 2016/17, or add one.",
        "Bring a deliverable into 2017/18, or add one.",
        "Find a saving that releases cash: none of those recorded does.",
        f"Raise the yearly saving from £1m in 2017/18 to {AT_LEAST_HALF}.",
    )
    done = replace(
        facts,
        scope=scope("HR", trusts=2),
        deliverables=due(THIS_YEAR, NEXT_YEAR),
        savings=(saving("£1m", cash=False), saving("£1m", function="HR")),
    )
    assert suggest(done).outcome is Outcome.A


BECAUSE = [
    (GOOD, "It is a good plan, with deliverables in 2016/17 and 2017/18."),
    (
        good(**benchmark(None, None)),
        (
            "It is a good plan, with deliverables in 2016/17 and 2017/18; its ambition is untested, since no "
            "national benchmark is recorded."
        ),
    ),
    (
        good(scope=scope("HR", trusts=1), deliverables=due(THIS_YEAR, None), savings=(saving("£1m"),)),
        (
            "There is a plan, but it falls short in ambition, scale and timelines: 1 trust alone; no date for 1 of 2 "
            "deliverables; the largest yearly saving is £1m in 2017/18, where half of what could be saved is £2m."
        ),
    ),
    (bare(submission=no_plan()), "The STP says that it has no plan."),
    (
        bare(submission=received(Element.DELIVERABLES, Element.SAVINGS)),
        "The submission names nothing to deliver and nothing to save.",
    ),
    (
        good(deliverables=due(LATER)),
        (
            "It fits none of the three: a good plan, but its deliverables are due in 2018/19 alone, and an A has "
            "some in 2016/17 and 2017/18."
        ),
    ),
    (
        good(deliverables=due(THIS_YEAR)),
        (
            "It fits none of the three: a good plan, but its deliverables are due in 2016/17 alone, and an A has "
            "some in 2016/17 and 2017/18."
        ),
    ),
    (
        good(savings=(saving("£1–3m"),)),
        (
            "It fits none of the three: a good plan, but what it saves lies on both sides of the threshold: the "
            "largest yearly saving is £1–3m in 2017/18, where half of what could be saved is £2m."
        ),
    ),
    (
        good(submission=no_plan()),
        (
            "The records contradict each other. The STP says that it has no plan, yet it has 2 deliverables and 2 "
            "lines of savings recorded."
        ),
    ),
    (NOTHING, "What is recorded does not say whether there is a plan."),
    (
        good(scope=None, savings=(saving("£3m", cash=None),)),
        (
            "There is a plan, and nothing known of it falls short; still to be found out: functions in scope, "
            "organisations taking part and cash-releasing savings."
        ),
    ),
]


@pytest.mark.parametrize(("facts", "because"), BECAUSE)
def test_the_reason_is_said_in_a_sentence(facts: PlanFacts, because: str) -> None:
    assert suggest(facts).because == because


def test_each_finding_has_its_fact_and_where_that_is_from() -> None:
    assert {one.criterion: (one.fact, one.source) for one in suggest(GOOD).findings} == {
        "A plan": ("2 deliverables and 2 lines of savings recorded", TWO_PAGES),
        "Submission": ("Received on 30 June 2016", TWO_PAGES),
        "Functions in scope": ("Finance and HR", TWO_PAGES),
        "Organisations taking part": ("2 trusts and 1 CCG", TWO_PAGES),
        "Dates of deliverables": ("A date for all 2 deliverables", TWO_PAGES),
        "Deliverables this year": ("1 deliverable due in 2016/17, on 1 December 2016", TWO_PAGES),
        "Deliverables next year": ("1 deliverable due in 2017/18, on 1 September 2017", TWO_PAGES),
        "Savings by year": ("Stated for 2016/17 and 2017/18", TWO_PAGES),
        "Cash-releasing savings": ("Cash released by all 2 savings", TWO_PAGES),
        "Ambition": (
            "The largest yearly saving is £2.4m in 2017/18, where half of what could be saved is £2m",
            f"{NATIONAL_DATA}; {TWO_PAGES}",
        ),
    }


def test_what_is_not_recorded_has_no_source_and_what_is_left_out_has_the_submission_s() -> None:
    assert finding(NOTHING, "Functions in scope").source is None
    left_out = finding(bare(submission=received(Element.FUNCTIONS)), "Functions in scope")
    assert (left_out.fact, left_out.source) == ("The submission leaves out the functions in scope", TWO_PAGES)
    assert finding(good(savings=()), "Ambition").source == NATIONAL_DATA
    assert finding(good(savings=(), submission=received(Element.SAVINGS)), "Ambition").source == TWO_PAGES


def test_records_that_contradict_each_other_are_both_named_as_sources() -> None:
    assert finding(good(submission=no_plan()), "A plan").source == f"Letter of 4 July 2016; {TWO_PAGES}"


def test_of_many_sources_a_few_are_named() -> None:
    promises = tuple(Promise("A laboratory", THIS_YEAR, f"Letter {number}") for number in (5, 1, 4, 2, 3, 1))
    assert finding(bare(deliverables=promises), "Dates of deliverables").source == (
        "Letter 1; Letter 2; Letter 3; 2 more sources"
    )


def test_a_forecast_in_a_year_stands_for_all_that_was_planned_for_it() -> None:
    lines = (saving("£3m", function="HR"), saving("£2m", function="Finance"), forecast("£1m"), saving("£500k", 2018))
    ambition = finding(good(savings=lines), "Ambition")
    assert ambition.result is Result.NOT_MET
    assert ambition.fact.startswith("The largest yearly saving is £1m in 2017/18,")


def test_a_sum_of_approximate_parts_is_approximate() -> None:
    ambition = finding(good(savings=(saving("c.£1.5m"), saving("£1–2m", function="HR"))), "Ambition")
    assert ambition.fact.startswith("The largest yearly saving is c.£2.5–3.5m in 2017/18,")


def test_of_several_deliverables_in_a_year_the_first_is_named() -> None:
    facts = good(deliverables=due(date(2017, 3, 1), date(2016, 12, 1)))
    assert (
        finding(facts, "Deliverables this year").fact == "2 deliverables due in 2016/17, the first on 1 December 2016"
    )


def test_a_nearby_deliverable_is_named_where_none_is_due() -> None:
    facts = good(deliverables=due(date(2016, 3, 1), LATER))
    assert finding(facts, "Deliverables this year").fact == "None due in 2016/17; the next is due on 1 September 2018"
    past = good(deliverables=due(date(2015, 3, 1), date(2016, 3, 1)))
    assert finding(past, "Deliverables next year").fact == "None due in 2017/18; the last was due on 1 March 2016"


def test_the_version_in_force_suggests_unless_another_is_asked_for() -> None:
    first = RULE_SETS[0]
    assert in_force(first.in_force_from - timedelta(days=400)) is first
    assert in_force(date.max) is RULE_SETS[-1]
    assert suggest(GOOD, version=1) == suggest(GOOD)
    with pytest.raises(LookupError, match="no version 99"):
        suggest(GOOD, version=99)


def test_versions_are_numbered_in_the_order_they_came_into_force() -> None:
    assert [rules.version for rules in RULE_SETS] == list(range(1, len(RULE_SETS) + 1))
    assert sorted(RULE_SETS, key=lambda rules: rules.in_force_from) == list(RULE_SETS)
    for rules in RULE_SETS:
        names = [criterion.name for criterion in rules.criteria]
        assert len(set(names)) == len(names)
