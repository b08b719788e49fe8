"""The section of STPs' plans, from frozen facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from opprod.charts import RangeBars, StackedBars
from opprod.reports.blocks import Block, Bullets, Heading, Paragraph, Row, Table
from opprod.reports.composition import ILLUSTRATIVE
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.plans.composing import KEY as PLANS
from opprod.reports.sections.plans.facts import (
    NamedPlan,
    PlanCount,
    PlanGain,
    PlanMove,
    PlanMoves,
    PlanSaving,
    PlansFacts,
    PlanUnknowns,
)
from opprod.reports.sections.plans.savings import NO_SAVINGS
from opprod.reports.walking import charts_in
from tests.builders.papers import a_content, a_snapshot

STANDINGS = ("A: Good plan", "B: Needs support", "C: No plan", "Not yet categorised")
INVENTED = "the whole plan"
FACTS = PlansFacts(
    standings=STANDINGS,
    counts=(
        PlanCount("Pathology", "North", "A: Good plan", 3),
        PlanCount("Pathology", "North", "Not yet categorised", 1),
        PlanCount("Pathology", "London", "C: No plan", 2, INVENTED),
        PlanCount("Pathology", "London", None, 1),
        PlanCount("Back office", "North", "B: Needs support", 4),
    ),
    moves=PlanMoves(
        since=date(2016, 7, 28),
        moves=(PlanMove("C: No plan", "B: Needs support", 3, (NamedPlan("Devon: Pathology"),)),),
    ),
    counting=(("Pathology", "all functions"), ("Back office", "Finance and HR")),
    gains=(
        PlanGain("Pathology", "Devon", "£4–5m, in 2018/19", "6 months, 2016/17", "2–2.5 years"),
        PlanGain("Back office", "Leeds", "£2m, in 2017/18", "18 months, 2017/18", "Not stated", INVENTED),
    ),
    unknowns=(
        PlanUnknowns("Pathology", 6, ("1 has no category yet",)),
        PlanUnknowns("Back office", 4, ()),
    ),
    savings=(
        PlanSaving("Pathology", "2016/17", "Plan", "£4–5m", Decimal(4_000_000), Decimal(5_000_000), 2, 4),
        PlanSaving("Pathology", "2016/17", "Forecast", "Not stated", None, None, 0, 6),
        PlanSaving("Pathology", "2016/17", "Actual", "over £1m", Decimal(1_000_000), None, 6, 0, INVENTED),
    ),
)


def compose(facts: PlansFacts | None) -> tuple[Block, ...]:
    (section,) = a_content(a_snapshot(plans=facts), keys=[PLANS]).sections
    return section.blocks


def said(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return "".join(span.text for span in block.spans)
        case Bullets():
            return "; ".join(said(inner) for item in block.items for inner in item.blocks)
        case _:
            return ""


def cells(row: Row) -> list[str]:
    return ["".join(said(block) for block in cell.blocks) for cell in row.cells]


def table(blocks: tuple[Block, ...], name: str) -> Table:
    (found,) = (block for block in blocks if isinstance(block, Table) and block.name.startswith(name))
    return found


def test_plans_are_counted_by_region_and_letter_and_the_withdrawn_left_out() -> None:
    blocks = compose(FACTS)
    counts = table(blocks, "Pathology plans by region")
    assert [column.heading for column in counts.columns] == ["Region", *STANDINGS, "All"]
    assert [cells(row) for row in counts.rows] == [
        ["North", "3", "0", "0", "1", "4"],
        ["London", "0", "0", "2", "0", "2"],
        ["All regions", "3", "0", "2", "1", "6"],
    ]
    # A region alone is its own total.
    assert [cells(row) for row in table(blocks, "Back office plans").rows] == [["North", "0", "4", "0", "0", "4"]]
    assert "1 plan withdrawn, and left out." in map(said, blocks)


def test_a_chart_of_categories_shows_what_its_table_says() -> None:
    charts = [block.chart for block in charts_in(compose(FACTS)) if isinstance(block.chart, StackedBars)]
    assert [chart.title for chart in charts] == [
        "Pathology plans by region and category",
        "Back office plans by region and category",
    ]
    assert [(bar.label, bar.counts, bar.illustrative) for bar in charts[0].bars] == [
        ("North", (3, 0, 0, 1), False),
        ("London", (0, 0, 2, 0), True),
    ]
    assert [series.mark for series in charts[0].series] == ["A", "B", "C", "N"]
    assert charts[0].description.startswith("North: 3 A: Good plan, 0 B: Needs support,")


def test_savings_are_shown_by_year_with_who_states_none_apart() -> None:
    blocks = compose(FACTS)
    (chart,) = (block.chart for block in charts_in(blocks) if isinstance(block.chart, RangeBars))
    assert [(group.label, [bar.said for bar in group.bars]) for group in chart.groups] == [
        ("2016/17", ["£4–5m", "No figure", "over £1m"])
    ]
    assert [cells(row) for row in table(blocks, "Savings of Pathology").rows] == [
        [
            "2016/17",
            "£4–5mFrom 2 plans; 4 without a figure",
            "No figure",
            "over £1mFrom 6 plans; none without a figure",
        ]
    ]


def test_no_savings_are_said_and_more_years_than_a_page_has_are_left_to_the_table() -> None:
    assert NO_SAVINGS in map(said, compose(replace(FACTS, savings=())))
    years = tuple(replace(FACTS.savings[0], year=f"20{year}/{year + 1}") for year in range(16, 27))
    blocks = compose(replace(FACTS, savings=years))
    (chart,) = (block.chart for block in charts_in(blocks) if isinstance(block.chart, RangeBars))
    assert len(chart.groups) == 8
    assert "The chart has the first 8 years, and the table all 11." in map(said, blocks)
    assert len(table(blocks, "Savings of Pathology").rows) == 11


def test_the_widths_of_every_table_make_a_whole() -> None:
    for block in compose(FACTS):
        if isinstance(block, Table):
            assert sum(column.share for column in block.columns) == 100
            assert all(len(row.cells) == len(block.columns) for row in block.rows)


def test_what_moved_is_counted_and_named_as_far_as_it_goes() -> None:
    blocks = compose(FACTS)
    assert "Movement since the meeting on 28 July 2016" in map(said, blocks)
    assert [cells(row) for row in table(blocks, "Plans that moved").rows] == [
        ["C: No plan", "B: Needs support", "3", "Devon: Pathology; 2 more"]
    ]


def test_many_names_go_on_in_further_rows() -> None:
    names = tuple(NamedPlan(f"Plan {number}", INVENTED if number == 20 else None) for number in range(40))
    moves = PlanMoves(date(2016, 7, 28), (PlanMove("C: No plan", "A: Good plan", 40, names, INVENTED),))
    rows = table(compose(replace(FACTS, moves=moves)), "Plans that moved").rows
    assert [cells(row)[:3] for row in rows] == [
        ["C: No plan", "A: Good plan", "40"],
        ["C: No plan, continued", "", ""],
        ["C: No plan, continued", "", ""],
    ]
    assert [row.continued for row in rows] == [False, True, True]
    assert "; ".join(cells(row)[3] for row in rows) == "; ".join(name.name for name in names)


def test_no_movement_and_no_meeting_before_are_said() -> None:
    still = PlanMoves(since=date(2016, 7, 28), moves=())
    assert "No plan stands elsewhere than it did." in map(said, compose(replace(FACTS, moves=still)))
    assert "No earlier meeting of the Board is recorded." in map(said, compose(replace(FACTS, moves=None)))


def test_gains_say_what_they_rest_on() -> None:
    blocks = compose(FACTS)
    (basis,) = (text for text in map(said, blocks) if text.startswith("Plans are ranked by"))
    assert basis.endswith("Counted are: for Pathology, all functions; for Back office, Finance and HR.")
    assert cells(table(blocks, "Largest near-term gains in Pathology").rows[0]) == [
        *("Devon", "£4–5m, in 2018/19", "6 months, 2016/17", "2–2.5 years"),
    ]
    assert "No plan states a saving that can be ranked." in map(said, compose(replace(FACTS, gains=())))


def test_what_is_not_known_is_listed_by_service() -> None:
    rows = table(compose(FACTS), "What is not yet known").rows
    assert [cells(row) for row in rows] == [
        ["Pathology", "6", "1 has no category yet"],
        ["Back office", "4", "All that is looked for is recorded."],
    ]


def test_what_is_invented_is_marked_and_makes_the_paper_say_so() -> None:
    content = a_content(a_snapshot(plans=FACTS), keys=[PLANS])
    assert content.notes == (ILLUSTRATIVE,)
    counts = table(content.sections[0].blocks, "Pathology plans by region").rows
    assert [row.cells[0].blocks[0].spans[0].illustrative for row in counts] == [None, INVENTED, INVENTED]  # type: ignore[union-attr]
    plain = replace(FACTS, counts=FACTS.counts[:2], gains=FACTS.gains[:1], savings=FACTS.savings[:2])
    assert a_content(a_snapshot(plans=plain), keys=[PLANS]).notes == ()


def test_without_plans_it_says_so() -> None:
    for facts in (None, replace(FACTS, counts=())):
        blocks = compose(facts)
        assert said(blocks[-1]) == "No plan has been recorded yet."
        assert not any(isinstance(block, Table) for block in blocks)


def test_a_new_paper_has_it_not_and_its_editor_is_told_what_it_draws_on() -> None:
    assert not SECTIONS[PLANS].included_at_first
    assert "not for publication" in SECTIONS[PLANS].about
