"""Recording, changing and withdrawing lines of a plan's savings ledger."""

from datetime import date, timedelta
from typing import Any

import pytest

from opprod.accounts import Role
from opprod.audit.queries import latest_about, lines
from opprod.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from opprod.core.quantity import parse
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import entry_in_force, record
from opprod.plans.models import Confidence, Plan, PlanStatus, SavingKind, SavingsLine, SavingsValue
from opprod.plans.queries.ledger import Ledger
from opprod.plans.queries.savings import ledger_of, lines_counted_in
from opprod.plans.services.catalogue import FunctionContent
from opprod.plans.services.savings import change_saving, record_saving, withdraw_saving
from tests.builders.accounts import a_user
from tests.builders.plans import a_lead, a_plan, a_service, an_stp
from tests.builders.savings import a_saving, content, what_it_says
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("programme")

YESTERDAY = TODAY - timedelta(days=1)


def ledger(plan: Plan, day: date = TODAY) -> Ledger:
    return ledger_of(plan, day, scope=None)


def said(plan: Plan, day: date = TODAY) -> list[str]:
    return [line.said for line in ledger(plan, day).lines]


def seen(line: SavingsLine) -> int:
    value = entry_in_force(SavingsValue, line.id, TODAY)
    assert value
    return value.id


def withdrawn(plan: Plan) -> Plan:
    status = PlanStatus(subject_id=plan.id, withdrawn=True, reason="Merged", effective_on=TODAY)
    record(status, actor=a_user())
    return plan


def test_a_line_says_all_that_was_recorded_of_it() -> None:
    plan = a_plan()
    line = a_saving(
        plan,
        "£0.8-1.2m",
        function="hr",
        label="Shared  payroll",
        confidence=Confidence.LOW,
        cash_releasing=None,
        on=YESTERDAY,
        illustrative="the figure",
    )
    (found,) = ledger(plan).lines
    assert found.title == "2017/18, Plan, HR, Shared payroll"
    assert (found.id, found.said, found.cash_releasing, found.confidence) == (line.id, "£0.8–1.2m", None, "low")
    assert (found.source, found.effective_on, found.illustrative) == (
        "STP submission, page 2",
        YESTERDAY,
        "the figure",
    )
    assert (found.counted_in, found.superseded, found.includes) == (None, (), ())
    assert said(plan, YESTERDAY - timedelta(days=1)) == []


def test_a_blank_is_kept_and_is_not_zero() -> None:
    plan = a_plan()
    a_saving(plan, None)
    a_saving(plan, "£0", label="Nothing at all")
    assert said(plan) == ["Not stated", "£0"]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"quantity": parse("-£1m")}, "quantity", "A saving cannot be negative. Record a cost as investment"),
        ({"quantity": parse("-£1m to £2m")}, "quantity", "cannot be negative"),
        ({"quantity": parse("under £0")}, "quantity", "cannot be negative"),
        ({"quantity": parse("20 posts")}, "quantity", "in pounds"),
        ({"quantity": parse("5%")}, "quantity", "in pounds"),
        ({"quantity": parse("£2bn")}, "quantity", "Check the figure"),
        ({"source": " \n "}, "source", "where this comes from"),
        ({"source": "x" * 301}, "source", "Enter 300 characters"),
        ({"label": "x" * 121}, "label", "Enter 120 characters"),
        ({"function": "catering"}, "function", "Choose a function of"),
        ({"counted_in_id": 999}, "counted_in_id", "no line 999"),
    ],
)
def test_what_cannot_be_a_saving_is_refused_and_nothing_is_kept(
    wrong: dict[str, Any], field: str, message: str
) -> None:
    plan = a_plan()
    given = content()
    values = {
        key: getattr(given, key) for key in ("year", "kind", "quantity", "cash_releasing", "confidence", "source")
    }
    with pytest.raises(InvalidInput, match=message) as refused:
        record_saving(plan=plan, content=type(given)(**(values | wrong)), actor=a_user())
    assert refused.value.field == field
    assert ledger(plan).lines == ()
    assert db.session.query(SavingsLine).count() == 0


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(1900, 1, 1)])
def test_a_saving_is_true_from_a_day_up_to_today(day: date) -> None:
    with pytest.raises(InvalidInput, match="up to today, 26 September 2016") as refused:
        a_saving(a_plan(), on=day)
    assert refused.value.field == "effective_on"


