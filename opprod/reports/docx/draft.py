"""A document that is being written: what its parts share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from opprod.reports.docx.markup import Element, bookmark_name, w
from opprod.reports.docx.numbering import Numbering


@dataclass(slots=True)
class Draft:
    """The document's own part, its numbering, and the numbers of its bookmarks."""

    part: DocumentPart
    numbering: Numbering
    _bookmarks: Iterator[int] = field(default_factory=lambda: count(1))

    def bookmarked(self, name: str, *content: Element) -> list[Element]:
        """Content that links within the document can lead to."""
        number = next(self._bookmarks)
        start = w("bookmarkStart", id=number, name=bookmark_name(name))
        return [start, *content, w("bookmarkEnd", id=number)]

    def link(self, href: str, *content: Element) -> Element:
        """A link to a place in the document (``#paragraph-12``) or to an address."""
        if href.startswith("#"):
            return w("hyperlink", *content, anchor=bookmark_name(href[1:]), history=1)
        link = w("hyperlink", *content, history=1)
        link.set(qn("r:id"), self.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return link
