"""Finding the directorate, STPs and trusts, each called by its name on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select

from opprod.core.errors import NotFound
from opprod.core.regions import Region
from opprod.db import db
from opprod.history import in_force, past_entries
from opprod.organisations.models import Directorate, Stp, StpName, Trust, TrustName, TrustType

NO_STP = 0
"""What stands for "in no STP" where trusts are chosen by the number of their STP."""

NAMES_SHOWN = 20
TRUSTS_OF_ONE_STP = 100

NamedTrust = tuple[Trust, str | None, str | None]
"""A trust, its name and that of its STP; a name is None on a day before the first that is known."""

NamedStp = tuple[Stp, str | None]


@dataclass(frozen=True, slots=True)
class TrustSearch:
    """What a list of trusts is narrowed to; None or blank leaves a thing open."""

    text: str = ""
    region: Region | None = None
    type: TrustType | None = None
    stp_number: int | None = None


def directorate() -> Directorate | None:
    """The body whose programme this is; None until it is set up."""
    return db.session.get(Directorate, 1)


def trusts(search: TrustSearch, day: date) -> Select[*NamedTrust]:
    """Trusts by name, each a ``NamedTrust`` on a day, for paging.

    The text finds the names of that day that have every word of it, and the codes that begin with it.
    """
    query = _trusts(day).order_by(func.coalesce(TrustName.name, Trust.ods_code), Trust.id)
    if search.text:
        query = query.where(_matches(search.text))
    if search.region:
        query = query.where(Trust.region == search.region)
    if search.type:
        query = query.where(Trust.type == search.type)
    if search.stp_number is not None:
        in_it = Trust.stp_id.is_(None) if search.stp_number == NO_STP else Trust.stp_id == search.stp_number
        query = query.where(in_it)
    return query


def trust(ods_code: str, day: date) -> Row[*NamedTrust]:
    """A trust by its code, with its name and its STP's on a day; raises ``NotFound``."""
    found = db.session.execute(_trusts(day).where(Trust.ods_code == ods_code)).one_or_none()
    if found is None:
        raise NotFound("There is no trust of 2016/17 with this ODS code.")
    return found


def trusts_of(stp: Stp, day: date) -> Sequence[Row[*NamedTrust]]:
    """The trusts of an STP by name, at most ``TRUSTS_OF_ONE_STP``."""
    return db.session.execute(trusts(TrustSearch(stp_number=stp.id), day).limit(TRUSTS_OF_ONE_STP)).all()


def stps(day: date, *, region: Region | None = None) -> Select[*NamedStp]:
    """The STPs region by region, each region's by number, each with its name on a day, for paging."""
    place = case({region: place for place, region in enumerate(Region)}, value=Stp.region)
    query = _stps(day).order_by(place, Stp.id)
    return query.where(Stp.region == region) if region else query


def stps_with_trusts(day: date) -> Sequence[Row[*NamedStp]]:
    """The STPs that have trusts, each with its name on a day."""
    return db.session.execute(_stps(day).where(exists().where(Trust.stp_id == Stp.id))).all()


def stp_counts() -> dict[Region, int]:
    """How many STPs each region has; one that has none is left out."""
    counted = select(Stp.region, func.count().label("stps")).group_by(Stp.region)
    return {row.region: row.stps for row in db.session.execute(counted)}


def stp(number: int, day: date) -> Row[*NamedStp]:
    """An STP by its footprint number, with its name on a day; raises ``NotFound``."""
    found = db.session.execute(_stps(day).where(Stp.id == number)).one_or_none()
    if found is None:
        raise NotFound("There is no STP with this number.")
    return found


def trust_counts() -> dict[int, int]:
    """How many trusts each STP has, by its number; those that have none are left out."""
    counted = select(Trust.stp_id, func.count()).where(Trust.stp_id.is_not(None)).group_by(Trust.stp_id)
    return {number: count for number, count in db.session.execute(counted) if number is not None}


def trust_names(trust: Trust, day: date) -> list[TrustName]:
    """What a trust was called up to a day, newest first."""
    return past_entries(TrustName, trust.id, day, limit=NAMES_SHOWN)


def stp_names(stp: Stp, day: date) -> list[StpName]:
    """What an STP was called up to a day, newest first."""
    return past_entries(StpName, stp.id, day, limit=NAMES_SHOWN)


def _trusts(day: date) -> Select[*NamedTrust]:
    return (
        select(Trust, TrustName.name, StpName.name)
        .select_from(Trust)
        .outerjoin(TrustName, TrustName.id == in_force(TrustName, Trust.id, day))
        .outerjoin(Stp, Stp.id == Trust.stp_id)
        .outerjoin(StpName, StpName.id == in_force(StpName, Stp.id, day))
    )


def _stps(day: date) -> Select[*NamedStp]:
    return select(Stp, StpName.name).select_from(Stp).outerjoin(StpName, StpName.id == in_force(StpName, Stp.id, day))


def _matches(text: str) -> ColumnElement[bool]:
    words = text.replace("’", "'").split()
    in_name = [TrustName.name.icontains(word, autoescape=True) for word in words]
    return or_(Trust.ods_code.istartswith(text, autoescape=True), and_(*in_name))
