"""A test client that looks closely at every page it gets."""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from secrets import token_hex
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.builders.accounts import PASSWORD

HTML = "{http://www.w3.org/1999/xhtml}"
_TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*')
_found_good: set[int] = set()
"""Hashes of the pages that were checked in this run, but for their tokens."""


class Client(FlaskClient):
    """Checks what holds for every page, and leaves no change uncommitted.

    Each page parses without error, is in English, has a title and one h1 that the title starts with, headings that
    skip no level, and no id twice; each label and each description belongs to something.
    """

    _token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Request, then check."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 307, 308}:
            _check_once(response.text)
        # Read now, so that no file stays open behind the test.
        response.get_data()
        response.close()
        # A long form was put in a file of its own.
        response.request.environ["wsgi.input"].close()
        return response

    def sign_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        """Sign in as a person would, through the form."""
        response = self.send("/sign-in", {"email": email, "password": password})
        assert response.status_code == 303, response.text
        return response

    def send(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form with a valid CSRF token."""
        answer = self.post(path, data={"csrf_token": self.token(), **(data or {})}, **kwargs)
        if path.startswith(("/sign-in", "/sign-out")):
            # A new session has a token of its own.
            self._token = None
        return answer

    def token(self) -> str:
        """A CSRF token of this browser's session, as its pages' forms hold it."""
        if self._token is None:
            with self.session_transaction() as held, self.application.test_request_context():
                session["csrf_token"] = held.setdefault("csrf_token", token_hex())
                self._token = generate_csrf()
        return self._token


def _check_once(page: str) -> None:
    """Check a page unless the same page was checked before."""
    found = hash(_TOKEN.sub(r"\1", page))
    if found not in _found_good:
        check_page(page)
        _found_good.add(found)


@lru_cache(maxsize=8)
def parsed(page: str) -> Element:
    """A page as a tree; a page that is not good HTML fails."""
    return html5lib.HTMLParser(strict=True).parse(page)


def check_page(page: str) -> None:
    """Fail unless what holds for every page holds for this one."""
    tree = parsed(page)
    assert tree.get("lang") == "en-GB"
    title = text_of(_one(tree, "title"))
    h1 = text_of(_one(tree, "h1"))
    assert title.removeprefix("Error: ").startswith(h1), f"title {title!r} does not start with h1 {h1!r}"
    levels = [int(e.tag[-1]) for e in tree.iter() if re.fullmatch(re.escape(HTML) + "h[1-6]", str(e.tag))]
    skipped = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert not skipped, f"headings skip a level: {levels}"
    ids = Counter(e.get("id") for e in tree.iter() if e.get("id") is not None)
    assert not [i for i, n in ids.items() if n > 1], f"ids used twice: {[i for i, n in ids.items() if n > 1]}"
    for element in tree.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            missing = [i for i in (element.get(name) or "").split() if i not in ids]
            assert not missing, f"{name} names what is not there: {missing}"


def text_of(element: Element) -> str:
    """The text within an element, its white space as a reader sees it."""
    return " ".join("".join(element.itertext()).split())


def _one(tree: Element, tag: str) -> Element:
    # A drawing within the page has a title of its own, in another namespace.
    found = list(tree.iter(f"{HTML}{tag}"))
    assert len(found) == 1, f"{len(found)} {tag} elements"
    return found[0]
