"""HTML text to a tagged PDF, in the process that calls it.

Only the rendering process imports this: what it reads was written by people, and WeasyPrint is large.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

# WeasyPrint carries no types.
from weasyprint import HTML  # type: ignore[import-untyped]
from weasyprint.logger import LOGGER, PROGRESS_LOGGER  # type: ignore[import-untyped]

from opprod.reports.rendering.fetcher import AssetFetcher
from opprod.reports.rendering.repairs import keep_one_annotation_a_link, wrap_list_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

VARIANT = "pdf/ua-1"
MOST_ERRORS_SAID = 5
# Control characters, halves of surrogate pairs and noncharacters: none can be seen, and all break a PDF's text.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NO_GLYPH = "□"


class PdfError(Exception):
    """The document cannot become a PDF that everyone can read; the message lists what is wrong with it."""


class Pdf(NamedTuple):
    """A PDF file and how many pages it has."""

    content: bytes
    pages: int


def write_pdf(html: str, assets: Mapping[str, bytes], on_progress: Callable[[str], None]) -> Pdf:
    """Return the document as PDF/UA-1; the same input gives the same bytes.

    A character that no installed font can draw shows as an empty square. ``on_progress`` takes WeasyPrint's own
    progress messages. Raises ``PdfError`` for anything WeasyPrint logs as an error, and for what it lets pass
    though PDF/UA-1 or equal bytes do not.
    """
    html = UNSEEN.sub("", html)
    fetcher = AssetFetcher(assets)
    with _logged(PROGRESS_LOGGER, logging.INFO, on_progress):
        pdf, undrawn = _write(html, fetcher)
        if undrawn:
            # WeasyPrint draws them as a font's "no such glyph", which PDF/UA-1 (ISO 14289-1, 7.21.8) forbids.
            pdf, undrawn = _write(html.translate(dict.fromkeys(undrawn, NO_GLYPH)), fetcher)
    if undrawn:
        points = ", ".join(f"U+{point:04X}" for point in sorted(undrawn))
        raise PdfError(f"No font can draw these characters: {points}")
    return pdf


def _write(html: str, fetcher: AssetFetcher) -> tuple[Pdf, set[int]]:
    """Return the PDF, and the code points no font could draw."""
    errors: list[str] = []
    with _logged(LOGGER, logging.ERROR, errors.append):
        document = HTML(string=html, url_fetcher=fetcher).render(pdf_variant=VARIANT)
        if not (document.metadata.title or "").strip():
            LOGGER.error("Missing required <title>")
        if document.metadata.attachments or _attaches(document):
            LOGGER.error("Attachments are not allowed: they carry the moment they were made")
        keep_one_annotation_a_link(document)
        content = document.write_pdf(pdf_variant=VARIANT, finisher=wrap_list_items)
    if errors:
        said = "; ".join(list(dict.fromkeys(errors))[:MOST_ERRORS_SAID])
        raise PdfError(f"The document has faults: {said}")
    undrawn = {point for font in document.fonts.values() for point in font.missing}
    return Pdf(content, len(document.pages)), undrawn


def _attaches(document: Any) -> bool:
    return any(kind == "attachment" for sheet in document.pages for kind, *_ in sheet.links)


@contextmanager
def _logged(logger: logging.Logger, level: int, receive: Callable[[str], None]) -> Iterator[None]:
    """Pass on the logger's messages of at least the level for the length of a ``with`` block."""

    class Receiver(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            receive(record.getMessage())

    receiver, level_before = Receiver(level), logger.level
    logger.addHandler(receiver)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(receiver)
        logger.setLevel(level_before)
