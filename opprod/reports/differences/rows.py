"""Changes as rows of a file for spreadsheets."""

from datetime import date

from opprod.reports.differences.change import Change

COLUMNS = (
    "Kind",
    "What happened",
    "Of",
    "Which",
    "From",
    "To",
    "Why",
    "Source",
    "On",
    "For the Board alone",
    "Record",
    "Illustrative",
)


def row_of(change: Change) -> tuple[str | date | None, ...]:
    """A change under ``COLUMNS``."""
    return (
        change.kind.label,
        change.how,
        change.of,
        change.about,
        change.before,
        change.after,
        change.why,
        change.source,
        change.on,
        "Yes" if change.of_plan else "No",
        change.record,
        change.illustrative,
    )
