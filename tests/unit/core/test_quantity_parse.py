from decimal import Decimal

import pytest

from opprod.core.quantity import Qualifier, QuantityError, is_unit, parse

M = 1_000_000

# What is typed, low, high, qualifier, unit, what is said.
SAYINGS = [
    ("£18–20m", 18 * M, 20 * M, "exact", "GBP", "£18–20m"),
    ("£18-20m", 18 * M, 20 * M, "exact", "GBP", "£18–20m"),
    ("£18- 20m", 18 * M, 20 * M, "exact", "GBP", "£18–20m"),
    ("£18m to £20m", 18 * M, 20 * M, "exact", "GBP", "£18–20m"),
    ("£900k-1.2m", 900_000, 1_200_000, "exact", "GBP", "£900k–1.2m"),
    ("£6.2m", 6_200_000, 6_200_000, "exact", "GBP", "£6.2m"),
    ("£6.2 Million", 6_200_000, 6_200_000, "exact", "GBP", "£6.2m"),
    ("£53m", 53 * M, 53 * M, "exact", "GBP", "£53m"),
    ("£250k", 250_000, 250_000, "exact", "GBP", "£250k"),
    ("£1.5bn", 1500 * M, 1500 * M, "exact", "GBP", "£1.5bn"),
    ("£12.50", "12.5", "12.5", "exact", "GBP", "£12.50"),
    ("£200bn", 200_000 * M, 200_000 * M, "exact", "GBP", "£200bn"),
    ("-£2m", -2 * M, -2 * M, "exact", "GBP", "-£2m"),
    ("−£2m", -2 * M, -2 * M, "exact", "GBP", "-£2m"),
    ("minus five", -5, -5, "exact", "", "-5"),
    ("-0", 0, 0, "exact", "", "0"),
    ("-£2m to £3m", -2 * M, 3 * M, "exact", "GBP", "-£2m to £3m"),
    ("-5% to -3%", -5, -3, "exact", "%", "-5% to -3%"),
    ("~£60m", 60 * M, 60 * M, "circa", "GBP", "~£60m"),
    ("c.£3m", 3 * M, 3 * M, "circa", "GBP", "c.£3m"),
    ("c.£18-20m", 18 * M, 20 * M, "circa", "GBP", "c.£18–20m"),
    ("c.20", 20, 20, "circa", "", "c.20"),
    ("C 20", 20, 20, "circa", "", "c.20"),
    ("circa 20", 20, 20, "circa", "", "circa 20"),
    ("about six", 6, 6, "circa", "", "about six"),
    ("approximately six", 6, 6, "circa", "", "approximately six"),
    ("around 30", 30, 30, "circa", "", "around 30"),
    ("c.20+", 20, None, "circa", "", "c.20+"),
    ("up to about 20", None, 20, "circa", "", "up to about 20"),
    ("20+", 20, None, "at_least", "", "20+"),
    ("20+ posts", 20, None, "at_least", "posts", "20+ posts"),
    ("at least 5", 5, None, "at_least", "", "at least 5"),
    ("over 1,400", 1400, None, "over", "", "over 1,400"),
    ("OVER  1,400   users", 1400, None, "over", "users", "over 1,400 users"),
    ("more than 120", 120, None, "over", "", "more than 120"),
    (">£5m", 5 * M, None, "over", "GBP", ">£5m"),
    ("just over 20", 20, None, "just_over", "", "just over 20"),
    ("up to 6", None, 6, "up_to", "", "up to 6"),
    ("under 10", None, 10, "under", "", "under 10"),
    ("fewer than 12", None, 12, "under", "", "fewer than 12"),
    ("< 5", None, 5, "under", "", "<5"),
    ("nearly 250", None, 250, "nearly", "", "nearly 250"),
    ("almost 250", None, 250, "nearly", "", "almost 250"),
    ("40%", 40, 40, "exact", "%", "40%"),
    ("100%", 100, 100, "exact", "%", "100%"),
    ("40 per cent", 40, 40, "exact", "%", "40%"),
    ("5-10%", 5, 10, "exact", "%", "5–10%"),
    ("five to ten%", 5, 10, "exact", "%", "5–10%"),
    ("12", 12, 12, "exact", "", "12"),
    ("1,400", 1400, 1400, "exact", "", "1,400"),
    ("1400", 1400, 1400, "exact", "", "1,400"),
    ("1,400.50", "1400.5", "1400.5", "exact", "", "1,400.50"),
    ("five", 5, 5, "exact", "", "five"),
    ("Zero", 0, 0, "exact", "", "zero"),
    ("ninety nine", 99, 99, "exact", "", "ninety-nine"),
    ("twenty-five to thirty", 25, 30, "exact", "", "twenty-five to thirty"),
    ("five-six months", 5, 6, "exact", "months", "five to six months"),
    ("six million", 6 * M, 6 * M, "exact", "", "6m"),
    ("136 trusts", 136, 136, "exact", "trusts", "136 trusts"),
    ("4 years", 4, 4, "exact", "years", "4 years"),
    ("6 months", 6, 6, "exact", "months", "6 months"),
    ("44 STPs", 44, 44, "exact", "STPs", "44 STPs"),
    ("2\N{NO-BREAK SPACE}percentage points", 2, 2, "exact", "percentage points", "2 percentage points"),
    ("5m users", 5 * M, 5 * M, "exact", "users", "5m users"),
]


