"""Compares opprod's PDFs with bare WeasyPrint's, on the same HTML and the same machine, and prints the ratios.

Ours is the time from asking for a paper to holding its bytes, through the warm renderer as a web request does it.
Bare is `HTML(string=…).write_pdf(pdf_variant="pdf/ua-1")` in one warm process that does nothing else. The two take
turns, so that what else the machine does falls on both, and the ratio is the median of those of the turns. The five
pages are the demonstration's paper of 29 September 2016, without its annex; the forty are that paper with a row for
each service's plan of 44 STPs. Times on a busy machine say little: the ratios are to be at most 1.10 and 1.05.

    script/bench [--turns 15] [--long-turns 7] [--keep FOLDER]

With ``--keep`` the PDFs stay in a folder. Nothing else is left behind.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

PAPER_OF = date(2016, 9, 29)
SERVICES = ("pathology", "back office")
STPS = 44
MOST = {"five pages": 1.10, "forty pages": 1.05}
BARE = "bare"
WHERE_IT_STANDS = (
    "The trusts have agreed what they will share and who leads. The business case goes to their Boards, staff are "
    "consulted, and the first services move once the network that carries results between sites is tested."
)
DELIVERABLES = (
    ("A single order form for all trusts agreed", "January"),
    ("Contracts that end aligned, and those that do not named with what they cost", "March"),
    ("Routine tests moved to one laboratory", "June"),
    ("Payroll and procurement run by one team", "September"),
    ("Savings counted by the finance directors", "November"),
)


class Document(NamedTuple):
    """What both sides render."""

    name: str
    html: str
    assets: dict[str, str]
    style: str  # what both sides add: the short paper has no contents
    attachment: Any  # what ours carries beside
    turns: int

    def in_turn(self, number: int) -> "Document":
        """Return the document with a comment that makes it another one, at the same cost."""
        return self._replace(html=self.html.replace("</body>", f"<!-- {number} --></body>"))


def main() -> None:
    """Measure both papers and print a line for each."""
    parser = argparse.ArgumentParser(description="Compare opprod's PDFs with bare WeasyPrint's.")
    parser.add_argument("--turns", type=int, default=15, help="for the paper of five pages")
    parser.add_argument("--long-turns", type=int, default=7, help="for the paper of forty pages")
    parser.add_argument("--keep", type=Path, help="a folder to leave the PDFs in")
    options = parser.parse_args()
    from opprod.reports.rendering import Renderer  # noqa: PLC0415 - not in the bare process

    with TemporaryDirectory(prefix="opprod-bench-") as folder, Bare() as bare:
        renderer = Renderer(Path(folder, "renders"))
        try:
            for document in documents(Path(folder), options.turns, options.long_turns):
                compare(document, renderer, bare, options.keep)
        finally:
            renderer.stop()


def documents(folder: Path, turns: int, long_turns: int) -> list[Document]:
    """Return the papers, from a demonstration programme loaded for the purpose."""
    from opprod import create_app, demo, schema  # noqa: PLC0415
    from opprod.config import Settings  # noqa: PLC0415
    from opprod.core import clock  # noqa: PLC0415
    from opprod.db import db, reading_only, unit_of_work  # noqa: PLC0415
    from opprod.reports import queries  # noqa: PLC0415
    from opprod.reports.assembly import content_of, day_of  # noqa: PLC0415
    from opprod.reports.document import pdf_source  # noqa: PLC0415
    from opprod.reports.rendering.contents import HIDDEN  # noqa: PLC0415

    app = create_app(Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'opprod.sqlite'}"))
    found = []
    with app.app_context(), clock.pinned_to(demo.TODAY):
        schema.upgrade()
        with unit_of_work():
            demo.load(password="only for the bench", say=lambda _line: None)  # noqa: S106
        with reading_only():
            [paper] = queries.papers_held_on(PAPER_OF, limit=1)
            content = without_annex(content_of(paper, day_of(paper)))
        sources = [("five pages", content, HIDDEN, turns), ("forty pages", with_plans(content), "", long_turns)]
        for name, source, style, count in sources:
            html, assets, attachment = pdf_source(source)
            texts = {key: asset.read_text() for key, asset in assets.items() if isinstance(asset, Path)}
            found.append(Document(name, html, texts, style, attachment, count))
        db.engine.dispose()
    return found


def without_annex(content: Any) -> Any:
    """Return the paper's content without its evidence, which takes three pages."""
    from opprod.reports.walking import mapped_spans  # noqa: PLC0415

    sections = [
        replace(section, blocks=mapped_spans(section.blocks, lambda span: replace(span, note=None)))
        for section in content.sections
    ]
    return replace(content, sections=tuple(sections), evidence=())