def test_a_function_of_another_service_is_refused() -> None:
    a_service("Pathology", functions=[FunctionContent("Microbiology")])
    with pytest.raises(InvalidInput, match="Choose a function of Back office") as refused:
        a_saving(a_plan(service=a_service("Back office")), function="microbiology")
    assert refused.value.field == "function"


def test_a_second_line_alike_is_refused_whatever_its_capitals() -> None:
    plan = a_plan()
    first = a_saving(plan, function="hr", label="Shared payroll")
    with pytest.raises(InvalidInput, match=f"Line {first.id} is for the same year") as refused:
        a_saving(plan, function="hr", label="shared PAYROLL")
    assert refused.value.field == "label"
    whole = a_plan()
    a_saving(whole)
    with pytest.raises(InvalidInput, match="for the same year, kind and function already"):
        a_saving(whole)
    a_saving(whole, kind=SavingKind.FORECAST)
    a_saving(whole, year="2018/19")
    a_saving(whole, label="A second scheme")
    assert len(ledger(whole).lines) == 4


def test_nothing_is_recorded_of_a_withdrawn_plan() -> None:
    plan = a_plan()
    line = a_saving(plan)
    withdrawn(plan)
    with pytest.raises(WrongState, match="withdrawn"):
        a_saving(plan, year="2018/19")
    with pytest.raises(WrongState, match="withdrawn"):
        change_saving(line=line, said=what_it_says(), seen=seen(line), actor=a_user())
    with pytest.raises(WrongState, match="withdrawn"):
        withdraw_saving(line=line, reason="Wrong", seen=seen(line), actor=a_user())


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_only_those_who_may_record_plans_may_record_savings(role: Role) -> None:
    plan = a_plan()
    line = a_saving(plan)
    with pytest.raises(NotAllowed):
        a_saving(plan, year="2018/19", actor=a_user(role))
    with pytest.raises(NotAllowed):
        change_saving(line=line, said=what_it_says(), seen=seen(line), actor=a_user(role))
    with pytest.raises(NotAllowed):
        withdraw_saving(line=line, reason="Wrong", seen=seen(line), actor=a_user(role))


@pytest.mark.parametrize("region", list(Region))
def test_a_lead_records_savings_of_their_own_region_alone(region: Region) -> None:
    lead = a_lead(region)
    for other in Region:
        plan = a_plan(other)
        if other is region:
            assert a_saving(plan, actor=lead)
        else:
            with pytest.raises(NotAllowed):
                a_saving(plan, actor=lead)


def test_what_is_split_by_function_and_what_is_not_would_count_a_pound_twice() -> None:
    plan = a_plan()
    split = a_saving(plan, function="hr")
    with pytest.raises(InvalidInput) as refused:
        a_saving(plan, "£3m")
    assert refused.value.message == (
        "2017/18 plan savings of this plan are recorded by function. Record this one by function too, or say in "
        "which line it is counted"
    )
    assert refused.value.field == "function"
    a_saving(plan, "£3m", counted_in_id=split.id)
    a_saving(plan, "£3m", year="2018/19")
    with pytest.raises(
        InvalidInput, match="2018/19 plan savings of this plan are recorded for the service as a whole"
    ):
        a_saving(plan, function="finance", year="2018/19")
    a_saving(plan, function="finance", year="2018/19", kind=SavingKind.ACTUAL)


def test_a_line_counted_elsewhere_cannot_be_counted_here_beside_lines_split_otherwise() -> None:
    plan = a_plan()
    split = a_saving(plan, function="hr")
    whole = a_saving(plan, "£3m", counted_in_id=split.id)
    with pytest.raises(InvalidInput, match="recorded by function") as refused:
        change_saving(line=whole, said=what_it_says(), seen=seen(whole), actor=a_user())
    assert refused.value.field == "counted_in_id"


