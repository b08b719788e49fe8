"""Totals of savings over plans, reckoned by hand from small ledgers, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from opprod import create_app, schema
from opprod.config import Settings
from opprod.core import clock
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import parse, total
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import record
from opprod.plans.models import Plan, PlanStatus, SavingKind, SavingsLine, Service
from opprod.plans.queries.ledger import Sum
from opprod.plans.queries.savings import ledger_of
from opprod.plans.queries.totals import Dimension, TotalsRow, TotalsSearch, by_service_and_year, totals, whole
from opprod.plans.services.savings import withdraw_saving
from tests.builders.accounts import a_user
from tests.builders.plans import a_plan, a_service, an_stp
from tests.builders.savings import a_saving
from tests.conftest import TODAY
from tests.statements import statements

YESTERDAY = TODAY - timedelta(days=1)
PLAN, FORECAST, ACTUAL = SavingKind


@pytest.fixture
def app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on either database."""
    app = create_app(Settings(data_dir=tmp_path, database_url=empty_database))
    with app.app_context(), clock.pinned_to(TODAY):
        schema.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


pytestmark = pytest.mark.usefixtures("app")


def by(dimension: Dimension, search: TotalsSearch | None = None, scope: Region | None = None) -> dict[str, TotalsRow]:
    return {row.label: row for row in totals(search or TotalsSearch(), TODAY, scope=scope, by=dimension)}


def said(rows: dict[str, TotalsRow], kind: SavingKind = PLAN) -> dict[str, str]:
    return {label: row.kinds[kind].said for label, row in rows.items()}


def counts(row: TotalsRow, kind: SavingKind = PLAN) -> tuple[int, int, int, int]:
    """How many plans state a figure, how many are left out, of how many, and how many lines are blank."""
    found = row.kinds[kind]
    return found.plans, found.left_out, row.of, found.blank


@pytest.fixture
def ledgers(app: Flask) -> dict[str, Plan]:
    """Two services in three STPs: 2017/18 planned saves £1–2m, c.£3m, £0.5m and £4m; £9m is counted in the £4m."""
    pathology, back_office = a_service("Pathology"), a_service("Back office")
    stps = {"north": an_stp(Region.NORTH), "london": an_stp(Region.LONDON), "other": an_stp(Region.LONDON)}

    def plan(where: str, service: Service) -> Plan:
        return a_plan(service=service, stp=stps[where])

    north, london, other = (plan(where, pathology) for where in stps)
    hr = plan("london", back_office)
    a_saving(north, "£1-2m", on=YESTERDAY)
    a_saving(london, "c.£3m", cash_releasing=False)
    a_saving(hr, "£0.5m", function="hr", illustrative="the figure")
    a_saving(hr, None, function="finance")
    target = a_saving(hr, "£4m", function="finance", label="Shared centre", cash_releasing=None)
    a_saving(other, "£9m", counted_in_id=target.id)
    a_saving(north, "over £6m", year="2018/19")
    a_saving(london, "£7m", year="2018/19", kind=FORECAST)
    a_saving(london, "£2m", kind=ACTUAL)
    gone = a_saving(plan("north", back_office), "£100m")
    record(PlanStatus(subject_id=gone.plan_id, withdrawn=True, reason="Merged", effective_on=TODAY), actor=a_user())
    return {"north": north, "london": london, "other": other, "hr": hr}


@pytest.mark.usefixtures("ledgers")
def test_totals_by_year() -> None:
    rows = by(Dimension.YEAR)
    assert said(rows) == {"2017/18": "c.£8.5–9.5m", "2018/19": "over £6m"}
    assert said(rows, FORECAST) == {"2017/18": "Not stated", "2018/19": "£7m"}
    assert said(rows, ACTUAL) == {"2017/18": "£2m", "2018/19": "Not stated"}
    # Of six plans one is withdrawn; of the five that stand, three state a figure for 2017/18.
    assert counts(rows["2017/18"]) == (3, 2, 5, 1)
    assert counts(rows["2018/19"]) == (1, 4, 5, 0)
    assert (rows["2017/18"].illustrative, rows["2018/19"].illustrative) == (True, False)


