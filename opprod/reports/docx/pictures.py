"""Charts as pictures, the same from the same chart."""

from functools import cache
from io import BytesIO
from pathlib import Path

import resvg_py
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.shared import Mm

from opprod.charts import paper_chart_svg
from opprod.charts.svg import legal
from opprod.reports.blocks import Chart
from opprod.reports.docx.markup import w

WIDTH, HIGHEST = Mm(110), Mm(220)
ZOOM = 3  # about 250 dots an inch at that width
FONT_FOLDERS = (
    "truetype/liberation",
    "truetype/liberation2",
    "liberation-sans",
    "liberation-sans-fonts",
    "liberation",
)
FONT_FILES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")


def picture(block: Chart, part: DocumentPart) -> BaseOxmlElement:
    """The chart as a picture in the line, with what it shows as its text alternative."""
    png = chart_png(block)
    inline: CT_Inline = part.new_pic_inline(BytesIO(png), width=WIDTH)
    if inline.extent.cy > HIGHEST:
        inline = part.new_pic_inline(BytesIO(png), height=HIGHEST)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", block.name)
    inline.docPr.set("descr", legal(f"{block.chart.title}. {block.chart.description}"))
    return w("drawing", inline)


def chart_png(block: Chart) -> bytes:
    """Draw the chart with Liberation Sans alone, so that no installed font changes it."""
    return resvg_py.svg_to_bytes(
        svg_string=str(paper_chart_svg(block.chart, element_id=block.name)),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=list(_fonts()),
        font_family="Liberation Sans",
        zoom=ZOOM,
    )


@cache
def _fonts() -> tuple[str, ...]:
    for folder in (Path("/usr/share/fonts", name) for name in FONT_FOLDERS):
        files = [folder / name for name in FONT_FILES]
        if all(file.is_file() for file in files):
            return tuple(map(str, files))
    raise FileNotFoundError(
        "The fonts called Liberation Sans are not installed: Debian has them as fonts-liberation."
    )
