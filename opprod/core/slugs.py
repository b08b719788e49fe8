"""Names that stand in addresses and in quotations: small letters, digits and hyphens."""

import re
import unicodedata
from collections.abc import Container

LENGTH = 60
# These stand in addresses where a slug could, such as /projects/new.
RESERVED = frozenset({"new"})

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether a text can be a record's name in addresses."""
    return len(text) <= LENGTH and text not in RESERVED and _SLUG.fullmatch(text) is not None


def slug_of(name: str) -> str:
    """Make a slug of a name, as ``pharmacy-and-medicines`` of "Pharmacy & medicines"; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LENGTH]
        if len(longer) > LENGTH:
            break
        slug = longer
    return slug


def unused_slug(name: str, *, taken: Container[str], otherwise: str) -> str:
    """A slug for a name that no other record has; ``otherwise`` stands for a name without a letter or digit."""
    slug = slug_of(name) or otherwise
    number, found = 1, slug
    while found in taken or found in RESERVED:
        number += 1
        ending = f"-{number}"
        found = f"{slug[: LENGTH - len(ending)].rstrip('-')}{ending}"
    return found
