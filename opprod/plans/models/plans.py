"""Services, and the plan of each STP for each of them."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from opprod.core.regions import Region
from opprod.db import Base, Member
from opprod.history import DatedEntry, dated, subject

REASON_LENGTH = 2000


class Waiting(StrEnum):
    """Whom a plan waits for, in the order a queue takes them."""

    RETURNED = "returned"
    """The region, to answer the centre's question."""
    REGION = "region"
    """The region, to propose a category in this round."""
    CENTRE = "centre"
    """The centre, to moderate the region's proposal."""
    NOBODY = "nobody"
    """It is moderated for this round, or withdrawn."""

    @property
    def label(self) -> str:
        """What it waits for, in words."""
        return _WAITING[self]


_WAITING = {
    Waiting.RETURNED: "Returned to the region",
    Waiting.REGION: "To be proposed by the region",
    Waiting.CENTRE: "To be moderated by the centre",
    Waiting.NOBODY: "Nothing to decide",
}


class Service(Base):
    """A service that STPs plan to consolidate, such as pathology."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True, doc="In addresses. Never changes.")
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    version: Mapped[int] = mapped_column()
    functions: Mapped[list["ServiceFunction"]] = relationship(order_by="ServiceFunction.position", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own form

    def __str__(self) -> str:
        return self.name


class ServiceFunction(Base):
    """A function of a service, such as payroll, by which savings are split.

    ``in_focus`` marks those that the ranking of gains counts unless told otherwise: the Board paper BM/16/89 has
    back office looked at for "HR and finance".
    """

    __tablename__ = "service_function"
    __table_args__ = (UniqueConstraint("service_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    slug: Mapped[str] = mapped_column(String(60), doc="Within its service. Never changes.")
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    in_focus: Mapped[bool]

    def __str__(self) -> str:
        return self.name


class Plan(Base):
    """An STP's consolidation plan for one service. What it says is in dated entries.

    ``region`` is the region that triages it: its STP's. ``waits_for`` is kept with the triage steps, in the same
    transaction, so that a queue is one seek.
    """

    __tablename__ = "plan"
    # Its submission is not for publication: what changes in it is for those alone who may open it.
    __confidential__ = True
    __table_args__ = (
        UniqueConstraint("stp_id", "service_id"),
        Index(None, "region", "waits_for", "service_id", "stp_id"),
        Index(None, "waits_for", "service_id", "stp_id"),
        Index(None, "service_id", "stp_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stp_id: Mapped[int] = mapped_column(ForeignKey("stp.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    region: Mapped[Region] = mapped_column(Member(Region))
    waits_for: Mapped[Waiting] = mapped_column(Member(Waiting))
    illustrative: Mapped[str | None] = mapped_column(
        String(200), doc="What of the plan is invented for a demonstration, if anything is."
    )
    service: Mapped[Service] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    def __str__(self) -> str:
        return f"{self.service.name}, STP {self.stp_id}"


@dated
class PlanStatus(DatedEntry, Base):
    """Whether a plan is withdrawn, from a day. A plan without one stands."""

    __tablename__ = "plan_status"

    subject_id: Mapped[int] = subject("plan.id")
    withdrawn: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
