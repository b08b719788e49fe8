"""The documents of a plan: not for publication."""

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject


class DocumentKind(StrEnum):
    """A kind of document that can be attached, judged by its content."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"

    @property
    def label(self) -> str:
        """The kind in words."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """The kind for browsers."""
        return _MEDIA_TYPES[self]


_LABELS = {
    DocumentKind.PDF: "PDF",
    DocumentKind.DOCX: "Word document",
    DocumentKind.XLSX: "Excel workbook",
    DocumentKind.ODT: "OpenDocument text",
}
_MEDIA_TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentKind.ODT: "application/vnd.oasis.opendocument.text",
}


@dated
class PlanDocument(DatedEntry, Base):
    """A document attached to a plan. Each stands until it is withdrawn; the bytes are in the file store."""

    __tablename__ = "plan_document"

    subject_id: Mapped[int] = subject("plan.id")
    name: Mapped[str] = mapped_column(String(150), doc="What it was called where it came from, tidied.")
    kind: Mapped[DocumentKind] = mapped_column(Member(DocumentKind))
    size: Mapped[int] = mapped_column(doc="In bytes.")
    sha256: Mapped[str] = mapped_column(String(64))

    def __str__(self) -> str:
        return self.name
