"""A paper as a Word document, as a secretariat finds it when it opens the file."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from opprod.reports.blocks import (
    Block,
    BoardOnly,
    Bullets,
    Cell,
    Chart,
    Column,
    Heading,
    Item,
    Label,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
)
from opprod.reports.composition import MOST_ROWS, Issued, PaperContent, SectionContent, compose
from opprod.reports.docx import paper_docx
from opprod.reports.evidence import Evidence
from opprod.reports.variants import public
from opprod.reports.walking import spans_in
from tests.builders.papers import DAY, a_cover
from tests.unit.reports.test_chart_blocks import BARS, RANGES, RATINGS

HOSTILE = "<w:t>x</w:t> & ]]> {0} \x00\x0b\x1f\ud800\ufffe \u202e \"' <script>"
USERS = Evidence("reading:1", "reading", "Users", "over 1,400", on=DAY, source="Monthly return", record="/measures/u")


def text(*words: str, numbered: bool = True) -> Paragraph:
    return Paragraph(tuple(map(Span, words)), numbered=numbered)


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item((text(one, numbered=False),)) for one in texts)


def a_table(*rows: tuple[str, ...], shares: tuple[int, ...] = (25, 75)) -> Table:
    cells = [Row(tuple(Cell((text(words, numbered=False),) if words else ()) for words in row)) for row in rows]
    return Table("What it shows", tuple(Column(f"Column {share}", share) for share in shares), tuple(cells))


NESTED = Bullets(
    (
        Item((text("one", numbered=False), Bullets(items("inner one", "inner two"), start=3))),
        Item((text("two", numbered=False), text("and more of two", numbered=False)), outcome="Slipped"),
        Item((Paragraph((Span("three"),)),), illustrative="the whole"),
    )
)
BLOCKS: tuple[Block, ...] = (
    text("First."),
    Paragraph(
        (
            Span("There are "),
            Span("over 1,400", measure="users", illustrative="the value", evidence=USERS),
            Span(" users", strong=True),
            Span(", as "),
            Span("", cites="more#1"),
            Span(" and "),
            Span("a page", emphasis=True, href="https://example.org/?a=1&b=2"),
            Span("\n"),
            Span("say."),
        ),
        numbered=True,
    ),
    NESTED,
    Heading((Span("A part"),)),
    Heading((Span("A part of it"),), 2),
    BoardOnly((text("For the Board alone."), Chart(RANGES))),
    Chart(BARS),
    Label("Next"),
    a_table(("A", "1"), ("B", "")),
    Note("unconfirmed", "Draft: not yet confirmed"),
    Note("unapproved", "Not yet approved", preview_only=True),
)


def a_content(
    *blocks: Block, more: tuple[Block, ...] = (text("Cited."), Chart(RATINGS)), **cover: str
) -> PaperContent:
    sections = [SectionContent("part", "Part one", blocks or BLOCKS), SectionContent("more", "More", more)]
    return compose(a_cover(**cover), sections, DAY)


def opened(content: PaperContent) -> DocumentType:
    return Document(BytesIO(paper_docx(content)))


@pytest.fixture(scope="module")
def paper() -> PaperContent:
    return a_content(marking="OFFICIAL-SENSITIVE")


@pytest.fixture(scope="module")
def document(paper: PaperContent) -> DocumentType:
    return opened(paper)


def styled(document: DocumentType, *names: str) -> list[tuple[str, str]]:
    """The style and words of each paragraph in one of these styles, in cells too."""
    found = (WordParagraph(element, document) for element in document.element.body.iter(qn("w:p")))
    return [(one.style.name, one.text) for one in found if one.style and one.style.name in names]


def data_tables(document: DocumentType) -> list[WordTable]:
    return [table for table in document.tables if table.style and table.style.name == "Paper Table"]


def numbers(document: DocumentType) -> list[tuple[str, str]]:
    """Each paragraph that Word numbers, with the number that Word gives it."""
    numbering = document.part.numbering_part.element
    kinds, starts = {}, {}
    for number in numbering.findall(qn("w:num")):
        key = number.get(qn("w:numId"))
        kinds[key] = number.find(qn("w:abstractNumId")).get(qn("w:val"))
        override = number.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        starts[key] = None if override is None else int(override.get(qn("w:val")))
    formats = {
        (kind.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): level.find(qn("w:numFmt")).get(qn("w:val"))
        for kind in numbering.findall(qn("w:abstractNum"))
        for level in kind.findall(qn("w:lvl"))
    }
    counters: dict[tuple[str, str], int] = {}
    begun: set[str] = set()
    found = []
    for element in document.element.body.iter(qn("w:p")):
        properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            continue
        key, level = (properties.find(qn(name)).get(qn("w:val")) for name in ("w:numId", "w:ilvl"))
        counter = (kinds[key], level)
        if starts[key] is not None and key not in begun:
            counters[counter] = starts[key] - 1
        begun.add(key)
        counters[counter] = counters.get(counter, 0) + 1
        said = "•" if formats[counter] == "bullet" else f"{counters[counter]}."
        found.append((said, WordParagraph(element, document).text))
    return found


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """The numbered paragraphs as HTML numbers them, by their first words."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.number:
            yield f"{block.number}.", block.spans[0].text
        elif isinstance(block, BoardOnly):
            yield from paragraphs(block.blocks)


