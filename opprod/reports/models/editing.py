"""What writers leave beside a paper's sections: earlier texts, work not saved yet, comments, claims, wordings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.accounts.models import User
from opprod.db import Base, Member, Moment
from opprod.projects.models import StatementKind


class SectionRevision(Base):
    """A section's title and text at one of its versions: what a later editor began from can be read again."""

    __tablename__ = "section_revision"
    __table_args__ = (UniqueConstraint("section_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("paper_section.id"))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    narrative: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    saved_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class SectionDraft(Base):
    """What somebody has typed in a section and not saved yet, one to a person: it is in no paper."""

    __tablename__ = "section_draft"
    __table_args__ = (UniqueConstraint("section_id", "user_id"),)
    __audited__ = False  # nothing of it is part of the programme until it is saved

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("paper_section.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    base_version: Mapped[int] = mapped_column(doc="The section's version that it was begun from.")
    title: Mapped[str] = mapped_column(String(160))
    narrative: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(Moment)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class SectionComment(Base):
    """A remark on a section for those who write the paper."""

    __tablename__ = "section_comment"
    __table_args__ = (Index(None, "section_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("paper_section.id"))
    text: Mapped[str] = mapped_column(String(2000))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id, lazy="joined", innerjoin=True)
    resolved_by: Mapped[User | None] = relationship(foreign_keys=resolved_by_id, lazy="joined")


class PaperClaim(Base):
    """A number in free text for which a writer of the paper answers: with a source, or by accepting it by name."""

    __tablename__ = "paper_claim"
    __table_args__ = (UniqueConstraint("paper_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    key: Mapped[str] = mapped_column(String(64), doc="Of the number and the sentence it stands in.")
    said: Mapped[str] = mapped_column(String(80))
    sentence: Mapped[str] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(String(300), doc="None where it was accepted without one.")
    settled_at: Mapped[datetime] = mapped_column(Moment)
    settled_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    settled_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class PaperWording(Base):
    """What a paper's editor made of a statement: left out, in other words, or under a group's name.

    The statement is known by its strand, its kind and its own words, so that an update revised without changing it
    keeps what was made of it.
    """

    __tablename__ = "paper_wording"
    __table_args__ = (UniqueConstraint("paper_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    key: Mapped[str] = mapped_column(String(64), doc="Of the strand, the kind and the words.")
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    kind: Mapped[StatementKind] = mapped_column(Member(StatementKind))
    original: Mapped[str] = mapped_column(String(1000))
    included: Mapped[bool] = mapped_column(default=True)
    wording: Mapped[str | None] = mapped_column(String(1000))
    grouping: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form
