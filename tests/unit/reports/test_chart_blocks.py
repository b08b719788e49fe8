"""Charts as blocks of a paper: numbered, kept, and drawn."""

from decimal import Decimal

import pytest

from opprod.charts import (
    PaperChart,
    RangeBar,
    RangeBars,
    RangeGroup,
    Rated,
    RatingHistory,
    Series,
    StackedBar,
    StackedBars,
    Strip,
)
from opprod.reports.blocks import Block, BoardOnly, Chart, Paragraph, Span
from opprod.reports.composition import ILLUSTRATIVE, PaperContent, SectionContent, compose
from opprod.reports.freezing import frozen, thawed
from opprod.reports.variants import public
from opprod.reports.walking import charts_in
from tests.builders.papers import DAY, a_cover

BARS = StackedBars("Plans", "One", (Series("A: Good plan", "A"),), (StackedBar("North", (1,)),))
RANGES = RangeBars(
    "Savings",
    "One to two",
    (RangeGroup("2016/17", (RangeBar("Plan", "£1.10–2m", Decimal("1.10"), Decimal(2)), RangeBar("Actual", ""))),),
)
RATINGS = RatingHistory("RAG history", "Red", (("28 Jul", "2016"),), (Strip("HR", (Rated("R", "red", "Red"),)),))
INVENTED = StackedBars("Plans", "One", BARS.series, (StackedBar("North", (1,), illustrative=True),))


def a_paper_of(*blocks: Block, more: tuple[Block, ...] = ()) -> PaperContent:
    return compose(a_cover(), [SectionContent("plans", "Plans", blocks), SectionContent("more", "More", more)], DAY)


@pytest.mark.parametrize("chart", [BARS, RANGES, RATINGS], ids=lambda chart: chart.kind)
def test_what_is_kept_of_a_chart_comes_back_as_it_was(chart: PaperChart) -> None:
    content = a_paper_of(BoardOnly((Chart(chart),)), Paragraph((Span("After"),)))
    text = frozen(content)
    assert thawed(text, PaperContent) == content
    assert frozen(thawed(text, PaperContent)) == text


def test_charts_are_numbered_through_the_paper_and_keep_their_numbers_in_public() -> None:
    content = a_paper_of(Chart(BARS), BoardOnly((Chart(RANGES),)), more=(Chart(RATINGS),))
    captions = ["Chart 1: Plans", "Chart 2: Savings", "Chart 3: RAG history"]
    assert [block.caption for s in content.sections for block in charts_in(s.blocks)] == captions
    published = [block for s in public(content).sections for block in charts_in(s.blocks)]
    assert [block.caption for block in published] == [captions[0], captions[2]]
    assert len({block.name for block in published}) == 2


def test_a_chart_of_what_is_invented_makes_the_paper_say_so() -> None:
    assert a_paper_of(Chart(BARS)).notes == ()
    assert a_paper_of(Chart(INVENTED)).notes == (ILLUSTRATIVE,)
