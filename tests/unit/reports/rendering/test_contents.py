"""A page of contents, and bookmarks, from ten pages up."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from opprod.reports.rendering import contents
from opprod.reports.rendering.pdf import Pdf, write_pdf
from opprod.resources import PACKAGE_DIR, resource_dir
from tests.builders.documents import document
from tests.pdf_checks import assert_pdf_ua, pdf_text

STYLES = [PACKAGE_DIR / "static" / "paper.css", resource_dir("templates") / "pdf" / "page.css"]
LAYOUT_BEGINS = "Step 4"


def paged(pages: int, *, words: int = 3, with_contents: bool = True) -> str:
    """A paper with a section on each of so many pages."""
    links = "".join(f'<li><a href="#part-{n}">Part {n}</a></li>' for n in range(1, pages + 1))
    nav = f'<nav class="paper-contents" aria-label="Contents"><h2>Contents</h2><ol>{links}</ol></nav>'
    text = f'<p class="paper-text">{"word " * words}</p>'
    parts = "".join(
        f'<section><h2 class="paper-heading" id="part-{n}">Part {n}</h2>{text}</section>' for n in range(1, pages + 1)
    )
    head = "<title>t</title>" + "".join(f'<link rel="stylesheet" href="asset:{path.name}">' for path in STYLES)
    return document(
        f'<article class="paper"><h1>The paper</h1>{nav if with_contents else ""}{parts}</article>',
        head=head,
        css="section + section { break-before: page }",
    )


def made(html: str) -> tuple[Pdf, int]:
    """The PDF, and how many times it was laid out."""
    said: list[str] = []
    pdf = write_pdf(html, {path.name: Path(path).read_bytes() for path in STYLES}, said.append)
    return pdf, sum(message.startswith(LAYOUT_BEGINS) for message in said)


@pytest.fixture(scope="module")
def nine_pages() -> Pdf:
    return made(paged(9))[0]


@pytest.fixture(scope="module")
def ten_pages() -> Pdf:
    return made(paged(10))[0]


def test_nine_pages_have_neither_contents_nor_bookmarks(nine_pages):
    assert nine_pages.pages == 9
    assert "Contents" not in pdf_text(nine_pages.content)
    assert PdfReader(BytesIO(nine_pages.content)).outline == []
    assert_pdf_ua(nine_pages.content)


def test_ten_pages_have_both_and_the_contents_say_the_page_of_each_section(ten_pages):
    assert ten_pages.pages == 11
    reader = PdfReader(BytesIO(ten_pages.content))
    front = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    assert "Contents" in front
    assert re.findall(r"Part (\d+) (\d+)", front) == [(str(n), str(n + 1)) for n in range(1, 11)]
    for number, sheet in enumerate(reader.pages[1:], start=1):
        assert f"Part {number}" in sheet.extract_text()
    [title, below] = reader.outline
    assert title["/Title"] == "The paper"
    assert [entry["/Title"] for entry in below] == [f"Part {n}" for n in range(1, 11)]
    assert reader.get_destination_page_number(below[-1]) == 10
    assert_pdf_ua(ten_pages.content)


def test_a_paper_taken_for_longer_or_shorter_than_it_is_comes_out_the_same(nine_pages, ten_pages, monkeypatch):
    for looks_long in (True, False):
        monkeypatch.setattr(contents, "CHARACTERS_OF_LONG", -1 if looks_long else 10**9)
        assert made(paged(9))[0] == nine_pages
        assert made(paged(10))[0] == ten_pages


@pytest.mark.parametrize(("pages", "words", "layouts"), [(5, 200, 1), (10, 3, 2), (9, 700, 2), (14, 450, 1)])
def test_only_papers_near_the_limit_are_laid_out_twice(pages, words, layouts):
    pdf, times = made(paged(pages, words=words))
    assert pdf.pages == (pages if pages < 10 else pages + 1)
    assert times == layouts


def test_a_document_without_contents_has_bookmarks_from_ten_pages_up():
    for pages in (9, 10):
        pdf, times = made(paged(pages, with_contents=False))
        assert (pdf.pages, times) == (pages, 1)
        assert bool(PdfReader(BytesIO(pdf.content)).outline) == (pages == 10)


def test_characters_that_cannot_be_drawn_leave_the_contents_as_they_are(ten_pages):
    pdf, _ = made(paged(10).replace("Part 3</h2>", "中</h2>"))
    assert pdf.pages == ten_pages.pages
    assert "□" in pdf_text(pdf.content)
