"""What tests of the pages of triage share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from tests.client import Client

SignIn = Callable[..., Client]

_TAGS = re.compile("<[^>]+>")


@dataclass(frozen=True)
class Form:
    """The form of a decision as a page shows it: where it goes, and what it holds before anything is chosen."""

    action: str
    fields: dict[str, str]


def words(page: str) -> str:
    """The text of a page, its white space as a reader sees it."""
    return " ".join(unescape(_TAGS.sub(" ", page)).split())


def decision_form(page: str) -> Form:
    """The form of the decision on a page."""
    found = re.search(r'<form method="post" action="([^"]*/(?:propose|moderate)[^"]*)".*?</form>', page, re.DOTALL)
    assert found, "there is no decision to make on this page"
    hidden = re.findall(r'<input type="hidden"[^>]*name="([^"]+)" value="([^"]*)"', found.group(0))
    assert "checked" not in found.group(0), "a decision is chosen before a person chose it"
    return Form(unescape(found.group(1)), dict(hidden))


def has_decision(page: str) -> bool:
    """Whether a page has the form of a decision."""
    return re.search(r'action="[^"]*/(propose|moderate)', page) is not None
