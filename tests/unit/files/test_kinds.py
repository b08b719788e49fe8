"""What a file is, by its content."""

import random
import tracemalloc
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.core.errors import InvalidInput
from opprod.files.kinds import LARGEST_UNPACKED, Format, judge
from tests.builders.samples import (
    EXCEL,
    OLD_OFFICE,
    PDF,
    POWERPOINT,
    PROGRAM,
    WEB_PAGE,
    WORD,
    a_docx,
    a_pdf,
    an_odt,
    an_xlsx,
    office,
    office_members,
    zipped,
)

MEBIBYTE = 1024 * 1024
ACCEPTED = "Attach PDF, Word (.docx), Excel (.xlsx) or OpenDocument text (.odt)."


def refusal(content: bytes, called: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        judge(BytesIO(content), called=called)
    return refused.value.message


def swollen(unpacked: int) -> bytes:
    """A Word document that says of a part that it unpacks to so many bytes."""
    content = bytearray(a_docx())
    sizes = content.rfind(b"PK\x01\x02") + 24
    content[sizes : sizes + 4] = unpacked.to_bytes(4, "little")
    return bytes(content)


def with_part(kind: str, content: bytes, *, compression: int = 8) -> bytes:
    """A Word document whose list of content types is replaced."""
    file = BytesIO()
    with ZipFile(file, "w", compression=compression) as archive:
        for name, held in {**office_members(WORD, "word/document.xml"), kind: content}.items():
            archive.writestr(name, held)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, Format.PDF),
        (b"\xef\xbb\xbf\r\n" + PDF, Format.PDF),
        (a_pdf(100_000), Format.PDF),
        (a_docx(), Format.DOCX),
        (an_xlsx(), Format.XLSX),
        (an_odt(), Format.ODT),
    ],
)
def test_each_kind_is_told_by_its_content_whatever_its_name(content: bytes, expected: Format) -> None:
    assert judge(BytesIO(content), called="picture.png") is expected


@pytest.mark.parametrize(
    ("content", "called", "message"),
    [
        (zipped({"notes.txt": "x"}), "plan.docx", "plan.docx is a ZIP archive, not a Word document. " + ACCEPTED),
        (
            zipped({"META-INF/MANIFEST.MF": "x", "A.class": "x"}),
            "plan.xlsx",
            "is a ZIP archive, not an Excel workbook",
        ),
        (zipped({}), "plan.odt", "is an empty ZIP archive, not an OpenDocument text"),
        (zipped({"mimetype": "application/epub+zip"}), "book.epub", "book.epub is a ZIP archive. " + ACCEPTED),
        (WEB_PAGE, "plan.PDF", "plan.PDF is a web page, not a PDF. " + ACCEPTED),
        (PROGRAM + PDF, "plan.pdf", "is a program, not a PDF"),
        (b"Ordinary words.", "plan.pdf", "is plain text, not a PDF"),
        (b"\x89PNG\r\n\x1a\n", "plan.pdf", "is a picture, not a PDF"),
        (b"\x00\x01\x02", "plan", "plan is a file of another kind. " + ACCEPTED),
        (
            b"Forwarded mail\n" + PDF,
            "plan.pdf",
            "has something else in front of its PDF. Open it, save it as PDF again",
        ),
        (b"", "plan.pdf", "plan.pdf is empty. Check that it opens"),
        (PDF[:60], "plan.pdf", "is damaged or was cut short"),
        (a_docx()[:-30], "plan.docx", "is damaged or was cut short"),
        (OLD_OFFICE, "plan.doc", "is in an old Office format, or protected by a password. Save it as .docx"),
        (office(POWERPOINT, "ppt/presentation.xml"), "plan.pptx", "is a PowerPoint presentation. " + ACCEPTED),
        (office("application/x-other", "other.xml"), "plan.docx", "is an Office file of another kind, not a Word"),
        (an_odt("application/vnd.oasis.opendocument.spreadsheet"), "plan.ods", "is an OpenDocument spreadsheet"),
        (an_odt("application/vnd.oasis.opendocument.presentation"), "plan.odp", "is an OpenDocument presentation"),
        (
            an_odt("application/vnd.oasis.opendocument.text-master"),
            "plan.odm",
            "an OpenDocument file of another kind",
        ),
        (an_odt("application/java-archive"), "plan.odt", "is a ZIP archive, not an OpenDocument text"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "plan.odt", "is damaged or was cut short"),
        (an_odt(manifest="<m><encryption-data/></m>"), "plan.odt", "is protected by a password"),
    ],
)
def test_what_is_none_of_them_is_named_with_what_it_is_instead(content: bytes, called: str, message: str) -> None:
    assert message in refusal(content, called)