@pytest.mark.usefixtures("ledgers")
def test_totals_by_service_function_and_region() -> None:
    rows = by(Dimension.SERVICE)
    assert said(rows) == {"Pathology": "c.£10m+", "Back office": "£4.5m"}
    assert counts(rows["Pathology"]) == (2, 1, 3, 0)
    assert counts(rows["Back office"]) == (1, 1, 2, 1)
    functions = by(Dimension.FUNCTION)
    assert said(functions) == {
        "Pathology: not split by function": "c.£10m+",
        "Pathology: Finance": "Not stated",
        "Pathology: HR": "Not stated",
        "Pathology: Payroll": "Not stated",
        "Back office: Finance": "£4m",
        "Back office: HR": "£0.5m",
        "Back office: Payroll": "Not stated",
    }
    assert counts(functions["Back office: HR"]) == (1, 1, 2, 0)
    regions = by(Dimension.REGION)
    assert said(regions) == {
        "North": "over £7m",
        "Midlands and East": "Not stated",
        "London": "c.£7.5m",
        "South": "Not stated",
    }
    assert counts(regions["London"]) == (2, 2, 4, 1)
    assert counts(regions["South"]) == (0, 0, 0, 0)


def test_totals_by_stp_are_of_the_page_of_stps_asked_for(ledgers: dict[str, Plan]) -> None:
    numbers = {ledgers["london"].stp_id: "Inner", ledgers["other"].stp_id: "Outer"}
    rows = totals(TotalsSearch(), TODAY, scope=None, by=Dimension.STP, stps=numbers)
    assert [(row.label, row.kinds[PLAN].said, counts(row)) for row in rows] == [
        ("Inner", "c.£7.5m", (2, 0, 2, 1)),
        ("Outer", "Not stated", (0, 2, 2, 0)),
    ]
    assert totals(TotalsSearch(), TODAY, scope=None, by=Dimension.STP) == []


@pytest.mark.usefixtures("ledgers")
def test_totals_are_narrowed() -> None:
    cash = whole(TotalsSearch(cash_releasing=True), TODAY, scope=None)
    assert cash.kinds[PLAN].said == "over £7.5m"
    assert counts(cash) == (2, 3, 5, 1)
    year = whole(TotalsSearch(year=FinancialYear(2017)), TODAY, scope=None)
    assert year.kinds[PLAN].said == "c.£8.5–9.5m"
    service = whole(TotalsSearch(service="back-office", kind=PLAN), TODAY, scope=None)
    assert list(service.kinds) == [PLAN]
    assert service.kinds[PLAN].said == "£4.5m"
    region = whole(TotalsSearch(region=Region.NORTH), TODAY, scope=None)
    assert (region.kinds[PLAN].said, region.of) == ("over £7m", 1)
    assert list(by(Dimension.REGION, TotalsSearch(region=Region.NORTH))) == ["North"]
    assert list(by(Dimension.SERVICE, TotalsSearch(service="pathology"))) == ["Pathology"]
    assert by(Dimension.YEAR, TotalsSearch(service="nothing")) == {}


@pytest.mark.usefixtures("ledgers")
def test_a_total_is_as_at_a_day() -> None:
    before = whole(TotalsSearch(), YESTERDAY, scope=None)
    assert (before.kinds[PLAN].said, before.of) == ("£1–2m", 6)
    assert whole(TotalsSearch(), YESTERDAY - timedelta(days=1), scope=None).kinds[PLAN].said == "Not stated"


@pytest.mark.usefixtures("ledgers")
def test_a_region_s_totals_are_of_its_own_plans_whatever_is_asked_for() -> None:
    own = {Region.NORTH: ("over £7m", 1), Region.LONDON: ("c.£7.5m", 4)}
    for region in Region:
        assert list(by(Dimension.REGION, scope=region)) == [region.label]
        for asked in (None, *Region):
            found = whole(TotalsSearch(region=asked), TODAY, scope=region)
            expected = own.get(region, ("Not stated", 0)) if asked in {None, region} else ("Not stated", 0)
            assert (found.kinds[PLAN].said, found.of) == expected, (region, asked)


def test_a_withdrawn_line_leaves_the_totals(ledgers: dict[str, Plan]) -> None:
    (line, *_) = ledger_of(ledgers["north"], TODAY, scope=None).lines
    withdraw_saving(line=db.session.get_one(SavingsLine, line.id), reason="Wrong", seen=line.value_id, actor=a_user())
    assert said(by(Dimension.YEAR))["2017/18"] == "c.£7.5m"


