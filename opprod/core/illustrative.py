"""Notes of what is illustrative: invented for a demonstration."""


def as_one(*notes: str | None) -> str | None:
    """All the notes there are as one; None where nothing is invented."""
    return "; ".join(note for note in notes if note) or None
