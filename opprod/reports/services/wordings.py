"""Picking, wording and grouping for one paper what strands say; what they said stays on record as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from opprod.accounts import User
from opprod.audit import trail
from opprod.audit.events import Event
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db
from opprod.projects.models import StatementKind
from opprod.projects.queries.statements import check_quotations
from opprod.reports.facts import StatementFacts, StrandFacts
from opprod.reports.models import Paper, PaperWording
from opprod.reports.queries.editing import wordings_by_strand
from opprod.reports.services.common import CHANGED, ensure_open
from opprod.reports.wordings import said_by

WORDING_LENGTH = 1_000
GROUPING_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Made:
    """What somebody makes of a statement, which ``key`` names; empty text is none."""

    key: str
    included: bool = True
    wording: str = ""
    grouping: str = ""


def seen_of(strand: StrandFacts, held: Iterable[PaperWording]) -> str:
    """What a person had before them who saw a strand's statements and what was made of them."""
    made = sorted(f"{row.key}:{row.version}" for row in held)
    return sha256("\n".join([*sorted(said_by(strand)), *made]).encode()).hexdigest()


def word_statements(*, paper: Paper, strand: StrandFacts, seen: str, made: Sequence[Made], actor: User) -> None:
    """Record what a paper makes of a strand's statements; those that ``made`` does not name stay as they are.

    Raises ``InvalidInput``, its field the statement's key, for words that are too long or quote a measure there is
    not, ``NotFound`` for a statement that the strand does not make, and ``Conflict`` when the statements or what was
    made of them changed since ``seen``.
    """
    ensure_open(paper)
    held = wordings_by_strand(paper).get(strand.id or 0, [])
    if seen != seen_of(strand, held):
        raise Conflict(CHANGED)
    rows = {row.key: row for row in held}
    said = said_by(strand)
    for one in made:
        statement = said.get(one.key)
        if statement is None:
            raise NotFound("This strand does not say that.")
        checked = _checked(one, statement)
        row = rows.get(one.key)
        if row is not None or checked != Made(one.key):
            _write(paper, strand, row or _row(paper, strand, one.key, statement), checked, actor)


def drop_wording(*, paper: Paper, wording: PaperWording, version: int, actor: User) -> None:
    """Make nothing of a statement any more. Raises ``Conflict`` when that changed since version ``version``."""
    ensure_open(paper)
    _claim(wording, version)
    _write(paper, None, wording, Made(wording.key), actor)


def move_wording(
    *, paper: Paper, wording: PaperWording, version: int, strand: StrandFacts, to_key: str, actor: User
) -> None:
    """Make of another statement of the same strand what was made of one that is no longer said.

    Raises ``InvalidInput`` for a statement that the strand does not make, or of which something was made already, and
    ``Conflict`` when the wording changed since version ``version``.
    """
    ensure_open(paper)
    _claim(wording, version)
    said = said_by(strand)
    held = {row.key: row for row in wordings_by_strand(paper).get(strand.id or 0, [])}
    statement = said.get(to_key)
    if statement is None or wording.strand_id != strand.id:
        raise InvalidInput("Choose a statement of the same strand.", field="to")
    target = held.get(to_key)
    if target is not None and made_of(target) != Made(to_key):
        raise InvalidInput("This paper has its own words for that statement already.", field="to")
    moved = Made(to_key, wording.included, wording.wording or "", wording.grouping or "")
    _write(paper, strand, target or _row(paper, strand, to_key, statement), moved, actor)
    _write(paper, strand, wording, Made(wording.key), actor)


def _claim(wording: PaperWording, version: int) -> None:
    db.session.refresh(wording, with_for_update=True)
    if wording.version != version:
        raise Conflict(CHANGED)


def _checked(made: Made, statement: StatementFacts) -> Made:
    wording, grouping = made.wording.strip(), made.grouping.strip()
    for text, limit, name in ((wording, WORDING_LENGTH, "Wording"), (grouping, GROUPING_LENGTH, "Group")):
        if len(text) > limit:
            raise InvalidInput(
                f"{name} must be {limit:,} characters or fewer; you have {len(text):,}", field=made.key
            )
    if wording == statement.text:
        wording = ""
    try:
        check_quotations([wording])
    except InvalidInput as error:
        raise InvalidInput(error.message, field=made.key) from error
    return Made(made.key, made.included, wording, grouping)


def _row(paper: Paper, strand: StrandFacts, key: str, statement: StatementFacts) -> PaperWording:
    return PaperWording(
        paper_id=paper.id,
        key=key,
        strand_id=strand.id,
        kind=StatementKind(statement.kind),
        original=statement.text,
        included=True,
    )


def _write(paper: Paper, strand: StrandFacts | None, row: PaperWording, made: Made, actor: User) -> None:
    before = made_of(row)
    if before == made:
        return
    row.included, row.wording, row.grouping = made.included, made.wording or None, made.grouping or None
    db.session.add(row)
    whose = f"{strand.name}: " if strand else ""
    changes: Mapping[str, list[str]] = {f"{whose}“{row.original[:80]}”": [in_words(before), in_words(made)]}
    trail.noted(Event.WORDING_CHANGED, paper, actor=actor, changes=dict(changes))


def made_of(row: PaperWording) -> Made:
    """What is made of a statement on record."""
    return Made(row.key, row.included, row.wording or "", row.grouping or "")


def in_words(made: Made) -> str:
    """What is made of a statement, for people to read."""
    if not made.included:
        return "left out"
    words = f"“{made.wording}”" if made.wording else "as it was said"
    return f"{words}, under “{made.grouping}”" if made.grouping else words
