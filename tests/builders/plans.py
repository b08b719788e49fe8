"""Services, STPs and plans for tests."""

from collections.abc import Sequence
from itertools import count

from sqlalchemy import select

from opprod import history
from opprod.accounts import Role, User
from opprod.accounts import services as accounts
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db
from opprod.organisations.models import (
    Confidence,
    FoundationStatus,
    Stp,
    StpName,
    Trust,
    TrustName,
    TrustType,
)
from opprod.plans.models import Plan, Service
from opprod.plans.services.catalogue import FunctionContent, create_service, open_plans
from tests.builders.accounts import a_user

_numbers = count(1)

HR_AND_FINANCE = (
    FunctionContent("Finance", in_focus=True),
    FunctionContent("HR", in_focus=True),
    FunctionContent("Payroll", in_focus=False),
)


def an_stp(region: Region = Region.LONDON, *, name: str | None = None) -> Stp:
    """A footprint of a region, with a plan for every service there is."""
    number = (db.session.scalar(select(Stp.id).order_by(Stp.id.desc()).limit(1)) or 0) + 1
    actor = accounts.system_actor()
    stp = Stp(
        id=number,
        number_confidence=Confidence.HIGH,
        region=region,
        ons_code=f"X{number:08}",
        source="made for a test",
    )
    trail.added(Event.REFERENCE_DATA_LOADED, stp, actor=actor)
    named = StpName(
        subject_id=number, name=name or f"Footprint {number}", source="made for a test", effective_on=clock.today()
    )
    history.record(named, actor=actor)
    open_plans(actor=actor)
    return stp


def a_trust(stp: Stp, *, name: str | None = None) -> Trust:
    """An acute trust of an STP."""
    number = next(_numbers)
    actor = accounts.system_actor()
    trust = Trust(
        ods_code=f"T{number:02d}",
        foundation_status=FoundationStatus.NHS_TRUST,
        type=TrustType.ACUTE,
        type_confidence=Confidence.HIGH,
        region=stp.region,
        stp_id=stp.id,
        source="made for a test",
    )
    trail.added(Event.REFERENCE_DATA_LOADED, trust, actor=actor)
    named = TrustName(
        subject_id=trust.id,
        name=name or f"Trust {number}",
        source="made for a test",
        effective_on=clock.today(),
    )
    history.record(named, actor=actor)
    return trust


def a_service(name: str | None = None, *, functions: Sequence[FunctionContent] = HR_AND_FINANCE) -> Service:
    """A service, with a plan for it in every STP there is."""
    return create_service(
        name=name or f"Service {next(_numbers)}", functions=functions, actor=accounts.system_actor()
    )


def a_plan(region: Region = Region.LONDON, *, service: Service | None = None, stp: Stp | None = None) -> Plan:
    """The plan of an STP for a service; each is new unless given."""
    service, stp = service or a_service(), stp or an_stp(region)
    return db.session.scalars(select(Plan).where(Plan.stp_id == stp.id, Plan.service_id == service.id)).one()


def a_lead(region: Region = Region.LONDON) -> User:
    """The regional lead of a region."""
    return a_user(Role.REGIONAL_LEAD, region=region)


def made_up(plan: Plan) -> Plan:
    """The plan, marked as invented for a demonstration."""
    with trail.changing(Event.PLAN_OPENED, plan, actor=accounts.system_actor()):
        plan.illustrative = "the whole plan"
    return plan
