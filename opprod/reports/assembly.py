"""From a paper's record to its content, as at a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from opprod.core import clock
from opprod.reports.asked import Asked
from opprod.reports.composition import Cover, PaperContent, SectionContent, compose
from opprod.reports.facts import Confirmation, SectionText
from opprod.reports.models import Paper, PaperSection
from opprod.reports.queries.claims import claims_of, evidence_page
from opprod.reports.queries.editing import wordings_of
from opprod.reports.queries.issues import last_paper
from opprod.reports.sections import EQUALITY_DUTY, SECTIONS
from opprod.reports.snapshot import take_for
from opprod.reports.wordings import with_figures


def day_of(paper: Paper) -> date:
    """The day the paper's facts stand at: the one it is held at, or today, but never past its meeting."""
    return paper.as_at or min(clock.today(), paper.meeting.held_on)


def content_of(paper: Paper, day: date, *, edited: Mapping[str, SectionText] | None = None) -> PaperContent:
    """Compose the paper of the sections it includes, with the programme's facts as at a day.

    ``edited`` has texts to take instead of those on record; their sections are in, included or not.
    """
    edited = edited or {}
    texts = {
        section.key: edited.get(section.key) or _text_of(paper, section)
        for section in paper.sections
        if section.included or section.key in edited
    }
    kinds = {key: SECTIONS[key] for key in texts}
    claims, page = claims_of(paper), evidence_page(paper)
    made = wordings_of(paper)
    quoting = [*(text.narrative for text in texts.values()), *(wording.text or "" for wording in made.values())]
    snapshot = take_for(asked_for(paper, day), kinds.values(), narratives=quoting)
    wordings = {key: with_figures(wording, snapshot.figures) for key, wording in made.items()}
    texts = {key: replace(text, claims=claims, wordings=wordings, evidence_page=page) for key, text in texts.items()}
    sections = [
        SectionContent(key, text.title, kinds[key].compose(snapshot, text), text.board_only)
        for key, text in texts.items()
    ]
    return compose(_cover(paper, snapshot.body), sections, day)


def asked_for(paper: Paper, day: date) -> Asked:
    """What the facts of a paper's sections are gathered for."""
    meeting = paper.meeting
    return Asked(
        day=day,
        board=meeting.board,
        meeting_on=meeting.held_on,
        last=last_paper(paper),
        report_on=paper.report_on,
        purpose=paper.purpose.value if paper.purpose else None,
    )


def _text_of(paper: Paper, section: PaperSection) -> SectionText:
    who, when = paper.equality_confirmed_by, paper.equality_confirmed_at
    confirmed = Confirmation(who.name, when) if section.key == EQUALITY_DUTY and who and when else None
    board_only = section.board_only or SECTIONS[section.key].board_only
    return SectionText(section.title, section.narrative, confirmed, board_only)


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
        purpose=paper.purpose.label if paper.purpose else None,
        marking=paper.marking,
        illustrative=paper.illustrative,
    )
