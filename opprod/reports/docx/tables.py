"""Tables that break well: their headings come again on each page, and no row is broken."""

from collections.abc import Iterable, Sequence

from opprod.reports.blocks import Column, Table
from opprod.reports.docx.markup import Element, paragraph, run, w

WIDTH = 9638  # twentieths of a point: 170 mm, between the margins of A4
HEADING_FILL, ROW_HEADING_FILL = "005EB8", "F0F4F5"


def table(block: Table, rows: Iterable[Sequence[Element]]) -> Element:
    """A table of rows of cells, each made by ``cell``."""
    widths = [WIDTH * column.share // 100 for column in block.columns]
    element = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="PaperTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1),
            w("tblCaption", val=block.name),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        _headings(block.columns, widths),
    )
    element.extend(_row(row, widths) for row in rows)
    return element


def cell(content: Iterable[Element], heading: str | None = None) -> Element:
    """A cell; ``heading`` says that it heads its row. Word wants a paragraph at the end of each."""
    found = list(content)
    if not found or not found[-1].tag.endswith("}p"):
        found.append(paragraph(heading or "TableText"))
    return w("tc", w("tcPr", _filled(ROW_HEADING_FILL) if heading else None), *found)


def _headings(columns: Iterable[Column], widths: Sequence[int]) -> Element:
    cells = [
        w("tc", w("tcPr", _filled(HEADING_FILL)), paragraph("TableHeading", run(column.heading)))
        for column in columns
    ]
    row = _row(cells, widths)
    row[0].append(w("tblHeader"))
    return row


def _row(cells: Sequence[Element], widths: Sequence[int]) -> Element:
    for one, width in zip(cells, widths, strict=True):
        one[0].insert(0, w("tcW", w=width, type="dxa"))
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _filled(colour: str) -> Element:
    return w("shd", val="clear", color="auto", fill=colour)
