"""What keeps text about a plan from being recorded, and what of it is new: pure functions."""

from collections.abc import Iterable
from typing import Any

from opprod.core.errors import InvalidInput


def checked_line(text: str, *, field: str, missing: str, limit: int) -> str:
    """One line of text, tidied; raises ``InvalidInput`` with the message ``missing`` for a blank one."""
    return checked_text(" ".join(text.split()), field=field, missing=missing, limit=limit)


def checked_text(text: str, *, field: str, missing: str, limit: int) -> str:
    """Text of several lines without space at its ends; raises ``InvalidInput`` as ``checked_line`` does."""
    text = text.strip()
    if not text:
        raise InvalidInput(missing, field=field)
    if len(text) > limit:
        raise InvalidInput(f"Enter {limit:,} characters or fewer; you have {len(text):,}", field=field)
    return text


def tidied_names(names: Iterable[str], *, field: str, most: int, limit: int) -> list[str]:
    """Names without blanks and without any said twice, as they were first said.

    Raises ``InvalidInput`` for more than ``most`` of them and for one of more than ``limit`` characters.
    """
    tidied: dict[str, str] = {}
    for name in names:
        one = " ".join(name.split())
        if len(one) > limit:
            raise InvalidInput(f"Enter {limit} characters or fewer for each: {one[:40]}… has {len(one)}", field=field)
        if one:
            tidied.setdefault(one.casefold(), one)
    if len(tidied) > most:
        raise InvalidInput(f"Enter {most} at most; you have {len(tidied)}", field=field)
    return list(tidied.values())


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """What changed from one to the other, as the audit trail keeps changes; nothing and an empty list are alike."""
    pairs = {key: [before.get(key) or None, value or None] for key, value in after.items()}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