def test_a_line_says_where_its_pounds_are_counted_and_that_line_says_so_too() -> None:
    stp = an_stp(Region.LONDON, name="North London")
    service = a_service("Pathology")
    here, there = a_plan(service=service, stp=stp), a_plan(service=service, stp=an_stp(name="South London"))
    target = a_saving(there, "£4m")
    shared = a_saving(here, "£4m", counted_in_id=target.id)
    (line,) = ledger(here).lines
    assert str(line.counted_in) == f"line {target.id} of South London: Pathology"
    (counting,) = ledger(there).lines
    assert [str(one) for one in counting.includes] == [f"line {shared.id} of North London: Pathology"]
    assert [one.line_id for one in lines_counted_in(there, TODAY, scope=None)] == [shared.id]
    assert lines_counted_in(here, TODAY, scope=None) == ()
    assert lines_counted_in(there, YESTERDAY, scope=None) == ()


def test_where_a_pound_is_counted_is_not_told_to_another_region() -> None:
    here, there = a_plan(Region.LONDON), a_plan(Region.NORTH)
    target = a_saving(there, "£4m")
    line = a_saving(here, "£4m", counted_in_id=target.id)
    (seen_here,) = ledger_of(here, TODAY, scope=Region.LONDON).lines
    assert str(seen_here.counted_in) == "a line in a plan of another region"
    assert seen_here.counted_in
    assert (seen_here.counted_in.line_id, seen_here.counted_in.plan_id) == (None, None)
    (seen_there,) = ledger_of(there, TODAY, scope=Region.NORTH).lines
    assert [one.line_id for one in seen_there.includes] == [None]
    with pytest.raises(WrongState) as refused:
        withdraw_saving(line=target, reason="Wrong", seen=seen(target), actor=a_lead(Region.NORTH))
    assert "a line in a plan of another region" in refused.value.message
    assert f"line {line.id}" not in refused.value.message
    told = [str(change) for event in lines(latest_about(here), with_confidential=True) for change in event.changes]
    assert not any(f"line {target.id}'" in change for change in told)
    assert any("a line in a plan of another region" in change for change in told)


@pytest.mark.parametrize("region", list(Region))
def test_a_lead_cannot_count_a_line_in_a_plan_of_another_region_nor_learn_that_it_is_there(region: Region) -> None:
    lead, plan = a_lead(region), a_plan(region)
    for other in set(Region) - {region}:
        target = a_saving(a_plan(other))
        with pytest.raises(InvalidInput) as refused:
            a_saving(plan, actor=lead, counted_in_id=target.id)
        assert refused.value.message == (f"There is no line {target.id} in the savings of a plan that you may open")


def test_a_lead_may_keep_counting_a_line_where_the_centre_said_it_is_counted() -> None:
    lead, plan = a_lead(), a_plan()
    target = a_saving(a_plan(Region.NORTH))
    line = a_saving(plan, counted_in_id=target.id)
    change_saving(line=line, said=what_it_says("£5m", counted_in_id=target.id), seen=seen(line), actor=lead)
    assert said(plan) == ["£5m"]


