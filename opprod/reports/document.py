"""A paper's content as documents: HTML, what a PDF is rendered from, and what the files are called."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app
from markupsafe import Markup

from opprod.charts import paper_chart_svg
from opprod.reports.blocks import Chart
from opprod.reports.composition import PaperContent
from opprod.reports.freezing import attachment
from opprod.reports.models import DocumentFormat, Variant
from opprod.reports.rendering.attachment import Attachment
from opprod.resources import PACKAGE_DIR, resource_dir

TEMPLATE = "pdf/paper.html"
TEMPLATE_VERSION = "1"
CONTENT_STYLE = "paper.css"
PAGE_STYLE = "page.css"
ATTACHMENT = "paper.json"

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def init_app(app: Flask) -> None:
    """Give templates the filter ``chart_svg``."""
    app.add_template_filter(chart_svg)


def chart_svg(block: Chart) -> Markup:
    """The drawing of a paper's chart."""
    return paper_chart_svg(block.chart, element_id=f"{block.name}-drawing")


def web_page(content: PaperContent) -> str:
    """Return the paper as an HTML document that needs nothing else."""
    return _document(content, styles=[_content_style().read_text(encoding="utf-8")])


def pdf_source(content: PaperContent) -> tuple[str, dict[str, bytes | Path], Attachment]:
    """Return what a PDF of the paper is rendered from: a document, the assets it names, and what it carries."""
    assets: dict[str, bytes | Path] = {
        CONTENT_STYLE: _content_style(),
        PAGE_STYLE: resource_dir("templates") / "pdf" / PAGE_STYLE,
    }
    carried = Attachment(ATTACHMENT, "What the paper says, for machines to read", attachment(content))
    return _document(content, stylesheets=[f"asset:{name}" for name in assets]), assets, carried


def content_policy(page: str) -> str:
    """The Content-Security-Policy of a document that ``web_page`` made: its own style sheet, and nothing else."""
    digests = [b64encode(sha256(style.encode()).digest()).decode() for style in _STYLE.findall(page)]
    styles = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return f"default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"


def file_name(reference: str, ending: str, *, number: int | None = None, variant: Variant | None = None) -> str:
    """Return a name any system takes: ``BM-16-89.pdf`` for BM/16/89, ``BM-16-89-v2-public.pdf`` for a version."""
    words = re.findall(r"[A-Za-z0-9]+", reference) or ["paper"]
    version = [f"v{number}"] if number else []
    return f"{'-'.join([*words, *version, *([variant.value] if variant else [])])}.{ending}"


def media_type(kind: DocumentFormat) -> str:
    """The type that a document of a format is sent with."""
    return {
        DocumentFormat.PDF: "application/pdf",
        DocumentFormat.HTML: "text/html",
        DocumentFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }[kind]


def _document(content: PaperContent, *, stylesheets: list[str] | None = None, styles: list[str] | None = None) -> str:
    # Not render_template: what that adds of the request must not reach a document that is to be made again.
    template = current_app.jinja_env.get_template(TEMPLATE)
    return template.render(content=content, stylesheets=stylesheets or [], styles=styles or [])


def _content_style() -> Path:
    return PACKAGE_DIR / "static" / CONTENT_STYLE
