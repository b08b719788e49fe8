"""Which kind of document a file is, judged by its content alone: never by its name, or by what a browser says of it.

PDF, Word, Excel and OpenDocument text are taken, without macros or a password. Nothing is unpacked but the few parts
that say what an archive is, and of those only a beginning.
"""

import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePath
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from opprod.core.errors import InvalidInput

MEBIBYTE = 1024 * 1024
LARGEST_UNPACKED = 1024 * MEBIBYTE
"""What an archive may say it unpacks to, in bytes; a workbook of 20 MB can come to a few hundred."""

ACCEPTED = "Attach PDF, Word (.docx), Excel (.xlsx) or OpenDocument text (.odt)."

_HEAD = 1024
_TAIL = 64 * 1024
_LARGEST_PART = MEBIBYTE
_LARGEST_DIRECTORY = 2 * MEBIBYTE  # of an archive: some 20,000 members, which zipfile holds in memory
_OFFICE_PART = "/officeDocument"  # how the type of the relationship to a document's main part ends
_ODT = "application/vnd.oasis.opendocument.text"


class Format(StrEnum):
    """A kind of document that is taken; its value is the extension of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"


_CLAIMS = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".xlsx": "an Excel workbook",
    ".odt": "an OpenDocument text",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAIN_PARTS = {
    f"{_OFFICE}.wordprocessingml.document.main+xml": Format.DOCX,
    f"{_OFFICE}.spreadsheetml.sheet.main+xml": Format.XLSX,
}
_MACROS = ("macroenabled", "vbaproject", "macrosheet")
# What other files begin with, in words.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)


def judge(content: IO[bytes], *, called: str) -> Format:
    """Tell which kind of document a file is; ``called`` is its name, for messages alone.

    Raises ``InvalidInput``, naming the file and what it is instead, for any that is not taken.
    """
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise _unusable(called, "is empty", "Check that it opens, then attach it again.")
    if head.startswith(b"PK\x03\x04"):
        return _judge_archive(content, called)
    if head.startswith(b"PK\x05\x06"):
        raise _other(called, "an empty ZIP archive")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _unusable(
            called,
            "is in an old Office format, or protected by a password",
            "Save it as .docx or .xlsx without a password, and attach that.",
        )
    return _judge_plain(content, head, called)


def _judge_plain(content: IO[bytes], head: bytes, called: str) -> Format:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        content.seek(0, 2)
        content.seek(max(0, content.tell() - _TAIL))
        if b"%%EOF" not in content.read(_TAIL):
            raise _damaged(called)
        return Format.PDF
    known = next((words for beginning, words in _BEGINNINGS if start.lower().startswith(beginning.lower())), None)
    if known is None and b"%PDF-" in head:
        raise _unusable(
            called, "has something else in front of its PDF", "Open it, save it as PDF again, and attach that."
        )
    if known is None and _is_text(head):
        known = "plain text"
    raise _other(called, known or "a file of another kind")


def _judge_archive(content: IO[bytes], called: str) -> Format:
    try:
        with ZipFile(_Bounded(content)) as archive:
            return _judge_members(archive, called)
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error, expat.ExpatError) as error:
        raise _damaged(called) from error


def _judge_members(archive: ZipFile, called: str) -> Format:
    members = archive.infolist()
    names = {member.filename.lower() for member in members}
    if len(names) < len(members):
        raise BadZipFile("two members of one name")
    if any(member.flag_bits & 0x1 for member in members):
        raise _protected(called)
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise _unusable(called, "unpacks to more than 1 GB", "Attach a smaller one.")
    if "[content_types].xml" in names:
        return _judge_office(archive, names, called)
    if "mimetype" in names:
        return _judge_open_document(archive, names, called)
    raise _other(called, "a ZIP archive")


def _judge_office(archive: ZipFile, names: set[str], called: str) -> Format:
    of_part: dict[str, str] = {}
    of_extension: dict[str, str] = {}
    for tag, told in _elements(archive, "[Content_Types].xml"):
        kind = told.get("ContentType", "").lower()
        if tag == "Override":
            of_part[told.get("PartName", "").lower().lstrip("/")] = kind
        elif tag == "Default":
            of_extension[told.get("Extension", "").lower()] = kind
    targets = [
        told.get("Target", "").lower().lstrip("/")
        for tag, told in _elements(archive, "_rels/.rels")
        if tag == "Relationship" and told.get("Type", "").endswith(_OFFICE_PART)
    ]
    if len(targets) != 1 or targets[0] not in names:
        raise _other(called, "a ZIP archive")
    main = of_part.get(targets[0]) or of_extension.get(targets[0].rpartition(".")[2], "")
    format_ = next((found for kind, found in _MAIN_PARTS.items() if kind.lower() == main), None)
    kinds = (*of_part.values(), *of_extension.values(), *names)
    if any(word in kind for kind in kinds for word in _MACROS):
        raise _with_macros(called)
    if format_ is None:
        presentation = "presentationml" in main
        raise _other(called, "a PowerPoint presentation" if presentation else "an Office file of another kind")
    return format_


def _judge_open_document(archive: ZipFile, names: set[str], called: str) -> Format:
    kind = _part(archive, "mimetype").decode("ascii", errors="replace").strip()
    if not kind.startswith("application/vnd.oasis.opendocument"):
        raise _other(called, "a ZIP archive")
    if kind != _ODT:
        words = kind.removeprefix("application/vnd.oasis.opendocument.").partition("-")
        named = {"spreadsheet": "spreadsheet", "presentation": "presentation"}.get(words[0], "file of another kind")
        raise _other(called, f"an OpenDocument {named}")
    if not {"content.xml", "meta-inf/manifest.xml"} <= names:
        raise _damaged(called)
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise _with_macros(called)
    if any(tag == "encryption-data" for tag, _told in _elements(archive, "META-INF/manifest.xml")):
        raise _protected(called)
    return Format.ODT


def _part(archive: ZipFile, name: str) -> bytes:
    """A member's content; one that is long, or packed in a way that unpacks without bound, is not read."""
    member = next(one for one in archive.infolist() if one.filename.lower() == name.lower())
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BadZipFile("an unusual way to pack")
    with archive.open(member) as opened:
        found = opened.read(_LARGEST_PART + 1)
    if len(found) > _LARGEST_PART:
        raise BadZipFile("a part too long")
    return found


