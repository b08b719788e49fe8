"""Many items taken some at a time, as many as one statement should name."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def in_batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in their order, at most ``size`` at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))
