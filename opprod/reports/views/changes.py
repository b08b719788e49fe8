"""What changed between two days or two papers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from opprod.accounts import Permission, requires
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.db import db
from opprod.plans.presenters import Tag, standing_tag
from opprod.plans.presenters.exports import csv_text
from opprod.plans.queries.plans import Standing as PlanStands
from opprod.reports.differences import Change, ChangeKind, Differences, differences, rows
from opprod.reports.forms import ComparedDaysForm, ComparedPapersForm
from opprod.reports.queries import compared
from opprod.reports.queries.compared import Comparable
from opprod.reports.queries.standing import take_standing
from opprod.reports.views.blueprint import blueprint
from opprod.rounds.queries import past_meetings
from opprod.web.errors import UnusableAddress
from opprod.web.forms import add_error, form_errors, render_form
from opprod.web.presenters import day as day_in_words

NOW = "now"
ASKED = {"papers", "earlier", "later", "from", "to", "kind"}
PAPERS_TO_CHOOSE = 50
SHOWN_OF_EACH_KIND = 15
SHOWN_OF_ONE_KIND = 500
MOST_ROWS = 20_000
A_MONTH = timedelta(days=30)


@blueprint.get("/changes")
@requires(Permission.VIEW_PAPERS)
def changes() -> ResponseReturnValue:
    """Say what changed between two papers or days: since the last paper unless the address says otherwise."""
    kind, asked = _kind(), _asked()
    found = asked.compare()
    same: dict[str, Any] = {name: request.args[name] for name in ASKED & {*request.args}}
    most = SHOWN_OF_ONE_KIND if kind else SHOWN_OF_EACH_KIND
    return render_form(
        "reports/changes.html",
        asked.form,
        days=asked.days,
        papers=asked.papers,
        known=asked.known,
        sides=asked.sides() if found else None,
        found=found,
        kind=kind,
        groups=_groups(found, kind, most) if found else [],
        category_tags=_category_tags(),
        csv_href=url_for("reports.export_changes", **same),
    )


@blueprint.get("/changes.csv")
@requires(Permission.VIEW_PAPERS)
def export_changes() -> Response:
    """Send what changed as a CSV file: all of it, or what is of one kind."""
    kind, asked = _kind(), _asked()
    found = asked.compare()
    if found is None:
        raise UnusableAddress(" ".join(f"{error.message}." for error in form_errors(asked.form)))
    shown = found.of(kind) if kind else found.changes
    if len(shown) > MOST_ROWS:
        raise UnusableAddress(
            f"A file can have {MOST_ROWS:,} rows at most. Ask for one kind of change, or for days nearer each other."
        )
    response = Response(csv_text(rows.COLUMNS, map(rows.row_of, shown)), mimetype="text/csv")
    name = f"changes-{found.since.isoformat()}-to-{found.until.isoformat()}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of a kind, as many as the page shows, and how many more there are."""

    kind: ChangeKind
    changes: tuple[Change, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which two days or papers the address asks to compare."""

    days: ComparedDaysForm
    papers: ComparedPapersForm
    by_papers: bool
    known: dict[str, Comparable]

    @property
    def form(self) -> ComparedDaysForm | ComparedPapersForm:
        """The form that the address filled."""
        return self.papers if self.by_papers else self.days

    def compare(self) -> Differences | None:
        """What changed; None where the form is refused."""
        if not self.form.validate():
            return None
        if not self.by_papers:
            return differences(take_standing(self.days.since.data), take_standing(self.days.until.data))
        earlier, later = self.known[self.papers.earlier.data], self.known.get(self.papers.later.data)
        if later is not None and later.as_at < earlier.as_at:
            add_error(
                self.papers, InvalidInput("The later paper cannot be of a day before the earlier one", field="later")
            )
            return None
        after = take_standing(clock.today()) if later is None else compared.standing_in(later.edition_id)
        return differences(compared.standing_in(earlier.edition_id), after)

    def sides(self) -> tuple[str, str]:
        """What is compared with what, in words."""
        if not self.by_papers:
            return day_in_words(self.days.since.data), day_in_words(self.days.until.data)
        later = self.known.get(self.papers.later.data)
        today = f"today, {day_in_words(clock.today())}"
        return self.known[self.papers.earlier.data].label, later.label if later else today


def _asked() -> _Asked:
    args = _with_papers_apart(request.args)
    known = {one.key: one for one in compared.issued_papers(limit=PAPERS_TO_CHOOSE)}
    for key in (args.get("earlier", NOW), args.get("later", NOW)):
        if key != NOW and key not in known and (one := compared.comparable(key)):
            known[one.key] = one
    last = compared.last_issued()
    by_papers = "earlier" in args or "later" in args
    if last is not None and not {"from", "to"} & args.keys():
        by_papers = True
        args.setdefault("earlier", last.key)
    args.setdefault("later", NOW)
    args.setdefault("from", _usual_start(last).isoformat())
    args.setdefault("to", clock.today().isoformat())
    papers = ComparedPapersForm(args)
    choices = [(key, one.label) for key, one in known.items()]
    papers.earlier.choices = choices
    papers.later.choices = [(NOW, "The programme as it stands today"), *choices]
    return _Asked(ComparedDaysForm(args), papers, by_papers, known)


def _with_papers_apart(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """The address, in which ``papers=12,now`` stands for the earlier and the later paper."""
    apart = MultiDict(args)
    both = apart.pop("papers", None)
    if both is not None:
        earlier, _, later = both.partition(",")
        apart["earlier"], apart["later"] = earlier, later or NOW
    return apart


def _usual_start(last: Comparable | None) -> date:
    """The day of the last issued paper, or else of the last meeting, or else a month ago."""
    if last is not None:
        return last.as_at
    today = clock.today()
    meeting = db.session.scalar(past_meetings(today).limit(1))
    return meeting.held_on if meeting else today - A_MONTH


def _kind() -> ChangeKind | None:
    typed = request.args.get("kind", "")
    try:
        return ChangeKind(typed) if typed else None
    except ValueError as error:
        raise UnusableAddress("There is no such kind of change.") from error


def _groups(found: Differences, kind: ChangeKind | None, most: int) -> list[Group]:
    of_each = [(one, found.of(one)) for one in ChangeKind if kind in {None, one}]
    return [Group(one, every[:most], max(0, len(every) - most)) for one, every in of_each if every]


def _category_tags() -> dict[str, Tag]:
    """The tag of each thing that a plan can stand at, by its words."""
    return {standing.label: standing_tag(standing) for standing in PlanStands}
