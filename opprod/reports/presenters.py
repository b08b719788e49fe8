"""Papers and sections as pages put them."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from opprod.accounts import User
from opprod.core import clock
from opprod.reports import permissions
from opprod.reports.checks import Problem, Stage
from opprod.reports.models import Paper, PaperPurpose, PaperSection, PaperState
from opprod.reports.sections import SECTIONS, Section
from opprod.web.errors import Typed
from opprod.web.presenters import day as day_as_text


def facts_stand_at(paper: Paper, day: date) -> str:
    """Say which day a paper's facts stand at, and why that one."""
    text = day_as_text(day)
    if day == paper.as_at:
        return f"{text}, where this paper is held"
    if day == clock.today():
        return f"{text}, today"
    if day == paper.meeting.held_on:
        return f"{text}, the day of the meeting"
    return text


def sections_not_in(paper: Paper) -> list[Section]:
    """The sections that a paper could have and has not."""
    held = {section.key for section in paper.sections}
    return [kind for key, kind in SECTIONS.items() if key not in held]


STAGES = {
    Stage.REVIEW: "Before it is sent for review",
    Stage.APPROVAL: "Before it is approved",
    Stage.ISSUE: "Before it is issued",
}


def problem_href(paper: Paper, problem: Problem) -> str:
    """Where a problem is put right."""
    match problem.about:
        case "sections":
            return url_for("reports.paper", paper_id=paper.id, _anchor="sections")
        case "round":
            return url_for("projects.round", meeting_id=paper.meeting_id)
        case key:
            return url_for("reports.paper", paper_id=paper.id, _anchor=f"section-{key}")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a person may do with a paper as it stands."""

    send: bool
    take_back: bool
    send_back: bool
    approve: bool
    issue: bool
    withdraw: bool
    revise: bool
    is_author: bool


def allowed(user: User, status: PaperState, *, author_ids: frozenset[int]) -> Allowed:
    """What a person may do with a paper of a status."""
    return Allowed(
        send=permissions.can_write(user, status),
        take_back=permissions.can_take_back(user, status),
        send_back=permissions.can_return(user, status),
        approve=permissions.can_approve(user, status, author_ids=author_ids),
        issue=permissions.can_issue(user, status),
        withdraw=permissions.can_withdraw(user, status),
        revise=permissions.can_revise(user, status),
        is_author=user.id in author_ids,
    )


def header_as_typed(
    *,
    meeting: str,
    addressee: str,
    agenda_item: str,
    reference: str,
    author_name: str,
    author_title: str,
    report_on: str,
    as_at: date | None,
    purpose: PaperPurpose | None,
    marking: str | None,
) -> list[Typed]:
    """A paper's header, field by field, for the conflict page."""
    return [
        Typed("Meeting", meeting),
        Typed("To", addressee),
        Typed("Agenda item", agenda_item),
        Typed("Reference", reference),
        Typed("Report by: name", author_name),
        Typed("Report by: title", author_title),
        Typed("Report on", report_on),
        Typed("What is asked of the Board", purpose.label if purpose else "Nothing said"),
        Typed("Protective marking", marking or "None"),
        Typed("Hold the facts at", day_as_text(as_at) if as_at else "Not held"),
    ]


def header_as_saved(paper: Paper) -> list[Typed]:
    """A paper's header as it is stored."""
    return header_as_typed(
        meeting=str(paper.meeting),
        addressee=paper.addressee,
        agenda_item=paper.agenda_item,
        reference=paper.reference,
        author_name=paper.author_name,
        author_title=paper.author_title,
        report_on=paper.report_on,
        as_at=paper.as_at,
        purpose=paper.purpose,
        marking=paper.marking,
    )


def section_as_typed(*, title: str, narrative: str) -> list[Typed]:
    """A section's title and text, for the conflict page."""
    return [Typed("Title", title), Typed("Text", narrative)]


def section_as_saved(section: PaperSection) -> list[Typed]:
    """A section as it is stored."""
    return section_as_typed(title=section.title, narrative=section.narrative)
