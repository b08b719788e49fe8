"""Editing a paper's sections, choosing and ordering them, and confirming the equality duty."""

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotFound, WrongState
from opprod.db import db
from opprod.reports.models import Paper, PaperSection
from opprod.reports.queries import section
from opprod.reports.sections import EQUALITY_DUTY, SECTIONS
from opprod.reports.services.common import claim, ensure_open, keep_revision, note, paper_of, set_quietly
from opprod.reports.services.quotations import check_narrative
from opprod.reports.snapshot import take

NARRATIVE_LENGTH = 20_000


def edit_section(*, section: PaperSection, version: int, title: str, narrative: str, actor: User) -> PaperSection:
    """Change a section's title and text. A changed equality statement is no longer confirmed.

    What is stored already is not written again, nor a conflict. Raises ``InvalidInput`` for a blank one, one too long
    and a quotation of a measure there is not, and ``Conflict`` when the section changed since version ``version``.
    """
    title, narrative = title.strip(), narrative.strip()
    if not title:
        raise InvalidInput("Enter the title.", field="title")
    if not narrative:
        raise InvalidInput("Enter the text, or leave the section out.", field="narrative")
    if len(narrative) > NARRATIVE_LENGTH:
        raise InvalidInput(
            f"Text must be {NARRATIVE_LENGTH:,} characters or fewer; you have {len(narrative):,}", field="narrative"
        )
    check_narrative(narrative)
    if (title, narrative) == (section.title, section.narrative):
        return section
    paper = paper_of(section)
    ensure_open(paper)
    claim(section, version)
    with trail.changing(Event.SECTION_CHANGED, section, actor=actor, about=paper):
        section.title = title
        section.narrative = narrative
    keep_revision(section, actor=actor)
    if section.key == EQUALITY_DUTY and paper.equality_confirmed_at is not None:
        set_quietly(paper, equality_confirmed_by_id=None, equality_confirmed_at=None)
        trail.noted(Event.EQUALITY_DUTY_REOPENED, paper, actor=actor)
    return section


def add_section(*, paper: Paper, key: str, actor: User) -> PaperSection:
    """Give a paper a section it has not, with its first narrative, after those it follows in a new paper.

    One that the paper has is included as it is. Raises ``NotFound`` where there is no such section at all.
    """
    kind = SECTIONS.get(key)
    if kind is None:
        raise NotFound("There is no such section.")
    ensure_open(paper)
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
            set_quietly(one, position=one.position + 1)
    snapshot = take(clock.today(), keys=kind.quotes)
    section = PaperSection(key=key, position=position, title=kind.title, narrative=kind.narrative(snapshot))
    paper.sections.append(section)
    keep_revision(section, actor=actor)
    note(section, ["not in the paper", "included"], actor)
    db.session.expire(paper, ["sections"])
    return section


def include_section(*, section: PaperSection, included: bool, actor: User) -> PaperSection:
    """Take a section into the paper, or leave it out; its text is kept."""
    ensure_open(paper_of(section))
    if section.included != included:
        note(section, ["left out", "included"] if included else ["included", "left out"], actor)
        set_quietly(section, included=included)
    return section


def restrict_section(*, section: PaperSection, board_only: bool, actor: User) -> PaperSection:
    """Keep a section for the Board alone, or let it be published.

    Raises ``WrongState`` for one that is never for publication.
    """
    ensure_open(paper_of(section))
    if SECTIONS[section.key].board_only and not board_only:
        raise WrongState("This section draws on what is not for publication, so it is always for the Board alone.")
    if section.board_only != board_only:
        audience = ["for publication", "for the Board alone"]
        note(section, audience if board_only else audience[::-1], actor)
        set_quietly(section, board_only=board_only)
    return section


def move_section(*, section: PaperSection, up: bool, actor: User) -> PaperSection:
    """Change places with the section before this one, or after it; the first and the last stay where they are."""
    paper = paper_of(section)
    ensure_open(paper)
    # Whoever moves another section of this paper waits, or two would get one place.
    db.session.refresh(paper, attribute_names=["version"], with_for_update=True)
    db.session.expire(paper, ["sections"])
    ordered = paper.sections
    place = ordered.index(section)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return section
    note(section, [f"section {place + 1}", f"section {other + 1}"], actor, event=Event.SECTION_MOVED)
    neighbour = ordered[other]
    mine, theirs = section.position, neighbour.position
    set_quietly(section, position=theirs)
    set_quietly(neighbour, position=mine)
    db.session.expire(paper, ["sections"])
    return section


def confirm_equality_duty(*, paper: Paper, version: int, actor: User) -> Paper:
    """Confirm the equality statement for this paper.

    ``version`` is that of the section as the person read it: nobody confirms words they have not seen. Raises
    ``Conflict`` when it changed since, and ``WrongState`` when the paper leaves the section out or it is confirmed.
    """
    ensure_open(paper)
    statement = section(paper, EQUALITY_DUTY)
    claim(statement, version)
    if not statement.included:
        raise WrongState("This paper leaves the equality statement out. Include it before you confirm it.")
    if paper.equality_confirmed_at is not None:
        raise WrongState("The equality statement is confirmed already.")
    set_quietly(paper, equality_confirmed_by_id=actor.id, equality_confirmed_at=clock.now())
    trail.noted(Event.EQUALITY_DUTY_CONFIRMED, paper, actor=actor)
    return paper
