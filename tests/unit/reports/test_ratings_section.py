"""The section of how workstreams and projects were rated, from frozen facts."""

from datetime import date

from opprod.charts import RatingHistory
from opprod.reports.blocks import Block, Table
from opprod.reports.composition import ILLUSTRATIVE
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.ratings.composing import KEY, NO_RATINGS, SHARES
from opprod.reports.sections.ratings.facts import RatedStrand, RatingFacts, RatingsFacts
from opprod.reports.walking import charts_in, spans_in
from tests.builders.papers import a_content, a_snapshot

RED, AMBER, GREEN = RatingFacts("red"), RatingFacts("amber"), RatingFacts("green")
FACTS = RatingsFacts(
    days=(date(2016, 7, 28), date(2016, 9, 26)),
    workstreams=(RatedStrand("Finance", (RED, AMBER)), RatedStrand("HR", (None, GREEN))),
    projects=(RatedStrand("Procurement", (GREEN, GREEN)),),
)


def compose(facts: RatingsFacts | None) -> tuple[Block, ...]:
    (section,) = a_content(a_snapshot(ratings=facts), keys=[KEY]).sections
    return section.blocks


def tables(blocks: tuple[Block, ...]) -> list[list[list[str]]]:
    """Each table's headings and rows."""
    return [
        [
            [column.heading for column in block.columns],
            *(["".join(span.text for span in spans_in(cell.blocks)) for cell in row.cells] for row in block.rows),
        ]
        for block in blocks
        if isinstance(block, Table)
    ]


def histories(blocks: tuple[Block, ...]) -> list[RatingHistory]:
    return [block.chart for block in charts_in(blocks) if isinstance(block.chart, RatingHistory)]


def test_each_strand_has_its_rating_on_each_day_in_the_chart_and_in_the_table() -> None:
    blocks = compose(FACTS)
    assert tables(blocks) == [
        [
            ["Workstream", "28 July 2016", "26 September 2016"],
            ["Finance", "Red", "Amber"],
            ["HR", "Not rated", "Green"],
        ],
        [["Project", "28 July 2016", "26 September 2016"], ["Procurement", "Green", "Green"]],
    ]
    workstreams, projects = histories(blocks)
    assert workstreams.columns == (("28 Jul", "2016"), ("26 Sep", "2016"))
    assert [[rated.mark for rated in strip.ratings] for strip in workstreams.strips] == [["R", "A"], ["–", "G"]]
    assert "Finance: red, amber; HR: not rated, green." in workstreams.description
    assert projects.title == "RAG history of projects"


def test_the_widths_of_its_table_make_a_whole_however_many_days_there_are() -> None:
    for number in range(1, len(SHARES) + 1):
        days = tuple(date(2016, 1, day) for day in range(1, number + 1))
        facts = RatingsFacts(days, (RatedStrand("Finance", (RED,) * number),), ())
        (table,) = (block for block in compose(facts) if isinstance(block, Table))
        assert sum(column.share for column in table.columns) == 100
        assert all(column.share % 5 == 0 and column.share > 0 for column in table.columns)


def test_many_strands_take_charts_that_each_go_on_a_page() -> None:
    strands = tuple(RatedStrand(f"Project {number}", (RED, None)) for number in range(45))
    charts = histories(compose(RatingsFacts(FACTS.days, (), strands)))
    assert [len(chart.strips) for chart in charts] == [20, 20, 5]
    assert charts[2].title == "RAG history of projects (3 of 3)"


def test_what_is_invented_is_marked_and_makes_the_paper_say_so() -> None:
    invented = RatingsFacts(FACTS.days, (), (RatedStrand("HR", (RED, RatingFacts("green", "the rating"))),))
    content = a_content(a_snapshot(ratings=invented), keys=[KEY])
    assert content.notes == (ILLUSTRATIVE,)
    (chart,) = histories(content.sections[0].blocks)
    assert [rated.illustrative for rated in chart.strips[0].ratings] == [False, True]
    assert [span.illustrative for span in spans_in(content.sections[0].blocks)][-2:] == [None, "the rating"]


def test_without_strands_it_says_so() -> None:
    for facts in (None, RatingsFacts(FACTS.days, (), ())):
        *_, last = compose(facts)
        assert "".join(span.text for span in spans_in([last])) == NO_RATINGS


def test_a_new_paper_has_it_not() -> None:
    assert not SECTIONS[KEY].included_at_first
