"""Making a paper's documents from its content, and storing those of an issue."""

from collections.abc import Mapping
from io import BytesIO

from flask import current_app

from opprod.config import Settings
from opprod.files import store as files
from opprod.files.store import Stored
from opprod.reports.composition import PaperContent
from opprod.reports.document import pdf_source, web_page
from opprod.reports.models import DocumentFormat, Variant
from opprod.reports.rendering import Render, Renderer
from opprod.reports.variants import public


def renderer() -> Renderer:
    """What makes PDFs for this installation."""
    settings: Settings = current_app.extensions["opprod"]
    return Renderer(settings.data_dir / "renders")


def start_pdf(content: PaperContent) -> Render:
    """Set a paper's PDF going, or find it made."""
    html, assets, attached = pdf_source(content)
    return renderer().start(html, assets, attached)


def variants(content: PaperContent) -> dict[Variant, PaperContent]:
    """What each variant of a paper says."""
    return {Variant.BOARD: content, Variant.PUBLIC: public(content)}


def store_documents(
    content: PaperContent, pdfs: Mapping[Variant, bytes]
) -> dict[tuple[Variant, DocumentFormat], Stored]:
    """Make and store the documents of both variants, given their PDFs; storing the same twice does no harm."""
    settings: Settings = current_app.extensions["opprod"]
    store = files.at(settings.files_address)
    found: dict[tuple[Variant, DocumentFormat], Stored] = {}
    for variant, said in variants(content).items():
        made = {DocumentFormat.PDF: pdfs[variant], DocumentFormat.HTML: web_page(said).encode()}
        found |= {(variant, kind): store.put(BytesIO(document)) for kind, document in made.items()}
    return found
