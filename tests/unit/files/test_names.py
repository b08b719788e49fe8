"""What files are called, made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opprod.files.kinds import Format
from opprod.files.names import LENGTH, disposition, named_for, tidied


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Pathology plan v1.2.pdf", "Pathology plan v1.2.pdf"),
        (r"C:\Users\someone\plan.pdf", "plan.pdf"),
        ("../../etc/plan.pdf", "plan.pdf"),
        ("plan\r\n\x00.pdf", "plan .pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("plan\u200b\u2028two.pdf", "plan two.pdf"),
        ("  Cafe\u0301  plan .pdf. ", "Café plan .pdf"),
        (".htaccess", "htaccess"),
        ("…", "…"),
        ("", "document"),
        ("/", "document"),
        ("\u202e..", "document"),
        ("n" * 200 + ".docx", "n" * 145 + ".docx"),
        ("a." + "n" * 200, "a." + "n" * 148),
    ],
)
def test_a_name_has_no_folder_and_nothing_unseen_and_is_never_empty(sent: str, kept: str) -> None:
    assert tidied(sent) == kept


@pytest.mark.parametrize(
    ("name", "format_", "kept"),
    [
        ("plan.pdf", Format.PDF, "plan.pdf"),
        ("PLAN.PDF", Format.PDF, "PLAN.PDF"),
        ("plan.docx", Format.PDF, "plan.pdf"),
        ("plan.PDF", Format.XLSX, "plan.xlsx"),
        ("plan.exe", Format.PDF, "plan.exe.pdf"),
        ("plan v1.2", Format.ODT, "plan v1.2.odt"),
        ("pdf", Format.PDF, "pdf.pdf"),
        ("n" * 150, Format.DOCX, "n" * 145 + ".docx"),
    ],
)
def test_a_name_ends_as_the_content_is(name: str, format_: Format, kept: str) -> None:
    assert named_for(name, format_) == kept


@given(st.text(max_size=300), st.sampled_from(Format))
def test_whatever_was_sent_the_name_fits_and_saves(sent: str, format_: Format) -> None:
    name = named_for(tidied(sent), format_)
    assert name.lower().endswith(f".{format_}")
    assert len(name) <= LENGTH
    assert not {"/", "\\", "\n", "\0"} & set(name)
    disposition(name).encode("ascii")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plan.pdf", "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf"),
        (
            'The "new" £5m.pdf',
            "attachment; filename=\"The 'new' 5m.pdf\"; filename*=UTF-8''The%20%22new%22%20%C2%A35m.pdf",
        ),
        ("計画.pdf", "attachment; filename=\"document.pdf\"; filename*=UTF-8''%E8%A8%88%E7%94%BB.pdf"),
    ],
)
def test_a_download_keeps_its_name_in_any_script(name: str, header: str) -> None:
    assert disposition(name) == header
