"""Beginning Board papers, and editing their headers and sections."""

import re
from datetime import date

from sqlalchemy import update

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound, WrongState
from opprod.db import db
from opprod.projects.queries.statements import check_quotations
from opprod.reports.models import Paper, PaperSection
from opprod.reports.queries import paper_with_reference, section
from opprod.reports.sections import EQUALITY_DUTY, SECTIONS
from opprod.reports.snapshot import take
from opprod.rounds.models import Meeting

AGENDA_ITEM = re.compile(r"0*([1-9][0-9]{0,2}[a-z]?)")
CHANGED = "Someone else changed this while you had it open."


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
) -> Paper:
    """Begin a paper with every section that is included at first, each with its first narrative.

    Raises ``InvalidInput``, naming the field, for a blank one, a reference in use and an agenda item that is none.
    """
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
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    kinds = [kind for kind in SECTIONS.values() if kind.included_at_first]
    snapshot = take(clock.today(), keys=[key for kind in kinds for key in kind.quotes])
    paper.sections = [
        PaperSection(key=kind.key, position=position, title=kind.title, narrative=kind.narrative(snapshot))
        for position, kind in enumerate(kinds, start=1)
    ]
    trail.added(Event.PAPER_CREATED, paper, actor=actor)
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
) -> Paper:
    """Change a paper's header, and the day its facts are held at, if any.

    Raises ``InvalidInput`` as ``create_paper`` does and for a day to come, and ``Conflict`` when the header changed
    since version ``version``.
    """
    _claim(paper, version)
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
        for name, value in header.items():
            setattr(paper, name, value)
    return paper


def edit_section(*, section: PaperSection, version: int, title: str, narrative: str, actor: User) -> PaperSection:
    """Change a section's title and text. A changed equality statement is no longer confirmed.

    What is stored already is not written again, nor a conflict. Raises ``InvalidInput`` for a blank one and for a
    quotation of a measure there is not, and ``Conflict`` when the section changed since version ``version``.
    """
    title, narrative = title.strip(), narrative.strip()
    if not title:
        raise InvalidInput("Enter the title.", field="title")
    if not narrative:
        raise InvalidInput("Enter the text, or leave the section out.", field="narrative")
    try:
        check_quotations([narrative])
    except InvalidInput as error:
        raise InvalidInput(error.message, field="narrative") from error
    if (title, narrative) == (section.title, section.narrative):
        return section
    _claim(section, version)
    paper = _paper_of(section)
    with trail.changing(Event.SECTION_CHANGED, section, actor=actor, about=paper):
        section.title = title
        section.narrative = narrative
    if section.key == EQUALITY_DUTY and paper.equality_confirmed_at is not None:
        _set(paper, equality_confirmed_by_id=None, equality_confirmed_at=None)
        trail.noted(Event.EQUALITY_DUTY_REOPENED, paper, actor=actor)
    return section


def add_section(*, paper: Paper, key: str, actor: User) -> PaperSection:
    """Give a paper a section it has not, with its first narrative, after those it follows in a new paper.

    One that the paper has is included as it is. Raises ``NotFound`` where there is no such section at all.
    """
    kind = SECTIONS.get(key)
    if kind is None:
        raise NotFound("There is no such section.")
    # Of two who add it at once, the second finds it there.
    db.session.refresh(paper, attribute_names=["version"], with_for_update=True)
    db.session.expire(paper, ["sections"])
    held = next((section for section in paper.sections if section.key == key), None)
    if held is not None:
        return include_section(section=held, included=True, actor=actor)
    order = list(SECTIONS)
    before = [one.position for one in paper.sections if order.index(one.key) < order.index(key)]
    position = max(before, default=0) + 1
    for one in paper.sections:
        if one.position >= position:
            _set(one, position=one.position + 1)
    snapshot = take(clock.today(), keys=kind.quotes)
    section = PaperSection(key=key, position=position, title=kind.title, narrative=kind.narrative(snapshot))
    paper.sections.append(section)
    db.session.flush()
    _note(section, ["not in the paper", "included"], actor)
    db.session.expire(paper, ["sections"])
    return section


def include_section(*, section: PaperSection, included: bool, actor: User) -> PaperSection:
    """Take a section into the paper, or leave it out; its text is kept."""
    if section.included != included:
        _note(section, ["left out", "included"] if included else ["included", "left out"], actor)
        _set(section, included=included)
    return section


def move_section(*, section: PaperSection, up: bool, actor: User) -> PaperSection:
    """Change places with the section before this one, or after it; the first and the last stay where they are."""
    paper = _paper_of(section)
    # Whoever moves another section of this paper waits, or two would get one place.
    db.session.refresh(paper, attribute_names=["version"], with_for_update=True)
    db.session.expire(paper, ["sections"])
    ordered = paper.sections
    place = ordered.index(section)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return section
    _note(section, [f"section {place + 1}", f"section {other + 1}"], actor, event=Event.SECTION_MOVED)
    neighbour = ordered[other]
    mine, theirs = section.position, neighbour.position
    _set(section, position=theirs)
    _set(neighbour, position=mine)
    db.session.expire(paper, ["sections"])
    return section


def confirm_equality_duty(*, paper: Paper, version: int, actor: User) -> Paper:
    """Confirm the equality statement for this paper.

    ``version`` is that of the section as the person read it: nobody confirms words they have not seen. Raises
    ``Conflict`` when it changed since, and ``WrongState`` when the paper leaves the section out or it is confirmed.
    """
    statement = section(paper, EQUALITY_DUTY)
    _claim(statement, version)
    if not statement.included:
        raise WrongState("This paper leaves the equality statement out. Include it before you confirm it.")
    if paper.equality_confirmed_at is not None:
        raise WrongState("The equality statement is confirmed already.")
    _set(paper, equality_confirmed_by_id=actor.id, equality_confirmed_at=clock.now())
    trail.noted(Event.EQUALITY_DUTY_CONFIRMED, paper, actor=actor)
    return paper


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


def _claim(record: Paper | PaperSection, version: int) -> None:
    """Make one writer at a time decide, and go on only from the version a person had open."""
    db.session.refresh(record, attribute_names=["version"], with_for_update=True)
    if record.version != version:
        db.session.refresh(record)
        raise Conflict(CHANGED)


def _set(record: Paper | PaperSection, **values: object) -> None:
    """Change columns that no form holds open. The version guards what forms hold open, so it stays as it is."""
    kind = type(record)
    db.session.execute(update(kind).where(kind.id == record.id).values(**values))
    db.session.refresh(record)


def _note(section: PaperSection, change: list[str], actor: User, *, event: Event = Event.SECTION_CHANGED) -> None:
    trail.noted(event, _paper_of(section), actor=actor, changes={section.title: change})


def _paper_of(section: PaperSection) -> Paper:
    return db.session.get_one(Paper, section.paper_id)
