"""What the savings ledger of a plan says, as plain data, and its totals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from opprod.core.errors import NotFound
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import Group, Quantity, QuantityError, UnboundedTotal, floor_of, sum_of
from opprod.plans.models import Confidence, SavingKind

NO_SUCH_LINE = "There is no such line in this plan’s savings. It may have been withdrawn."


@dataclass(frozen=True, slots=True)
class LineReference:
    """A line as another line speaks of it. One of a plan that the reader may not know of has neither key.

    ``place`` names its plan, where that is another than the one that is read.
    """

    line_id: int | None = None
    plan_id: int | None = None
    place: str | None = None

    def __str__(self) -> str:
        if self.line_id is None:
            return "a line in a plan of another region"
        return f"line {self.line_id} of {self.place}" if self.place else f"line {self.line_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineValue:
    """What a line says, or once said, from a day. A quantity of None is one that nobody has stated, not zero."""

    value_id: int
    quantity: Quantity | None
    cash_releasing: bool | None
    confidence: Confidence | None
    source: str
    effective_on: date
    recorded_at: datetime
    recorded_by: str
    illustrative: str | None
    counted_in: LineReference | None
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawn_reason: str | None

    @property
    def said(self) -> str:
        """The saving as it was said."""
        return self.quantity.said if self.quantity else "Not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine(LineValue):
    """A line with what it says on the day shown, what it said before, and the lines that are counted in it."""

    id: int
    year: FinancialYear
    kind: SavingKind
    function: str | None
    label: str
    superseded: tuple[LineValue, ...] = ()
    includes: tuple[LineReference, ...] = ()

    @property
    def name(self) -> str:
        """``HR, Shared payroll``."""
        return ", ".join(part for part in (self.function or "The service as a whole", self.label) if part)

    @property
    def title(self) -> str:
        """``2017/18, Plan, HR, Shared payroll``."""
        return f"{self.year}, {self.kind.label}, {self.name}"


@dataclass(frozen=True, slots=True)
class Sum:
    """A total; None where nothing was stated, or where what was stated has no total that can be said.

    Where some figures are open upwards and others downwards, all that can be said is ``floor``: what the total cannot
    be less than, since no saving is negative.
    """

    quantity: Quantity | None
    floor: Quantity | None = None
    can_be_said: bool = True

    @property
    def said(self) -> str:
        """The total in words."""
        if self.can_be_said:
            return self.quantity.said if self.quantity else "Not stated"
        return self.floor.said if self.floor else "Cannot be said"


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What a plan saves by lines of one kind that are counted in it; ``blank`` of them state no figure.

    ``elsewhere`` further lines are counted in other lines, and so are not in the total.
    """

    whole: Sum
    cash_releasing: Sum
    lines: int
    blank: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class YearTotal:
    """A plan's totals of a financial year. Kinds are never added to one another."""

    year: FinancialYear
    kinds: dict[SavingKind, KindTotal]
    illustrative: bool
    """Whether something of what is added up is invented."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The savings ledger of a plan: the lines that stand, those withdrawn, and the totals by year."""

    lines: tuple[LedgerLine, ...]
    withdrawn: tuple[LedgerLine, ...]
    totals: tuple[YearTotal, ...]

    @property
    def kinds(self) -> tuple[SavingKind, ...]:
        """Every kind of saving, in order."""
        return tuple(SavingKind)

    def groups(self) -> list[tuple[str, list[LedgerLine]]]:
        """The lines of each year and kind, under ``2017/18: plan``."""
        grouped = groupby(self.lines, key=lambda line: f"{line.year}: {line.kind.value}")
        return [(heading, list(found)) for heading, found in grouped]

    def line(self, line_id: int) -> LedgerLine:
        """The line with a key, if it stands; raises ``NotFound``."""
        found = next((line for line in self.lines if line.id == line_id), None)
        if found is None:
            raise NotFound(NO_SUCH_LINE)
        return found


def totals_of(lines: Iterable[LedgerLine]) -> tuple[YearTotal, ...]:
    """The totals of lines by financial year and, within it, by each kind that there are lines of."""
    years: dict[FinancialYear, list[LedgerLine]] = {}
    for line in lines:
        years.setdefault(line.year, []).append(line)
    return tuple(
        YearTotal(
            year,
            {
                kind: _kind_total([line for line in found if line.kind is kind])
                for kind in SavingKind
                if kind in {line.kind for line in found}
            },
            illustrative=any(line.illustrative for line in found if line.counted_in is None),
        )
        for year, found in sorted(years.items())
    )


def sum_of_groups(groups: Iterable[Group]) -> Sum:
    """The total of what was stated, as far as it can be said."""
    known = list(groups)
    try:
        return Sum(sum_of(known))
    except UnboundedTotal:
        return Sum(None, floor_of(known), can_be_said=False)
    except QuantityError:
        return Sum(None, can_be_said=False)


def _kind_total(lines: list[LedgerLine]) -> KindTotal:
    counted = [line for line in lines if line.counted_in is None]
    stated = [(line, line.quantity) for line in counted if line.quantity is not None]
    return KindTotal(
        whole=sum_of_groups(Group.of(quantity) for _, quantity in stated),
        cash_releasing=sum_of_groups(Group.of(quantity) for line, quantity in stated if line.cash_releasing),
        lines=len(counted),
        blank=len(counted) - len(stated),
        elsewhere=len(lines) - len(counted),
    )
