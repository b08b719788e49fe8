"""A paper's content as a document: HTML, the style sheets it uses, and what its files are called."""

import re
from pathlib import Path

from flask import Flask, current_app
from markupsafe import Markup

from opprod.charts import paper_chart_svg
from opprod.reports.blocks import Chart
from opprod.reports.composition import PaperContent
from opprod.resources import PACKAGE_DIR, resource_dir

TEMPLATE = "pdf/paper.html"
CONTENT_STYLE = "paper.css"
PAGE_STYLE = "page.css"


def init_app(app: Flask) -> None:
    """Give templates the filter ``chart_svg``."""
    app.add_template_filter(chart_svg)


def chart_svg(block: Chart) -> Markup:
    """The drawing of a paper's chart."""
    return paper_chart_svg(block.chart, element_id=f"{block.name}-drawing")


def paper_html(content: PaperContent, *, stylesheets: list[str], icon: str | None = None) -> str:
    """Return the paper as one document; it depends on nothing but the arguments."""
    # Not render_template: what that adds of the request must not reach a document that is to be made again.
    return current_app.jinja_env.get_template(TEMPLATE).render(content=content, stylesheets=stylesheets, icon=icon)


def pdf_source(content: PaperContent) -> tuple[str, dict[str, bytes | Path]]:
    """Return what a PDF of the paper is rendered from: a document, and the assets it names."""
    assets: dict[str, bytes | Path] = {
        CONTENT_STYLE: PACKAGE_DIR / "static" / CONTENT_STYLE,
        PAGE_STYLE: resource_dir("templates") / "pdf" / PAGE_STYLE,
    }
    return paper_html(content, stylesheets=[f"asset:{name}" for name in assets]), assets


def file_name(reference: str, ending: str) -> str:
    """Return a name any system takes: ``BM-16-89.pdf`` for BM/16/89."""
    words = re.findall(r"[A-Za-z0-9]+", reference)
    return f"{'-'.join(words) or 'paper'}.{ending}"
