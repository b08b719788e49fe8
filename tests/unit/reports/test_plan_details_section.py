"""The section of STPs' plans one by one, composed from facts."""

from dataclasses import replace
from datetime import date

from opprod.reports.blocks import Block, Bullets, Heading, Label, Note, Paragraph, Table
from opprod.reports.composition import ILLUSTRATIVE, SectionContent, compose
from opprod.reports.facts import SectionText
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.plan_details.composing import DELIVERABLES_SHOWN, KEY
from opprod.reports.sections.plan_details.facts import Deliverable, PlanDetail, PlanDetailsFacts, Reason
from opprod.reports.standing import PlanFigureStanding, SavingStanding
from opprod.reports.variants import public
from tests.builders.papers import DAY, a_cover, a_snapshot

LEEDS = PlanDetail(
    stp="Leeds",
    service="Pathology",
    region="North",
    record="/plans/7",
    category="B: Needs support",
    since=date(2016, 9, 1),
    submission="Received 15 Jul 2016",
    reasons=(Reason("The region", "It is late."), Reason("Dates of deliverables", "None (not met)")),
    functions=("Blood sciences", "Microbiology"),
    trusts=("Leeds Teaching Hospitals NHS Trust",),
    others="1 local authority",
    deliverables=(
        Deliverable("One laboratory", date(2018, 6, 30), "Planned"),
        Deliverable("One van", None, "Dropped", "the deliverable"),
    ),
    savings=(SavingStanding("2017/18", "Plan", "£4–5m", "£2m", "the saving"),),
    figures=(PlanFigureStanding("Capital needed", "£8m", "Two-page submission"),),
    payback="4–5 years",
    missing=("Savings", "Dates of deliverables"),
)
BARE = PlanDetail("Leeds", "Back office", "North", "/plans/8", "Not yet categorised", None, "Nothing is recorded")
DEVON = replace(BARE, stp="Devon", region="South", record="/plans/9", others="2 local authorities")


def blocks(*plans: PlanDetail, more: int = 0) -> tuple[Block, ...]:
    snapshot = replace(a_snapshot(), facts={KEY: PlanDetailsFacts(plans, more)} if plans else {})
    return SECTIONS[KEY].compose(snapshot, SectionText("STP plans one by one", "One by one."))


def said(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return "".join(span.text for span in block.spans)
        case Bullets():
            return "; ".join(said(inner) for item in block.items for inner in item.blocks)
        case Label() | Note():
            return block.text
        case _:
            return ""


def tables(found: tuple[Block, ...]) -> dict[str, list[list[str]]]:
    return {
        block.name: [[" | ".join(map(said, cell.blocks)) for cell in row.cells] for row in block.rows]
        for block in found
        if isinstance(block, Table)
    }


def test_a_plan_tells_where_it_stands_and_why_and_what_it_says() -> None:
    assert tables(blocks(LEEDS, BARE))["Plans of Leeds"] == [
        [
            "Pathology",
            (
                "B: Needs support, since 1 September 2016 | "
                "The region: It is late.; Dates of deliverables: None (not met)"
            ),
        ],
        [
            "Pathology: the plan",
            (
                "Received 15 Jul 2016, without: savings; dates of deliverables. For Blood sciences, Microbiology. | "
                "Taking part: Leeds Teaching Hospitals NHS Trust; 1 local authority | Deliverables | "
                "One laboratory (30 June 2018); One van (no date, dropped)"
            ),
        ],
        [
            "Pathology: money",
            "2017/18, plan: £4–5m (releasing cash: £2m) | Capital needed: £8m | Payback: 4–5 years",
        ],
        ["Back office", "Not yet categorised"],
        [
            "Back office: the plan",
            "Nothing is recorded. No scope is recorded. | No trust is recorded | No deliverable is recorded",
        ],
        ["Back office: money", "No saving and no investment is recorded"],
    ]


def test_plans_stand_under_their_region_and_stp() -> None:
    found = blocks(LEEDS, BARE, DEVON)
    assert [(block.level, said(block)) for block in found if isinstance(block, Heading)] == [
        *((1, "North"), (2, "Leeds"), (1, "South"), (2, "Devon")),
    ]
    assert "Taking part: 2 local authorities; no trust is recorded" in tables(found)["Plans of Devon"][1][1]


def test_long_lists_of_deliverables_go_on_in_further_rows_and_end() -> None:
    many = tuple(Deliverable(f"Number {n} of many. " + "Words. " * 30, None, "Planned") for n in range(30))
    rows = tables(blocks(replace(LEEDS, deliverables=many)))["Plans of Leeds"]
    names = [name for name, _ in rows]
    assert "Pathology: the plan, continued" in names
    told = " ".join(text for _, text in rows)
    assert told.count(" of many.") == DELIVERABLES_SHOWN
    assert "10 more" in told


def test_what_is_left_out_and_that_there_is_nothing_are_said() -> None:
    assert said(blocks(LEEDS, more=4312)[-1]).startswith("4,312 more plans are left out here.")
    assert said(blocks()[-1]) == "No plan has been recorded yet."


def test_what_is_invented_is_marked_once_and_the_public_copy_has_none_of_it() -> None:
    text = [replace(LEEDS, illustrative="the whole plan"), BARE]
    for plans, marks in ((text, 1), ([LEEDS], 2)):
        content = compose(a_cover(), [SectionContent(KEY, "Plans", blocks(*plans), SECTIONS[KEY].board_only)], DAY)
        assert content.notes == (ILLUSTRATIVE,)
        assert str(content.sections).count("illustrative='") == marks
        assert public(content).sections == ()
    assert not SECTIONS[KEY].included_at_first
