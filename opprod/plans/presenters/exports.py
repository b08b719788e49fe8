"""Plans and lines of the savings ledger as rows of a CSV file."""

from collections.abc import Iterable, Sequence
from csv import writer
from datetime import date
from decimal import Decimal
from io import StringIO

from opprod.plans.presenters import stp_title
from opprod.plans.queries.exports import SavingsRow
from opprod.plans.queries.plans import PlanView

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"

Value = str | int | date | Decimal | None

PLAN_COLUMNS = (
    "Plan",
    "STP number",
    "STP",
    "Service",
    "Region",
    "Category",
    "Since",
    "Submission",
    "Received on",
    "Illustrative",
)
SAVING_COLUMNS = (
    "Line",
    "STP number",
    "STP",
    "Service",
    "Region",
    "Plan withdrawn",
    "Financial year",
    "Kind",
    "Function",
    "Label",
    "Saving",
    "Low in pounds",
    "High in pounds",
    "Cash-releasing",
    "Confidence",
    "Counted in",
    "True from",
    "Source",
    "Illustrative",
)


def plan_row(plan: PlanView) -> tuple[Value, ...]:
    """A plan under ``PLAN_COLUMNS``."""
    return (
        plan.id,
        plan.stp_number,
        stp_title(plan.stp_number, plan.stp_name),
        plan.service,
        plan.region.label,
        plan.standing.label,
        plan.standing_since,
        plan.submission.label if plan.submission else "Not recorded",
        plan.received_on,
        plan.illustrative,
    )


def saving_row(line: SavingsRow) -> tuple[Value, ...]:
    """A line of the ledger under ``SAVING_COLUMNS``. What nobody has stated is said so, and its numbers are blank."""
    return (
        line.line_id,
        line.stp_number,
        stp_title(line.stp_number, line.stp_name),
        line.service,
        line.region.label,
        "Yes" if line.withdrawn else "No",
        str(line.year),
        line.kind.label,
        line.function or "The service as a whole",
        line.label,
        line.quantity.said if line.quantity else "Not stated",
        line.quantity.low if line.quantity else None,
        line.quantity.high if line.quantity else None,
        "Not stated" if line.cash_releasing is None else "Yes" if line.cash_releasing else "No",
        line.confidence.label if line.confidence else "Not stated",
        str(line.counted_in) if line.counted_in else None,
        line.effective_on,
        line.source,
        line.illustrative,
    )


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Rows under their columns as RFC 4180 has it, with the mark by which spreadsheets know UTF-8."""
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    lines = writer(text, lineterminator="\r\n")
    lines.writerow(columns)
    lines.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else str(value)
    # A spreadsheet would run what looks like a formula.
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text