def test_pounds_are_counted_in_a_line_of_the_same_year_and_kind_that_stands_and_is_counted_itself() -> None:
    plan, staff = a_plan(), a_user()
    target = a_saving(plan, label="Counted")
    elsewhere = a_saving(plan, label="Elsewhere", counted_in_id=target.id)
    gone = a_saving(plan, label="Gone")
    withdraw_saving(line=gone, reason="Wrong", seen=seen(gone), actor=staff)
    of_withdrawn = a_saving(a_plan())
    withdrawn(of_withdrawn.plan)
    for line, values, message in (
        (target, {"year": "2018/19"}, "is for 2017/18, plan. Choose a line for 2018/19, plan"),
        (target, {"kind": SavingKind.ACTUAL}, "is for 2017/18, plan. Choose a line for 2017/18, actual"),
        (elsewhere, {}, "is counted in another line itself"),
        (gone, {}, "did not stand on 26 September 2016"),
        (of_withdrawn, {}, "did not stand on 26 September 2016"),
        (target, {"on": YESTERDAY}, "did not stand on 25 September 2016"),
    ):
        with pytest.raises(InvalidInput, match=message) as refused:
            a_saving(plan, label="Mine", counted_in_id=line.id, **values)
        assert refused.value.field == "counted_in_id"
    with pytest.raises(InvalidInput, match="cannot be counted in itself"):
        change_saving(line=target, said=what_it_says(counted_in_id=target.id), seen=seen(target), actor=staff)


def test_a_line_that_counts_others_is_neither_withdrawn_nor_counted_elsewhere() -> None:
    plan, staff = a_plan(), a_user()
    target, other = a_saving(plan, label="Target"), a_saving(plan, label="Other")
    line = a_saving(plan, label="Shared", counted_in_id=target.id)
    with pytest.raises(WrongState, match=f"counts the pounds of line {line.id}. Change where"):
        withdraw_saving(line=target, reason="Wrong", seen=seen(target), actor=staff)
    with pytest.raises(WrongState, match="cannot be counted in another line"):
        change_saving(line=target, said=what_it_says(counted_in_id=other.id), seen=seen(target), actor=staff)
    change_saving(line=line, said=what_it_says(counted_in_id=other.id), seen=seen(line), actor=staff)
    withdraw_saving(line=target, reason="Wrong", seen=seen(target), actor=staff)
    assert len(ledger(plan).lines) == 2


def test_a_change_keeps_what_was_said_before_and_is_in_force_from_its_day() -> None:
    plan, staff = a_plan(), a_user()
    line = a_saving(plan, "£1m", on=TODAY - timedelta(days=9))
    change_saving(line=line, said=what_it_says("£2m"), seen=seen(line), actor=staff, effective_on=YESTERDAY)
    change_saving(line=line, said=what_it_says(None), seen=seen(line), actor=staff)
    (found,) = ledger(plan).lines
    assert (found.said, [value.said for value in found.superseded]) == ("Not stated", ["£2m", "£1m"])
    assert said(plan, YESTERDAY) == ["£2m"]
    assert said(plan, YESTERDAY - timedelta(days=1)) == ["£1m"]
    with pytest.raises(InvalidInput, match="Enter a day from 26 September 2016") as refused:
        change_saving(line=line, said=what_it_says(), seen=seen(line), actor=staff, effective_on=YESTERDAY)
    assert refused.value.field == "effective_on"


def test_of_two_who_change_a_line_the_second_is_told() -> None:
    plan, staff = a_plan(), a_user()
    line = a_saving(plan)
    began = seen(line)
    change_saving(line=line, said=what_it_says("£2m"), seen=began, actor=staff)
    with pytest.raises(Conflict):
        change_saving(line=line, said=what_it_says("£3m"), seen=began, actor=staff)
    with pytest.raises(Conflict):
        withdraw_saving(line=line, reason="Wrong", seen=began, actor=staff)
    assert said(plan) == ["£2m"]


def test_a_withdrawn_line_is_gone_with_all_it_said_and_its_history_shows_why() -> None:
    plan, staff = a_plan(), a_user(name="Sam Staff")
    line = a_saving(plan, "£1m", on=YESTERDAY)
    change_saving(line=line, said=what_it_says("£2m"), seen=seen(line), actor=staff)
    withdraw_saving(line=line, reason=" Not a saving ", seen=seen(line), actor=staff)
    found = ledger(plan)
    assert (found.lines, found.totals) == ((), ())
    (gone,) = found.withdrawn
    assert (gone.said, gone.withdrawn_on, gone.withdrawn_by) == ("£2m", TODAY, "Sam Staff")
    assert gone.withdrawn_reason == "Not a saving"
    assert [value.said for value in gone.superseded] == ["£1m"]
    before = ledger(plan, YESTERDAY)
    assert [one.said for one in before.lines] == ["£1m"]
    assert before.withdrawn == ()
    with pytest.raises(Conflict):
        withdraw_saving(line=line, reason="Again", seen=gone.value_id, actor=staff)


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_a_line_is_withdrawn_for_a_reason(reason: str) -> None:
    plan = a_plan()
    line = a_saving(plan)
    with pytest.raises(InvalidInput) as refused:
        withdraw_saving(line=line, reason=reason, seen=seen(line), actor=a_user())
    assert refused.value.field == "reason"
    assert said(plan) == ["£1m"]


