"""What queries of updates and next steps answer with: plain, frozen, and free of the database."""

from dataclasses import dataclass
from datetime import date, datetime

from opprod.core import illustrative
from opprod.core.quantity import Quantity
from opprod.core.rag import Rag
from opprod.projects.models import Outcome, StatementKind, Status, StrandKind


class Noted:
    """Mix in to a record that keeps apart what of its words and what of its owner and due day is invented."""

    __slots__ = ()
    illustrative: str | None
    terms_illustrative: str | None

    @property
    def invented(self) -> str | None:
        """What of all this is invented, as one note."""
        return illustrative.as_one(self.illustrative, self.terms_illustrative)


@dataclass(frozen=True, slots=True)
class QuotedReading:
    """A measure as a text quotes it on a day; ``said`` and what follows are None without a reading by then."""

    measure_id: int
    key: str
    name: str
    unit: str
    said: str | None
    quantity: Quantity | None
    effective_on: date | None
    source: str | None
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class StatementView(Noted):
    """A statement, its quotations resolved as of a day.

    A next step's due day is the one that holds on that day, and ``outcome`` what had become of it by then.
    ``raw`` is the text as typed; ``source`` is where the figures in its own words come from.
    """

    id: int
    kind: StatementKind
    text: str
    raw: str
    source: str | None
    owner_id: int | None
    owner_name: str | None
    due_on: date | None
    next_step_id: int | None
    outcome: Outcome | None
    illustrative: str | None
    terms_illustrative: str | None
    quoted: tuple[QuotedReading, ...]


@dataclass(frozen=True, slots=True)
class NextStepView(Noted):
    """A next step as it stood on a day; ``due_on`` is the day that held then, ``promised_due_on`` its terms'."""

    id: int
    strand_id: int
    strand_kind: StrandKind
    strand_slug: str
    strand_name: str
    text: str
    raw: str
    owner_id: int
    owner_name: str
    promised_on: date
    promised_due_on: date
    due_on: date
    outcome: Outcome | None
    outcome_on: date | None
    outcome_note: str | None
    days_overdue: int
    update_id: int
    illustrative: str | None
    terms_illustrative: str | None
    quoted: tuple[QuotedReading, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still owed on it."""
        return self.outcome is None or not self.outcome.closes

    @property
    def is_overdue(self) -> bool:
        """Whether it is open past its due day."""
        return self.days_overdue > 0


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """An update in a list: whose, for which meeting, where it stands since when, and its rating."""

    id: int
    number: int
    strand_id: int
    strand_kind: StrandKind
    strand_slug: str
    strand_name: str
    meeting_held_on: date
    status: Status
    status_on: date
    status_by_id: int
    status_by_name: str
    is_current: bool
    rag: Rag | None
    illustrative: str | None


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One entry of an update's status history."""

    status: Status
    at: datetime
    effective_on: date
    by_id: int
    by_name: str
    note: str | None


@dataclass(frozen=True, slots=True)
class TermsLine(Noted):
    """What was promised, from a day, and the update that promised it."""

    text: str
    owner_name: str
    due_on: date
    effective_on: date
    update_id: int
    illustrative: str | None
    terms_illustrative: str | None


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What became of a next step, from a day; ``slipped_to`` is the new due day of a slip."""

    id: int
    outcome: Outcome
    note: str | None
    slipped_to: date | None
    effective_on: date
    by_name: str
    illustrative: str | None
