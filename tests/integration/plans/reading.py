"""Reading the pages of plans as a person does."""

from xml.etree.ElementTree import Element

from tests.client import HTML, parsed, text_of


def words(page: str) -> str:
    """What a page says, a space between one element and the next."""
    (main,) = parsed(page).iter(f"{HTML}main")
    return _words_of(main)


def tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of each table by its caption: each a list of cells, without the columns' names that a phone shows."""
    found = {}
    for table in parsed(page).iter(f"{HTML}table"):
        caption = next(table.iter(f"{HTML}caption"))
        body = [row for part in table.iter(f"{HTML}tbody") for row in part.iter(f"{HTML}tr")]
        found[text_of(caption)] = [[_said(cell) for cell in row] for row in body]
    return found


def links(page: str) -> dict[str, str]:
    """Where the links of a page's content lead, by their text."""
    (main,) = parsed(page).iter(f"{HTML}main")
    return {text_of(link): link.get("href", "") for link in main.iter(f"{HTML}a")}


def _said(cell: Element) -> str:
    heading = next((e for e in cell if e.get("class") == "nhsuk-table__heading"), None)
    return _words_of(cell).removeprefix(_words_of(heading) if heading is not None else "").strip()


def _words_of(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())
