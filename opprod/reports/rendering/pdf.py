"""HTML text to a tagged PDF, in the process that calls it.

Only the rendering process imports this: what it reads was written by people, and WeasyPrint is large.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

# WeasyPrint carries no types.
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint import Attachment as EmbeddedFile
from weasyprint.logger import LOGGER, PROGRESS_LOGGER  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from opprod.reports.rendering.contents import FEWEST_PAGES, HIDDEN, contents_of, looks_long, surely_long
from opprod.reports.rendering.fetcher import AssetFetcher
from opprod.reports.rendering.progress import progress_from
from opprod.reports.rendering.repairs import keep_one_annotation_a_link, relate_attachments, wrap_list_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from opprod.reports.rendering.attachment import Attachment

VARIANT = "pdf/ua-1"
MOST_ERRORS_SAID = 5
# Control characters, halves of surrogate pairs and noncharacters: none can be seen, and all break a PDF's text.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NO_GLYPH = "□"
# A PDF says when each file in it was made. Ours is part of the content, which is older than any clock here.
ATTACHED_ON = datetime(2000, 1, 1, tzinfo=UTC)


class PdfError(Exception):
    """The document cannot become a PDF that everyone can read; the message lists what is wrong with it."""


class Pdf(NamedTuple):
    """A PDF file and how many pages it has."""

    content: bytes
    pages: int


class Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint carries no types
    """The fonts of this machine, read once for many documents. A document that adds its own spoils it for others."""

    spoilt = False

    def add_font_face(self, *arguments: Any) -> None:
        """Add a font that a document's style sheet names."""
        self.spoilt = True
        super().add_font_face(*arguments)


def write_pdf(
    html: str,
    assets: Mapping[str, bytes],
    on_progress: Callable[[str], None],
    *,
    attachment: Attachment | None = None,
    fonts: Fonts | None = None,
) -> Pdf:
    """Return the document as PDF/UA-1; the same input gives the same bytes, whatever was made with ``fonts`` before.

    The document's ``<nav class="paper-contents">`` shows, and headings become bookmarks, where there are ten pages
    without it. A character that no installed font can draw shows as an empty square. ``on_progress`` takes
    WeasyPrint's own progress messages. Raises ``PdfError`` for anything WeasyPrint logs as an error, and for what
    it lets pass though PDF/UA-1 or equal bytes do not.
    """
    html = UNSEEN.sub("", html)
    write = partial(_write, fetcher=AssetFetcher(assets), attachment=attachment, fonts=fonts)
    with _logged(PROGRESS_LOGGER, logging.INFO, on_progress):
        pdf, undrawn = write(html)
        if undrawn:
            # WeasyPrint draws them as a font's "no such glyph", which PDF/UA-1 (ISO 14289-1, 7.21.8) forbids.
            pdf, undrawn = write(html.translate(dict.fromkeys(undrawn, NO_GLYPH)))
    if undrawn:
        points = ", ".join(f"U+{point:04X}" for point in sorted(undrawn))
        raise PdfError(f"No font can draw these characters: {points}")
    return pdf


def _write(
    html: str, *, fetcher: AssetFetcher, attachment: Attachment | None, fonts: Fonts | None
) -> tuple[Pdf, set[int]]:
    """Return the PDF, and the code points no font could draw."""
    errors: list[str] = []
    with _logged(LOGGER, logging.ERROR, errors.append):
        document = _laid_out(HTML(string=html, url_fetcher=fetcher), fonts)
        if not (document.metadata.title or "").strip():
            LOGGER.error("Missing required <title>")
        if document.metadata.attachments or _attaches(document):
            LOGGER.error("Attachments are not allowed: they carry the moment they were made")
        keep_one_annotation_a_link(document)
        content = document.write_pdf(
            pdf_variant=VARIANT,
            attachments=[_embedded(attachment)] if attachment else None,
            finisher=_finish,
        )
    if errors:
        said = "; ".join(list(dict.fromkeys(errors))[:MOST_ERRORS_SAID])
        raise PdfError(f"The document has faults: {said}")
    undrawn = {point for font in document.fonts.values() for point in font.missing}
    return Pdf(content, len(document.pages)), undrawn


class _HasTenPagesError(Exception):
    """The layout has come to its tenth page."""


def _laid_out(source: HTML, fonts: Fonts | None) -> Any:
    """Return the document in pages: with contents and bookmarks if it is long, and once wherever a guess holds."""
    render = partial(source.render, font_config=fonts, pdf_variant=VARIANT)
    contents = contents_of(source.etree_element)
    whole = None
    if contents is None or looks_long(source.etree_element):
        whole = render()
        if contents is None and len(whole.pages) < FEWEST_PAGES:
            return _without_bookmarks(whole)
        if contents is None or surely_long(len(whole.pages), contents):
            return whole
    try:
        with _logged(PROGRESS_LOGGER, logging.INFO, _stop_at_ten_pages):
            return _without_bookmarks(render(stylesheets=[CSS(string=HIDDEN)]))
    except _HasTenPagesError:
        return whole or render()


def _stop_at_ten_pages(message: str) -> None:
    progress = progress_from(message)
    if progress is not None and (progress.page or 0) >= FEWEST_PAGES:
        raise _HasTenPagesError


def _without_bookmarks(document: Any) -> Any:
    for sheet in document.pages:
        sheet.bookmarks = []
    return document


def _embedded(attachment: Attachment) -> EmbeddedFile:
    return EmbeddedFile(
        file_obj=BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        created=ATTACHED_ON,
        modified=ATTACHED_ON,
    )


def _finish(document: Any, pdf: Any) -> None:
    wrap_list_items(document, pdf)
    relate_attachments(document, pdf)


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
