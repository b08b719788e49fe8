"""Putting together what two people made of one text, paragraph by paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """A place that both changed, each in their own way; an empty text is one that took it out."""

    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that one changed; ``before`` is empty where they added to the text, ``after`` where they took out."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two texts put together. ``pieces`` are its paragraphs, with the places where they do not go together.

    ``taken`` are the passages that they alone changed.
    """

    pieces: tuple[str | Overlap, ...]
    taken: tuple[Passage, ...] = ()

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """The places that both changed."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Overlap))

    @property
    def text(self) -> str:
        """The whole, where both changed a place with theirs and then mine."""
        return _joined(tuple(filter(None, self._paragraphs())))

    def _paragraphs(self) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, Overlap):
                yield from (piece.theirs, piece.mine)
            else:
                yield piece


class _Change(NamedTuple):
    """What stands in place of the base's paragraphs from ``start`` to before ``end``."""

    start: int
    end: int
    is_mine: bool
    paragraphs: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> Merge:
    """Put together what two people made of a text.

    What one of them alone changed is theirs as they have it, and what both changed alike is taken once. Changes of
    paragraphs side by side go together; two that are for the same place and differ are an ``Overlap``.
    """
    if theirs in (base, mine):
        return Merge((mine,))
    if mine == base:
        return Merge((theirs,), changed(base, theirs))
    paragraphs = _paragraphs(base)
    pieces: list[str | Overlap] = []
    taken: list[Passage] = []
    place = 0
    for group in _groups(base, mine, theirs):
        start, end = group[0].start, max(change.end for change in group)
        pieces += paragraphs[place:start]
        ours, others = (_version(paragraphs, start, end, group, is_mine=is_mine) for is_mine in (True, False))
        has_mine, has_theirs = (any(change.is_mine is is_mine for change in group) for is_mine in (True, False))
        if has_mine and has_theirs and ours != others:
            pieces.append(Overlap(ours, others))
        else:
            pieces.append(ours if has_mine else others)
            taken += [] if has_mine else [Passage(_joined(paragraphs[start:end]), others)]
        place = end
    pieces += paragraphs[place:]
    return Merge(tuple(piece for piece in pieces if piece != ""), tuple(taken))


def changed(before: str, after: str) -> tuple[Passage, ...]:
    """The passages in which a text differs from what it was."""
    paragraphs = _paragraphs(before)
    return tuple(
        Passage(_joined(paragraphs[change.start : change.end]), _joined(change.paragraphs))
        for change in _changes(before, after, is_mine=False)
    )


def merged_line(base: str, mine: str, theirs: str) -> str | Overlap:
    """Put together what two people made of a line, which is whole or not at all one's or the other's."""
    if theirs in (base, mine):
        return mine
    return theirs if mine == base else Overlap(mine, theirs)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in _BLANK_LINES.split(text.strip("\n")) if paragraph.strip()]


def _changes(base: str, text: str, *, is_mine: bool) -> Iterator[_Change]:
    before, after = _paragraphs(base), _paragraphs(text)
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            # As many as there were: each stands in place of one.
            for place, paragraph in enumerate(after[first:last], start):
                yield _Change(place, place + 1, is_mine, (paragraph,))
        elif kind != "equal":
            yield _Change(start, end, is_mine, tuple(after[first:last]))


def _groups(base: str, mine: str, theirs: str) -> Iterator[list[_Change]]:
    """Yield the changes in the order of their places, those for one place together."""
    group: list[_Change] = []
    end = 0
    for change in sorted((*_changes(base, mine, is_mine=True), *_changes(base, theirs, is_mine=False))):
        is_same_insertion = bool(group) and change.start == change.end == group[0].start == end
        if group and not (change.start < end or is_same_insertion):
            yield group
            group = []
        end = max(end, change.end) if group else change.end
        group.append(change)
    if group:
        yield group


def _version(base: Sequence[str], start: int, end: int, changes: Sequence[_Change], *, is_mine: bool) -> str:
    """What one of the two has in a place."""
    found: list[str] = []
    place = start
    for change in changes:
        if change.is_mine is is_mine:
            found += (*base[place : change.start], *change.paragraphs)
            place = change.end
    return _joined((*found, *base[place:end]))


def _joined(paragraphs: Sequence[str]) -> str:
    return "\n\n".join(paragraphs)
