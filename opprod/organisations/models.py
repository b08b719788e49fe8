"""The directorate itself, the 44 STPs and the trusts of 2016/17."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from opprod.core.regions import Region
from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject


class Confidence(StrEnum):
    """How sure the source makes us of a value."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def is_doubtful(self) -> bool:
        """Whether a page must say that the value is to be confirmed."""
        return self is not Confidence.HIGH


class FoundationStatus(StrEnum):
    """Whether a provider is an NHS trust or an NHS foundation trust."""

    NHS_TRUST = "NHS trust"
    FOUNDATION_TRUST = "FT"

    @property
    def label(self) -> str:
        """The status in words."""
        return "NHS foundation trust" if self is FoundationStatus.FOUNDATION_TRUST else self.value


class TrustType(StrEnum):
    """What a trust mainly provides."""

    ACUTE = "acute"
    """Not specialist: one of the 136 trusts that Lord Carter's review of acute hospitals was about."""
    ACUTE_SPECIALIST = "acute specialist"
    MENTAL_HEALTH = "mental health"
    COMMUNITY = "community"
    AMBULANCE = "ambulance"

    @property
    def label(self) -> str:
        """The type in words."""
        return self.value.capitalize()


class AcuteSize(StrEnum):
    """The class of an acute trust in ERIC, the estates return."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    TEACHING = "teaching"
    MULTI_SERVICE = "multi-service"


class Directorate(Base):
    """The body whose programme this is: one row, with what holds for the whole installation."""

    __tablename__ = "directorate"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(String(120), doc="The organisation it belongs to.")
    purpose: Mapped[str] = mapped_column(String(1000))
    demonstration: Mapped[bool] = mapped_column(default=False)
    clock_pinned_to: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return self.name


class Stp(Base):
    """A sustainability and transformation plan footprint."""

    __tablename__ = "stp"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="The footprint number.")
    number_confidence: Mapped[Confidence] = mapped_column(Member(Confidence))
    number_basis: Mapped[str | None] = mapped_column(Text)
    region: Mapped[Region] = mapped_column(Member(Region), index=True)
    ons_code: Mapped[str] = mapped_column(String(9), unique=True)
    population: Mapped[int | None]
    population_basis: Mapped[str | None] = mapped_column(Text)
    lead_name: Mapped[str | None] = mapped_column(String(120))
    lead_role: Mapped[str | None] = mapped_column(String(200))
    lead_as_of: Mapped[date | None]
    lead_source: Mapped[str | None] = mapped_column(Text)
    lead_confidence: Mapped[Confidence | None] = mapped_column(Member(Confidence))
    source: Mapped[str] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    def __str__(self) -> str:
        return f"STP {self.id}"


@dated
class StpName(DatedEntry, Base):
    """What an STP is called from a day."""

    __tablename__ = "stp_name"

    subject_id: Mapped[int] = subject("stp.id")
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(Text)


class Trust(Base):
    """An NHS trust or foundation trust of 2016/17."""

    __tablename__ = "trust"

    id: Mapped[int] = mapped_column(primary_key=True)
    ods_code: Mapped[str] = mapped_column(String(5), unique=True)
    foundation_status: Mapped[FoundationStatus] = mapped_column(Member(FoundationStatus))
    type: Mapped[TrustType] = mapped_column(Member(TrustType), index=True)
    type_confidence: Mapped[Confidence] = mapped_column(Member(Confidence))
    type_basis: Mapped[str | None] = mapped_column(Text)
    acute_size: Mapped[AcuteSize | None] = mapped_column(Member(AcuteSize))
    region: Mapped[Region] = mapped_column(Member(Region), index=True)
    town: Mapped[str | None] = mapped_column(String(80))
    postcode: Mapped[str | None] = mapped_column(String(8))
    stp_id: Mapped[int | None] = mapped_column(ForeignKey("stp.id"), index=True)
    stp_confidence: Mapped[Confidence | None] = mapped_column(Member(Confidence))
    stp_basis: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    def __str__(self) -> str:
        return f"Trust {self.ods_code}"


@dated
class TrustName(DatedEntry, Base):
    """What a trust is called from a day."""

    __tablename__ = "trust_name"

    subject_id: Mapped[int] = subject("trust.id")
    name: Mapped[str] = mapped_column(String(160))
    source: Mapped[str] = mapped_column(Text)
