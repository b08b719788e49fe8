"""The ranking of plans by gains, on both databases: SQL says what the rules say."""

import random
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.core import clock
from opprod.core.errors import NotFound
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from opprod.plans.models import Plan, SavingKind
from opprod.plans.queries.gains import (
    GainView,
    Ranking,
    best_of_each_service,
    counted,
    functions,
    in_focus,
    ranking,
)
from opprod.plans.queries.ranking import GainSearch
from opprod.plans.queries.summary import unknowns
from opprod.plans.rules.gains import Counted, Sort, Unranked
from opprod.plans.services.catalogue import FunctionContent
from tests.builders.gains import a_line, an_investment, withdrawn
from tests.builders.plans import HR_AND_FINANCE, a_plan, a_service, an_stp
from tests.conftest import TODAY
from tests.statements import statements

PATHOLOGY = (FunctionContent("HR"), FunctionContent("Finance"))
SAID = (None, "£0", "£0-1m", "£1m", "£1-2m", "c.£2m", "£2m", "£3m", "£1.5-3m", "over £2m", "up to £3m", "£123.4567")


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def rank(sort: Sort = Sort.BOTH, *, every: bool = False, scope: Region | None = None, **paging: int) -> Ranking:
    found = functions()
    search = GainSearch(counted(found, found) if every else in_focus(found))
    return ranking(search, TODAY, scope=scope, sort=sort, **{"size": 1000, **paging})


def ids(found: Ranking) -> list[int]:
    return [view.plan_id for view in found.ranked.items]


def _exact(view: GainView, sort: Sort) -> tuple[object, ...]:
    """What a plan is to be ranked by, reckoned from its ledger in exact fractions; the smallest first."""
    assert view.gain.low is not None
    assert view.gain.months is not None
    low, months = Fraction(view.gain.low), view.gain.months
    high = (view.gain.high is not None, -Fraction(view.gain.high or 0))
    return {
        Sort.BIGGEST: (-low, high, months),
        Sort.QUICKEST: (months, -low, high),
        Sort.BOTH: (-low / months, (high[0], high[1] / months), months),
    }[sort] + (view.stp_number, view.service)


@pytest.mark.parametrize("seed", range(3))
def test_the_ranking_in_sql_is_the_one_that_the_rules_make(app: Flask, seed: int) -> None:
    draw = random.Random(seed)
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            a_service("Back office", functions=HR_AND_FINANCE)
            a_service("Pathology", functions=PATHOLOGY)
            for _ in range(30):
                an_stp(draw.choice(list(Region)))
            for plan in db.session.scalars(select(Plan)).all():
                for number in range(draw.randint(0, 6)):
                    a_line(
                        plan,
                        draw.choice(SAID),
                        year=draw.randint(2015, 2018),
                        kind=draw.choice(list(SavingKind)),
                        function=draw.choice((None, "hr", "hr", "finance")),
                        cash_releasing=draw.choice((True, True, True, True, False, None)),
                        label=str(number),
                    )
        for sort in Sort:
            for every in (False, True):
                found = rank(sort, every=every)
                views = found.ranked.items
                assert [view.rank for view in views] == list(range(1, len(views) + 1))
                assert [view.plan_id for view in views] == [
                    view.plan_id for view in sorted(views, key=lambda view: _exact(view, sort))
                ]
                apart = [view.gain.unranked for view in found.unranked.items]
                assert None not in apart
                assert {reason: apart.count(reason) for reason in Unranked if reason in apart} == found.reasons
                assert apart == sorted(apart, key=list(Unranked).index)
                assert len(views) + len(apart) == 60
                assert all(view.gain.unranked is None for view in views)
        db.session.rollback()


