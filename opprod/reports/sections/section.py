"""What a section's module declares."""

from collections.abc import Callable
from dataclasses import dataclass

from opprod.reports.blocks import Block
from opprod.reports.facts import SectionText, Snapshot


@dataclass(frozen=True, slots=True)
class Section:
    """A section: what it is called at first, the text it begins with, and how its blocks are composed.

    ``key`` stands in addresses and in the database and never changes. ``about`` tells an editor what it makes of the
    narrative, and ``quotes`` names the measures its first narrative quotes where the programme keeps them.
    ``included_at_first`` says whether a new paper has it; any other is added by whoever writes the paper.
    """

    key: str
    title: str
    about: str
    narrative: Callable[[Snapshot], str]
    compose: Callable[[Snapshot, SectionText], tuple[Block, ...]]
    quotes: tuple[str, ...] = ()
    included_at_first: bool = True
