"""Beginning Board papers, and editing their headers."""

import re
from datetime import date

from opprod import history
from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput
from opprod.reports.models import Paper, PaperPurpose, PaperSection, PaperState, PaperStatus
from opprod.reports.queries import paper_with_reference
from opprod.reports.queries.issues import issued_on_this_matter
from opprod.reports.sections import SECTIONS
from opprod.reports.services.common import claim, ensure_open, keep_revision
from opprod.reports.snapshot import take
from opprod.rounds.models import Meeting

AGENDA_ITEM = re.compile(r"0*([1-9][0-9]{0,2}[a-z]?)")


def create_paper(
    *,
    meeting: Meeting,
    addressee: str,
    agenda_item: str,
    reference: str,
    author_name: str,
    author_title: str,
    report_on: str,
    actor: User,
    illustrative: str | None = None,
) -> Paper:
    """Begin a paper with every section that is included at first, each with its first narrative.

    ``illustrative`` says what of the paper is invented, if anything is.

    Raises ``InvalidInput``, naming the field, for a blank one, a reference in use, an agenda item that is none, and a
    meeting whose Board was told of this matter already, then or later.
    """
    _check_meeting(None, meeting, report_on)
    paper = Paper(
        meeting=meeting,
        **_header(
            None,
            addressee=addressee,
            agenda_item=agenda_item,
            reference=reference,
            author_name=author_name,
            author_title=author_title,
            report_on=report_on,
        ),
        illustrative=illustrative,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    kinds = [kind for kind in SECTIONS.values() if kind.included_at_first]
    snapshot = take(clock.today(), keys=[key for kind in kinds for key in kind.quotes])
    paper.sections = [
        PaperSection(
            key=kind.key,
            position=position,
            title=kind.title,
            narrative=kind.narrative(snapshot),
            board_only=kind.board_only,
        )
        for position, kind in enumerate(kinds, start=1)
    ]
    trail.added(Event.PAPER_CREATED, paper, actor=actor)
    for section in paper.sections:
        keep_revision(section, actor=actor)
    history.record(PaperStatus(subject_id=paper.id, status=PaperState.DRAFT, effective_on=clock.today()), actor=actor)
    return paper


def change_paper(
    *,
    paper: Paper,
    version: int,
    meeting: Meeting,
    addressee: str,
    agenda_item: str,
    reference: str,
    author_name: str,
    author_title: str,
    report_on: str,
    as_at: date | None,
    actor: User,
    purpose: PaperPurpose | None = None,
    marking: str | None = None,
) -> Paper:
    """Change a paper's header, and the day its facts are held at, if any.

    Raises ``InvalidInput`` as ``create_paper`` does and for a day to come, and ``Conflict`` when the header changed
    since version ``version``.
    """
    ensure_open(paper)
    claim(paper, version)
    _check_meeting(paper, meeting, report_on)
    header = _header(
        paper,
        addressee=addressee,
        agenda_item=agenda_item,
        reference=reference,
        author_name=author_name,
        author_title=author_title,
        report_on=report_on,
    )
    if as_at is not None and as_at > clock.today():
        raise InvalidInput("The facts of a paper can stand at today or an earlier day.", field="as_at")
    with trail.changing(Event.PAPER_CHANGED, paper, actor=actor):
        paper.meeting = meeting
        paper.as_at = as_at
        paper.purpose = purpose
        paper.marking = (marking or "").strip() or None
        for name, value in header.items():
            setattr(paper, name, value)
    return paper


def _check_meeting(paper: Paper | None, meeting: Meeting, report_on: str) -> None:
    if paper is not None and (paper.meeting_id, paper.report_on) == (meeting.id, report_on.strip()):
        return
    found = issued_on_this_matter(meeting, report_on.strip())
    if found is not None and found.paper is not paper:
        told = found.paper
        raise InvalidInput(
            f"The Board had {told.reference} on this matter for its meeting of {told.meeting.held_on:%-d %B %Y}, "
            "which answers what was promised before. Choose a later meeting, or write that paper anew.",
            field="meeting_id",
        )


def _header(paper: Paper | None, **said: str) -> dict[str, str]:
    """Return a header's fields as they are kept."""
    asked = {
        "addressee": "Enter whom the paper is for.",
        "reference": "Enter the reference.",
        "author_name": "Enter the author’s name.",
        "author_title": "Enter the author’s title.",
        "report_on": "Enter what the paper reports on.",
    }
    header = {name: value.strip() for name, value in said.items()}
    for name, message in asked.items():
        if not header[name]:
            raise InvalidInput(message, field=name)
    item = AGENDA_ITEM.fullmatch(header["agenda_item"].lower())
    if item is None:
        raise InvalidInput(
            "Agenda item must be a number, with a letter if it has one, like 9 or 9a.", field="agenda_item"
        )
    header["agenda_item"] = item[1]
    holder = paper_with_reference(header["reference"])
    if holder is not None and holder is not paper:
        raise InvalidInput(
            f"Reference {holder.reference} is that of the paper for {holder.meeting.held_on:%-d %B %Y}, agenda item "
            f"{holder.agenda_item}. Each paper has its own.",
            field="reference",
        )
    return header
