"""Text from people, written in a little Markdown, as safe HTML."""

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "h3", "h4"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = ("https:", "mailto:")
DEEPEST = 12  # tokens within tokens: about four lists within lists


def init_app(app: Flask) -> None:
    """Give templates the filter ``markdown``."""
    app.add_template_filter(markdown)


def markdown(text: str) -> Markup:
    """Paragraphs, emphasis, lists, links (https and mailto) and small headings; all else stays as typed.

    A heading of any level becomes h3 or h4, since the page has its own h1 and h2.
    """
    html = _parser.renderer.render(tokens(text), _parser.options, {})
    # The parser writes no other HTML; the sanitiser holds even if a version of it ever did.
    return Markup(  # noqa: S704 - sanitised on this line
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "mailto"}, link_rel="noopener")
    )


def tokens(text: str) -> list[Token]:
    """Return what ``markdown`` makes HTML of, for those who make something else of it."""
    found = _parser.parse(text)
    for token in found:
        _lower_heading(token)
    return found


def _lower_heading(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = "h3" if token.tag in {"h1", "h2", "h3"} else "h4"


def _safe_link(url: str) -> bool:
    return url.lower().startswith(SCHEMES)


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": DEEPEST})
    parser.enable(["list", "heading", "emphasis", "link", "newline", "escape", "entity"])
    parser.validateLink = _safe_link  # type: ignore[method-assign]  # markdown-it's own way to set it
    return parser


_parser = _make_parser()
