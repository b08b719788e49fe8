"""What a section's module declares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opprod.reports.asked import Asked
from opprod.reports.blocks import Block
from opprod.reports.facts import SectionText, Snapshot


def gather_nothing(_asked: Asked) -> None:
    """Ask for no facts beside those that every section sees."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: what it is called at first, the text it begins with, and how its blocks are composed.

    ``key`` stands in addresses and in the database and never changes. ``about`` tells an editor what it makes of the
    narrative, and ``quotes`` names the measures its first narrative quotes where the programme keeps them.
    ``gather`` reads, through the queries of the rooms below, the frozen facts that the section alone needs;
    ``compose`` finds them by ``snapshot.of(key, kind)`` and sees nothing else. ``included_at_first`` says whether a
    new paper has it; any other is added by whoever writes the paper. One that is ``board_only`` is never in a public
    variant.
    ``position`` is its place in a new paper.
    """

    key: str
    title: str
    about: str
    narrative: Callable[[Snapshot], str]
    compose: Callable[[Snapshot, SectionText], tuple[Block, ...]]
    gather: Callable[[Asked], Any] = gather_nothing
    quotes: tuple[str, ...] = ()
    included_at_first: bool = True
    board_only: bool = False
    position: int = 100
