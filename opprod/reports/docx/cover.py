"""What stands before a paper's sections, and at the head and foot of its pages."""

from collections.abc import Iterator

from docx.section import Section

from opprod.reports.composition import Cover, PaperContent
from opprod.reports.docx.blocks import block_elements
from opprod.reports.docx.draft import Draft
from opprod.reports.docx.markup import Element, field, paragraph, run, tab, w
from opprod.reports.docx.spans import remark
from opprod.reports.docx.tables import WIDTH
from opprod.web.presenters import day

LABELS = 2098  # twentieths of a point: 37 mm


def cover_elements(content: PaperContent, draft: Draft) -> Iterator[Element]:
    """The masthead, to whom the paper is and on what, which version it is, and notes on the whole of it."""
    cover = content.cover
    reference = run(f"Board paper {cover.reference}", w("rStyle", val="MastheadReference"))
    yield paragraph("Masthead", run(cover.body), tab(), reference)
    yield w(
        "tbl",
        w("tblPr", w("tblStyle", val="CoverTable"), w("tblW", w=WIDTH, type="dxa"), w("tblLayout", type="fixed"),
          w("tblCaption", val="About this paper")),
        w("tblGrid", w("gridCol", w=LABELS), w("gridCol", w=WIDTH - LABELS)),
        *(_row(label, said) for label, said in _rows(cover)),
    )  # fmt: skip
    yield paragraph("AfterTable")
    if content.issued:
        changes = f" {content.issued.changes}" if content.issued.changes else ""
        yield paragraph("Issued", run(f"Version {content.issued.number}, issued {day(content.issued.on)}.{changes}"))
    yield from block_elements(content.notes, draft)


def _rows(cover: Cover) -> Iterator[tuple[str, Element]]:
    yield "To:", _said(cover.addressee, illustrative=cover.illustrative)
    yield "For meeting on:", _said(day(cover.meeting_on), illustrative=cover.meeting_illustrative)
    yield "Agenda item:", _said(cover.agenda_item)
    yield "Report by:", _said(f"{cover.author_name}, {cover.author_title}")
    if cover.purpose:
        yield "Purpose:", _said(cover.purpose)
    yield "Report on:", paragraph("Title", run(cover.report_on))


def _said(words: str, *, illustrative: str | None = None) -> Element:
    return paragraph("CoverText", run(words), remark("illustrative") if illustrative else None)


def _row(label: str, said: Element) -> Element:
    return w(
        "tr",
        w("trPr", w("cantSplit")),
        w("tc", w("tcPr", w("tcW", w=LABELS, type="dxa")), paragraph("CoverLabel", run(label))),
        w("tc", w("tcPr", w("tcW", w=WIDTH - LABELS, type="dxa")), said),
    )


def head_and_foot(section: Section, cover: Cover) -> None:
    """Put the protective marking at the head of each page, and at its foot which paper and page it is."""
    head, foot = section.header, section.footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    _fill(
        head.part.element,
        paragraph("ProtectiveMarking", run(cover.marking)) if cover.marking else paragraph("Header"),
    )
    pages = (run("Page "), field("PAGE", "1"), run(" of "), field("NUMPAGES", "1"))
    _fill(foot.part.element, paragraph("Footer", run(cover.footer), tab(), *pages))


def _fill(part: Element, content: Element) -> None:
    for child in list(part):
        part.remove(child)
    part.append(content)
