"""Making a paper's documents from its content, and storing those of an issue."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import current_app

from opprod.config import Settings
from opprod.files import store as files
from opprod.files.store import Stored
from opprod.reports.composition import PaperContent
from opprod.reports.document import LATEST, pdf_source, web_page
from opprod.reports.docx import paper_docx
from opprod.reports.models import DocumentFormat, Variant
from opprod.reports.rendering import Render, Renderer
from opprod.reports.variants import public

Documents = dict[tuple[Variant, DocumentFormat], bytes]


def renderer() -> Renderer:
    """What makes PDFs for this installation."""
    settings: Settings = current_app.extensions["opprod"]
    return Renderer(settings.data_dir / "renders")


def start_pdf(content: PaperContent, *, version: str = LATEST) -> Render:
    """Set a paper's PDF going, or find it made; ``version`` is that of the templates."""
    html, assets, attached = pdf_source(content, version=version)
    return renderer().start(html, assets, attached)


def variants(content: PaperContent) -> dict[Variant, PaperContent]:
    """What each variant of a paper says."""
    return {Variant.BOARD: content, Variant.PUBLIC: public(content)}


def store_documents(
    content: PaperContent, pdfs: Mapping[Variant, bytes], *, version: str
) -> dict[tuple[Variant, DocumentFormat], Stored]:
    """Make and store the documents of both variants, given their PDFs; storing the same twice does no harm."""
    return stored(documents_with(content, pdfs, version=version))


def stored(documents: Documents) -> dict[tuple[Variant, DocumentFormat], Stored]:
    """Put documents into the store of files."""
    settings: Settings = current_app.extensions["opprod"]
    store = files.at(settings.files_address)
    return {key: store.put(BytesIO(document)) for key, document in documents.items()}


def documents_of(content: PaperContent, *, version: str) -> Documents:
    """Make the documents of both variants, and wait for their PDFs; raises ``RenderFailed``."""
    with TemporaryDirectory(prefix="opprod-render-", ignore_cleanup_errors=True) as directory:
        own = Renderer(Path(directory))
        try:
            renders = {
                variant: own.start(*pdf_source(said, version=version)) for variant, said in variants(content).items()
            }
            for render in renders.values():
                own.wait(render.key)
            pdfs = {variant: own.pdf(render.key) for variant, render in renders.items()}
        finally:
            own.stop()
    return documents_with(content, pdfs, version=version)


def documents_with(content: PaperContent, pdfs: Mapping[Variant, bytes], *, version: str) -> Documents:
    """The documents of both variants, given their PDFs."""
    found = {}
    for variant, said in variants(content).items():
        found[variant, DocumentFormat.PDF] = pdfs[variant]
        found[variant, DocumentFormat.HTML] = web_page(said, version=version).encode()
        found[variant, DocumentFormat.DOCX] = paper_docx(said)
    return found
