"""Files as people send them: good ones of each kind, and those that are not what they seem."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # also what Word makes of one with a password
WEB_PAGE = b"\n<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"

_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{_OFFICE}.wordprocessingml.document.main+xml"
EXCEL = f"{_OFFICE}.spreadsheetml.sheet.main+xml"
POWERPOINT = f"{_OFFICE}.presentationml.presentation.main+xml"
ODT_KIND = "application/vnd.oasis.opendocument.text"


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """An archive of members."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def office(kind: str, part: str, **more: bytes | str) -> bytes:
    """A document of Office whose main part is of a kind; ``more`` are further members."""
    return zipped({**office_members(kind, part), **more})


def office_members(kind: str, part: str) -> dict[str, bytes | str]:
    """The members of the least document that Office opens."""
    return {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="' + part + '" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        part: "<document/>",
    }


def a_docx(text: str = "A plan") -> bytes:
    """A Word document."""
    return office(WORD, "word/document.xml", **{"docProps/text.txt": text})


def an_xlsx() -> bytes:
    """An Excel workbook."""
    return office(EXCEL, "xl/workbook.xml")


def an_odt(kind: str = ODT_KIND, manifest: str = "<manifest/>", **more: str) -> bytes:
    """An OpenDocument text, or another kind of OpenDocument; ``more`` are further members."""
    return zipped({"mimetype": kind, "content.xml": "<content/>", "META-INF/manifest.xml": manifest, **more})


def a_pdf(size: int = len(PDF)) -> bytes:
    """A PDF of a size in bytes."""
    return PDF.replace(b"%%EOF", b"%" + b"x" * (size - len(PDF) - 2) + b"\n%%EOF") if size > len(PDF) else PDF
