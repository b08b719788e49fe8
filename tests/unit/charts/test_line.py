import logging
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
import weasyprint

from opprod.charts import Chart, Point, line_svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """</title><script>alert(1)</script>"'&{0}{x}\x00\x0b\ud800"""


def point(month: int, value: str | None, **changes: object) -> Point:
    fields: dict[str, object] = {
        "on": date(2016, month, 29),
        "day": f"29/{month}/2016",
        "value": None if value is None else Decimal(value),
        "said": "no reading" if value is None else value,
    }
    return Point(**(fields | changes))


def draw(*points: Point, element_id: str = "users", **changes: str) -> ET.Element:
    texts = {"title": "Registered users", "description": "From 900 to over 1,400", "unit": "users"}
    return ET.fromstring(line_svg(Chart(points=points, **(texts | changes)), element_id=element_id))


def texts(svg: ET.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def heights(svg: ET.Element) -> list[float]:
    return [float(circle.attrib["cy"]) for circle in svg.iter(f"{SVG}circle")]


def test_the_line_rises_with_the_values_from_the_first_day_to_the_last():
    svg = draw(point(9, "1400"), point(3, "900"), point(6, "1150"))
    [line] = svg.findall(f"{SVG}polyline")
    corners = [tuple(map(float, corner.split(","))) for corner in line.attrib["points"].split()]
    assert [x for x, _ in corners] == sorted(x for x, _ in corners)
    assert [y for _, y in corners] == sorted((y for _, y in corners), reverse=True)
    assert texts(svg) == ["users", "900", "29/3/2016", "1400", "29/9/2016"]


def test_days_lie_in_proportion_to_time():
    svg = draw(point(1, "1"), point(2, "1"), point(11, "1"))
    first, second, last = (float(circle.attrib["cx"]) for circle in svg.iter(f"{SVG}circle"))
    assert (second - first) / (last - first) == pytest.approx(31 / 305, abs=0.01)


def test_the_scale_takes_in_zero_so_small_changes_look_small():
    first, last = heights(draw(point(3, "98"), point(9, "100")))
    assert first - last < 2


def test_a_chart_names_and_describes_itself_by_ids_the_caller_chose():
    svg = draw(point(3, "1"), element_id="chart-7")
    labels = [svg.find(f".//*[@id='{label}']") for label in svg.attrib["aria-labelledby"].split()]
    assert svg.attrib["role"] == "img"
    assert [label.text for label in labels if label is not None] == [
        "Registered users",
        "From 900 to over 1,400",
    ]
    assert all(element.attrib["id"].startswith("chart-7-") for element in svg.iter() if "id" in element.attrib)


def test_no_readings_is_said_in_words():
    for svg in (draw(), draw(point(3, None), point(4, None))):
        assert texts(svg) == ["users", "No readings yet"]
        assert svg.find(f"{SVG}circle") is None


def test_one_reading_is_a_labelled_point():
    svg = draw(point(3, "12"))
    assert len(heights(svg)) == 1
    assert texts(svg) == ["users", "12", "29/3/2016"]


def test_the_line_breaks_where_a_value_is_missing():
    svg = draw(point(1, "1"), point(2, "2"), point(3, None), point(4, "3"), point(5, "4"))
    assert [len(line.attrib["points"].split()) for line in svg.findall(f"{SVG}polyline")] == [2, 2]
    assert len(heights(svg)) == 4


@pytest.mark.parametrize("value", ["0", "7", "-7", "1E+400", "0.000000001"])
def test_equal_values_of_any_size_lie_level_within_the_drawing(value):
    first, last = heights(draw(point(3, value), point(9, value)))
    assert first == last
    assert 0 < first < 120


def test_values_below_zero_hang_under_the_axis():
    svg = draw(point(3, "-5"), point(9, "5"))
    axis = svg.find(f"{SVG}line")
    assert axis is not None
    below, above = heights(svg)
    assert above < float(axis.attrib["y1"]) < below


def test_illustrative_points_are_hollow_and_the_chart_says_so():
    svg = draw(point(3, "900", illustrative=True), point(9, "1400"))
    hollow, solid = (circle.attrib["fill"] for circle in svg.iter(f"{SVG}circle"))
    assert hollow == "#ffffff"
    assert solid != hollow
    assert "Hollow points are illustrative" in texts(svg)
    assert "Hollow points are illustrative" not in texts(draw(point(9, "1400")))


def test_a_range_is_an_area_behind_the_line():
    svg = draw(point(3, "19", low=Decimal(18), high=Decimal(20), said="£18m to £20m"), point(9, "21"))
    shapes = [element.tag.removeprefix(SVG) for element in svg]
    assert shapes.index("polygon") < shapes.index("polyline")
    assert draw(point(3, "19"), point(9, "21")).find(f"{SVG}polygon") is None


def test_long_labels_are_cut_short_and_kept_whole_on_the_point():
    said = "somewhere between 1,400 and 1,500 users"
    svg = draw(point(3, "1400", said=said), point(9, "1500"))
    assert f"29/3/2016: {said}" in [title.text for title in svg.iter(f"{SVG}title")]
    assert all(len(text) <= 22 for text in texts(svg))


def test_text_from_people_stays_text():
    svg = draw(point(3, "1", said=HOSTILE, day=HOSTILE), title=HOSTILE, description=HOSTILE, unit=HOSTILE)
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert title.text == """</title><script>alert(1)</script>"'&{0}{x}"""
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg", "title", "desc", "text", "line", "polyline", "circle",
    }  # fmt: skip


def test_nothing_in_a_chart_breaks_a_strict_content_security_policy_or_reaches_outside():
    svg = draw(point(3, "900", illustrative=True, low=Decimal(1)), point(9, "1400"))
    for element in svg.iter():
        assert element.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}use"}
        assert not {"style", "href", "onload"} & set(element.attrib)
        assert not any("url(" in value for value in element.attrib.values())


def test_weasyprint_draws_a_chart_without_complaint(caplog):
    chart = line_svg(
        Chart("Users rose", "From 900", (point(3, "900", illustrative=True), point(9, "1400")), "users"),
        element_id="users",
    )
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = weasyprint.HTML(string=f"<html lang=en><title>t</title>{chart}").write_pdf(pdf_variant="pdf/ua-1")
    assert pdf.startswith(b"%PDF-1.7")
    assert caplog.messages == []
