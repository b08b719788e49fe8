"""What the formats of a paper have in common: they say the same, in the same order."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

import html5lib
import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask

from opprod import create_app
from opprod.config import Settings
from opprod.reports.blocks import Block, BoardOnly, Bullets, Chart, Heading, Label, Note, Paragraph, Table
from opprod.reports.composition import PaperContent
from opprod.reports.document import pdf_source, web_page
from opprod.reports.docx import paper_docx
from opprod.reports.facts import StatementFacts
from opprod.reports.rendering import render_pdf
from opprod.reports.sections import SECTIONS
from opprod.reports.variants import public
from opprod.reports.walking import charts_in
from tests.builders.papers import a_content, a_cover, a_snapshot, figure, strand_facts
from tests.pdf_checks import assert_pdf_ua, tags
from tests.unit.reports.test_docx import a_content as a_paper_of_every_block
from tests.unit.reports.test_plans_section import FACTS as PLANS
from tests.unit.reports.test_ratings_section import FACTS as RATINGS

XHTML = "{http://www.w3.org/1999/xhtml}"
NOT_WORDS = {f"{XHTML}head", f"{XHTML}nav", "{http://www.w3.org/2000/svg}svg"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Its templates are all that is used."""
    folder = tmp_path_factory.mktemp("formats")
    return create_app(Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'none.sqlite'}"))


def a_whole_paper() -> PaperContent:
    """A paper with every section there is."""
    users = figure("users", "over 1,400", illustrative="the value")
    snapshot = a_snapshot(
        workstreams=[strand_facts("Finance", StatementFacts("achievement", "£18–20m is agreed.", illustrative="it"))],
        projects=[
            strand_facts(
                "Model Hospital",
                StatementFacts("progress", "There are [[users]] users.", (users,)),
                StatementFacts("next-step", "Add compartments.\nSoon.", outcome="Slipped"),
                approved=False,
            )
        ],
        figures=[users],
        plans=PLANS,
        ratings=RATINGS,
    )
    narratives = {
        "introduction": "First **bold** and [linked](https://example.org/); see [[support#2]].\n\n## More\n\nEnd.",
        "support": "For example:\n\n1. one\n    - inner\n\n    and more\n2. two\n\nThe [[users]].",
    }
    cover = a_cover(marking="OFFICIAL", purpose="For assurance")
    return a_content(snapshot, narratives=narratives, keys=SECTIONS, cover=cover)


PAPERS = {"sections": a_whole_paper(), "blocks": a_paper_of_every_block(marking="OFFICIAL")}
PAPERS |= {f"public {name}": public(content) for name, content in PAPERS.items()}


def bare(words: str) -> str:
    """The words without the spaces between them, which formats set each in its own way."""
    return re.sub(r"\s+", "", words)


def html_words(app: Flask, content: PaperContent) -> str:
    with app.app_context():
        page = html5lib.parse(web_page(content))
    return bare("".join(_words(page)))


def _words(element: ET.Element) -> Iterator[str]:
    """What is to be read, without the contents, the numbers that Word gives by itself, and what charts have drawn."""
    if element.tag in NOT_WORDS or element.get("class") == "paper-text__number":
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def docx_words(content: PaperContent) -> str:
    document = Document(BytesIO(paper_docx(content)))
    marking = document.sections[0].header.paragraphs[0].text
    return bare(marking + "".join(text.text or "" for text in document.element.body.iter(qn("w:t"))))


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of blocks that the Board reads, in order."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from (span.text for span in block.spans)
            case Label() | Note(preview_only=False):
                yield block.text
            case Chart():
                yield block.caption
            case Bullets():
                for item in block.items:
                    first, *rest = item.blocks
                    yield from texts([first])
                    yield from (f"({words})" for words in [item.outcome] if words)
                    yield from texts(rest)
            case Table():
                yield from (column.heading for column in block.columns)
                for row in block.rows:
                    yield from (words for cell in row.cells for words in texts(cell.blocks))
            case BoardOnly():
                yield from texts(block.blocks)


def everything(content: PaperContent) -> Iterator[str]:
    cover = content.cover
    yield from (cover.marking or "", cover.body, cover.reference, cover.addressee, cover.agenda_item)
    yield from (cover.author_name, cover.author_title, cover.purpose or "", cover.report_on)
    yield from texts(content.notes)
    for section in content.all_sections:
        yield section.title
        yield from texts(section.blocks)


@pytest.mark.parametrize("name", PAPERS)
def test_html_and_word_say_everything_that_the_paper_says_and_the_same(app: Flask, name: str) -> None:
    content = PAPERS[name]
    html, docx = html_words(app, content), docx_words(content)
    place, count = 0, 0
    for words in map(bare, everything(content)):
        found = html.find(words, place)
        assert found >= 0, f"{words!r} does not follow in {html[place : place + 200]!r}"
        place, count = found + len(words), count + 1
    assert count > 30
    assert docx == html


def test_a_pdf_with_every_chart_can_be_read_by_everyone(app: Flask) -> None:
    content = PAPERS["sections"]
    with app.app_context():
        html, assets, attached = pdf_source(content)
    pdf = render_pdf(html, assets=assets, attachment=attached)
    assert_pdf_ua(pdf)
    charts = [chart for section in content.sections for chart in charts_in(section.blocks)]
    assert {chart.chart.kind for chart in charts} == {"stacked-bars", "range-bars", "rating-history"}
    assert tags(pdf).count("Figure") == len(charts)