def _elements(archive: ZipFile, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of an XML part, if there is one: their names, without prefixes, and their attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, told: found.append((tag.rpartition(":")[2], told))
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if name.lower() in {member.filename.lower() for member in archive.infolist()}:
        parser.Parse(_part(archive, name), True)
    return iter(found)


def _refuse_doctype(*_declared: object) -> None:
    raise BadZipFile("a part that declares entities")


def _is_text(head: bytes) -> bool:
    return all(byte >= 32 or byte in b"\t\n\f\r" for byte in head)


class _Bounded:
    """A file as ``zipfile`` sees it, of which no one reading takes more than the longest directory."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.seek, self.tell, self.seekable = content.seek, content.tell, content.seekable

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; raise ``BadZipFile`` for more than anything of ours needs."""
        if size > _LARGEST_DIRECTORY:
            raise BadZipFile("too many members")
        found = self._content.read(size if size >= 0 else _LARGEST_DIRECTORY + 1)
        if len(found) > _LARGEST_DIRECTORY:
            raise BadZipFile("too many members")
        return found


def _other(called: str, what: str) -> InvalidInput:
    claimed = _CLAIMS.get(PurePath(called).suffix.lower())
    return InvalidInput(f"{called} is {what}{f', not {claimed}' if claimed else ''}. {ACCEPTED}")


def _damaged(called: str) -> InvalidInput:
    return _unusable(called, "is damaged or was cut short", "Check that it opens, then attach it again.")


def _protected(called: str) -> InvalidInput:
    return _unusable(called, "is protected by a password", "Save it without one, and attach that.")


def _with_macros(called: str) -> InvalidInput:
    return _unusable(called, "has macros", "Save it as a document without macros, and attach that.")


def _unusable(called: str, why: str, advice: str) -> InvalidInput:
    return InvalidInput(f"{called} {why}. {advice}")
