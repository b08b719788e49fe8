"""What every page stands on: its frame, forms, errors, security headers, paging, and the day it is as at."""

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from opprod.web import assets, errors, forms, markdown, presenters, security, urls
from opprod.web.frame import Account, Link

__all__ = ["Account", "Link", "init_app"]

SERVICE_NAME = "Operational productivity programme"


def init_app(app: Flask) -> None:
    """Set up pages: templates, headers, error pages, filters, and a frame with nothing in it.

    A context processor registered after this fills the frame: ``navigation`` (a list of ``Link``),
    ``account`` (an ``Account`` or None), ``demonstration`` (bool), ``service_name``.
    """
    # A name misspelt in a template is an error, not an empty space on the page.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_global(generate_csrf, "csrf_token")
    for part in (assets, errors, forms, markdown, presenters, security, urls):
        part.init_app(app)
    app.context_processor(_empty_frame)


def _empty_frame() -> dict[str, object]:
    return {
        "service_name": SERVICE_NAME,
        "home_href": "/",
        "navigation": [],
        "account": None,
        "demonstration": False,
        "has_errors": False,
        "as_at": g.get("as_at"),
    }
