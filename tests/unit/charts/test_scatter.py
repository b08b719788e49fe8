import logging
import random
from decimal import Decimal
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import weasyprint

from opprod.charts import Mark, Scatter, Tick, scatter_svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """</title><script>alert(1)</script>"'&{0}{x}\x00\x0b\ud800"""
TICKS = (Tick(6, ("6", "2016/17")), Tick(18, ("18", "2017/18")), Tick(30, ("30", "2018/19")))


def mark(label: str, x: int, low: str, high: str | None = "", **changes: Any) -> Mark:
    fields: dict[str, Any] = {
        "label": label,
        "x": x,
        "low": Decimal(low),
        "high": None if high is None else Decimal(high or low),
        "series": "Pathology",
        "said": f"{label}. A plan",
    }
    return Mark(**(fields | changes))


def draw(*marks: Mark, element_id: str = "gains", **changes: Any) -> ET.Element:
    fields: dict[str, Any] = {
        "title": "Savings and when they come",
        "description": "The table says the same",
        "ticks": TICKS,
        "x_axis": "Months to the first saving",
        "y_axis": "£m a year",
        "series": ("Pathology", "Back office"),
    }
    return ET.fromstring(scatter_svg(Scatter(marks=marks, **(fields | changes)), element_id=element_id))