def test_of_what_is_open_at_both_ends_only_the_floor_is_said() -> None:
    service = a_service("Pathology")
    a_saving(a_plan(service=service), "over £5m")
    a_saving(a_plan(service=service), "under £3m")
    rows = by(Dimension.YEAR)
    assert said(rows) == {"2017/18": "over £5m"}
    assert rows["2017/18"].kinds[PLAN].sum == Sum(None, floor=parse("over £5m"), can_be_said=False)
    assert counts(rows["2017/18"]) == (2, 0, 2, 0)


def test_a_lone_figure_stays_as_it_was_said_and_nothing_is_not_zero() -> None:
    service = a_service("Pathology")
    a_saving(a_plan(service=service), "just over £20.50")
    assert whole(TotalsSearch(), TODAY, scope=None).kinds[PLAN].said == "just over £20.50"
    assert whole(TotalsSearch(), TODAY, scope=None).kinds[ACTUAL].said == "Not stated"
    a_saving(a_plan(service=service), "£0", kind=ACTUAL)
    assert whole(TotalsSearch(), TODAY, scope=None).kinds[ACTUAL].said == "£0"


def test_the_database_adds_up_what_the_lines_add_up_to_exactly() -> None:
    service = a_service("Pathology")
    figures = ["£0.01", "£999,999,999.99", "c.£1-2m", "about £333,333.33", "£1bn", "£1bn", "£0.10", "£12.5k", "£7"]
    plans = [a_plan(service=service) for _ in range(3)]
    for number, figure in enumerate(figures):
        a_saving(plans[number % 3], figure, label=f"Scheme {number}")
    lines = [line for plan in plans for line in ledger_of(plan, TODAY, scope=None).lines]
    expected = total(line.quantity for line in lines if line.quantity)
    assert whole(TotalsSearch(), TODAY, scope=None).kinds[PLAN].sum.quantity == expected


def test_totals_cost_the_same_at_any_size(app: Flask) -> None:
    service = a_service("Pathology")

    def fill(plans: int) -> None:
        for number in range(plans):
            a_saving(a_plan(Region.LONDON if number % 2 else Region.SOUTH, service=service), "£1-2m", function="hr")

    def cost() -> list[int]:
        taken = []
        stps = {number: str(number) for number in range(1, 61)}
        for dimension in Dimension:
            with statements(app) as seen:
                totals(TotalsSearch(), TODAY, scope=None, by=dimension, stps=stps)
            taken.append(len(seen))
        with statements(app) as seen:
            whole(TotalsSearch(), TODAY, scope=None)
        return [*taken, len(seen)]

    fill(3)
    few = cost()
    fill(57)
    assert cost() == few
    assert max(few) <= 4
    assert whole(TotalsSearch(), TODAY, scope=None).kinds[PLAN].said == "£60–120m"


def test_every_service_has_its_years_at_one_cost(app: Flask) -> None:
    pathology, back_office = a_service("Pathology"), a_service("Back office")
    one, two = (a_plan(service=pathology, stp=an_stp(Region.NORTH)) for _ in range(2))
    a_saving(one, "£1-2m", year="2017/18")
    a_saving(two, "£3m", year="2017/18")
    a_saving(two, "£5m", year="2016/17")
    with statements(app) as few:
        before = by_service_and_year(TotalsSearch(), TODAY, scope=None)
    found = {service.service: {year.label: year for year in service.years} for service in before}
    assert {name: list(years) for name, years in found.items()} == {
        "Pathology": ["2016/17", "2017/18"],
        "Back office": [],
    }
    assert said(found["Pathology"]) == {"2016/17": "£5m", "2017/18": "£4–5m"}
    assert counts(found["Pathology"]["2016/17"]) == (1, 1, 2, 0)

    a_saving(a_plan(service=back_office, stp=an_stp(Region.SOUTH)), "£7m", year="2018/19")
    a_service("Estates")
    with statements(app) as many:
        after = by_service_and_year(TotalsSearch(), TODAY, scope=None)
    assert [len(service.years) for service in after] == [2, 1, 0]
    assert len(many) == len(few)
