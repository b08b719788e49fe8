"""From a paper's record to its content, as at a day."""

from collections.abc import Mapping
from datetime import date

from opprod.core import clock
from opprod.reports.composition import Cover, PaperContent, compose
from opprod.reports.facts import Confirmation, SectionText
from opprod.reports.models import Paper, PaperSection
from opprod.reports.plans import take_plans
from opprod.reports.sections import EQUALITY_DUTY, PLANS
from opprod.reports.snapshot import take


def day_of(paper: Paper) -> date:
    """The day the paper's facts stand at: the one it is held at, or today, but never past its meeting."""
    return paper.as_at or min(clock.today(), paper.meeting.held_on)


def content_of(paper: Paper, day: date, *, edited: Mapping[str, SectionText] | None = None) -> PaperContent:
    """Compose the paper of the sections it includes, with the programme's facts as at a day.

    ``edited`` has texts to take instead of those on record; their sections are in, included or not.
    """
    edited = edited or {}
    texts = [
        (section.key, edited.get(section.key) or _text_of(paper, section))
        for section in paper.sections
        if section.included or section.key in edited
    ]
    plans = take_plans(day, board=paper.meeting.board) if PLANS in dict(texts) else None
    snapshot = take(day, narratives=[text.narrative for _, text in texts], plans=plans)
    return compose(_cover(paper, snapshot.body), texts, snapshot)


def _text_of(paper: Paper, section: PaperSection) -> SectionText:
    who, when = paper.equality_confirmed_by, paper.equality_confirmed_at
    confirmed = Confirmation(who.name, when) if section.key == EQUALITY_DUTY and who and when else None
    return SectionText(section.title, section.narrative, confirmed)


def _cover(paper: Paper, body: str) -> Cover:
    return Cover(
        body=body,
        addressee=paper.addressee,
        meeting_on=paper.meeting.held_on,
        meeting_illustrative=paper.meeting.illustrative,
        agenda_item=paper.agenda_item,
        reference=paper.reference,
        author_name=paper.author_name,
        author_title=paper.author_title,
        report_on=paper.report_on,
    )
