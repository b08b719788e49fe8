"""Papers and sections as pages put them."""

from datetime import date

from opprod.core import clock
from opprod.reports.models import Paper, PaperPurpose, PaperSection
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
