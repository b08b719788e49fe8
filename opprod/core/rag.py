"""RAG: how a workstream or project stands, as Boards rate it."""

from enum import StrEnum


class Rag(StrEnum):
    """Red, amber or green; a strand without a rating has none of these."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def label(self) -> str:
        """The rating as a word for the page, since colour alone tells some readers nothing."""
        return self.value.capitalize()
