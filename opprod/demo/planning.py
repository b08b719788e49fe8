"""STPs' plans in the demonstration as they come into being: opened, recorded, triaged, changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from opprod.accounts import User
from opprod.core import clock
from opprod.core.batches import in_batches
from opprod.core.quantity import GBP, parse
from opprod.db import db
from opprod.demo import plans as content
from opprod.demo.accounts import ACCOUNTS
from opprod.demo.courses import Course
from opprod.demo.drawing import Footprint, draw_plan
from opprod.demo.footprints import add_footprints
from opprod.demo.shapes import SavingSaidAnew, ServiceContent
from opprod.demo.wording import WITHDRAWN
from opprod.history import entry_in_force
from opprod.organisations.models import Stp, Trust, TrustType
from opprod.plans.models import (
    Category,
    Confidence,
    Move,
    Plan,
    SavingKind,
    SavingsLine,
    SavingsValue,
    Service,
    ServiceFunction,
)
from opprod.plans.queries.facts import suggestions_of
from opprod.plans.services.bulk import PLANS_AT_ONCE, PlanContent, record_plans
from opprod.plans.services.bulk_triage import StepContent, record_decisions
from opprod.plans.services.catalogue import create_service
from opprod.plans.services.rounds import open_round
from opprod.plans.services.savings import SavingContent, SavingSaid, change_saving, record_saving
from opprod.plans.services.status import withdraw_plan

LEADS = {account.region: account.key for account in ACCOUNTS if account.region}

_ACUTE = frozenset({TrustType.ACUTE, TrustType.ACUTE_SPECIALIST})


class Planning:
    """The plans so far. ``people`` are the demonstration's accounts by key, ``scale`` is how many times 88 it has."""

    def __init__(self, people: Mapping[str, User], *, scale: int, say: Callable[[str], None]) -> None:
        self._people, self._scale, self._say = people, scale, say
        self._contents: dict[date, dict[int, PlanContent]] = defaultdict(dict)
        self._courses: dict[date, dict[int, Course]] = defaultdict(dict)
        self._proposed: dict[int, Category] = {}

    def open(self) -> None:
        """Add the services, open a plan for each in every STP, and draw what each will say and how it is triaged."""
        if self._scale > 1:
            self._say("Making up footprints")
            add_footprints(self._scale, actor=self._people["admin"])
        for service in content.SERVICES:
            create_service(
                name=service.name,
                functions=service.functions,
                illustrative=content.ILLUSTRATIVE,
                actor=self._people["admin"],
            )
        plans = {(plan.service.slug, plan.stp_id): plan.id for plan in db.session.scalars(select(Plan))}
        self._say(f"Drawing what the plans of STPs say, {len(plans):,} of them")
        for footprint in _footprints():
            for service in content.SERVICES:
                self._draw(plans[service.slug, footprint.number], footprint, service)

    def record(self) -> None:
        """Record what the submissions received today say."""
        contents = self._contents.pop(clock.today(), {})
        self._say_much(f"Recording {len(contents):,} plans received on {clock.today():%-d %B %Y}")
        for plans in _in_parts(contents):
            record_plans([(plan, contents[plan.id]) for plan in plans], actor=self._staff)

    def open_round(self, name: str, due_on: date) -> None:
        """Open a round of triage."""
        self._say(f"Opening the round “{name}”")
        open_round(name=name, due_on=due_on, illustrative=content.ROUND_ILLUSTRATIVE, actor=self._people["executive"])

    def take_steps(self) -> None:
        """Take the steps of today: regional leads propose, the centre answers."""
        courses = self._courses.pop(clock.today(), {})
        self._say_much(f"Triaging {len(courses):,} plans on {clock.today():%-d %B %Y}")
        for plans in _in_parts(courses):
            proposing = [plan for plan in plans if courses[plan.id].proposes(clock.today())]
            suggestions = suggestions_of(proposing, clock.today())
            steps: dict[str, list[tuple[Plan, StepContent]]] = defaultdict(list)
            for plan in plans:
                course, suggestion = courses[plan.id], suggestions.get(plan.id)
                if suggestion:
                    step = course.proposal(clock.today(), suggestion.outcome)
                    if step.category:
                        self._proposed[plan.id] = step.category
                else:
                    step = course.answer(clock.today(), self._proposed.pop(plan.id))
                steps[_key_of_actor(plan, step)].append((plan, step))
            for key, taken in steps.items():
                record_decisions(
                    taken, actor=self._people[key], suggestions=suggestions, illustrative=content.ILLUSTRATIVE
                )

    def share_a_saving(self) -> None:
        """Say of part of a saving in one STP's back office plan that its pathology plan has it too."""
        shared = content.SHARED_SAVING
        line, _ = _saving(shared)
        saving = SavingContent(
            year=line.year,
            kind=line.kind,
            label=content.SHARED_LABEL,
            quantity=parse(shared.said, unit=GBP),
            cash_releasing=True,
            confidence=Confidence.LOW,
            source=content.FORECAST_SOURCE,
            counted_in_id=line.id,
        )
        plan = _plan(content.PATHOLOGY, shared.stp_number)
        record_saving(plan=plan, content=saving, illustrative=content.ILLUSTRATIVE, actor=self._staff)

    def change_savings(self) -> None:
        """Record what some STPs say now of savings that they put higher before."""
        for anew in content.CHANGED_SAVINGS:
            line, value = _saving(anew)
            said = SavingSaid(
                quantity=parse(anew.said, unit=GBP),
                cash_releasing=value.cash_releasing,
                confidence=value.confidence,
                source=content.FORECAST_SOURCE,
            )
            change_saving(line=line, said=said, seen=value.id, illustrative=content.ILLUSTRATIVE, actor=self._staff)

    def withdraw_a_plan(self) -> None:
        """Withdraw one plan."""
        withdraw_plan(plan=_plan(*content.WITHDRAWN_PLAN), reason=WITHDRAWN, actor=self._staff)

    def _say_much(self, line: str) -> None:
        """Tell how far it has come, where that takes a while."""
        if self._scale > 1:
            self._say(line)

    @property
    def _staff(self) -> User:
        return self._people["staff"]

    def _draw(self, plan_id: int, footprint: Footprint, service: ServiceContent) -> None:
        drawn = draw_plan(footprint, service)
        received_on = drawn.submission.received_on
        course = Course(service.slug, footprint.number, received_on=received_on)
        self._contents[received_on][plan_id] = drawn
        for day in course.moves:
            self._courses[day][plan_id] = course


