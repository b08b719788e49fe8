"""When a paper has a page of contents, and bookmarks: from ten pages up, counted without the contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST_PAGES = 10
CLASS_NAME = "paper-contents"
# ``!important`` from outside the document wins over everything within it.
HIDDEN = f".{CLASS_NAME} {{ display: none !important }}"
# A page of nothing but text holds some 4,200 characters, one of a table half of that or less. With this many there
# may be ten pages, and a first layout that finds fewer is done again.
CHARACTERS_OF_LONG = 30_000
LINKS_A_PAGE = 20


def contents_of(tree: Any) -> Any | None:
    """Return the element with the document's contents, if it has one."""
    for element in tree.iter("nav"):
        if CLASS_NAME in element.get("class", "").split():
            return element
    return None


def looks_long(tree: Any) -> bool:
    """Guess, from the amount of text alone, whether the document has ten pages. A wrong guess costs time only."""
    taken = 0
    for text in _texts(tree):
        taken += len(text.strip())
        if taken > CHARACTERS_OF_LONG:
            return True
    return False


def surely_long(pages: int, contents: Any) -> bool:
    """Say whether so many pages, those of the contents among them, are ten or more without them for certain."""
    links = sum(1 for _ in contents.iter("a"))
    return pages - 2 - links // LINKS_A_PAGE >= FEWEST_PAGES


def _texts(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        yield element.text or ""
        yield element.tail or ""
