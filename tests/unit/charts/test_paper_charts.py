"""The charts of papers: stacked bars, bars of ranges and strips of ratings."""

import logging
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
import weasyprint

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
    paper_chart_svg,
)
from opprod.charts.bars import FILLS
from opprod.charts.ratings import TONES
from tests.pdf_checks import assert_pdf_ua

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """</title><script>alert(1)</script>"'&{0}{x}\x00\x0b\ud800"""
SERIES = (Series("A: Good plan", "A"), Series("B: Needs support", "B"), Series("Not yet categorised", "N"))
BARS = StackedBars(
    "Plans by region",
    "North: 3, 1 and 2",
    SERIES,
    (StackedBar("North", (3, 1, 2)), StackedBar("South", (0, 12, 0), illustrative=True)),
)
RANGES = RangeBars(
    "Savings by year",
    "2016/17: plan £18–20m",
    (
        RangeGroup(
            "2016/17",
            (
                RangeBar("Plan", "£18–20m", Decimal(18), Decimal(20)),
                RangeBar("Forecast", "over £10m", Decimal(10), None),
                RangeBar("Actual", "No figure"),
            ),
        ),
        RangeGroup(
            "2017/18",
            (
                RangeBar("Plan", "up to £5m", None, Decimal(5), illustrative=True),
                RangeBar("Forecast", "£40m", Decimal(40), Decimal(40)),
            ),
        ),
    ),
)
RATINGS = RatingHistory(
    "RAG history",
    "Finance: red, then amber",
    (("28 Jul", "2016"), ("26 Sep", "2016")),
    (
        Strip("Finance", (Rated("R", "red", "Red"), Rated("A", "amber", "Amber", illustrative=True))),
        Strip("HR", (Rated("–", "none", "Not rated"), Rated("G", "green", "Green"))),
    ),
)
ALL: tuple[PaperChart, ...] = (BARS, RANGES, RATINGS)
HARD: tuple[PaperChart, ...] = (
    replace(BARS, bars=()),
    replace(BARS, bars=(StackedBar("Nowhere", (0, 0, 0)),)),
    replace(RANGES, groups=()),
    replace(RANGES, groups=(RangeGroup("2016/17", (RangeBar("Plan", "£0", Decimal(0), Decimal(0)),)),)),
    replace(RANGES, groups=(RangeGroup("2016/17", (RangeBar("Plan", "-£2m", Decimal(-2), Decimal(-2)),)),)),
    replace(RATINGS, strips=()),
    replace(RATINGS, columns=(), strips=(Strip("Finance", ()),)),
    StackedBars(HOSTILE, HOSTILE, (Series(HOSTILE, HOSTILE),), (StackedBar(HOSTILE, (1,)),)),
    RangeBars(HOSTILE, HOSTILE, (RangeGroup(HOSTILE, (RangeBar(HOSTILE, HOSTILE, Decimal(1), Decimal(2)),)),)),
    RatingHistory(HOSTILE, HOSTILE, ((HOSTILE,),), (Strip(HOSTILE * 9, (Rated(HOSTILE, "red", HOSTILE),)),)),
)


def draw(chart: PaperChart) -> ET.Element:
    return ET.fromstring(paper_chart_svg(chart, element_id="chart-1"))


