"""Runs of text: bold, italic, links, and the numbers of what figures rest on."""

from collections.abc import Iterator

from opprod.reports.annex import anchor
from opprod.reports.blocks import Span, Spans
from opprod.reports.docx.draft import Draft
from opprod.reports.docx.markup import Element, run, w

SCHEMES = ("https:", "http:", "mailto:", "#")


def span_elements(spans: Spans, draft: Draft) -> Iterator[Element]:
    """What is said, and at its end the numbers of what it rests on."""
    for span in spans:
        yield from _span(span, draft)
    for place, note in enumerate(dict.fromkeys(span.note for span in spans if span.note)):
        if not place:
            yield run("\u00a0")  # the number never stands alone on a line
        yield draft.link(f"#{anchor(note)}", run(f"[{note}]", w("rStyle", val="Reference")))


def remark(words: str) -> Element:
    """A few words in brackets on what was said before them."""
    return run(f" ({words})", w("rStyle", val="Remark"))


def _span(span: Span, draft: Draft) -> Iterator[Element]:
    looks = [*([w("b")] if span.strong else []), *([w("i")] if span.emphasis else [])]
    if span.href and span.href.startswith(SCHEMES):
        yield draft.link(span.href, run(span.text, w("rStyle", val="Hyperlink"), *looks))
    else:
        yield run(span.text, *looks)
    if span.illustrative:
        yield remark("illustrative")