def with_plans(content: Any) -> Any:
    """Return the paper's content with a section of a row for each service's plan of each STP."""
    from opprod.reports.blocks import Bullets, Cell, Column, Heading, Item, Paragraph, Row, Span, Table  # noqa: PLC0415
    from opprod.reports.composition import SectionContent  # noqa: PLC0415

    def said(*words: str) -> Paragraph:
        return Paragraph(tuple(Span(word) for word in words))

    def row(number: int, service: str) -> Row:
        deliverables = [f"{what} by {month} 2017" for what, month in DELIVERABLES[: 4 + SERVICES.index(service)]]
        return Row(
            (
                Cell((said(f"STP {number}, {service}"),)),
                Cell((said(f"Category {'ABC'[number % 3]}"),)),
                Cell((said(f"£{number % 9 + 1}–{number % 9 + 3}m a year"),)),
                Cell((said(WHERE_IT_STANDS), Bullets(tuple(Item((said(text),)) for text in deliverables)))),
            )
        )

    columns = (Column("Plan", 20), Column("Category", 15), Column("Saving", 15), Column("Where it stands", 50))
    blocks = [
        block
        for service in SERVICES
        for block in (
            Heading((Span(f"Plans for {service}"),)),
            Table(f"Plans for {service}", columns, tuple(row(number, service) for number in range(1, STPS + 1))),
        )
    ]
    return replace(content, sections=(*content.sections, SectionContent("bench", "Each plan", tuple(blocks))))


def compare(document: Document, renderer: Any, bare: "Bare", keep: Path | None) -> None:
    """Let both sides take turns at a document, and print what came of it."""
    times: list[tuple[float, float]] = []
    for number in range(document.turns + 1):
        # Whoever goes second finds the machine as the first has left it, so they change places.
        this = document.in_turn(number)
        if number % 2:
            mine, theirs = ours(this, renderer), bare.make(this)
        else:
            theirs, mine = bare.make(this), ours(this, renderer)
        if mine.pages != theirs.pages:
            sys.exit(f"{document.name}: {mine.pages} pages here and {theirs.pages} in bare WeasyPrint")
        if number:  # the first turn warms both
            times.append((mine.seconds, theirs.seconds))
        if keep is not None:
            (keep / f"{document.name.replace(' ', '-')}.pdf").write_bytes(mine.content)
    ratios = [mine / theirs for mine, theirs in times]
    ratio = median(ratios)
    most = MOST[document.name]
    print(  # noqa: T201
        f"{document.name}: ratio {ratio:.3f} (at most {most:.2f}: {'yes' if ratio <= most else 'NO'}); "
        f"{mine.pages} pages, median of {len(times)} turns; "
        f"ours {median(mine for mine, _ in times):.3f} s, bare {median(theirs for _, theirs in times):.3f} s; "
        f"ratios {min(ratios):.2f} to {max(ratios):.2f}"
    )


class Made(NamedTuple):
    """A PDF, and what it took."""

    seconds: float
    pages: int
    content: bytes


def ours(document: Document, renderer: Any) -> Made:
    """Ask for the document, wait, and take its bytes."""
    assets = {name: text.encode() for name, text in document.assets.items()}
    began = time.perf_counter()
    key = renderer.start(document.html, assets, document.attachment).key
    status = renderer.wait(key)
    content = renderer.pdf(key)
    return Made(time.perf_counter() - began, status.pages, content)


class Bare:
    """A process with WeasyPrint and nothing else, which makes one document after another."""

    def __enter__(self) -> "Bare":
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", __file__, BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def make(self, document: Document) -> Made:
        """Have the document made."""
        asked = {"html": document.html, "assets": document.assets, "style": document.style}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        seconds, pages = json.loads(self._process.stdout.readline())
        return Made(seconds, pages, b"")

    def __exit__(self, *_error: object) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def be_bare() -> None:
    """Make what comes as a line of JSON, and say how long it took, until there is no more."""
    import weasyprint  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):
        def __init__(self, assets: dict[str, str]) -> None:
            super().__init__(allowed_protocols=())
            self._assets = assets

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, self._assets[url].encode(), {"Content-Type": "text/css"})

    pages: list[int] = []
    for line in sys.stdin:
        asked = json.loads(line)
        assets = {f"asset:{name}": text for name, text in asked["assets"].items()}
        began = time.perf_counter()
        weasyprint.HTML(string=asked["html"], url_fetcher=Fetcher(assets)).write_pdf(
            pdf_variant="pdf/ua-1",
            stylesheets=[weasyprint.CSS(string=asked["style"])],
            finisher=lambda document, _pdf: pages.append(len(document.pages)),
        )
        print(json.dumps([time.perf_counter() - began, pages.pop()]), flush=True)  # noqa: T201


if __name__ == "__main__":
    be_bare() if sys.argv[1:] == [BARE] else main()
