"""What the frame round every page shows: where one can go, and who is signed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the navigation or of a trail of breadcrumbs."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in; ``href`` leads to their account, and posting to ``sign_out_href`` signs them out."""

    name: str
    role: str
    href: str
    sign_out_href: str
