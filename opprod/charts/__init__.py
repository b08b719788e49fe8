"""Small charts as SVG, the same on a page and in a PDF."""

from markupsafe import Markup

from opprod.charts.bars import bars_svg
from opprod.charts.line import line_svg
from opprod.charts.model import (
    Chart,
    Mark,
    PaperChart,
    Point,
    RangeBar,
    RangeBars,
    RangeGroup,
    Rated,
    RatingHistory,
    Scatter,
    Series,
    StackedBar,
    StackedBars,
    Strip,
    Tick,
    Tone,
)
from opprod.charts.ranges import ranges_svg
from opprod.charts.ratings import ratings_svg
from opprod.charts.scatter import scatter_svg

__all__ = [
    "Chart",
    "Mark",
    "PaperChart",
    "Point",
    "RangeBar",
    "RangeBars",
    "RangeGroup",
    "Rated",
    "RatingHistory",
    "Scatter",
    "Series",
    "StackedBar",
    "StackedBars",
    "Strip",
    "Tick",
    "Tone",
    "bars_svg",
    "line_svg",
    "paper_chart_svg",
    "ranges_svg",
    "ratings_svg",
    "scatter_svg",
]


def paper_chart_svg(chart: PaperChart, *, element_id: str) -> Markup:
    """Draw a chart of a paper. ``element_id`` must be unique in the document: the ids inside are made from it."""
    match chart:
        case StackedBars():
            return bars_svg(chart, element_id=element_id)
        case RangeBars():
            return ranges_svg(chart, element_id=element_id)
        case RatingHistory():
            return ratings_svg(chart, element_id=element_id)