@pytest.mark.parametrize(
    ("typed", "fields"), [(typed, fields) for typed, *fields in SAYINGS], ids=[saying[0] for saying in SAYINGS]
)
def test_what_is_said_is_understood_and_said_back(typed, fields):
    low, high, qualifier, unit, said = fields
    quantity = parse(typed)

    assert quantity.low == (None if low is None else Decimal(low))
    assert quantity.high == (None if high is None else Decimal(high))
    assert quantity.qualifier is Qualifier(qualifier)
    assert quantity.unit == unit
    assert str(quantity) == said
    assert parse(said) == quantity


@pytest.mark.parametrize(
    ("typed", "unit", "unit_kept", "said"),
    [
        ("18-20m", "GBP", "GBP", "£18–20m"),
        ("£18-20m", "GBP", "GBP", "£18–20m"),
        ("five", "GBP", "GBP", "£5"),
        ("40", "%", "%", "40%"),
        ("over 1,400", "users", "users", "over 1,400 users"),
        ("20+", "posts", "posts", "20+ posts"),
        ("1", "trusts", "trusts", "1 trust"),
        ("one", "people", "people", "one person"),
        ("1", "health economies", "health economies", "1 health economy"),
        ("1", "branches", "branches", "1 branch"),
        ("1", "WTE", "WTE", "1 WTE"),
        ("1 Trust", "trusts", "trusts", "1 Trust"),
        ("12", "", "", "12"),
    ],
)
def test_a_figure_takes_the_unit_it_is_asked_for_in(typed, unit, unit_kept, said):
    quantity = parse(typed, unit=unit)

    assert (quantity.unit, quantity.said) == (unit_kept, said)
    assert parse(said, unit=unit) == quantity


@pytest.mark.parametrize(
    ("typed", "unit", "message"),
    [
        ("40%", "GBP", "Enter this value in £, not %"),
        ("£5", "trusts", "Enter this value in trusts, not £"),
        ("5 posts", "trusts", "Enter this value in trusts, not posts"),
        ("5 posts", "", "Enter this value in plain numbers, not posts"),
    ],
)
def test_another_unit_than_the_one_asked_for_is_refused(typed, unit, message):
    with pytest.raises(QuantityError) as refusal:
        parse(typed, unit=unit)
    assert str(refusal.value) == message


