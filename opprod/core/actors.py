"""Who does something: all that the lower floors need to know of a user."""

from typing import Protocol


class Actor(Protocol):
    """A person or the system, as recorded beside what they did."""

    @property
    def id(self) -> int:
        """The user's key."""

    @property
    def name(self) -> str:
        """The name to show in the record."""
