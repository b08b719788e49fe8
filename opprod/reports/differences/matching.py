"""Which statement became which, and word by word what changed in it."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from opprod.reports.standing import Stated

NEAR = 0.5
"""From how much of their words in common one statement counts as another reworded: 1 is all of them."""

_POINTS = ".,;:!?"
_WORD = re.compile(rf"\S+?(?=[{_POINTS}]*(?:\s|$))\s*|[{_POINTS}]+\s*")

Fate = Literal["same", "gone", "added"]
Pair: TypeAlias = tuple[Stated | None, Stated | None]
Places: TypeAlias = dict[int, Stated]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both texts, or in the earlier or the later alone."""

    text: str
    fate: Fate


def changed_words(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one, in runs of words; where only their spaces differ, they are the same."""
    old, new = _words(before), _words(after)
    stripped = [word.strip() for word in old], [word.strip() for word in new]
    matcher = SequenceMatcher(None, *stripped, autojunk=False)
    runs: list[tuple[str, Fate]] = []
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            runs.append(("".join(new[new_start:new_end]), "same"))
        else:
            runs += [("".join(old[start:end]), "gone"), ("".join(new[new_start:new_end]), "added")]
    pieces: list[Piece] = []
    for text, fate in runs:
        if text:
            apart = pieces and not pieces[-1].text[-1:].isspace() and text[0] not in _POINTS
            pieces.append(Piece(f" {text}" if apart else text, fate))
    return tuple(pieces)


def paired(before: Sequence[Stated], after: Sequence[Stated]) -> list[Pair]:
    """Each statement of a strand and kind with what became of it; those that stayed word for word are left out.

    A next step is known by its key, another statement by its words: the same, or else the nearest. Those that became
    nothing, or came of nothing, are paired with None. They come in the order of ``after``, then of ``before``.
    """
    came_of: dict[int, int] = {}
    for find in (_alike(_key_and_words), _alike(_key), _alike(_own_words), _by_nearness):
        taken = set(came_of.values())
        old = {place: one for place, one in enumerate(before) if place not in taken}
        new = {place: one for place, one in enumerate(after) if place not in came_of}
        for ours, theirs in find(old, new):
            if ours not in taken and theirs not in came_of:
                came_of[theirs] = ours
                taken.add(ours)
    pairs: list[Pair] = [
        (before[came_of[place]] if place in came_of else None, one) for place, one in enumerate(after)
    ]
    pairs += [(one, None) for place, one in enumerate(before) if place not in set(came_of.values())]
    return [(one, other) for one, other in pairs if one is None or other is None or _differ(one, other)]


def _differ(one: Stated, other: Stated) -> bool:
    """Whether they differ in more than spaces, the readings they quote, or quoting a figure that was typed before."""
    return _own_words(one) != _own_words(other) and one.text.split() != other.text.split()


def _alike(sign: Callable[[Stated], Hashable]) -> Callable[[Places, Places], Iterator[tuple[int, int]]]:
    """Find the pairs that have the same sign, in their order; a sign of None is none."""

    def find(old: Places, new: Places) -> Iterator[tuple[int, int]]:
        places: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, one in old.items():
            places[sign(one)].append(place)
        places.pop(None, None)
        return ((places[sign(one)].popleft(), place) for place, one in new.items() if places.get(sign(one)))

    return find


def _key_and_words(one: Stated) -> Hashable:
    return one.next_step_id, _own_words(one)


def _key(one: Stated) -> Hashable:
    return one.next_step_id


def _own_words(one: Stated) -> Hashable:
    return tuple(one.words.split())


def _by_nearness(old: Places, new: Places) -> list[tuple[int, int]]:
    """Pairs that are near enough, the nearest first."""
    found = []
    matcher: SequenceMatcher[str] = SequenceMatcher(None, autojunk=False)
    others = {place: _compared(one) for place, one in new.items()}
    for ours, one in old.items():
        # The matcher keeps what it found out of its second sequence.
        matcher.set_seq2(_compared(one))
        for theirs, other in new.items():
            if one.next_step_id is not None and other.next_step_id is not None:
                continue
            matcher.set_seq1(others[theirs])
            if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
                found.append((-matcher.ratio(), ours, theirs))
    return [(ours, theirs) for nearness, ours, theirs in sorted(found) if -nearness >= NEAR]


def _compared(one: Stated) -> list[str]:
    return re.findall(r"\w+", one.words.lower())


def _words(text: str) -> list[str]:
    """The words and the points that follow them, each with the space after it."""
    return _WORD.findall(text.strip())