def texts(svg: ET.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def places(svg: ET.Element) -> dict[str, tuple[float, float]]:
    """Where the label of each mark stands."""
    return {
        text.text or "": (float(text.attrib["x"]), float(text.attrib["y"]))
        for text in svg.iter(f"{SVG}text")
        if text.attrib["font-size"] != "12"
    }


def rules(svg: ET.Element) -> list[tuple[float, float, float, float]]:
    """The whiskers and their caps: the only lines that are 2 wide."""
    lines = [line for line in svg.iter(f"{SVG}line") if line.attrib["stroke-width"] == "2"]
    return [tuple(float(line.attrib[name]) for name in ("x1", "y1", "x2", "y2")) for line in lines]  # type: ignore[misc]


def test_marks_stand_by_time_and_by_size_with_their_labels() -> None:
    found = places(draw(mark("1", 6, "9"), mark("2", 18, "3"), mark("3", 30, "6")))
    (x1, y1), (x2, y2), (x3, y3) = (found[label] for label in "123")
    assert x1 < x2 < x3
    assert x3 - x2 == pytest.approx(x2 - x1, abs=0.2)
    # Upwards is less in a drawing; the scale begins at zero.
    assert (y2 - y3) == pytest.approx(y3 - y1, abs=0.2)


def test_axes_have_round_values_and_names() -> None:
    said = texts(draw(mark("1", 6, "7.3"), mark("2", 30, "0.4")))
    assert [text for text in said if text.isdecimal() or "." in text][:5] == ["0", "2", "4", "6", "8"]
    assert {"2016/17", "2018/19", "£m a year", "Months to the first saving"} <= set(said)


@pytest.mark.parametrize(
    ("highest", "last"), [("0.0004", "0.0004"), ("0.35", "0.4"), ("1", "1"), ("12", "15"), ("200000", "200000")]
)
def test_the_vertical_axis_reaches_past_the_highest_in_few_steps(highest: str, last: str) -> None:
    svg = draw(mark("a", 6, highest), ticks=())
    steps = [text for text in texts(svg) if text.replace(".", "").isdecimal()]
    assert steps[0] == "0"
    assert steps[-1] == last or Decimal(steps[-1]) >= Decimal(highest)
    assert 3 <= len(steps) <= 7


def test_a_range_is_a_whisker_from_the_mark_to_its_high_end() -> None:
    svg = draw(mark("1", 6, "2", "4"), mark("2", 18, "3"), mark("3", 30, "4"))
    stem, cap = rules(svg)
    assert stem[0] == stem[2]
    assert stem[3] == cap[1] == cap[3]
    assert stem[3] == pytest.approx(places(svg)["3"][1] - 3.6, abs=0.2)


def test_a_saving_open_upwards_ends_in_an_arrow() -> None:
    svg = draw(mark("1", 6, "2", None))
    assert len(rules(svg)) == 1
    assert svg.find(f"{SVG}polyline") is not None


def test_marks_of_one_month_stand_beside_each_other() -> None:
    found = places(draw(*(mark(str(number), 18, "2") for number in range(1, 6))))
    assert len({y for _, y in found.values()}) == 1
    assert all(abs(one[0] - other[0]) > 17 for one, other in combinations(found.values(), 2))


def test_a_crowd_stays_in_its_column_and_hides_no_mark_entirely() -> None:
    draws = random.Random(1)
    crowd = [mark(str(number), draws.choice((6, 18, 30)), draws.choice("12345678")) for number in range(1, 26)]
    found = places(draw(*crowd))
    assert len(found) == 25
    by_x = {month: [found[one.label][0] for one in crowd if one.x == month] for month in (6, 18, 30)}
    assert max(by_x[6]) < min(by_x[18])
    assert max(by_x[18]) < min(by_x[30])
    assert len(set(found.values())) == 25
    assert found == places(draw(*crowd))


def test_each_series_has_a_shape_of_its_own_and_is_named() -> None:
    svg = draw(mark("1", 6, "2"), mark("2", 18, "2", series="Back office"))
    assert texts(svg)[:2] == ["Pathology", "Back office"]
    # One shape is in the key, the other in the plot.
    assert (len(svg.findall(f"{SVG}circle")), len(svg.findall(f"{SVG}polygon"))) == (2, 2)
    alone = draw(mark("1", 6, "2"), series=("Pathology",))
    assert "Pathology" not in texts(alone)


def test_many_series_are_told_apart() -> None:
    names = tuple(f"Service {number}" for number in range(20))
    svg = draw(*(mark(str(number), 6, "1", series=name) for number, name in enumerate(names)), series=names)
    said = {title.text: shape for shape in svg for title in shape.findall(f"{SVG}title")}
    looks = set()
    for name in names:
        corners = [tuple(map(float, corner.split(","))) for corner in (said[name].get("points") or "").split()]
        outline = tuple((round(x - corners[0][0]), round(y - corners[0][1])) for x, y in corners)
        looks.add((outline, said[name].attrib["fill"]))
    assert len(looks) == 20


def test_illustrative_marks_are_hollow_and_the_chart_says_so() -> None:
    svg = draw(mark("1", 6, "2", illustrative=True), mark("2", 18, "2"))
    hollow, solid = (shape.attrib["fill"] for shape in list(svg.iter(f"{SVG}circle"))[-2:])
    assert (hollow, solid) == ("#ffffff", "#005eb8")
    assert "Hollow marks are illustrative" in texts(svg)
    assert "Hollow marks are illustrative" not in texts(draw(mark("1", 6, "2")))


@pytest.mark.parametrize("low", ["0", "0.0001", "400000000000"])
def test_one_mark_of_any_size_is_within_the_drawing(low: str) -> None:
    svg = draw(mark("1", 6, low))
    x, y = places(svg)["1"]
    assert 0 < x < float(svg.attrib["width"])
    assert 0 < y < float(svg.attrib["height"])


def test_names_of_months_leave_each_other_room() -> None:
    far = tuple(Tick(6 + 12 * number, (str(6 + 12 * number),)) for number in range(30))
    svg = draw(mark("a", 6, "1"), mark("b", 6 + 12 * 29, "1"), ticks=far)
    named = [text for text in texts(svg) if text in {tick.lines[0] for tick in far}]
    assert 3 <= len(named) <= 8


def test_a_chart_of_nothing_says_so() -> None:
    svg = draw(ticks=())
    assert "Nothing to show" in texts(svg)


def test_it_names_and_describes_itself_by_ids_the_caller_chose() -> None:
    svg = draw(mark("1", 6, "1"), element_id="page-7")
    labels = [svg.find(f".//*[@id='{label}']") for label in svg.attrib["aria-labelledby"].split()]
    assert [label.text for label in labels if label is not None] == [
        "Savings and when they come",
        "The table says the same",
    ]


def test_text_from_people_stays_text_and_nothing_breaks_a_strict_policy() -> None:
    svg = draw(
        mark("1", 6, "1", None, said=HOSTILE, series=HOSTILE, illustrative=True),
        mark("2", 6, "1", "2", series="Other"),
        title=HOSTILE,
        description=HOSTILE,
        series=(HOSTILE, "Other"),
    )
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        *("svg", "title", "desc", "text", "line", "polyline", "polygon", "circle"),
    }
    for element in svg.iter():
        assert not {"style", "href", "onload"} & set(element.attrib)
        assert not any("url(" in value for value in element.attrib.values())


def test_weasyprint_draws_it_without_complaint(caplog: pytest.LogCaptureFixture) -> None:
    chart = scatter_svg(
        Scatter("Savings", "The table", (mark("1", 6, "1", "2"), mark("2", 6, "1", None)), TICKS, "x", "y",
                ("Pathology",)),
        element_id="gains",
    )  # fmt: skip
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = weasyprint.HTML(string=f"<html lang=en><title>t</title>{chart}").write_pdf(pdf_variant="pdf/ua-1")
    assert pdf.startswith(b"%PDF-1.7")
    assert caplog.messages == []
