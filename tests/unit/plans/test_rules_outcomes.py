"""The outcome of version 1 for a table of plans, and the criteria that it rests on."""

from datetime import date

import pytest

from opprod.plans.models import Element, Outcome, SavingKind
from opprod.plans.rules.facts import PlanFacts
from opprod.plans.rules.register import suggest
from tests.builders.plan_facts import (
    GOOD,
    LATER,
    NEXT_YEAR,
    NOTHING,
    THIS_YEAR,
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

PLAN, SUBMISSION = "A plan", "Submission"
FUNCTIONS, ORGANISATIONS = "Functions in scope", "Organisations taking part"
DATES, THIS, NEXT = "Dates of deliverables", "Deliverables this year", "Deliverables next year"
SAVINGS, CASH, AMBITION = "Savings by year", "Cash-releasing savings", "Ambition"
ALL_BUT_AMBITION = (PLAN, SUBMISSION, FUNCTIONS, ORGANISATIONS, DATES, THIS, NEXT, SAVINGS, CASH)
ALL = (*ALL_BUT_AMBITION, AMBITION)

Row = tuple[str, PlanFacts, tuple[str, ...]]

NO_PLAN_IN_TWO_PAGES = received(Element.DELIVERABLES, Element.SAVINGS)
EMPTY = {"deliverables": (), "savings": ()}
LONG_AGO, BEFORE = date(1066, 10, 14), date(2016, 3, 31)

C: list[Row] = [
    ("the STP says that it has none", bare(submission=no_plan()), (PLAN,)),
    ("none, though partners are known", good(submission=no_plan(), **EMPTY), (PLAN,)),
    ("none, and a saving of £0", bare(submission=no_plan(), savings=(saving("£0"),)), (PLAN,)),
    ("none, and savings made", bare(submission=no_plan(), savings=(saving("£1m", kind=SavingKind.ACTUAL),)), (PLAN,)),
    ("two pages that name nothing", bare(submission=NO_PLAN_IN_TWO_PAGES), (PLAN,)),
    ("two pages of partners alone", good(submission=NO_PLAN_IN_TWO_PAGES, **EMPTY), (PLAN,)),
    ("no deliverables, £0 saved", bare(submission=received(Element.DELIVERABLES), savings=(saving("£0"),)), (PLAN,)),
]

INSUFFICIENT: list[Row] = [
    ("nothing recorded", NOTHING, (PLAN, SUBMISSION)),
    ("no submission, only partners and a benchmark", good(submission=None, **EMPTY), (PLAN, SUBMISSION)),
    ("received, and not read yet", bare(submission=received()), (PLAN,)),
    ("deliverables left out, savings not read", bare(submission=received(Element.DELIVERABLES)), (PLAN,)),
    ("savings left out, deliverables not read", bare(submission=received(Element.SAVINGS)), (PLAN,)),
    ("only scope left out", bare(submission=received(Element.FUNCTIONS, Element.ORGANISATIONS)), (PLAN,)),
    ("only a saving of £0", bare(submission=received(), savings=(saving("£0"),)), (PLAN,)),
    ("good, but the submission is not recorded", good(submission=None), (SUBMISSION,)),
    ("functions not recorded", good(scope=scope(trusts=2)), (FUNCTIONS,)),
    ("organisations not recorded", good(scope=scope("Finance")), (ORGANISATIONS,)),
    ("scope not recorded", good(scope=None), (FUNCTIONS, ORGANISATIONS)),
    ("deliverables not recorded", good(deliverables=()), (DATES, THIS, NEXT)),
    ("savings not recorded", good(savings=()), (SAVINGS, CASH, AMBITION)),
    ("savings without a figure", good(savings=(saving(None),)), (SAVINGS, CASH, AMBITION)),
    ("savings in posts, not pounds", good(savings=(saving("12 posts", unit="posts"),)), (SAVINGS, CASH, AMBITION)),
    ("savings not recorded, no benchmark", good(savings=(), **benchmark(None, None)), (SAVINGS, CASH)),
    ("cash not recorded", good(savings=(saving("£3m", cash=None),)), (CASH,)),
    ("cash perhaps", good(savings=(saving("£3m", cash=False), saving("£1m", 2018, cash=None))), (CASH,)),
    ("cash without a figure", good(savings=(saving("£3m", cash=False), saving(None, 2018))), (CASH,)),
    ("too little, but a blank beside it", good(savings=(saving("£1m"), saving(None, function="HR"))), (AMBITION,)),
    ("too little, but another year blank", good(savings=(saving("£1m"), saving(None, 2018))), (AMBITION,)),
    (
        "one deliverable, nothing else",
        bare(submission=received(), deliverables=due(THIS_YEAR)),
        (
            FUNCTIONS,
            ORGANISATIONS,
            SAVINGS,
            CASH,
        ),
    ),
]

B: list[Row] = [
    ("functions left out", good(submission=received(Element.FUNCTIONS), scope=scope(trusts=2)), (FUNCTIONS,)),
    ("organisations left out", good(submission=received(Element.ORGANISATIONS), scope=scope("HR")), (ORGANISATIONS,)),
    ("one trust alone", good(scope=scope("HR", trusts=1)), (ORGANISATIONS,)),
    ("one local authority alone", good(scope=scope("HR", local_authorities=1)), (ORGANISATIONS,)),
    ("deliverables left out", good(submission=received(Element.DELIVERABLES), deliverables=()), (DATES,)),
    ("dates left out", good(submission=received(Element.DATES), deliverables=()), (DATES,)),
    ("a deliverable without a date", good(deliverables=due(THIS_YEAR, NEXT_YEAR, None)), (DATES,)),
    ("no deliverable has a date", good(deliverables=due(None)), (DATES,)),
    ("savings left out", good(submission=received(Element.SAVINGS), savings=()), (SAVINGS, CASH, AMBITION)),
    (
        "savings left out, a blank recorded",
        good(submission=received(Element.SAVINGS), savings=(saving(None),)),
        (
            SAVINGS,
            AMBITION,
        ),
    ),
    (
        "both left out, but a blank recorded",
        bare(submission=NO_PLAN_IN_TWO_PAGES, savings=(saving(None),)),
        (
            DATES,
            SAVINGS,
        ),
    ),
    ("a saving of £0", good(savings=(saving("£0"),)), (SAVINGS, CASH, AMBITION)),
    ("a saving below £0", good(savings=(saving("-£2m"),)), (SAVINGS, CASH, AMBITION)),
    ("no cash", good(savings=(saving("£3m", cash=False),)), (CASH,)),
    ("no cash, some without a figure", good(savings=(saving("£3m", cash=False), saving(None, cash=False))), (CASH,)),
    ("cash from a saving of £0 alone", good(savings=(saving("£3m", cash=False), saving("£0", 2018))), (CASH,)),
    ("less than half", good(savings=(saving("£1,999,999.99"),)), (AMBITION,)),
    ("up to less than half", good(savings=(saving("up to £1.9m"),)), (AMBITION,)),
    ("under half", good(savings=(saving("under £2m"),)), (AMBITION,)),
    (
        "half, of over what could be saved",
        good(savings=(saving("£2m"),), **benchmark("over £12m", "£8m")),
        (AMBITION,),
    ),
    ("less than half in each of two years", good(savings=(saving("£1.5m"), saving("£1.5m", 2018))), (AMBITION,)),
    ("forecast to save less", good(savings=(saving("£4m"), forecast("£1m"))), (AMBITION,)),
    ("forecast to save nothing", good(savings=(saving("£4m"), forecast("£0"))), (SAVINGS, CASH, AMBITION)),
    ("forecast to release no cash", good(savings=(saving("£4m"), forecast("£4m", cash=False))), (CASH,)),
    ("short in scale, all else unknown", bare(scope=scope(trusts=1), deliverables=due(THIS_YEAR)), (ORGANISATIONS,)),
    ("short in timelines, all else unknown", bare(deliverables=due(None)), (DATES,)),
    ("late, and one trust alone", good(deliverables=due(LATER), scope=scope("HR", trusts=1)), (ORGANISATIONS,)),
    ("perhaps half, and undated", good(savings=(saving("£1–3m"),), deliverables=due(None)), (DATES,)),
    ("good two years ago, undated now", good(day=date(2019, 4, 1), deliverables=due(BEFORE, None)), (DATES,)),
]

A: list[Row] = [
    ("everything", GOOD, ALL),
    ("no benchmark", good(**benchmark(None, None)), ALL_BUT_AMBITION),
    ("half a benchmark", good(**benchmark("£12m", None)), ALL_BUT_AMBITION),
    ("a benchmark that is not money", good(**benchmark("12 posts", "8 posts", unit="posts")), ALL_BUT_AMBITION),
    ("exactly half", good(savings=(saving("£2m"),)), ALL),
    ("about half", good(savings=(saving("c.£2m"),)), ALL),
    ("over half", good(savings=(saving("over £2m"),)), ALL),
    ("half by two functions", good(savings=(saving("£1m", function="HR"), saving("£1m", function="Finance"))), ALL),
    ("half whatever is in the range", good(savings=(saving("£2–9m"),)), ALL),
    ("half whatever the benchmark", good(savings=(saving("£4m"),), **benchmark("£12–14m", "£6–8m")), ALL),
    ("half with a blank beside it", good(savings=(saving("£2m"), saving(None, cash=None))), ALL),
    ("half with a part of up to £1m", good(savings=(saving("£2m"), saving("up to £1m", function="HR"))), ALL),
    ("half in one year, up to £1m in another", good(savings=(saving("£2m"), saving("up to £1m", 2018))), ALL),
    ("nothing more to save", good(savings=(saving("£1"),), **benchmark("£8m", "£8m")), ALL),
    ("cheaper than the benchmark", good(savings=(saving("£1"),), **benchmark("£7m", "£8m")), ALL),
    ("forecast to save more", good(savings=(saving("£1m"), forecast("£3m"))), ALL),
    ("a forecast without a figure", good(savings=(saving("£3m"), forecast(None))), ALL),
    ("a forecast of another year", good(savings=(saving("£3m"), forecast("£1m", 2018))), ALL),
    ("only a forecast", good(savings=(forecast("£3m"),)), ALL),
    ("two trusts", good(scope=scope("HR", trusts=2)), ALL),
    ("a CCG and a council", good(scope=scope("HR", ccgs=1, local_authorities=1)), ALL),
    ("left out of the pages, recorded since", good(submission=received(*Element)), ALL),
    ("deliverables of other years too", good(deliverables=due(BEFORE, THIS_YEAR, NEXT_YEAR, LATER)), ALL),
    ("first and last days", good(deliverables=due(date(2016, 4, 1), date(2018, 3, 31))), ALL),
    ("the same deliverable twice", good(deliverables=(*due(THIS_YEAR), *due(THIS_YEAR), *due(NEXT_YEAR))), ALL),
    ("two years on", good(day=date(2018, 9, 1), deliverables=due(date(2019, 3, 31), date(2019, 4, 1))), ALL),
]

BOUNDARY: list[Row] = [
    ("said to be none, with deliverables", good(submission=no_plan()), (PLAN, SUBMISSION)),
    ("said to be none, with a saving", bare(submission=no_plan(), savings=(saving("£1m"),)), (PLAN, SUBMISSION)),
    ("said to be none, with a blank", bare(submission=no_plan(), savings=(saving(None),)), (PLAN, SUBMISSION)),
    ("only in 2018/19", good(deliverables=due(LATER)), (THIS, NEXT)),
    ("only this year", good(deliverables=due(THIS_YEAR)), (NEXT,)),
    ("only next year", good(deliverables=due(NEXT_YEAR)), (THIS,)),
    ("this year and 2018/19", good(deliverables=due(THIS_YEAR, LATER)), (NEXT,)),
    ("all in the past", good(deliverables=due(BEFORE, LONG_AGO)), (THIS, NEXT)),
    ("the days around the two years", good(deliverables=due(BEFORE, date(2018, 4, 1))), (THIS, NEXT)),
    ("a range around half", good(savings=(saving("£1–3m"),)), (AMBITION,)),
    ("up to half", good(savings=(saving("up to £2m"),)), (AMBITION,)),
    ("over less than half", good(savings=(saving("over £1m"),)), (AMBITION,)),
    ("half of a range", good(**benchmark("£12–16m", "£8m")), (AMBITION,)),
    ("half of over £4m", good(**benchmark("over £12m", "£8m")), (AMBITION,)),
    ("a benchmark open both ways", good(**benchmark("over £12m", "over £8m")), (AMBITION,)),
    (
        "a range around half, and late",
        good(savings=(saving("£1–3m"),), deliverables=due(LATER)),
        (
            THIS,
            NEXT,
            AMBITION,
        ),
    ),
    ("good once, a year later", good(day=date(2017, 4, 1)), (NEXT,)),
]

TABLE = [
    pytest.param(facts, outcome, set(rests_on), id=f"{outcome.value}: {what}")
    for outcome, rows in (
        (Outcome.A, A),
        (Outcome.B, B),
        (Outcome.C, C),
        (Outcome.BOUNDARY, BOUNDARY),
        (Outcome.INSUFFICIENT, INSUFFICIENT),
    )
    for what, facts, rests_on in rows
]


@pytest.mark.parametrize(("facts", "outcome", "rests_on"), TABLE)
def test_the_outcome_and_what_it_rests_on(facts: PlanFacts, outcome: Outcome, rests_on: set[str]) -> None:
    suggestion = suggest(facts)
    assert (suggestion.outcome, {one.criterion for one in suggestion.findings if one.decisive}) == (outcome, rests_on)
