"""STPs, trusts and the directorate in words."""

from opprod.organisations.models import Stp, Trust
from opprod.web.errors import Typed


def trust_title(trust: Trust, name: str | None) -> str:
    """What a page calls a trust: its name, or its code on a day before any name of it is known."""
    return name or f"Trust {trust.ods_code}"


def stp_title(stp: Stp, name: str | None) -> str:
    """What a page calls an STP: its name, or its number on a day before any name of it is known."""
    return name or f"STP {stp.id}"


def trust_type(trust: Trust) -> str:
    """``Acute, teaching``, ``Mental health``."""
    return f"{trust.type.label}, {trust.acute_size.value}" if trust.acute_size else trust.type.label


def head_office(trust: Trust) -> str:
    """``Worcester, WR4 9RW``, or that it is not recorded."""
    return ", ".join(part for part in (trust.town, trust.postcode) if part) or "Not recorded"


def directorate_as_typed(*, name: str | None, body: str | None, purpose: str | None) -> list[Typed]:
    """What was said of the directorate, for the conflict page."""
    return [Typed("Name", name or ""), Typed("Body", body or ""), Typed("Purpose", purpose or "")]