def test_it_has_words_own_title_and_headings(document: DocumentType) -> None:
    assert styled(document, "Title", "Heading 1", "Heading 2", "Heading 3") == [
        ("Title", "Operational Productivity Directorate: Implementing the Carter Review"),
        ("Heading 1", "Part one"),
        ("Heading 2", "A part"),
        ("Heading 3", "A part of it"),
        ("Heading 1", "More"),
        ("Heading 1", "Annex: what the figures rest on"),
    ]


def test_word_numbers_paragraphs_and_lists_as_the_other_formats_do(document: DocumentType) -> None:
    assert [(number, words.split(" (")[0][:20]) for number, words in numbers(document)] == [
        ("1.", "First."),
        ("2.", "There are over 1,400"),
        ("•", "one"),
        ("3.", "inner one"),
        ("4.", "inner two"),
        ("•", "two"),
        ("•", "three"),
        ("3.", "For the Board alone."),
        ("4.", "Cited."),
    ]
    assert styled(document, "List Bullet", "List Number 2") == [
        ("List Bullet", "one"),
        ("List Number 2", "inner one"),
        ("List Number 2", "inner two"),
        ("List Bullet", "two (Slipped)"),
        ("List Bullet", "three (illustrative)"),
    ]


def test_a_public_copy_keeps_its_numbers_though_some_are_not_there() -> None:
    secret = BoardOnly((text("Secret."),))
    whole = a_content(
        text("One."), secret, text("Three."), text("Four."), secret, more=(secret, text("Seven."), secret)
    )
    copy = public(whole)
    expected = [pair for section in copy.sections for pair in paragraphs(section.blocks)]
    assert expected == [("1.", "One."), ("3.", "Three."), ("4.", "Four."), ("7.", "Seven.")]
    assert numbers(opened(copy)) == expected
    assert b"Secret." not in ZipFile(BytesIO(paper_docx(copy))).read("word/document.xml")


def test_each_list_with_numbers_begins_at_its_own() -> None:
    content = a_content(
        Bullets(items("a", "b"), start=1), Bullets(items("c"), start=1), Bullets(items("d"), start=7), more=()
    )
    assert numbers(opened(content)) == [("1.", "a"), ("2.", "b"), ("1.", "c"), ("7.", "d")]


def test_lists_deeper_than_word_has_levels_are_all_there() -> None:
    deep = Bullets(items("deepest"), start=5)
    for level in range(12, 0, -1):
        deep = Bullets((Item((text(f"level {level}", numbered=False), deep)),))
    assert [words for _, words in numbers(opened(a_content(deep, more=())))] == [
        *(f"level {level}" for level in range(1, 13)),
        "deepest",
    ]


def test_tables_repeat_their_headings_break_no_row_and_keep_their_widths(document: DocumentType) -> None:
    data, annex = data_tables(document)
    assert [[cell.text for cell in row.cells] for row in data.rows] == [
        ["Column 25", "Column 75"],
        ["A", "1"],
        ["B", ""],
    ]
    assert [cell.text for cell in annex.rows[0].cells] == ["No.", "Figure", "Source", "Recorded and approved"]
    for table in (data, annex):
        first, *rest = [row._tr.trPr for row in table.rows]
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:tblHeader")) is None for row in rest)
        assert all(row.find(qn("w:cantSplit")) is not None for row in (first, *rest))
    widths = [int(column.get(qn("w:w"))) for column in data._tbl.tblGrid]
    assert widths[1] / widths[0] == pytest.approx(3, rel=0.001)
    assert data._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What it shows"


def test_charts_are_pictures_that_say_what_they_show(document: DocumentType) -> None:
    pictures = [shape._inline.docPr for shape in document.inline_shapes]
    assert [picture.get("descr") for picture in pictures] == [
        f"{chart.title}. {chart.description}" for chart in (RANGES, BARS, RATINGS)
    ]
    assert len({picture.get("id") for picture in pictures}) == 3
    assert styled(document, "Caption") == [
        ("Caption", f"Chart {number}: {chart.title}") for number, chart in enumerate((RANGES, BARS, RATINGS), start=1)
    ]
    section = document.sections[0]
    across = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert all(0 < shape.width <= across for shape in document.inline_shapes)


