"""Figures in people's own words: each is a claim that something has to stand behind."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from opprod.reports.numbers import figures_in

# After a full stop that ends no abbreviation, and before what can begin a sentence; or at a line break.
_END_OF_SENTENCE = re.compile(
    r"(?<!\bc)(?<!\bca)(?<!\bcf)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bapprox)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)"
    r"(?<!\bProf)(?<!\bSt)(?<!\b[Nn]o)[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[£A-Z0-9])|\n\s*"
)

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in a text: where it begins and ends, as it was said there, and the sentence it stands in.

    ``key`` tells it from all others by the figure, the sentence, and which of the like figures in that sentence it
    is, so it stays the same while other sentences change.
    """

    start: int
    end: int
    said: str
    sentence: str
    key: str


@lru_cache(maxsize=512)
def find(text: str) -> tuple[Found, ...]:
    """The figures that a text states, in order; ``numbers.figures_in`` tells what is one."""
    places = list(figures_in(text))
    if not places:
        return ()
    begins = _sentences(text)
    digests: dict[int, tuple[str, str]] = {}
    said_before: Counter[tuple[int, str]] = Counter()
    found = []
    for start, end in places:
        number = bisect_right(begins, start) - 1
        if number not in digests:
            until = begins[number + 1] if number + 1 < len(begins) else len(text)
            sentence = _normal(text[begins[number] : until])
            digests[number] = sentence, _digest(sentence)
        sentence, digest = digests[number]
        said = _normal(text[start:end])
        key = _digest(f"{said}\n{said_before[number, said]}\n{digest}")
        said_before[number, said] += 1
        found.append(Found(start, end, said, sentence, key))
    return tuple(found)


def anchor(key: str) -> str:
    """Where a claim stands on the page of a paper's evidence."""
    return f"claim-{key[:16]}"


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a figure in the sentence that it begins in."""
    begins = _sentences(text)
    number = bisect_right(begins, start) - 1
    until = begins[number + 1] if number + 1 < len(begins) else len(text)
    before, after = (_SPACE.sub(" ", piece) for piece in (text[begins[number] : start], text[end : max(until, end)]))
    return before.lstrip(), after.rstrip()


def _sentences(text: str) -> list[int]:
    """Where the sentences of a text begin."""
    return [0, *(end.end() for end in _END_OF_SENTENCE.finditer(text))]


def _normal(text: str) -> str:
    return " ".join(text.split())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
