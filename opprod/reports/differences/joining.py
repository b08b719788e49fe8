"""Setting what stood on one day beside what stands on another."""

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
One = TypeVar("One")


def joined(before: Mapping[Key, One], after: Mapping[Key, One]) -> Iterator[tuple[One | None, One | None, One]]:
    """What stood and what stands under each key, one of which may be missing, and the later one that there is.

    They come in the order of ``after``; then comes what is gone.
    """
    for key, now in after.items():
        yield before.get(key), now, now
    for key, was in before.items():
        if key not in after:
            yield was, None, was


def how(before: object, after: object) -> str:
    """What happened to something, in a word."""
    return "New" if before is None else "Gone" if after is None else "Changed"
