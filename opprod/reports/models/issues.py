"""What was frozen of a paper for review, and what was issued. The database refuses to alter or delete any of it."""

from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.db import Base, Member, Moment
from opprod.reports.models.papers import Paper
from opprod.reports.promises import Promise


class Variant(StrEnum):
    """For whom a copy of a paper is."""

    BOARD = "board"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """The variant as words."""
        return f"F{self.phrase[1:]}"

    @property
    def phrase(self) -> str:
        """The variant as words within a sentence."""
        return "for the Board alone" if self is Variant.BOARD else "for publication"


class DocumentFormat(StrEnum):
    """In which formats a paper is issued; the value is the file's ending."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"

    @property
    def label(self) -> str:
        """The format as people call it."""
        return {DocumentFormat.PDF: "PDF", DocumentFormat.HTML: "Web page", DocumentFormat.DOCX: "Word"}[self]


class PaperEdition(Base):
    """A paper's content, frozen when it was sent for review: what the reviewer reads is what can be issued."""

    __tablename__ = "paper_edition"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    number: Mapped[int] = mapped_column(doc="1 for the first.")
    as_at: Mapped[date] = mapped_column(doc="The day its facts stand at.")
    content: Mapped[str] = mapped_column(Text, doc="The composed paper (``reports.freezing``).")
    content_sha256: Mapped[str] = mapped_column(String(64))
    standing: Mapped[str] = mapped_column(Text, doc="The programme as it stood, to compare with later papers.")
    template: Mapped[str] = mapped_column(String(20), doc="The version of the templates it is made with.")
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    def __str__(self) -> str:
        return f"Edition {self.number}"


class PaperIssue(Base):
    """A version of a paper that went to the Board."""

    __tablename__ = "paper_issue"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("paper_edition.id"), unique=True)
    number: Mapped[int] = mapped_column(doc="1 for the first; a reissue has the next.")
    changes: Mapped[str | None] = mapped_column(String(1000), doc="What a reissue changed, as its issuer said.")
    content: Mapped[str] = mapped_column(Text, doc="The edition's content with what issuing adds.")
    content_sha256: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    paper: Mapped[Paper] = relationship(lazy="joined", innerjoin=True)
    edition: Mapped[PaperEdition] = relationship(lazy="joined", innerjoin=True)
    files: Mapped[list["IssuedFile"]] = relationship(order_by="IssuedFile.id", lazy="selectin")
    promises: Mapped[list["PaperPromise"]] = relationship(order_by="PaperPromise.id", lazy="select")

    def __str__(self) -> str:
        return f"Version {self.number} of {self.paper.reference}"


class IssuedFile(Base):
    """A document of an issued paper; its bytes are in the store of files under their SHA-256."""

    __tablename__ = "issued_file"
    __table_args__ = (UniqueConstraint("issue_id", "variant", "format"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("paper_issue.id"))
    variant: Mapped[Variant] = mapped_column(Member(Variant))
    format: Mapped[DocumentFormat] = mapped_column(Member(DocumentFormat))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]


class PaperPromise(Base):
    """A next step that an issued paper stated to the Board, in the words it had there."""

    __tablename__ = "paper_promise"
    __table_args__ = (UniqueConstraint("issue_id", "next_step_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("paper_issue.id"))
    next_step_id: Mapped[int] = mapped_column(ForeignKey("next_step.id"), index=True)
    strand: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, doc="As the paper had it, its figures in place.")
    owner: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date]
    illustrative: Mapped[str | None] = mapped_column(String(200))

    def as_stated(self) -> Promise:
        """What the paper promised, as plain data."""
        return Promise(**{part.name: getattr(self, part.name) for part in fields(Promise)})
