"""What each version of the templates makes of a frozen paper: it never changes once papers were issued with it.

Where this fails, what papers look like was changed. Leave the version as it was, and make the next one beside it
(``opprod/reports/document.py``), with a line of its own here.
"""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask

from opprod import create_app
from opprod.config import Settings
from opprod.core.errors import NotFound
from opprod.reports.composition import PaperContent
from opprod.reports.document import LATEST, TEMPLATES, pdf_source, web_page
from opprod.reports.docx import paper_docx
from opprod.reports.freezing import frozen, thawed

# A paper with every kind of block, frozen.
PAPER = Path(__file__).parents[2] / "data" / "paper-1.json"

# By version: the web page, what a PDF is rendered from with its style of the page, and the Word document's text.
MADE = {
    "1": (
        "d498b3b1f255ed059011bbb6eda2f14e9f3b871cd8598201acf11ebf76a6b8af",
        "1e10dfa4653d335b0691fbaed65a733e165febad69f54df7f891088b5705c05a",
        "19f49db49dc46a58df2d9145de02d822ffe5e441664bb22158fe435cdd9c8cf9",
    ),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Its templates are all that is used."""
    folder = tmp_path_factory.mktemp("templates")
    return create_app(Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'none.sqlite'}"))


@pytest.fixture(scope="module")
def content() -> PaperContent:
    return thawed(PAPER.read_text(encoding="utf-8").strip(), PaperContent)


def digest(*parts: str | bytes | Path) -> str:
    found = sha256()
    for part in parts:
        found.update(
            part.read_bytes() if isinstance(part, Path) else part.encode() if isinstance(part, str) else part
        )
    return found.hexdigest()


def test_every_version_is_held_to_what_it_made() -> None:
    assert MADE.keys() == TEMPLATES.keys()
    assert LATEST in TEMPLATES


def test_a_paper_frozen_before_is_read_back_whole(content: PaperContent) -> None:
    assert frozen(content) == PAPER.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("version", MADE)
def test_a_version_makes_of_a_frozen_paper_what_it_always_made(
    app: Flask, content: PaperContent, version: str
) -> None:
    with app.app_context():
        page = web_page(content, version=version)
        html, assets, attached = pdf_source(content, version=version)
    word = ZipFile(BytesIO(paper_docx(content)))
    assert (
        digest(page),
        digest(html, *assets.values(), attached.content),
        digest(word.read("word/document.xml"), word.read("word/styles.xml"), word.read("word/numbering.xml")),
    ) == MADE[version]


def test_a_version_there_is_not_is_not_guessed(app: Flask, content: PaperContent) -> None:
    with app.app_context(), pytest.raises(NotFound, match="version 99"):
        web_page(content, version="99")
