"""A file that rides in a PDF, and getting it out of a PDF that may have come from anywhere."""

import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from opprod.reports.rendering import Attachment, attached, attachment
from opprod.reports.rendering.pdf import write_pdf
from tests.builders.documents import paper
from tests.pdf_checks import assert_pdf_ua

CONTENT = '{"reference": "BM/16/89", "said": "£18–20m"}'.encode()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return with_attachment(CONTENT)


def with_attachment(content: bytes) -> bytes:
    file = Attachment("paper.json", "What this paper says, for machines – £", content)
    return write_pdf(paper(rows=2), {}, lambda message: None, attachment=file).content


def foreign_pdf(*objects: bytes) -> bytes:
    """A PDF with the objects, the first of which is its catalogue, and no table of where they are."""
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, content) for n, content in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + numbered + b"trailer << /Root 1 0 R /Size 9 >>\nstartxref\n0\n%%EOF\n"


def with_stream(data: bytes, filters: bytes) -> bytes:
    stream = b"<< /Type /EmbeddedFile /Filter %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(data), data)
    return foreign_pdf(
        b"<< /Type /Catalog /Pages 4 0 R /Names << /EmbeddedFiles << /Names [(paper.json) 2 0 R] >> >> >>",
        b"<< /Type /Filespec /F (paper.json) /UF (paper.json) /EF << /F 3 0 R >> >>",
        stream,
        b"<< /Type /Pages /Kids [] /Count 0 >>",
    )


def test_a_pdf_with_an_attachment_is_accessible_and_the_same_each_time(pdf):
    assert_pdf_ua(pdf)
    assert with_attachment(CONTENT) == pdf
    assert with_attachment(CONTENT + b" ") != pdf


def test_a_reader_is_told_what_the_attachment_is(pdf):
    reader = PdfReader(BytesIO(pdf))
    [file] = reader.attachment_list
    assert (file.name, file.description) == ("paper.json", "What this paper says, for machines – £")
    assert file.subtype == "/application/json"
    assert str(file.associated_file_relationship) == "/Data"
    assert len(reader.root_object["/AF"]) == 1


def test_the_attachment_is_read_back_as_it_was(pdf):
    assert attached(pdf, "paper.json") == CONTENT
    assert attached(pdf, "another.json") is None


def test_it_is_read_from_a_pdf_that_another_system_made():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("paper.json", CONTENT)
    written = BytesIO()
    writer.write(written)
    assert attached(written.getvalue(), "paper.json") == CONTENT
    assert attached(with_stream(zlib.compress(CONTENT), b"/FlateDecode"), "paper.json") == CONTENT


def in_circles() -> bytes:
    return foreign_pdf(b"<< /Type /Catalog /Names 2 0 R /Pages 1 0 R >>", b"<< /EmbeddedFiles << /Kids [2 0 R] >> >>")


def packed(*, times: int) -> bytes:
    """More than a reader takes, in a few kilobytes."""
    data = bytes(50_000_000)
    for _ in range(times):
        data = zlib.compress(data, 1)
    return with_stream(data, b"[" + b" /FlateDecode" * times + b"]")


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"Not a PDF at all",
        lambda: b"%PDF-1.7\n" + bytes(64 * 1024 * 1024),
        lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
        lambda: packed(times=1),
        lambda: packed(times=2),
        lambda: with_stream(b"\x00\x01", b"/FlateDecode"),
        in_circles,
        lambda: foreign_pdf(b"<< /Type /Catalog /Names " + b"[" * 100_000 + b"]" * 100_000 + b" >>"),
        lambda: b"%PDF-1.7\nxref\n0 0\ntrailer << /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    ],
)
def test_what_cannot_be_read_has_no_attachment(make):
    assert attached(make(), "paper.json") is None


def test_a_pdf_cut_short_or_altered_is_read_or_not_but_does_no_harm(pdf):
    for cut in (500, -2_000):
        assert attached(pdf[:cut], "paper.json") in {None, CONTENT}
    middle = len(pdf) // 2
    assert attached(pdf[:middle] + b"\xff" * 40 + pdf[middle + 40 :], "paper.json") in {None, CONTENT}


def test_reading_that_takes_too_long_is_given_up(pdf, monkeypatch):
    monkeypatch.setattr(attachment, "READING_SECONDS", 0.01)
    assert attached(pdf, "paper.json") is None
