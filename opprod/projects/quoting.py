"""Quoting a measure in a text: ``[[measure-key]]`` stands for its reading on the day the text is read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from opprod.core.errors import InvalidInput

NO_READING = "[no reading yet]"

_QUOTATION = re.compile(r"\[\[([^\[\]]*)\]\]")


class Quoted(Protocol):
    """What a text needs to know of a reading."""

    @property
    def said(self) -> str | None:
        """The value in words, or None where the measure has no reading."""


def quoted_keys(texts: Iterable[str]) -> tuple[str, ...]:
    """The keys of the measures that texts quote, each once, in order."""
    return tuple(dict.fromkeys(_key(found) for text in texts for found in _QUOTATION.finditer(text)))


def resolve(text: str, readings: Mapping[str, Quoted]) -> str:
    """The text with each quotation replaced by what was said, or ``NO_READING``.

    Raises ``InvalidInput`` naming a key that is not in ``readings``.
    """

    def said(found: re.Match[str]) -> str:
        key = _key(found)
        if key not in readings:
            raise unknown(key)
        return readings[key].said or NO_READING

    return _QUOTATION.sub(said, text)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut at its quotations: each piece that is not empty, and whether it is the key of a quoted measure."""
    for number, piece in enumerate(_QUOTATION.split(text)):
        if number % 2:
            yield piece.strip().lower(), True
        elif piece:
            yield piece, False


def unknown(key: str) -> InvalidInput:
    """The refusal of a quotation of no measure; raise it."""
    return InvalidInput(f"There is no measure called [[{key}]]")


def _key(found: re.Match[str]) -> str:
    return found[1].strip().lower()