def texts(svg: ET.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def boxes(svg: ET.Element) -> dict[str, ET.Element]:
    """The parts that stand for something, by what they stand for."""
    found = ((box, box.find(f"{SVG}title")) for box in svg.iter(f"{SVG}rect"))
    return {title.text or "": box for box, title in found if title is not None}


def width(box: ET.Element) -> float:
    return float(box.attrib["width"])


@pytest.mark.parametrize("chart", [*ALL, *HARD], ids=lambda chart: type(chart).__name__)
def test_each_is_a_picture_with_a_name_that_no_policy_forbids_within_its_own_frame(chart: PaperChart) -> None:
    svg = draw(chart)
    assert svg.attrib["role"] == "img"
    named = {element.attrib["id"]: element.text for element in svg.iter() if "id" in element.attrib}
    title, description = (named[name] for name in svg.attrib["aria-labelledby"].split())
    assert title
    assert description
    assert not any(
        name in {"style", "class"} for element in svg.iter() for name in element.attrib if element is not svg
    )
    assert not list(svg.iter(f"{SVG}script"))
    assert int(svg.attrib["width"]) == 360
    for box in svg.iter(f"{SVG}rect"):
        assert float(box.attrib["width"]) >= 0
        assert float(box.attrib["x"]) + width(box) <= 360.1
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= int(svg.attrib["height"])
    for text in svg.iter(f"{SVG}text"):
        assert float(text.attrib["y"]) <= int(svg.attrib["height"])


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_what_is_invented_is_marked_and_the_mark_explained(chart: PaperChart) -> None:
    assert chart.illustrative
    said = texts(draw(chart))
    assert "* illustrative" in said
    assert len([words for words in said if words.endswith("*")]) == 1


def test_parts_are_as_wide_as_their_numbers_and_each_has_its_letter_and_its_number() -> None:
    svg = draw(BARS)
    found = boxes(svg)
    assert list(found) == ["North, A: Good plan: 3", "North, B: Needs support: 1", "North, Not yet categorised: 2",
                           "South, B: Needs support: 12"]  # fmt: skip
    assert width(found["North, A: Good plan: 3"]) == pytest.approx(
        3 * width(found["North, B: Needs support: 1"]), abs=0.2
    )
    assert {"A 3, B 1, N 2: 6 in all", "A 0, B 12, N 0: 12 in all"} <= set(texts(svg))
    assert {series.name for series in SERIES} <= set(texts(svg))


def test_a_range_is_solid_to_its_low_end_and_pale_to_its_high_one() -> None:
    svg = draw(RANGES)
    bars = [box for box in svg.iter(f"{SVG}rect") if box.find(f"{SVG}title") is not None]
    solid = [width(box) for box in bars if "stroke-dasharray" not in box.attrib]
    pale = [width(box) for box in bars if "stroke-dasharray" in box.attrib]
    unit = solid[-1] / 40
    assert solid == [pytest.approx(unit * value, abs=0.1) for value in (18, 10, 40)]
    assert pale == [pytest.approx(unit * value, abs=0.1) for value in (2, 5)]
    assert {"£18–20m", "over £10m", "No figure", "up to £5m", "£40m", "No upper end known"} <= set(texts(svg))


def test_figures_without_ranges_need_no_key() -> None:
    plain = RangeBars("Savings", "None", (RangeGroup("2016/17", (RangeBar("Plan", "£1m", Decimal(1), Decimal(1)),)),))
    assert texts(draw(plain)) == ["2016/17", "Plan", "£1m"]


def test_each_rating_has_its_letter_and_says_when_and_of_what_it_was() -> None:
    svg = draw(RATINGS)
    assert list(boxes(svg)) == ["Finance, 28 Jul 2016: Red", "Finance, 26 Sep 2016: Amber",
                                "HR, 28 Jul 2016: Not rated", "HR, 26 Sep 2016: Green"]  # fmt: skip
    assert [words for words in texts(svg) if words.rstrip("*") in set("RAG–")] == ["R", "A*", "–", "G"]
    assert "– not rated" in texts(svg)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("fill", "ink"), [*FILLS, *TONES.values()])
def test_letters_stand_out_from_what_they_are_on(fill: str, ink: str) -> None:
    light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_pdf_can_be_made_of_them_side_by_side(caplog: pytest.LogCaptureFixture) -> None:
    drawings = [paper_chart_svg(chart, element_id=f"chart-{n}") for n, chart in enumerate((*ALL, *HARD))]
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        document = f"<html lang=en><title>Charts</title><body>{' '.join(drawings)}"
        pdf = weasyprint.HTML(string=document).write_pdf(pdf_variant="pdf/ua-1")
    assert caplog.records == []
    assert_pdf_ua(pdf)
