"""Papers and sections as pages put them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from opprod.accounts import User
from opprod.core import clock
from opprod.projects.models import Outcome as Became
from opprod.projects.quoting import quoted_keys
from opprod.reports import permissions
from opprod.reports.answers import Outcome
from opprod.reports.checks import Problem, Stage
from opprod.reports.composition import PaperContent, numbers_of
from opprod.reports.models import (
    Paper,
    PaperPurpose,
    PaperSection,
    PaperState,
    PaperWording,
    SectionDraft,
    SectionRevision,
)
from opprod.reports.queries.editing import StrayWording
from opprod.reports.sections import SECTIONS, Section
from opprod.reports.services.wordings import in_words, made_of
from opprod.reports.writing import CITES
from opprod.web.errors import Typed
from opprod.web.presenters import day as day_as_text
from opprod.web.presenters import moment, plural


@dataclass(frozen=True, slots=True)
class Citable:
    """A section whose numbered paragraphs others can cite, and how many it has."""

    key: str
    title: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Stray:
    """Words of a paper for a statement that is no longer said: why, and the statements they could be moved to."""

    id: int
    version: int
    strand: str
    kind: str
    original: str
    made: str
    why: str
    others: Sequence[tuple[str, str]]


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
        case "evidence" | "answers" | "statements":
            return url_for(f"reports.{problem.about}", paper_id=paper.id)
        case key:
            return url_for("reports.paper", paper_id=paper.id, _anchor=f"section-{key}")


def outcome_colour(outcome: Outcome | None) -> str:
    """The colour of the tag that says what became of a promise."""
    if outcome is None:
        return "red"
    if outcome.closes:
        return "green" if outcome.name == Became.ACHIEVED.label else "grey"
    return "orange" if outcome.slipped else "yellow"


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


def time_of(value: datetime) -> str:
    """``2:05pm`` of a moment today, ``2:05pm on 26 September 2016`` of any other."""
    day, _, time = moment(value).partition(", ")
    return time if day == day_as_text(clock.today()) else f"{time} on {day}"


def section_news(writing: Sequence[SectionDraft], saved: Sequence[SectionRevision]) -> list[str]:
    """What a section's writer should know of others: who is writing in it too, and who saved it meanwhile."""
    return [
        *(
            f"{draft.user.name} is writing in this section too. What they typed by {time_of(draft.kept_at)} is not "
            "saved yet."
            for draft in writing
        ),
        *(
            f"{said} What you save is put together with it, paragraph by paragraph."
            for said in saved_meanwhile(saved)
        ),
    ]


def saved_meanwhile(saved: Sequence[SectionRevision]) -> list[str]:
    """Who saved a section after it was opened, and when last; ``saved`` is newest first."""
    latest = {revision.saved_by_id: revision for revision in reversed(saved)}
    return [
        f"{revision.saved_by.name} saved this section at {time_of(revision.saved_at)}, after you opened it."
        for revision in latest.values()
    ]


def citable(content: PaperContent) -> list[Citable]:
    """The sections of a paper that can be cited."""
    counted = [
        Citable(section.key, section.title, len(list(numbers_of(section.blocks)))) for section in content.sections
    ]
    return [section for section in counted if section.paragraphs]


def dead_ends(narrative: str, content: PaperContent) -> list[str]:
    """Say of each citation in a text that leads to no paragraph of the paper why it does not."""
    return list(_dead_ends(narrative, {section.key: section for section in citable(content)}))


def _dead_ends(narrative: str, there: dict[str, Citable]) -> Iterator[str]:
    for citation in quoted_keys([narrative]):
        key, found, place = citation.partition(CITES)
        if not found:
            continue
        if key not in there:
            yield f"[[{citation}]] leads nowhere: this paper has no such section, or none with numbered paragraphs."
        elif place.isdecimal() and int(place) > there[key].paragraphs:
            paragraphs = plural(there[key].paragraphs, "numbered paragraph")
            yield f"[[{citation}]] leads nowhere: “{there[key].title}” has {paragraphs}."


def stray(found: StrayWording, others: Sequence[tuple[str, str]]) -> Stray:
    """What was made of a statement that is no longer said; ``others`` are statements by their keys."""
    row = found.row
    when = f"withdrawn or changed on {day_as_text(found.since)}" if found.since else "its update was withdrawn"
    return Stray(
        id=row.id,
        version=row.version,
        strand=found.strand,
        kind=row.kind.label,
        original=row.original,
        made=in_words(made_of(row)),
        why=f"No longer said: {when}",
        others=others,
    )


def wording_as_saved(row: PaperWording) -> Typed:
    """What is made of a statement on record, for the conflict page."""
    return Typed(row.original, in_words(made_of(row)))
