from decimal import Decimal

import pytest

from opprod.core.quantity import (
    Qualifier,
    Quantity,
    QuantityError,
    UnboundedTotal,
    UnlikeUnits,
    format_exact,
    parse,
    total,
)


@pytest.mark.parametrize(
    ("parts", "said", "qualifier"),
    [
        (["£18–20m", "£6.2m"], "£24.2–26.2m", "exact"),
        (["£18–20m", "£1–2m"], "£19–22m", "exact"),
        (["c.20", "6"], "c.26", "circa"),
        (["~£60m", "£18–20m"], "c.£78–80m", "circa"),
        (["over 1,400", "12"], "over 1,412", "over"),
        (["over 1,400", "20+"], "over 1,420", "over"),
        (["just over 20", "just over 20"], "over 40", "over"),
        (["20+", "5–10"], "at least 25", "at_least"),
        (["up to 6", "3"], "up to 9", "up_to"),
        (["up to 6", "fewer than 12"], "under 18", "under"),
        (["nearly 250", "1"], "under 251", "under"),
        (["c.20", "over 1,400"], "c.1,420+", "circa"),
        (["c.£20m", "up to £6m"], "up to c.£26m", "circa"),
        (["about six", "five"], "c.11", "circa"),
        (["20%", "50%"], "70%", "exact"),
        (["1 trust", "4 trusts"], "5 trusts", "exact"),
        (["5 Trusts", "4 trusts"], "9 trusts", "exact"),
        (["3 trusts", "-2 trusts"], "1 trust", "exact"),
        (["£12.50", "£0.20"], "£12.70", "exact"),
        (["£12.5k", "£250k"], "£262,500", "exact"),
        (["£800k", "£1.2m", "£255k"], "£2,255k", "exact"),
        (["-£2m", "£0.5–1m"], "-£1.5m to -£1m", "exact"),
        (["£6.2m", "-£6.2m"], "£0", "exact"),
    ],
)
def test_a_total_says_what_its_parts_allow(parts, said, qualifier):
    quantity = total(map(parse, parts))

    assert quantity is not None
    assert quantity.said == said
    assert quantity.qualifier is Qualifier(qualifier)


def test_blank_is_not_zero():
    assert total([]) is None
    assert total([], unit="GBP") is None


def test_a_lone_part_stays_as_it_was_said():
    assert total([parse("just over 20")]) == parse("just over 20")


def test_two_quantities_add_as_a_total():
    assert parse("£18–20m") + parse("£6.2m") == total([parse("£18–20m"), parse("£6.2m")])


def test_only_quantities_add():
    with pytest.raises(TypeError):
        parse("5") + 5


@pytest.mark.parametrize(("one", "other"), [("£5", "5"), ("£5", "5%"), ("5 trusts", "5 posts"), ("5", "5 posts")])
def test_unlike_units_do_not_add(one, other):
    with pytest.raises(UnlikeUnits):
        parse(one) + parse(other)
    with pytest.raises(UnlikeUnits):
        total([parse(one), parse(other)])


def test_the_refusal_names_the_units():
    with pytest.raises(UnlikeUnits, match="Values in £ and plain numbers cannot be added together"):
        parse("£5") + parse("5")


def test_a_total_in_a_unit_refuses_any_other_even_alone():
    with pytest.raises(UnlikeUnits):
        total([parse("5%")], unit="GBP")


def test_a_total_is_in_the_unit_asked_for():
    quantity = total([parse("1 trust"), parse("1 trust")], unit="trusts")

    assert quantity is not None
    assert (quantity.unit, quantity.said) == ("trusts", "2 trusts")


def test_limits_that_face_apart_have_no_total():
    with pytest.raises(UnboundedTotal):
        parse("over 5") + parse("under 3")


def test_a_total_too_large_to_store_is_refused():
    with pytest.raises(QuantityError, match="200bn"):
        parse("£200bn") + parse("£1")


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        ("1400", "1400", "", "1,400"),
        ("1400000", "1400000", "users", "1.4m users"),
        ("1234567", "1234567", "", "1,234,567"),
        ("25000", "25000", "GBP", "£25k"),
        ("25000", "25000", "", "25,000"),
        ("6255000", "6255000", "GBP", "£6,255k"),
        ("1500000000", "1500000000", "GBP", "£1.5bn"),
        ("800000", "1200000", "GBP", "£0.8–1.2m"),
        ("0", "5000000", "GBP", "£0–5m"),
        ("5", "2000000", "GBP", "£5–2,000,000"),
        ("0.125", "0.125", "GBP", "£0.125"),
        ("2000000", "2000000", "%", "2,000,000%"),
        ("-5", "3", "%", "-5% to 3%"),
    ],
)
def test_a_value_is_said_from_its_bounds_and_loses_nothing(low, high, unit, said):
    assert format_exact(Decimal(low), Decimal(high), Qualifier.EXACT, unit) == said
    assert parse(said) == Quantity.of(Decimal(low), Decimal(high), Qualifier.EXACT, unit)
