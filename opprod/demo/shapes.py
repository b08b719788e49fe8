"""The parts the demonstration programme is written in.

``facts`` lists which facts of the Board paper BM/16/89 a part states, by their numbers in
``tests/integration/demo/source_facts.csv``; a test holds that every fact is stated somewhere. What no source says is
invented, and ``illustrative`` says so.
"""

from dataclasses import dataclass
from datetime import date

from opprod.accounts import Role
from opprod.core.rag import Rag
from opprod.core.regions import Region
from opprod.plans.services.catalogue import FunctionContent
from opprod.projects.models import Outcome, StatementKind, StrandKind
from opprod.rounds.services import Dates

Facts = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Account:
    """A role account; ``key`` is how the rest of the programme calls it, and its address before the @."""

    key: str
    name: str
    role: Role
    region: Region | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@demo.example"


@dataclass(frozen=True, kw_only=True)
class MeetingContent:
    """A meeting of the Board and its reporting round."""

    dates: Dates
    round_illustrative: str
    illustrative: str | None = None
    facts: Facts = ()

    @property
    def held_on(self) -> date:
        """The day of the meeting."""
        return self.dates.held_on


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a next step on a day."""

    on: date
    outcome: Outcome
    note: str
    new_due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A statement of an update; a next step has an owner, a due day and perhaps answers."""

    kind: StatementKind
    text: str
    facts: Facts = ()
    owner: str | None = None
    due_on: date | None = None
    illustrative: str | None = None
    terms_illustrative: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a strand says in one round. ``invented`` says what of it no source gives.

    One that is not ``approved`` waits for the executive on the demonstration's day.
    """

    rag: Rag
    rag_reason: str
    lines: tuple[Line, ...]
    invented: str = "the rating and its reason"
    approved: bool = True


@dataclass(frozen=True, kw_only=True)
class StrandContent:
    """A workstream or project, and its report for the meeting of 29 September 2016."""

    kind: StrandKind
    slug: str
    name: str
    purpose: str
    report: Report
    owner: str = "staff"
    reports_to: str | None = None
    facts: Facts = ()


@dataclass(frozen=True, kw_only=True)
class MeasureContent:
    """A measure with the value the paper gives, in the paper's words; ``strand`` is a slug, or none."""

    key: str
    name: str
    unit: str
    strand: str | None
    said: str
    locator: str
    facts: Facts = ()
    earlier: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceContent:
    """A service that STPs make plans for, and its functions."""

    slug: str
    name: str
    functions: tuple[FunctionContent, ...]


@dataclass(frozen=True, kw_only=True)
class SavingSaidAnew:
    """What is said later of a saving that an STP's plan for a service has; the function by its slug."""

    service: ServiceContent
    stp_number: int
    function: str
    said: str


@dataclass(frozen=True, kw_only=True)
class SectionContent:
    """The narrative of a section of the paper, in Markdown."""

    key: str
    narrative: str
    facts: Facts = ()


def achieved(text: str, *facts: str, illustrative: str | None = None) -> Line:
    """An achievement."""
    return Line(kind=StatementKind.ACHIEVEMENT, text=text, facts=facts, illustrative=illustrative)


def progress(text: str, *facts: str, illustrative: str | None = None) -> Line:
    """A piece of progress."""
    return Line(kind=StatementKind.PROGRESS, text=text, facts=facts, illustrative=illustrative)


def next_step(
    text: str,
    *facts: str,
    due: date,
    owner: str = "staff",
    illustrative: str | None = None,
    terms_illustrative: str | None = "owner and due date",
    answers: tuple[Answer, ...] = (),
) -> Line:
    """A next step. The paper names no owners and few due dates, so the most of these are invented."""
    return Line(
        kind=StatementKind.NEXT_STEP,
        text=text,
        facts=facts,
        owner=owner,
        due_on=due,
        illustrative=illustrative,
        terms_illustrative=terms_illustrative,
        answers=answers,
    )