@pytest.mark.parametrize(
    "content",
    [
        office("application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml"),
        office("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xl/workbook.xml"),
        office("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin"),
        office(WORD, "word/document.xml", **{"word/VbaProject.bin": b"x"}),
        office(EXCEL, "xl/workbook.xml", **{"xl/macrosheets/sheet1.xml": b"x"}),
        an_odt(**{"Basic/Standard/Module1.xml": "x"}),
        an_odt(**{"Scripts/python/run.py": "x"}),
    ],
)
def test_macros_are_refused_whatever_the_name_says(content: bytes) -> None:
    assert "plan.docx has macros. Save it as a document without macros" in refusal(content, "plan.docx")


def test_a_macro_hidden_behind_another_name_is_found_by_its_declared_type() -> None:
    types = (
        '<Types><Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
    )
    assert "has macros" in refusal(with_part("[Content_Types].xml", types.encode()), "plan.docx")


def test_an_archive_locked_by_a_password_is_told() -> None:
    content = bytearray(a_docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    assert "protected by a password" in refusal(bytes(content), "plan.docx")


def test_a_part_that_declares_entities_or_is_no_xml_is_not_read() -> None:
    laughs = b'<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Types>&b;</Types>'
    for content in (laughs, b"<Types", b"\xff\xfe\x00"):
        assert "damaged" in refusal(with_part("[Content_Types].xml", content), "plan.docx")


def test_parts_packed_in_an_unusual_way_or_named_twice_are_not_read() -> None:
    assert "damaged" in refusal(with_part("x", b"x", compression=ZIP_BZIP2), "plan.docx")
    file = BytesIO(a_docx())
    with ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    assert "damaged" in refusal(file.getvalue(), "plan.docx")


def test_a_document_with_much_in_it_is_taken_and_nothing_of_it_unpacked() -> None:
    content = office(WORD, "word/document.xml", **{"word/media/image.bin": bytes(64 * MEBIBYTE)})
    tracemalloc.start()
    assert judge(BytesIO(content), called="plan.docx") is Format.DOCX
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * MEBIBYTE


def test_a_bomb_is_refused_unopened() -> None:
    assert judge(BytesIO(swollen(LARGEST_UNPACKED // 2)), called="plan.docx") is Format.DOCX
    assert "plan.docx unpacks to more than 1 GB" in refusal(swollen(LARGEST_UNPACKED + 1), "plan.docx")


def test_a_bomb_in_the_very_part_that_tells_the_kind_is_read_no_further_than_its_beginning() -> None:
    content = with_part("[Content_Types].xml", b"<Types>" + bytes(50 * MEBIBYTE))
    tracemalloc.start()
    assert "damaged" in refusal(content, "plan.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MEBIBYTE


def test_an_archive_of_a_great_many_members_is_refused_before_its_list_is_held() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for number in range(40_000):
            archive.writestr(ZipInfo(f"a-member-with-a-longish-name-{number}"), b"")
    tracemalloc.start()
    assert "damaged" in refusal(file.getvalue(), "plan.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MEBIBYTE


@given(seed=st.integers(0, 10_000), sample=st.sampled_from([a_docx(), an_odt(), PDF]))
def test_a_file_damaged_anyhow_is_judged_or_refused_and_never_a_fault(seed: int, sample: bytes) -> None:
    chance, content = random.Random(seed), bytearray(sample)
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    with suppress(InvalidInput):
        judge(BytesIO(content[: chance.choice([len(content), chance.randrange(len(content))])]), called="plan.docx")