def _key_of_actor(plan: Plan, step: StepContent) -> str:
    """Whose step it is, as the demonstration's accounts are called."""
    if step.move is Move.PROPOSED:
        return LEADS[plan.region]
    return "executive" if step.move is Move.OVERRIDDEN else "staff"


def _footprints() -> Iterator[Footprint]:
    trusts: dict[int | None, list[Trust]] = defaultdict(list)
    for trust in db.session.scalars(select(Trust).order_by(Trust.ods_code)):
        trusts[trust.stp_id].append(trust)
    for number in db.session.scalars(select(Stp.id).order_by(Stp.id)):
        acute = [trust.id for trust in trusts[number] if trust.type in _ACUTE]
        others = [trust.id for trust in trusts[number] if trust.type not in _ACUTE]
        yield Footprint(number, trust_ids=(*acute, *others), acute=len(acute))


def _saving(of: SavingSaidAnew) -> tuple[SavingsLine, SavingsValue]:
    """The line of the ledger that holds a saving, and what it says today."""
    line = db.session.scalars(
        select(SavingsLine)
        .join(ServiceFunction, ServiceFunction.id == SavingsLine.function_id)
        .where(
            SavingsLine.plan_id == _plan(of.service, of.stp_number).id,
            SavingsLine.financial_year == content.NEXT_YEAR.start,
            SavingsLine.kind == SavingKind.PLAN,
            ServiceFunction.slug == of.function,
        )
    ).one()
    value = entry_in_force(SavingsValue, line.id, clock.today())
    assert value is not None  # noqa: S101 the drawing put it
    return line, value


def _plan(service: ServiceContent, stp_number: int) -> Plan:
    return db.session.scalars(
        select(Plan)
        .join(Service, Service.id == Plan.service_id)
        .where(Service.slug == service.slug, Plan.stp_id == stp_number)
    ).one()


def _in_parts(keys: Iterable[int]) -> Iterator[Sequence[Plan]]:
    """The plans with these keys, in their order, as many at a time as is kind to memory."""
    for part in in_batches(sorted(keys), PLANS_AT_ONCE):
        yield db.session.scalars(select(Plan).where(Plan.id.in_(part)).order_by(Plan.id)).all()
