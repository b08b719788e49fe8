"""Units: money, a percentage, a bare count, or a noun such as trusts."""

import re
from typing import Final

from opprod.core.quantity.errors import UnlikeUnits
from opprod.core.quantity.vocabulary import NEVER_UNITS

GBP: Final = "GBP"
PERCENT: Final = "%"
COUNT: Final = ""

NOUN = r"[a-z][a-z'’-]*(?: [a-z][a-z'’-]*)*"
_NOUN = re.compile(NOUN, re.IGNORECASE | re.ASCII)
_NOUN_LENGTH = 40


def is_noun(text: str) -> bool:
    """Whether `text` can stand after a figure as what it counts, and be read back as that alone."""
    return (
        len(text) <= _NOUN_LENGTH
        and _NOUN.fullmatch(text) is not None
        and NEVER_UNITS.isdisjoint(text.lower().split())
        and not f"{text.lower()} ".startswith(("to ", "per cent "))
    )


def is_unit(text: str) -> bool:
    """Whether `text` can be a quantity's unit: GBP, %, nothing, or a noun of at most 40 letters."""
    return text in {GBP, PERCENT, COUNT} or is_noun(text)


def singular(noun: str) -> str:
    """Return the noun as said of one, for regular plurals and people; any other noun as it is."""
    if noun.endswith("people"):
        return noun.removesuffix("people") + "person"
    if noun.endswith("ies"):
        return noun.removesuffix("ies") + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun.removesuffix("es")
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun.removesuffix("s")
    return noun


def name_of(unit: str) -> str:
    """Name the unit as a person would."""
    return {GBP: "£", COUNT: "plain numbers"}.get(unit, unit)


def alike(one: str, other: str) -> bool:
    """Whether these are one unit: 1 trust, 4 trusts and 9 Trusts are alike."""
    return singular(one).lower() == singular(other).lower()


def common_unit(one: str, other: str) -> str:
    """Return the unit of a sum of these two, preferring the plural. Raises UnlikeUnits."""
    if not alike(one, other):
        raise UnlikeUnits(f"Values in {name_of(one)} and {name_of(other)} cannot be added together")
    return max(one, other, key=lambda unit: (len(unit), unit))
