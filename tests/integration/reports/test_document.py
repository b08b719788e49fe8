"""The paper as HTML and as PDF."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

import pytest
from flask import Flask
from pypdf import PdfReader

from opprod import create_app
from opprod.config import Settings
from opprod.reports.composition import PaperContent
from opprod.reports.document import file_name, pdf_source, web_page
from opprod.reports.facts import StatementFacts
from opprod.reports.rendering import Renderer, render_pdf
from tests.builders.papers import a_content, a_cover, a_snapshot, figure, strand_facts
from tests.client import check_page
from tests.pdf_checks import assert_pdf_ua, pdf_text, tags

HOSTILE = '<script>alert("1")</script> & </td> {{ 7*7 }} \x00 \u202e\U0001d54f \U000f0000 ' + "W" * 300
LONG = "Every word of a long statement counts. " * 25


class Built(NamedTuple):
    content: PaperContent
    pdf: bytes
    text: str


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Its templates are all that is used."""
    folder = tmp_path_factory.mktemp("documents")
    return create_app(Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'none.sqlite'}"))


@pytest.fixture(scope="module")
def build(app: Flask, warm_renderer: Renderer) -> Callable[[PaperContent], Built]:
    def build(content: PaperContent) -> Built:
        with app.app_context():
            html, assets, attached = pdf_source(content)
        key = warm_renderer.start(html, assets, attached).key
        warm_renderer.wait(key)
        pdf = warm_renderer.pdf(key)
        return Built(content, pdf, pdf_text(pdf))

    return build


@pytest.fixture(scope="module")
def paper(build: Callable[[PaperContent], Built]) -> Built:
    """A paper with something of everything."""
    users = figure("users", "over 1,400", illustrative="the value")
    snapshot = a_snapshot(
        workstreams=[
            strand_facts(
                "Finance",
                StatementFacts("achievement", "An envelope of £18–20m is agreed.", illustrative="the whole"),
                StatementFacts("next-step", "Draw up budgets.", outcome="Slipped"),
            ),
            strand_facts("HR", approved=None),
        ],
        projects=[
            strand_facts(
                "Model Hospital",
                StatementFacts("progress", "There are [[users]] users.", (users,)),
                StatementFacts("next-step", "Add compartments."),
                approved=False,
            ),
            strand_facts(HOSTILE[:60], StatementFacts("progress", HOSTILE), StatementFacts("progress", LONG)),
        ],
    )
    narratives = {
        "introduction": "First **bold** and [linked *and italic*](https://example.org/).\n\nSecond.",
        "support": "For example by:\n\n- one\n\n    1. inner\n- two\n\n## Later\n\nThe end.",
    }
    return build(a_content(snapshot, narratives=narratives))


def test_the_pdf_conforms_to_ua_1(paper: Built) -> None:
    assert_pdf_ua(paper.pdf)


def test_it_holds_everything_in_reading_order(paper: Built) -> None:
    expected = [
        *("NHS Improvement", "Board paper BM/16/89", "To: The Board", "For meeting on: 29 September 2016"),
        *("Agenda item: 9", "Report by: Jeremy Marlow, Executive Director of Operational Productivity", "Report on:"),
        "Operational Productivity Directorate: Implementing the Carter Review",
        "What is marked “illustrative” in this paper was invented",
        *("Introduction", "1. First bold and linked and italic.", "2. Second."),
        *("What we said we would do", "3. In each paper", "4. This is the first paper to the Board on this matter"),
        *(
            "Establishment of the directorate",
            "5. Several workstreams",
            "Workstream",
            "Key achievements",
            "Next steps",
        ),
        *("Finance", "An envelope of £18–20m is agreed. (illustrative)", "Draw up budgets. (Slipped)"),
        *("HR", "No update"),
        *("Progress updates from projects", "6. While posts", "Project", "Progress update"),
        *("Model Hospital", "There are over 1,400 (illustrative) users. [1]", "Next", "Add compartments."),
        *('<script>alert("1")</script> & </td> {{ 7*7 }}', LONG.strip()),
        *("Support offering", "7. For example by:", "one", "inner", "two", "Later", "8. The end."),
        *("Public Sector Equality Duty", "Draft: not yet confirmed", "Under the Equality Act 2010"),
        *("Annex: what the figures rest on", "Figure", "Source", "Monthly return"),
    ]
    place = 0
    for part in expected:
        found = paper.text.find(part, place)
        assert found >= 0, f"{part!r} does not follow in {paper.text[place : place + 500]!r}"
        place = found


def test_the_preview_keeps_its_remarks_to_itself(paper: Built) -> None:
    assert "Not yet approved" in str(paper.content)
    assert "Not yet approved" not in paper.text


def test_every_page_has_the_running_footer(paper: Built) -> None:
    pages = PdfReader(BytesIO(paper.pdf)).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        text = re.sub(r"\s+", " ", page.extract_text())
        assert "Agenda item: 09 Ref: BM/16/89" in text
        assert f"Page {number} of {len(pages)}" in text


def test_it_has_title_language_and_headings(paper: Built) -> None:
    reader = PdfReader(BytesIO(paper.pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == f"{paper.content.cover.report_on}, BM/16/89"
    assert reader.root_object["/Lang"] == "en-GB"
    assert [tag for tag in tags(paper.pdf) if tag.startswith("H")] == ["H1", *["H2"] * 5, "H3", *["H2"] * 2]


def test_the_same_content_gives_the_same_bytes(app: Flask, paper: Built) -> None:
    with app.app_context():
        html, assets, attached = pdf_source(paper.content)
    assert render_pdf(html, assets=assets, attachment=attached) == paper.pdf


def test_three_hundred_statements_are_all_there_under_repeated_headings(
    build: Callable[[PaperContent], Built],
) -> None:
    statements = [StatementFacts("progress", f"Statement {n}: it goes on. {'More. ' * (n % 9)}") for n in range(300)]
    content = a_content(a_snapshot(projects=[strand_facts("Procurement", *statements)]), keys=["progress"])
    built = build(content)

    assert_pdf_ua(built.pdf)
    assert [int(number) for number in re.findall(r"Statement (\d+):", built.text)] == list(range(300))
    pages = [page.extract_text() for page in PdfReader(BytesIO(built.pdf)).pages]
    assert len(pages) > 8
    for text in (page for page in pages if "Statement " in page):
        # Each page that has statements says whose they are, above them.
        assert text.index("Progress update") < text.index("Procurement", text.index("Progress update"))
        assert "Procurement" in text[: text.index("Statement ")]


def test_the_html_file_is_a_page_of_its_own_and_shows_what_people_typed_as_text(app: Flask, paper: Built) -> None:
    with app.app_context():
        html = web_page(paper.content)
    # A null cannot stand in HTML, and the forms take none.
    check_page(html.replace("\x00", ""))
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;" in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("BM/16/89", "BM-16-89.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ('a"; x="b', "a-x-b.pdf"),
        ("№", "paper.pdf"),
    ],
)
def test_a_file_name_suits_any_system(reference: str, name: str) -> None:
    assert file_name(reference, "pdf") == name


def test_pictures_and_documents_of_others_are_never_loaded(build: Callable[[PaperContent], Built]) -> None:
    content = a_content(
        narratives={
            "introduction": '![x](https://example.org/x.png) <img src="file:///etc/passwd"> url(/etc/passwd)'
        },
        keys=["introduction"],
        cover=a_cover(report_on='<link rel="stylesheet" href="file:///etc/passwd">'),
    )
    assert '<img src="file:///etc/passwd">' in build(content).text
