"""Lines of savings ledgers for tests."""

from typing import Any

from opprod.accounts import User
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP, parse
from opprod.plans.models import Plan, SavingKind, SavingsLine
from opprod.plans.services.savings import SavingContent, SavingSaid, record_saving
from tests.builders.accounts import a_user


def content(said: str | None = "£1m", *, year: str = "2017/18", **values: Any) -> SavingContent:
    """A line to record: a plan's saving of the whole service in 2017/18 unless told."""
    given: dict[str, Any] = {
        "kind": SavingKind.PLAN,
        "cash_releasing": True,
        "confidence": None,
        "source": "STP submission, page 2",
    }
    return SavingContent(
        year=FinancialYear.parse(year), quantity=parse(said, unit=GBP) if said else None, **(given | values)
    )


def what_it_says(said: str | None = "£2m", **values: Any) -> SavingSaid:
    """What a line is to say after a change."""
    given: dict[str, Any] = {"cash_releasing": True, "confidence": None, "source": "Revised submission, page 3"}
    return SavingSaid(quantity=parse(said, unit=GBP) if said else None, **(given | values))


def a_saving(
    plan: Plan,
    said: str | None = "£1m",
    *,
    actor: User | None = None,
    illustrative: str | None = None,
    **values: Any,
) -> SavingsLine:
    """A line of a plan's ledger, recorded by somebody of the centre unless told. Keywords as for ``content``."""
    on = values.pop("on", None)
    return record_saving(
        plan=plan,
        content=content(said, **values),
        actor=actor or a_user(),
        effective_on=on,
        illustrative=illustrative,
    )
