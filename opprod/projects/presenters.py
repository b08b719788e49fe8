"""Strands and measures in words and charts."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from opprod.charts import Chart, Point, line_svg
from opprod.core.quantity import GBP, PERCENT
from opprod.projects.models import StatementKind, Status, StrandKind
from opprod.projects.queries.measures import MeasureView, ReadingView
from opprod.projects.queries.records import OutcomeLine, StatementView
from opprod.projects.queries.rounds import RoundLine
from opprod.projects.queries.strands import StrandView
from opprod.web.errors import Typed
from opprod.web.forms import SelectChoice
from opprod.web.presenters import day as day_in_words
from opprod.web.presenters import plural, short_day

DIRECTORATES_OWN = "The directorate’s own"


def day_or_none(value: date | None) -> str:
    """A day in words, or that there is none."""
    return day_in_words(value) if value else "No day given"


def kind_plural(kind: StrandKind) -> str:
    """``Workstreams`` or ``Projects``."""
    return f"{kind.label}s"


def due_in_words(due_on: date, day: date) -> str:
    """How far off a due day is on the day of the page: ``due today``, ``due in 3 days``, ``3 days overdue``."""
    days = (due_on - day).days
    if days < 0:
        return f"{plural(-days, 'day')} overdue"
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due in {days:,} days")


def lateness_in_words(line: RoundLine) -> str:
    """Whether a strand's update for a round came in time, or how far off its due day is: ``Due in 3 days``."""
    if line.is_late:
        return f"{plural(line.days_late, 'day')} late"
    if line.is_submitted:
        return "In time"
    return {0: "Due today", 1: "Due tomorrow"}.get(-line.days_late, f"Due in {-line.days_late:,} days")


def not_begun(*, sees_drafts: bool) -> str:
    """How an update that is not there is called: who sees no drafts cannot tell whether one was begun."""
    return "Not started" if sees_drafts else "Not submitted"


def approval_in_words(strand: StrandView) -> str:
    """``Approved by Executive on 23 September 2016``, or that nobody has yet."""
    if strand.update_status is Status.APPROVED and strand.update_status_on:
        return f"Approved by {strand.update_status_by} on {day_in_words(strand.update_status_on)}"
    return "Not yet approved"


def by_kind(statements: Sequence[StatementView]) -> dict[StatementKind, list[StatementView]]:
    """Statements under the kind they are, each kind there even if nothing is said of it."""
    return {kind: [statement for statement in statements if statement.kind is kind] for kind in StatementKind}


def strand_choices(names: Sequence[tuple[StrandKind, int, str]]) -> list[SelectChoice]:
    """Strands to choose from, grouped by kind."""
    return [SelectChoice(str(strand_id), name, optgroup=kind_plural(kind)) for kind, strand_id, name in names]


def strand_as_typed(
    *,
    name: str | None,
    purpose: str | None,
    owner: str,
    reports_to: str | None,
    starts_on: date | None,
    ends_on: date | None,
) -> list[Typed]:
    """A strand's profile field by field, for the conflict page."""
    return [
        Typed("Name", name or ""),
        Typed("Purpose", purpose or ""),
        Typed("Owner", owner),
        Typed("Reports to", reports_to or "Nobody named"),
        Typed("Starts on", day_or_none(starts_on)),
        Typed("Ends on", day_or_none(ends_on)),
    ]


def reading_as_typed(said: str | None, effective_on: date | None, source: str | None) -> list[Typed]:
    """A reading field by field, for the conflict page."""
    return [
        Typed("Value", said or ""),
        Typed("True from", day_or_none(effective_on)),
        Typed("Source", source or ""),
    ]


def outcome_as_stored(outcomes: Sequence[OutcomeLine]) -> list[Typed]:
    """What had become of a next step, of its outcomes newest first, field by field for the conflict page."""
    if not outcomes:
        return [Typed("Outcome", "None")]
    standing = outcomes[0]
    return [
        Typed("Outcome", standing.outcome.label),
        Typed("New due day", day_in_words(standing.slipped_to) if standing.slipped_to else ""),
        Typed("Note", standing.note or ""),
        Typed("From", day_in_words(standing.effective_on)),
        Typed("Recorded by", standing.by_name),
    ]


def unit_in_words(unit: str) -> str:
    """What a measure is counted in: ``pounds``, ``per cent``, ``trusts``."""
    return {GBP: "pounds", PERCENT: "per cent"}.get(unit, unit)


def value_hint(unit: str) -> str:
    """How to type a value in a unit."""
    if unit == GBP:
        return "In pounds: £6.2m, £18–20m, c.£20m or over £900k."
    if unit == PERCENT:
        return "In per cent: 40%, c.35% or 20–25%."
    return f"In {unit}: 12, c.20, 20–25 or over 1,400. As exact or as vague as it is known."


def whose(measure: MeasureView) -> str:
    """The name of the strand a measure belongs to, or that it is the directorate's own."""
    return measure.strand_name or DIRECTORATES_OWN


def trend(measure: MeasureView, readings: Sequence[ReadingView]) -> Chart:
    """A chart of a measure's readings, given newest first."""
    points = tuple(_point(reading) for reading in reversed(readings))
    if not points:
        return Chart(f"{measure.name}: no readings yet", "", points)
    first, last = points[0], points[-1]
    title = f"{measure.name}: {last.said} on {last.day}"
    if len(points) > 1:
        title = f"{measure.name}: from {first.said} on {first.day} to {last.said} on {last.day}"
    return Chart(title, "; ".join(_told(point) for point in points), points)


def trend_svg(measure: MeasureView, readings: Sequence[ReadingView]) -> Markup:
    """The chart drawn, to stand once on a page."""
    return line_svg(trend(measure, readings), element_id=f"trend-{measure.key}")


def _point(reading: ReadingView) -> Point:
    low, high = reading.quantity.low, reading.quantity.high
    is_range = low is not None and high is not None and low != high
    return Point(
        on=reading.effective_on,
        day=short_day(reading.effective_on),
        value=reading.quantity.midpoint(),
        said=reading.said,
        low=low if is_range else None,
        high=high if is_range else None,
        illustrative=reading.illustrative is not None,
    )


def _told(point: Point) -> str:
    return f"{point.day}: {point.said}{' (illustrative)' if point.illustrative else ''}"