def test_links_lead_to_places_that_are_there_or_to_their_addresses(document: DocumentType) -> None:
    body = document.element.body
    places = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(places)) == len(places)
    keys = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert keys == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
    links = [(link.get(qn("w:anchor")), link.get(qn("r:id")), link) for link in body.iter(qn("w:hyperlink"))]
    assert [anchor for anchor, _, _ in links if anchor] == ["paragraph_4", "evidence_1"]
    assert {"paragraph_4", "evidence_1"} <= set(places)
    (outside,) = [key for _, key, _ in links if key]
    assert document.part.rels[outside].target_ref == "https://example.org/?a=1&b=2"
    assert "".join(run.text or "" for run in links[0][2].iter(qn("w:t"))) == "paragraph 4"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "/papers/1"])
def test_a_link_to_what_no_reader_of_a_file_should_follow_is_text(href: str) -> None:
    document = opened(a_content(Paragraph((Span("a page", href=href),)), more=()))
    assert not list(document.element.body.iter(qn("w:hyperlink")))
    assert href.encode() not in paper_docx(a_content(Paragraph((Span("a page", href=href),)), more=()))


def test_every_page_says_which_paper_and_which_page_it_is(document: DocumentType) -> None:
    (section,) = document.sections
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    (foot,) = section.footer.paragraphs
    assert foot.text.startswith("Agenda item: 09   Ref: BM/16/89\tPage ")
    assert [field.get(qn("w:instr")).strip() for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    (bare,) = opened(a_content()).sections
    assert [paragraph.text for paragraph in bare.header.paragraphs] == [""]


def test_the_cover_says_to_whom_for_when_and_which_version_it_is(paper: PaperContent) -> None:
    issued = compose(a_cover(purpose="For decision"), paper.sections, DAY)
    issued = PaperContent(**{name: getattr(issued, name) for name in ("cover", "as_at", "notes", "sections")},
                          issued=Issued(2, date(2016, 9, 23), "A total was put right."))  # fmt: skip
    document = opened(issued)
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["To:", "The Board"],
        ["For meeting on:", "29 September 2016"],
        ["Agenda item:", "9"],
        ["Report by:", "Jeremy Marlow, Executive Director of Operational Productivity"],
        ["Purpose:", "For decision"],
        ["Report on:", "Operational Productivity Directorate: Implementing the Carter Review"],
    ]
    assert styled(document, "Issued") == [("Issued", "Version 2, issued 23 September 2016. A total was put right.")]
    assert document.core_properties.created == datetime.fromisoformat("2016-09-23T00:00:00+00:00")


def test_it_is_in_british_english_and_says_whose_it_is(document: DocumentType) -> None:
    properties = document.core_properties
    assert properties.title == "Operational Productivity Directorate: Implementing the Carter Review, BM/16/89"
    assert (properties.author, properties.last_modified_by, properties.comments) == (
        "Jeremy Marlow",
        "Jeremy Marlow",
        "",
    )
    assert properties.created == properties.modified == datetime.fromisoformat("2016-09-26T00:00:00+00:00")
    assert properties.language == "en-GB"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"


def test_remarks_for_writers_are_not_in_it(document: DocumentType) -> None:
    said = "\n".join(words for _, words in styled(document, "Note", "Note Unconfirmed"))
    assert "Draft: not yet confirmed" in said
    assert "What is marked “illustrative”" in said
    assert "Not yet approved" not in str(document.element.xml)


def test_the_same_content_gives_the_same_bytes_with_no_trace_of_when_and_where(paper: PaperContent) -> None:
    content = paper_docx(paper)
    assert paper_docx(paper) == content
    with ZipFile(BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(file.read(name) for name in file.namelist())
    assert not re.search(rb"/usr/|/home/|/tmp/|python|Macintosh", everything)


def test_whatever_people_typed_stands_in_it_as_text() -> None:
    legal = re.sub("[\x00\x0b\x1f\ud800\ufffe]", "", HOSTILE)
    content = a_content(
        text(HOSTILE), Bullets(items(HOSTILE)), Heading((Span(HOSTILE),)), a_table((HOSTILE, "x")), Label(HOSTILE),
        report_on=HOSTILE, author_name=HOSTILE, marking=HOSTILE, reference=HOSTILE,
    )  # fmt: skip
    document = opened(content)
    words = [
        words for _, words in styled(document, "Title", "Numbered Paragraph", "List Bullet", "Heading 2", "Label")
    ]
    assert words[:5] == [legal] * 5
    assert document.sections[0].header.paragraphs[0].text == legal
    assert document.core_properties.author == legal


def test_a_table_of_as_many_rows_as_a_paper_shows_is_all_there() -> None:
    rows = [(f"Row {number}", "x") for number in range(MOST_ROWS)]
    document = opened(a_content(a_table(*rows), more=()))
    (table,) = data_tables(document)
    assert [row[0].text for row in table._tbl.iterchildren(qn("w:tr")) for row in [list(row.iter(qn("w:t")))]] == [
        "Column 25",
        *(name for name, _ in rows),
    ]


def test_an_empty_paper_is_a_document_still() -> None:
    content = compose(a_cover(), [], DAY)
    assert not list(spans_in(block for section in content.sections for block in section.blocks))
    assert styled(opened(content), "Title")
