"""Loading the demonstration programme, through the services that people use, in the caller's transaction."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from operator import itemgetter

from sqlalchemy import select, text

from opprod import schema
from opprod.accounts.queries import anyone_exists
from opprod.core import clock
from opprod.core.errors import WrongState
from opprod.db import db
from opprod.demo import days, plans
from opprod.demo.earlier import JULY_REPORTS
from opprod.demo.measures import (
    EARLIER_ILLUSTRATIVE,
    EARLIER_SOURCE,
    MEASURES,
    PROJECT_TABLE,
    SOURCE,
    WORKSTREAM_TABLE,
)
from opprod.demo.meetings import JULY, SEPTEMBER
from opprod.demo.planning import Planning
from opprod.demo.programme import Programme
from opprod.demo.projects import PROJECTS
from opprod.demo.shapes import Report
from opprod.demo.workstreams import WORKSTREAMS
from opprod.organisations.queries import directorate
from opprod.rounds.models import Meeting

# Any number but the migrations' will do, as long as every process takes the same.
_LOADING_LOCK = 20160929

REPORTS = {strand.slug: strand.report for strand in (*WORKSTREAMS, *PROJECTS)}
SOURCES = {
    **{strand.slug: f"{SOURCE}, {WORKSTREAM_TABLE}" for strand in WORKSTREAMS},
    **{strand.slug: f"{SOURCE}, {PROJECT_TABLE}" for strand in PROJECTS},
}
JULY_SOURCES = dict.fromkeys(JULY_REPORTS, EARLIER_SOURCE)

Step = tuple[date, Callable[[], None]]


def is_loaded() -> bool:
    """Whether this database holds the demonstration programme; waits for another process that is loading it.

    Raises ``WrongState`` for a database without tables.
    """
    if not schema.exists():
        raise WrongState("The database has no tables yet: run “opprod migrate” first.")
    if db.engine.dialect.name == "postgresql":
        # On SQLite the transaction itself is one at a time.
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOADING_LOCK})
    found = directorate()
    return found is not None and found.demonstration


def load(*, password: str, say: Callable[[str], None], scale: int = 1) -> None:
    """Load the programme, up to its day, into an empty database; every account gets the password.

    ``scale`` is how many times as many plans it has, with footprints that are made up beside the real ones.

    Raises ``WrongState`` where there is a programme already.
    """
    _ensure_empty()
    for day, take in sorted(_steps(Programme(password=password, scale=scale, say=say)), key=itemgetter(0)):
        with clock.pinned_to(day):
            take()


def _ensure_empty() -> None:
    # Whatever else there can be belongs to an account; reference data alone is the same in every programme.
    held = (
        ("accounts", anyone_exists()),
        ("a directorate", directorate() is not None),
        ("meetings", db.session.scalar(select(Meeting.id).limit(1)) is not None),
    )
    found = next((what for what, there in held if there), None)
    if found:
        raise WrongState(
            f"This database already has {found}. The demonstration programme is loaded into an empty one alone: "
            "name another with OPPROD_DATA_DIR or OPPROD_DATABASE_URL."
        )


def _steps(programme: Programme) -> Iterator[Step]:
    """Everything that happens, each on its day; on one day in this order."""
    yield days.SET_UP, programme.set_up
    yield from _plans(programme.planning)
    for measure in MEASURES:
        for day, said in measure.earlier:
            yield day, partial(_record_earlier, programme, measure.key, said)
    yield days.JULY_UPDATES_SUBMITTED, partial(programme.submit, JULY.held_on, JULY_REPORTS, JULY_SOURCES)
    yield from _decided(programme, JULY.held_on, JULY_REPORTS, days.JULY_UPDATES_APPROVED)
    yield days.JULY_PAPER_DRAFTED, programme.send_july_paper
    yield days.JULY_PAPER_APPROVED, programme.approve_july_paper
    yield days.JULY_PAPER_ISSUED, programme.issue_july_paper
    yield days.UPDATES_SUBMITTED, partial(_record_sourced, programme)
    yield days.UPDATES_SUBMITTED, partial(programme.submit, SEPTEMBER.held_on, REPORTS, SOURCES)
    yield from _decided(programme, SEPTEMBER.held_on, REPORTS, days.UPDATES_APPROVED)
    yield days.PAPER_BEGUN, programme.write_paper
    yield days.TODAY, programme.settle_figures
    yield days.TODAY, programme.confirm_equality_duty


def _plans(planning: Planning) -> Iterator[Step]:
    yield days.SET_UP, planning.open
    for day in days.PLANS_RECEIVED:
        yield day, planning.record
    yield days.FIRST_LOOK, partial(planning.open_round, plans.FIRST_LOOK, days.FIRST_LOOK_DUE)
    yield days.TRIAGE, partial(planning.open_round, plans.TRIAGE, days.TRIAGE_DUE)
    for day in days.STEPS_OF_TRIAGE:
        yield day, planning.take_steps
    yield days.SAVINGS_SHARED, planning.share_a_saving
    yield days.SAVINGS_CHANGED, planning.change_savings
    yield days.PLAN_WITHDRAWN, planning.withdraw_a_plan


def _decided(programme: Programme, held_on: date, reports: dict[str, Report], approved_on: date) -> Iterator[Step]:
    yield approved_on, partial(programme.approve, held_on, reports)
    for slug, report in reports.items():
        for line in report.lines:
            for answer in line.answers:
                yield answer.on, partial(programme.answer, slug, line.text, answer)


def _record_earlier(programme: Programme, key: str, said: str) -> None:
    programme.record_reading(key, said, source=EARLIER_SOURCE, illustrative=EARLIER_ILLUSTRATIVE)


def _record_sourced(programme: Programme) -> None:
    for measure in MEASURES:
        programme.record_reading(measure.key, measure.said, source=f"{SOURCE}, {measure.locator}")
