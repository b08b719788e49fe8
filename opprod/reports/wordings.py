"""What a paper's editor makes of statements: which ones, in which words, under which group's name."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from opprod.projects.quoting import quoted_keys
from opprod.reports.facts import Figures, SectionText, StatementFacts, StrandFacts, Wording

AS_SAID = Wording()


def key_of(strand_id: int | None, kind: str, original: str) -> str:
    """What a statement is known by in a paper, however often it is said again: whose it is, its kind, its words."""
    return sha256(json.dumps([strand_id, kind, original]).encode()).hexdigest()


def with_figures(wording: Wording, figures: Figures) -> Wording:
    """The wording with the figures that it quotes."""
    keys = quoted_keys([wording.text or ""])
    return replace(wording, figures=tuple(figures[key] for key in keys if key in figures))


def grouped(
    strand: StrandFacts, statements: Iterable[StatementFacts], text: SectionText
) -> dict[str | None, list[tuple[StatementFacts, Wording]]]:
    """The statements that are in the paper, each with what was made of it: those in no group, then group by group.

    A group's name is as it was written first, whatever the case of its letters later.
    """
    groups: dict[str, tuple[str | None, list[tuple[StatementFacts, Wording]]]] = {"": (None, [])}
    for statement in statements:
        wording = text.wordings.get(key_of(strand.id, statement.kind, statement.text), AS_SAID)
        if wording.included:
            name = wording.group or None
            groups.setdefault((name or "").casefold(), (name, []))[1].append((statement, wording))
    return {name: members for name, members in groups.values() if members}


def said_by(strand: StrandFacts) -> dict[str, StatementFacts]:
    """What a strand says, each statement once, by ``key_of`` it."""
    return {key_of(strand.id, one.kind, one.text): one for one in strand.statements}


def lost_quotations(original: str, wording: str) -> tuple[str, ...]:
    """The measures that a statement quotes and its wording, where there is one, does not."""
    kept = quoted_keys([wording])
    return tuple(key for key in quoted_keys([original]) if key not in kept) if wording else ()
