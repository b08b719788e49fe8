"""A paper's content as documents: HTML, what a PDF is rendered from, and what the files are called."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app
from markupsafe import Markup

from opprod.charts import paper_chart_svg
from opprod.core.errors import NotFound
from opprod.reports.blocks import Chart
from opprod.reports.composition import PaperContent
from opprod.reports.freezing import attachment
from opprod.reports.models import DocumentFormat, Variant
from opprod.reports.rendering.attachment import Attachment
from opprod.resources import PACKAGE_DIR, resource_dir

LATEST = "1"
"""The version of what papers are made with now.

Each edition keeps the version it was frozen with. Once a paper was issued with one, its documents can be made again
only as long as that version stays as it is: a change of what papers look like is a further version beside it.
"""
TEMPLATES = {"1": "pdf/paper.html"}
CONTENT_STYLES = {"1": "paper.css"}
PAGE_STYLES = {"1": "page.css"}
ATTACHMENT = "paper.json"

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def init_app(app: Flask) -> None:
    """Give templates the filter ``chart_svg``."""
    app.add_template_filter(chart_svg)


def chart_svg(block: Chart) -> Markup:
    """The drawing of a paper's chart."""
    return paper_chart_svg(block.chart, element_id=f"{block.name}-drawing")


def web_page(content: PaperContent, *, version: str = LATEST) -> str:
    """Return the paper as an HTML document that needs nothing else; ``NotFound`` for a version there is not."""
    style = PACKAGE_DIR / "static" / _of(CONTENT_STYLES, version)
    return _document(content, version, styles=[style.read_text(encoding="utf-8")])


def pdf_source(content: PaperContent, *, version: str = LATEST) -> tuple[str, dict[str, bytes | Path], Attachment]:
    """Return what a PDF of the paper is rendered from: a document, the assets it names, and what it carries.

    Raises ``NotFound`` for a version there is not.
    """
    content_style, page_style = _of(CONTENT_STYLES, version), _of(PAGE_STYLES, version)
    assets: dict[str, bytes | Path] = {
        content_style: PACKAGE_DIR / "static" / content_style,
        page_style: resource_dir("templates") / "pdf" / page_style,
    }
    carried = Attachment(ATTACHMENT, "What the paper says, for machines to read", attachment(content))
    return _document(content, version, stylesheets=[f"asset:{name}" for name in assets]), assets, carried


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


def _document(
    content: PaperContent, version: str, *, stylesheets: Sequence[str] = (), styles: Sequence[str] = ()
) -> str:
    # Not render_template: what that adds of the request must not reach a document that is to be made again.
    template = current_app.jinja_env.get_template(_of(TEMPLATES, version))
    return template.render(content=content, stylesheets=stylesheets, styles=styles)


def _of(parts: Mapping[str, str], version: str) -> str:
    if version not in parts:
        raise NotFound(f"Papers of template version {version} cannot be made by this version of opprod.")
    return parts[version]
