"""Adding services, and the plans that come with them."""

import pytest
from sqlalchemy import select

from opprod.accounts import services as accounts
from opprod.audit.queries import latest_about
from opprod.core.errors import Conflict, InvalidInput
from opprod.core.regions import Region
from opprod.db import db
from opprod.plans.models import Plan, Waiting
from opprod.plans.services.catalogue import FunctionContent, change_service, open_plans
from tests.builders.plans import HR_AND_FINANCE, a_service, an_stp

pytestmark = pytest.mark.usefixtures("programme")


def test_a_new_service_opens_a_plan_in_every_stp_for_its_region() -> None:
    north, south = an_stp(Region.NORTH), an_stp(Region.SOUTH)
    service = a_service("Pathology")
    plans = db.session.scalars(select(Plan).where(Plan.service_id == service.id).order_by(Plan.stp_id)).all()
    assert [(plan.stp_id, plan.region, plan.waits_for) for plan in plans] == [
        (north.id, Region.NORTH, Waiting.REGION),
        (south.id, Region.SOUTH, Waiting.REGION),
    ]
    assert {event.event.value for event in latest_about(service)} >= {"service-created", "plan-opened"}


def test_opening_plans_again_opens_none() -> None:
    an_stp()
    a_service()
    assert open_plans(actor=accounts.system_actor()) == 0


def test_a_function_is_renamed_and_another_added_but_none_taken_away() -> None:
    service = a_service("Back office")
    renamed = FunctionContent("Human resources", in_focus=False, slug="hr")
    kept = [FunctionContent("Finance", slug="finance"), renamed, FunctionContent("Payroll", slug="payroll")]
    change_service(
        service=service,
        version=service.version,
        name="Back office",
        functions=[*kept, FunctionContent("Legal services")],
        actor=accounts.system_actor(),
    )
    assert [(one.slug, one.name, one.in_focus) for one in service.functions] == [
        ("finance", "Finance", True),
        ("hr", "Human resources", False),
        ("payroll", "Payroll", True),
        ("legal-services", "Legal services", True),
    ]
    with pytest.raises(InvalidInput, match="cannot be taken away"):
        change_service(
            service=service,
            version=service.version,
            name="Back office",
            functions=kept,
            actor=accounts.system_actor(),
        )


def test_two_who_change_a_service_at_once_are_told() -> None:
    service = a_service("Estates")
    seen = service.version
    functions = [FunctionContent(one.name, slug=one.slug) for one in service.functions]
    change_service(service=service, version=seen, name="Estates", functions=functions, actor=accounts.system_actor())
    with pytest.raises(Conflict):
        change_service(
            service=service, version=seen, name="Facilities", functions=functions, actor=accounts.system_actor()
        )


@pytest.mark.parametrize("name", ["", "   ", "PATHOLOGY", "x" * 81])
def test_a_name_that_is_blank_or_in_use_or_too_long_is_refused(name: str) -> None:
    a_service("Pathology")
    with pytest.raises(InvalidInput) as refused:
        a_service(name or " ", functions=HR_AND_FINANCE)
    assert refused.value.field == "name"


@pytest.mark.parametrize("functions", [(), (FunctionContent("HR"), FunctionContent("hr")), (FunctionContent(" "),)])
def test_functions_must_have_names_of_their_own(functions: tuple[FunctionContent, ...]) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_service("Legal", functions=functions)
    assert refused.value.field == "functions"
