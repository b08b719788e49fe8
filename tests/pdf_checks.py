"""What tests look for in a PDF, for whichever room made it."""

import re
from io import BytesIO

import page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def assert_pdf_ua(content: bytes) -> None:
    """Fail, naming each rule broken, unless the PDF conforms to PDF/UA-1 and embeds its fonts."""
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert report.is_compliant, "\n".join(f"{fault.rule_id}: {fault.message}" for fault in report.failures)
    loose = [name for name, embedded in fonts(content).items() if not embedded]
    assert not loose, f"not embedded: {loose}"


def pdf_text(content: bytes) -> str:
    """Return the text of all pages in reading order, each run of white space as one space."""
    pages = PdfReader(BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pages)).strip()


def fonts(content: bytes) -> dict[str, bool]:
    """Return the fonts the pages use, and whether each is in the file."""
    found = {}
    for sheet in PdfReader(BytesIO(content)).pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            for inner in font.get_object()["/DescendantFonts"]:
                descriptor = inner.get_object()["/FontDescriptor"].get_object()
                embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
                found[str(font.get_object()["/BaseFont"])] = bool(embedded)
    return found


def tags(content: bytes) -> list[str]:
    """Return the type of each element of the structure tree, in reading order: ``Document``, ``H1``, ``P``, …"""
    names: list[str] = []

    def walk(kids: object) -> None:
        for kid in kids if isinstance(kids, list) else [kids]:
            element = kid.get_object()
            if isinstance(element, DictionaryObject) and "/S" in element:
                names.append(str(element["/S"]).removeprefix("/"))
                walk(element.get("/K", []))

    walk(PdfReader(BytesIO(content)).root_object["/StructTreeRoot"]["/K"])
    return names
