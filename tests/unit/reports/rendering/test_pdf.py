import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from pypdf import PdfReader

from opprod.reports.rendering.pdf import PdfError, write_pdf
from tests.builders.documents import document, paper
from tests.pdf_checks import assert_pdf_ua, fonts, pdf_text, tags

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def make(html: str, **assets: bytes) -> bytes:
    named = {name.replace("_", "."): content for name, content in assets.items()}
    return write_pdf(html, named, lambda message: None).content


def faults(html: str, **assets: bytes) -> str:
    with pytest.raises(PdfError) as caught:
        make(html, **assets)
    return str(caught.value)


@pytest.fixture(scope="module")
def board_paper() -> bytes:
    return make(paper())


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    requests: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Recorder) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", requests
        listening.shutdown()
        thread.join()


def test_a_paper_is_accessible_and_embeds_liberation(board_paper):
    assert_pdf_ua(board_paper)
    names = fonts(board_paper)
    assert names
    assert all("Liberation-Sans" in name for name in names)


def test_a_paper_carries_its_title_and_language(board_paper):
    reader = PdfReader(BytesIO(board_paper))
    assert reader.metadata is not None
    assert reader.metadata.title == "Implementing the Carter review"
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/MarkInfo"]["/Marked"].value is True


def test_a_long_table_says_its_headings_and_every_page_its_number(board_paper):
    pages = [sheet.extract_text() for sheet in PdfReader(BytesIO(board_paper)).pages]
    assert len(pages) > 3
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, start=1))
    assert all("Key achievements" in text for text in pages[:-1])


def test_named_assets_and_inline_png_images_are_loaded():
    inline = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"
    html = document(
        f'<h1>Shown</h1><p class="gone">Hidden</p><img alt="one" src="asset:dot.png"><img alt="two" src="{inline}">',
        head='<title>t</title><link rel="stylesheet" href="asset:paper.css">',
    )
    pdf = make(html, dot_png=PIXEL, paper_css=b".gone { display: none }")
    assert pdf_text(pdf) == "Shown"
    assert tags(pdf).count("Figure") == 2
    assert_pdf_ua(pdf)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "{server}/picture.png",
        "asset:unknown.png",
        "asset:../dot.png",
        "data:text/html,<script>",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,PHN2Zz4=",
        "data:image/png;base64,****",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="{address}">',
        '<p style="background: url({address})">x</p>',
        '<object data="{address}">x</object>',
        '<embed src="{address}">',
        '<svg><title>x</title><image href="{address}" width="9" height="9"/></svg>',
        "<style>@import url({address});</style>",
        '<ul style="list-style: url({address})"><li>x</li></ul>',
        '<style>p::before {{ content: url("{address}") }}</style><p>x</p>',
        '<style>@font-face {{ font-family: f; src: url("{address}") }} p {{ font-family: f }}</style><p>x</p>',
        '<link rel="stylesheet" href="{address}">',
        '<link rel="attachment" href="{address}">',
        '<a rel="attachment" href="{address}">x</a>',
    ],
)
def test_every_other_address_is_refused_wherever_it_stands(server, body, address):
    url, requests = server
    said = faults(document(body.format(address=address.format(server=url))), dot_png=PIXEL)
    assert "Refused to load" in said
    assert requests == []


def test_an_asset_cannot_lead_elsewhere(server):
    url, requests = server
    html = document("<h1>x</h1>", head='<title>t</title><link rel="stylesheet" href="asset:paper.css">')
    for css in (f"@import url({url}/a.css)", f"h1 {{ background: url({url}/a.png) }}", "@import url(other.css)"):
        faults(html, paper_css=css.encode())
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/a.png" width="9" height="9"/></svg>'
    faults(document('<img alt="x" src="asset:a.svg">'), a_svg=drawing.encode())
    assert requests == []


def test_a_base_address_does_not_open_the_network(server):
    url, requests = server
    faults(document('<img alt="x" src="a.png">', head=f'<title>t</title><base href="{url}/">'))
    assert requests == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (document("<h1>x</h1>", lang=""), "lang"),
        (document("<h1>x</h1>", head=""), "title"),
        (document("<h1>x</h1>", head="<title> </title>"), "title"),
        (document('<img src="asset:dot.png">'), "alt"),
        (document('<a href="#nowhere">x</a>'), "nowhere"),
        (document('<a rel="attachment" href="asset:dot.png">x</a>'), "Attachments"),
        (document("<p>&#x4e2d;</p>"), "U\\+4E2D"),
    ],
)
def test_a_document_with_a_fault_fails_and_says_which(html, fault):
    with pytest.raises(PdfError, match=fault):
        make(html, dot_png=PIXEL)


@pytest.mark.parametrize(
    "item",
    [
        "<p>One</p><p>Two</p>",
        "One<p>Two</p>",
        "<p>One</p><ul><li><p>Two</p></li></ul>",
        "One<pre>Two</pre>",
        "<div>One</div><blockquote>Two</blockquote>",
    ],
)
def test_list_items_of_several_blocks_are_accessible(item):
    pdf = make(document(f"<ul><li>{item}</li><li>Three</li></ul>"))
    assert_pdf_ua(pdf)
    assert [word for word in pdf_text(pdf).split() if word.isalpha()] == ["One", "Two", "Three"]


def test_a_loose_list_over_pages_is_accessible():
    pdf = make(document("<ol>" + f"<li><p>{'word ' * 900}</p><p>{'word ' * 900}</p></li>" * 2 + "</ol>"))
    assert len(PdfReader(BytesIO(pdf)).pages) > 2
    assert_pdf_ua(pdf)


@pytest.mark.parametrize(
    "inside", ["<strong>x</strong>", "a <em>b <code>c</code></em>", '<img alt="x" src="asset:dot.png">']
)
def test_links_are_accessible_whatever_stands_inside_them(inside):
    pdf = make(document(f'<p>See <a href="https://example.org/">{inside}</a>.</p>'), dot_png=PIXEL)
    assert_pdf_ua(pdf)
    [sheet] = PdfReader(BytesIO(pdf)).pages
    [link] = [note.get_object() for note in sheet["/Annots"]]
    assert link["/A"]["/URI"] == "https://example.org/"


def test_characters_that_cannot_be_drawn_show_as_a_square_and_those_that_cannot_be_seen_are_left_out():
    pdf = make(document("<h1>Five\x0b tri\ud800als \uf0b7 中 ŵ £18–20m\ufffe</h1>"))
    assert_pdf_ua(pdf)
    assert pdf_text(pdf) == "Five trials □ □ ŵ £18–20m"