def test_it_ranks_by_size_by_speed_or_by_both(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            service = a_service("Back office")
            soon, big, best = (a_plan(service=service) for _ in range(3))
            a_line(soon, "£500k", year=2016)
            a_line(big, "£6m", year=2018)
            # £200k a month until the first, against £83k and £200k: the sooner of equals is first.
            a_line(best, "£3.6m", year=2017)
        assert ids(rank(Sort.QUICKEST)) == [soon.id, best.id, big.id]
        assert ids(rank(Sort.BIGGEST)) == [big.id, best.id, soon.id]
        assert ids(rank(Sort.BOTH)) == [best.id, big.id, soon.id]


def test_only_plans_that_stand_and_that_the_person_may_know_of_are_ranked(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            service = a_service("Back office")
            london, north = a_plan(Region.LONDON, service=service), a_plan(Region.NORTH, service=service)
            gone, silent = a_plan(service=service), a_plan(Region.NORTH, service=service)
            for plan in (london, north, gone):
                a_line(plan, "£1m")
            withdrawn(gone)
        assert ids(rank()) == [london.id, north.id]
        of_london = rank(scope=Region.LONDON)
        assert (ids(of_london), of_london.unranked.total, of_london.reasons) == ([london.id], 0, {})
        search = GainSearch(in_focus(functions()), region=Region.NORTH)
        of_north = ranking(search, TODAY, scope=None)
        assert (ids(of_north), [view.plan_id for view in of_north.unranked.items]) == ([north.id], [silent.id])
        # Asked for another region, who knows of one alone gets nothing.
        nothing = ranking(search, TODAY, scope=Region.LONDON)
        assert (nothing.ranked.total, nothing.unranked.total) == (0, 0)


def test_it_stands_as_at_a_day(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            plan = a_plan()
            a_line(plan, "£1m", year=2016, on=date(2016, 9, 1))
            a_line(plan, "£2m", year=2017, on=date(2016, 9, 20))
        found = in_focus(functions())
        before, between = (
            ranking(GainSearch(found), day, scope=None) for day in (date(2016, 8, 31), date(2016, 9, 19))
        )
        assert before.reasons == {Unranked.NO_FIGURE: 1}
        (view,) = between.ranked.items
        assert (str(view.gain.yearly), view.gain.months) == ("£1m", 6)
        (later,) = rank().ranked.items
        assert (str(later.gain.yearly), str(later.gain.first)) == ("£2m", "2016/17")


def test_a_pound_counted_in_another_plan_is_counted_there_alone(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            service = a_service("Back office")
            here, there = a_plan(service=service), a_plan(service=service)
            a_line(there, "£1m", counted_in=a_line(here, "£1m"))
        found = rank()
        assert ids(found) == [here.id]
        assert found.reasons == {Unranked.COUNTED_ELSEWHERE: 1}


def test_payback_and_what_is_invented_come_with_the_plan(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            plan = a_plan()
            a_line(plan, "£2m", illustrative="the saving")
            a_line(plan, "£1m", function="finance", illustrative="the saving")
            an_investment(plan, capital="£3m", redundancy="£3m", illustrative="the investment")
        (view,) = rank().ranked.items
        assert view.payback is not None
        assert (str(view.gain.yearly), view.payback.said) == ("£3m", "2 years")
        assert view.illustrative == "the saving; the investment"


def test_each_service_has_its_best_for_a_paper(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            services = [a_service("Pathology"), a_service("Back office")]
            for number in range(1, 4):
                stp = an_stp()
                for service in services:
                    a_line(a_plan(service=service, stp=stp), f"£{number}m")
        best = best_of_each_service(GainSearch(in_focus(functions())), TODAY, limit=2)
        assert [(view.service, view.rank, str(view.gain.yearly)) for view in best] == [
            *[("Pathology", 1, "£3m"), ("Pathology", 2, "£2m")],
            *[("Back office", 1, "£3m"), ("Back office", 2, "£2m")],
        ]


def test_what_is_not_known_is_counted_for_each_service(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            pathology, back_office = a_service("Pathology", functions=PATHOLOGY), a_service("Back office")
            for _ in range(3):
                an_stp()
            ranked, unsplit, _silent = (
                plan
                for plan in db.session.scalars(select(Plan).order_by(Plan.id))
                if plan.service_id == back_office.id
            )
            a_line(ranked, "£1m")
            a_line(unsplit, "£1m", function=None)
            unsplit.illustrative = "the whole plan"
            withdrawn(a_plan(service=pathology))
        found = {one.service: one for one in unknowns(GainSearch(in_focus(functions())), TODAY)}
        assert list(found) == ["Pathology", "Back office"]
        known = found["Back office"]
        # A fourth footprint came with the plan that is withdrawn.
        assert (known.plans, known.no_saving, known.unranked) == (4, 2, 1)
        assert (known.no_category, known.no_submission, known.no_dated_deliverable) == (4, 4, 4)
        assert (known.insufficient, known.boundary, known.illustrative) == (4, 0, "the whole plan")
        assert (found["Pathology"].plans, found["Pathology"].no_saving) == (3, 3)
        assert found["Pathology"].illustrative is None


def test_it_comes_by_the_page_at_the_same_number_of_statements(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY):
        with unit_of_work():
            service = a_service("Back office")
            for number in range(1, 6):
                a_line(a_plan(service=service), f"£{number}m")
                a_plan(service=service)

        def cost(size: int) -> int:
            db.session.expire_all()
            with statements(app) as sent:
                rank(size=size)
            return len([statement for statement in sent if statement.startswith(("SELECT", "WITH"))])

        assert cost(2) == cost(5) == 4

        second = rank(size=2, number=2, unranked_number=3)
        assert [view.rank for view in second.ranked.items] == [3, 4]
        assert (second.ranked.total, second.unranked.total, len(second.unranked.items)) == (5, 5, 1)
        for number, unranked_number in ((4, 1), (1, 4), (9, 9)):
            with pytest.raises(NotFound):
                rank(size=2, number=number, unranked_number=unranked_number)


def test_every_function_of_a_service_makes_it_whole(app: Flask) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        back_office, pathology = a_service("Back office"), a_service("Pathology", functions=PATHOLOGY)
        found = functions()
        assert in_focus(found).services == {pathology.id}
        assert counted(found, found).services == {back_office.id, pathology.id}
        assert counted(found, ()) == Counted(frozenset(), frozenset())