def test_a_line_that_was_withdrawn_can_be_recorded_again_and_is_the_same_line() -> None:
    plan, staff = a_plan(), a_user()
    line = a_saving(plan, function="hr")
    withdraw_saving(line=line, reason="Wrong", seen=seen(line), actor=staff)
    again = a_saving(plan, "£7m", function="hr")
    assert again.id == line.id
    (found,) = ledger(plan).lines
    assert found.said == "£7m"
    assert [(value.said, value.withdrawn_reason) for value in found.superseded] == [("£1m", "Wrong")]
    assert ledger(plan).withdrawn == ()


def test_a_plan_can_have_so_many_lines_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opprod.plans.services.savings.MOST_LINES", 2)
    plan = a_plan()
    a_saving(plan)
    a_saving(plan, year="2018/19")
    with pytest.raises(InvalidInput, match="2 lines of savings at most"):
        a_saving(plan, year="2019/20")


def test_the_plan_s_history_tells_what_was_recorded_changed_and_withdrawn() -> None:
    plan, staff = a_plan(), a_user()
    line = a_saving(plan, "£1m", function="hr", actor=staff)
    change_saving(line=line, said=what_it_says("£2m"), seen=seen(line), actor=staff)
    withdraw_saving(line=line, reason="Wrong", seen=seen(line), actor=staff)
    told = lines(latest_about(plan), with_confidential=True)[:3]
    assert [event.summary for event in told] == ["Entry withdrawn", "Saving recorded", "Saving recorded"]
    changes = [{change.label: (change.before, change.after) for change in event.changes} for event in told]
    name = f"2017/18, Plan, HR (line {line.id})"
    assert changes[0] == {"Line": (name, None), "Saving": ("£2m", None), "Reason": (None, "Wrong")}
    assert changes[1] == {
        "Line": (None, name),
        "Saving": ("£1m", "£2m"),
        "Source": ("STP submission, page 2", "Revised submission, page 3"),
    }
    assert changes[2]["Saving"] == (None, "£1m")


def test_totals_are_by_year_and_kind_and_never_across_kinds() -> None:
    plan = a_plan()
    a_saving(plan, "£0.8-1.2m", function="hr")
    target = a_saving(plan, "£2m", function="finance", cash_releasing=False)
    a_saving(plan, None, function="payroll")
    a_saving(plan, "£9m", function="payroll", label="Shared", counted_in_id=target.id)
    a_saving(plan, "£0.5m", function="hr", kind=SavingKind.ACTUAL)
    a_saving(plan, "over £5m", function="hr", year="2018/19")
    a_saving(plan, "under £3m", function="finance", year="2018/19")
    first, second = ledger(plan).totals
    assert (str(first.year), str(second.year)) == ("2017/18", "2018/19")
    planned, actual = first.kinds[SavingKind.PLAN], first.kinds[SavingKind.ACTUAL]
    assert (planned.whole.said, planned.cash_releasing.said) == ("£2.8–3.2m", "£0.8–1.2m")
    assert (planned.lines, planned.blank, planned.elsewhere) == (3, 1, 1)
    assert actual.whole.said == "£0.5m"
    assert SavingKind.FORECAST not in first.kinds
    open_ended = second.kinds[SavingKind.PLAN].whole
    assert (open_ended.quantity, open_ended.said, open_ended.can_be_said) == (None, "over £5m", False)