GENERAL = "Enter a value such as £6.2m, £18–20m, c.20, over 1,400 or 40%"
ORDER = "Enter a range with the lower figure first, such as £18–20m or £900k–1.2m"
MIXED = "Enter both ends of a range in the same unit, such as £18–20m or 5–10%"
ALONE = "Enter the value alone, such as £60m or 40%, without words after it"
LIMIT = "Enter a range or a limit, not both, such as £18–20m or over £18m"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "The value is blank. Enter one such as £6.2m, £18–20m, c.20, over 1,400 or 40%"),
        (" \t\n", "The value is blank. Enter one such as £6.2m, £18–20m, c.20, over 1,400 or 40%"),
        ("9" * 61, "Enter a value of 60 characters or fewer"),
        # Read within the length, but said at greater length than can be kept.
        ("1 " + "a" * 40 + " trusts", GENERAL),
        ("approximately 1000000000-2000000000 consultants of all kinds", "Enter a value of 60 characters or fewer"),
        ("£20-18m", ORDER),
        ("5-5", ORDER),
        ("£18m-20", ORDER),
        ("£900,000 to £1.2m", ORDER),
        ("£18-20%", MIXED),
        ("5%-10", MIXED),
        ("18-£20m", MIXED),
        ("£5 trusts", ALONE),
        ("40% of trusts", ALONE),
        ("5 pounds", "Write money with a pound sign, such as £6.2m"),
        ("up to 5-6", LIMIT),
        ("5-6+", LIMIT),
        ("over 20+", "Enter one limit, such as over 20 or 20+"),
        ("5--6", "Write a range that has a negative figure with ‘to’, such as -£2m to £3m"),
        ("-5-3", "Write a range that has a negative figure with ‘to’, such as -£2m to £3m"),
        ("0.12345", "Enter a value with no more than four decimal places"),
        ("0.000001", "Enter a value with no more than four decimal places"),
        ("£300bn", "Enter a value no larger than 200bn"),
        ("-£200,000,000,000.01", "Enter a value no larger than 200bn"),
        ("9" * 60, "Enter a value no larger than 200bn"),
    ],
)
def test_a_refusal_says_what_to_type(typed, message):
    with pytest.raises(QuantityError) as refusal:
        parse(typed)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "typed",
    [
        *("£", "c.", "over", "some", "trusts", "about", "-", "%", "+5", "=5", "5 -", "to 5", "5 to", "5 to go"),
        *("nan", "inf", "1e5", "0x10", "1,40", "1,4000", "1234,567", ".5", "5.", "20th", "20ish", "6months"),
        *("5²", "½", "٣", "5\N{KELVIN SIGN}", "$5m", "€5m", "1\x00", "5\u200b", "<b>5</b>", "5 or", "5;6"),
        *("two hundred", "20 or more", "5 b", "5 dozen", "two and a half", "12 of 136 trusts", "20 trusts plus"),
        *("over under 5", "c. over 5", "over over 5", "5 to 6 to 7", "up to", "5 to 6 to", "40%%", "££5"),
    ],
)
def test_what_would_be_guesswork_is_refused(typed):
    with pytest.raises(QuantityError) as refusal:
        parse(typed)
    assert str(refusal.value) in {GENERAL, ALONE}


@pytest.mark.parametrize("unit", ["GBP", "%", "", "trusts", "people in post", "full-time posts", "STPs", "a" * 40])
def test_a_unit_is_money_a_percentage_nothing_or_plain_words(unit):
    assert is_unit(unit)
    assert parse("7", unit=unit).unit == unit


@pytest.mark.parametrize(
    "unit",
    ["£", " ", "trusts ", "m", "million users", "or more", "pounds", "to go", "per cent", "5", "a" * 41, "<b>"],
)
def test_a_unit_that_could_not_be_read_back_is_no_unit(unit):
    assert not is_unit(unit)
    with pytest.raises(QuantityError, match="Enter a unit"):
        parse("7", unit=unit)
